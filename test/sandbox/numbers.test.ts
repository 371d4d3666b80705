/** A sandbox that starts again beside a gateway that remembers: what it had from the beginning keeps its number, and no new case gets an old one. */
import { expect, test } from 'vitest'
import { benchFor } from '../../src/conformance/bench.ts'
import { tour } from '../../src/conformance/tour.ts'
import { dayGone, virtualClock } from '../../src/sandbox/clock.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { platformOf } from '../conformance/platforms.ts'

/** Numbers of a platform's cases after a tour: those that were filed on it, and those that it began with. */
async function numbersOf(id: Parameters<typeof platformOf>[0], at: string) {
  const { region, subject } = platformOf(id, undefined, { numbersGone: dayGone(new Date(at)) })
  const own = region.cases().map(({ number }) => number)
  await tour(benchFor(subject))
  region.close()
  // A draft of Jiangsu has no number yet.
  const filed = region.cases().flatMap(({ number, status }) => (status === 'DRAFT' ? [] : [number]))
  return { own, filed: filed.filter((number) => !own.includes(number)) }
}

test.each(['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const)('of %s', async (id) => {
  const before = await numbersOf(id, '2026-03-02T23:58:00+08:00')
  const after = await numbersOf(id, '2026-03-02T23:59:30+08:00')
  expect(before.filed.length).toBeGreaterThan(0)
  expect(after.filed.filter((number) => before.filed.includes(number))).toEqual([])
  expect(after.own).toEqual(before.own)
})

test.each([
  ['without a seed numbers go on from the time of day', undefined, 4_500_000],
  ['with a seed they are the same every time', 'one', 0],
])('%s', async (_says, seed, serial) => {
  const noon = { ...virtualClock(), now: () => new Date('2026-03-02T12:00:00+08:00') }
  const own = { host: '127.0.0.1', port: 0, gatewayUrl: 'http://gateway.test', clock: noon }
  const sandbox = await startSandbox({ ...own, ...(seed === undefined ? {} : { seed }) })
  const shanghai = sandbox.regions.find(({ region }) => region.region === 'shanghai')
  await sandbox.close()
  expect(shanghai?.region.save()).toMatchObject({ serial })
})
