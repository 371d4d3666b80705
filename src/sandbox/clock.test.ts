import { expect, test } from 'vitest'
import { virtualClock } from './clock.ts'
import { workingDaysMs } from './working-days.ts'

const standing = () => new Date('2026-03-02T09:00:00+08:00')
const DAY_MS = 86_400_000

test('what falls due on the way happens in its order, each at its own time', async () => {
  const clock = virtualClock(standing)
  const seen: [string, string][] = []
  const note = (name: string) => () => void seen.push([name, clock.now().toISOString()])
  clock.after(2 * DAY_MS, note('second'))
  clock.after(DAY_MS, () => {
    note('first')()
    clock.after(3_600_000, note('an hour after the first'))
  })
  clock.after(4 * DAY_MS, note('not yet'))
  await clock.jump(3 * DAY_MS)
  expect(seen).toEqual([
    ['first', '2026-03-03T01:00:00.000Z'],
    ['an hour after the first', '2026-03-03T02:00:00.000Z'],
    ['second', '2026-03-04T01:00:00.000Z'],
  ])
  expect(clock.now().toISOString()).toBe('2026-03-05T01:00:00.000Z')
  expect(clock.aheadMs()).toBe(3 * DAY_MS)
})

test('a jump is as long as it was asked for, whatever time passes by itself meanwhile', async () => {
  let passed = 0
  const clock = virtualClock(() => new Date(standing().getTime() + ++passed))
  clock.after(DAY_MS, () => {})
  await clock.jump(3 * DAY_MS)
  expect(clock.aheadMs()).toBe(3 * DAY_MS)
})

test('what was taken back does not happen, and no jump goes backwards', async () => {
  const clock = virtualClock(standing)
  let count = 0
  clock.after(1_000, () => {
    count += 1
  })()
  await clock.jump(2_000)
  expect(count).toBe(0)
  await expect(clock.jump(-1)).rejects.toThrow(RangeError)
  await expect(clock.jump(Number.NaN)).rejects.toThrow(RangeError)
})

test('two jumps at once are as long as both', async () => {
  const clock = virtualClock(standing)
  await Promise.all([clock.jump(DAY_MS), clock.jump(DAY_MS)])
  expect(clock.aheadMs()).toBe(2 * DAY_MS)
})

test('one that fails on the way leaves the clock to the next jump', async () => {
  const clock = virtualClock(standing)
  clock.after(DAY_MS, () => Promise.reject(new Error('the line is dead')))
  await expect(clock.jump(2 * DAY_MS)).rejects.toThrow('the line is dead')
  await clock.jump(DAY_MS)
  expect(clock.aheadMs()).toBe(2 * DAY_MS)
})

test('working days leave out weekends and holidays, and count the days worked in their stead', () => {
  const days = (from: string, count: number) =>
    workingDaysMs(new Date(`${from}T09:00:00+08:00`), count) / DAY_MS
  expect(days('2026-03-02', 4)).toBe(4)
  expect(days('2026-03-02', 5)).toBe(7)
  expect(days('2026-03-02', 20)).toBe(28)
  // Spring Festival 2026: off from 15 to 23 February, 14 February (a Saturday) is worked.
  expect(days('2026-02-13', 1)).toBe(1)
  expect(days('2026-02-13', 2)).toBe(11)
})
