/** What an answer that asks many cities knows, and what it does not: a city that did not answer is never shown as one that holds nothing. */
import { type Static, Type } from 'typebox'
import { DATE_TIME, DIVISION, word } from './common.ts'

/** How one city stands in an answer. */
export const CityState = Type.Object(
  {
    division: DIVISION,
    /** It answered now; it answered before and its old answer stands; neither. */
    state: word(['fresh', 'cached', 'failed']),
    /** When it answered; null where it never did. */
    asOf: Type.Union([DATE_TIME, Type.Null()]),
    /** A problem code, where it did not answer now. */
    reason: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type CityState = Static<typeof CityState>

export const Completeness = Type.Object(
  {
    asked: Type.Integer(),
    fresh: Type.Integer(),
    cached: Type.Integer(),
    failed: Type.Integer(),
    cities: Type.Array(CityState),
  },
  { additionalProperties: false },
)
export type Completeness = Static<typeof Completeness>

/** Counts the states. */
export function completenessOf(cities: readonly CityState[]): Completeness {
  const count = (state: CityState['state']) => cities.filter((one) => one.state === state).length
  return {
    asked: cities.length,
    fresh: count('fresh'),
    cached: count('cached'),
    failed: count('failed'),
    cities: [...cities],
  }
}
