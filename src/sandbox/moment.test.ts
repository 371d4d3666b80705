import { expect, test } from 'vitest'
import { explain, inMoment, lot, randomBytes, randomInt, randomUUID } from './moment.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const drawn = (seed: string | undefined) =>
  inMoment(seed, () => [randomUUID(), randomBytes(40).toString('hex'), randomInt(1_000_000), randomUUID()])

test('what is drawn is the same for one seed, and different for another and for none', () => {
  expect(drawn('a')).toEqual(drawn('a'))
  expect(drawn('a')).not.toEqual(drawn('b'))
  expect(drawn(undefined)).not.toEqual(drawn(undefined))
})

test('a drawn UUID is one of version 4, inside a moment and outside', () => {
  for (let n = 0; n < 50; n += 1)
    for (const one of [drawn(`s${n}`)[0], randomUUID()]) expect(one).toMatch(UUID)
})

test('numbers lie in their range, and all of it is drawn from', () => {
  const all = Array.from({ length: 400 }, (_one, n) => inMoment(`n${n}`, () => randomInt(6)))
  expect([...new Set(all)].toSorted()).toEqual([0, 1, 2, 3, 4, 5])
  const lots = Array.from({ length: 400 }, (_one, n) => lot(`l${n}`))
  expect(lots.every((one) => one >= 0 && one < 1)).toBe(true)
  expect(lots.filter((one) => one < 0.5).length).toBeGreaterThan(150)
  expect(lots.filter((one) => one < 0.5).length).toBeLessThan(250)
})

test('two moments at once draw and tell each for itself', async () => {
  const one = (seed: string) =>
    inMoment(seed, async (checks) => {
      const first = randomBytes(4).toString('hex')
      await Promise.resolve()
      explain({ clause: seed, stringToSign: '', expected: '', received: '' })
      return [first + randomBytes(4).toString('hex'), checks.map(({ clause }) => clause)] as const
    })
  const [a, b, alone] = [...(await Promise.all([one('a'), one('b')])), await one('a')]
  expect(a).toEqual(alone)
  expect([a?.[1], b?.[1]]).toEqual([['a'], ['b']])
  // Outside of every moment nobody looks on.
  expect(() => explain({ clause: '', stringToSign: '', expected: '', received: '' })).not.toThrow()
})
