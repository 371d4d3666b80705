/** What one question to many cities knows of each of them, and how often one person may ask it. */
import { LIMITS } from '../../config.ts'
import { GatewayError, type ProblemCode } from '../../errors.ts'
import { type CityState, type Completeness, completenessOf } from '../../schemas/completeness.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Deps } from '../deps.ts'
import { perMinute } from '../per-minute.ts'
import type { Subject } from './holder.ts'
import type { AskedKind, Place } from './places.ts'
import type { Said } from './question.ts'

/** When a place last answered. */
interface Answered {
  readonly place: string
  readonly asOf: Date
}

/**
 * How each city stands: it answered, its last answer is still good, or nothing is known of it.
 * @param said what the places said now; a place that is not in it was not asked now, and its last answer is all there is
 */
export function statesOf<K extends AskedKind, T>(
  places: readonly Place<K>[],
  said: ReadonlyMap<Place<K>, Said<T>>,
  answers: readonly Answered[],
  now: Date,
): readonly CityState[] {
  const oldest = now.getTime() - LIMITS.holdingsCachedDays * 86_400_000
  return places.flatMap((place) => {
    const answer = said.get(place)
    const failure = answer && 'failure' in answer ? answer.failure.code : undefined
    const last = answers.find((one) => one.place === place.name)?.asOf
    const isKnown = last !== undefined && last.getTime() >= oldest
    return place.cities.map(
      (division): CityState => ({
        division,
        state: answer && failure === undefined ? 'fresh' : isKnown ? 'cached' : 'failed',
        asOf: isKnown ? formatInstant(last) : null,
        ...(failure === undefined ? {} : { reason: failure }),
      }),
    )
  })
}

/** The statement, in the order of the cities' codes. */
export const statementOf = (
  states: readonly CityState[],
  unasked: readonly { readonly division: string; readonly reason: ProblemCode }[],
): Completeness =>
  completenessOf(
    [
      ...states,
      ...unasked.map(
        ({ division, reason }): CityState => ({ division, state: 'failed', asOf: null, reason }),
      ),
    ].toSorted((one, other) => (one.division < other.division ? -1 : 1)),
  )

const counts = new WeakMap<Deps['store'], ReturnType<typeof perMinute>>()

/** @throws GatewayError `RATE_LIMITED`: each question is a look in the books of sixteen places */
export function countQuestion(
  { id }: Pick<Subject, 'id'>,
  { store, now }: Pick<Deps, 'store' | 'now'>,
): void {
  const count = counts.get(store) ?? perMinute(now)
  counts.set(store, count)
  if (count.add(id) > LIMITS.cityQuestionsPerMinute)
    throw new GatewayError('RATE_LIMITED', { retryAfter: count.secondsLeft() })
}
