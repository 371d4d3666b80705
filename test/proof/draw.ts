/** Values out of fast-check's arbitraries, one at a time: what a story needs next hangs on what the region said before. */
import fc from 'fast-check'

export type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T

/** The same seed draws the same values in the same order. */
export function drawOf(seed: number): Draw {
  let turn = 0
  return (arbitrary) => {
    turn += 1
    // Seeds that are neighbours would begin alike.
    const own = Math.imul(seed ^ Math.imul(turn, 0x9e3779b1), 0x85ebca6b)
    const [value] = fc.sample(arbitrary, { seed: own, numRuns: 1 })
    // One run gives one value.
    return value as Exclude<typeof value, undefined>
  }
}
