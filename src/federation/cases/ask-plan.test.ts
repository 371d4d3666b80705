/** How often a region is asked about a case. */
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../config.ts'
import { type AskFacts, askAfterAnswer, askAfterChange, askAfterSilence, spreadOf } from './ask-plan.ts'

const now = new Date('2099-03-02T10:00:00+08:00')
const before = (ms: number) => new Date(now.getTime() - ms)
const facts: AskFacts = { id: 'case_1', status: 'ACCEPTED', changedAt: now, dueAt: null, isTold: false }
const spread = spreadOf('case_1')
/** The pause without the case's own spread, in milliseconds, to the second. */
const pause = (at: Date | null) => at && Math.round((at.getTime() - now.getTime()) / spread / 1_000) * 1_000
const after = (more: Partial<AskFacts>) => pause(askAfterAnswer({ ...facts, ...more }, now))

const HOUR = 3_600_000

test('asks a minute after a change, and then the rarer the longer nothing happens', () => {
  const changed = askAfterChange({ id: 'case_1', status: 'ACCEPTED', isSent: true }, now)
  expect(pause(changed)).toBe(60_000)
  const pauses = [0, 4 * 60_000, HOUR, 6 * HOUR, 48 * HOUR].map((quiet) =>
    after({ changedAt: before(quiet) }),
  )
  expect(pauses).toEqual([60_000, 2 * 60_000, HOUR / 2, 3 * HOUR, 4 * HOUR])
})
test('asks more often around the promised end', () => {
  const changedAt = before(48 * HOUR)
  expect(after({ changedAt, dueAt: new Date(now.getTime() + 20 * HOUR) })).toBe(10 * 60_000)
  expect(after({ changedAt, dueAt: before(20 * HOUR) })).toBe(10 * 60_000)
  expect(after({ changedAt, dueAt: new Date(now.getTime() + 30 * HOUR) })).toBe(4 * HOUR)
})
test('hardly asks a region whose callbacks come, and still asks', () => {
  expect(after({ changedAt: before(HOUR), isTold: true })).toBe(3 * HOUR)
  expect(after({ changedAt: before(100 * HOUR), isTold: true })).toBe(12 * HOUR)
})
test('never asks about what has ended, or what the region does not have yet', () => {
  expect(after({ status: 'DELIVERED' })).toBeNull()
  expect(askAfterChange({ id: 'x', status: 'VOIDED', isSent: true }, now)).toBeNull()
  expect(askAfterChange({ id: 'x', status: 'SUBMITTED', isSent: false }, now)).toBeNull()
})
test('lets a silent region rest with pauses that double up to an hour', () => {
  const pauses = [0, 1, 2, 5, 6, 40].map((failures) => pause(askAfterSilence('case_1', failures, now)))
  expect(pauses).toEqual([1, 2, 4, 32, 60, 60].map((minutes) => minutes * 60_000))
})
describe('the spread', () => {
  const spreads = Array.from({ length: 2_000 }, (_, index) => spreadOf(`case_${index}`))
  test('is a quarter more or less, and the same each time', () => {
    expect(Math.min(...spreads)).toBeGreaterThanOrEqual(0.75)
    expect(Math.max(...spreads)).toBeLessThan(1.25)
    expect(spreadOf('case_7')).toBe(spreads[7])
  })
  test('lays what changed in one moment evenly over half the pause', () => {
    const perSecond = Map.groupBy(spreads, (factor) => Math.floor((factor * LIMITS.askFirstMs) / 1_000))
    expect(perSecond.size).toBe(30)
    expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBeLessThan(110)
  })
})
