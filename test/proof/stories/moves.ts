/** Where the clerks of a region go: to the state that the proof has met least, by the moves that it has learned so far. */
import type { CaseStatus } from '../../../src/schemas/case-status.ts'

export interface Moves {
  /** Remembers that one leads to the others. */
  readonly learn: (from: CaseStatus, to: readonly CaseStatus[]) => void
  readonly made: (to: CaseStatus) => void
  /** The moves out of a state that lead soonest to what was met least. */
  readonly best: (from: CaseStatus) => readonly CaseStatus[]
}

export function movesOf(): Moves {
  const ways = new Map<CaseStatus, readonly CaseStatus[]>()
  const met = new Map<CaseStatus, number>()
  const countOf = (state: CaseStatus) => met.get(state) ?? 0

  /** Every state that can be reached through one move, with its distance. */
  const reach = (first: CaseStatus): ReadonlyMap<CaseStatus, number> => {
    const distances = new Map([[first, 0]])
    for (const [state, distance] of distances)
      for (const next of ways.get(state) ?? []) if (!distances.has(next)) distances.set(next, distance + 1)
    return distances
  }
  /** The least met that lies behind a move, and how far it is: what is nearer is better at the same count. */
  const worth = (first: CaseStatus): number =>
    Math.min(...[...reach(first)].map(([state, distance]) => countOf(state) * 100 + distance))

  return {
    learn: (from, to) => void ways.set(from, to),
    made: (to) => void met.set(to, countOf(to) + 1),
    best: (from) => {
      const choices = ways.get(from) ?? []
      const least = Math.min(...choices.map(worth))
      return choices.filter((to) => worth(to) === least)
    },
  }
}
