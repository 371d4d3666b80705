/** A breaker and a bulkhead before the calls of one place, so that a slow place never slows another. */
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  wrap,
} from 'cockatiel'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'

export type Guard = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => (...args: A) => Promise<R>

/** Whether a region did not answer, or not for want of room: a refusal is an answer. */
export const isSilent = (error: unknown): boolean =>
  error instanceof GatewayError && (error.code === 'REGION_UNAVAILABLE' || error.code === 'REGION_BUSY')

interface Room {
  readonly atOnce: number
  readonly queued: number
}

const REGION: Room = { atOnce: LIMITS.regionCallsAtOnce, queued: LIMITS.regionCallsQueued }
const CITY: Room = { atOnce: LIMITS.cityCallsAtOnce, queued: LIMITS.cityCallsQueued }

/**
 * Only a place that does not answer trips the breaker. While it is open, callers hear at once that the place is silent.
 * @param ended hears how each call that was made ended: with the error, or with `undefined`
 */
export function guardOf(ended: (error: unknown) => void, room = REGION): Guard {
  const breaker = circuitBreaker(handleWhen(isSilent), {
    halfOpenAfter: 2_000,
    breaker: new ConsecutiveBreaker(20),
  })
  const policy = wrap(bulkhead(room.atOnce, room.queued), breaker)
  return (call) =>
    async (...args) => {
      try {
        const result = await policy.execute(() => call(...args))
        ended(undefined)
        return result
      } catch (error) {
        if (error instanceof BrokenCircuitError)
          throw new GatewayError('REGION_UNAVAILABLE', { phase: 'connect', reason: 'circuit open' })
        if (error instanceof BulkheadRejectedError)
          throw new GatewayError('REGION_BUSY', { reason: 'too many calls at once' })
        ended(error)
        throw error
      }
    }
}

/** A guard of its own for each city that is asked, for calls that name one. */
export function guardsOfCities() {
  const guards = new Map<string, Guard>()
  const guardFor = (division: string): Guard => {
    const known = guards.get(division)
    if (known) return known
    const made = guardOf(() => undefined, CITY)
    guards.set(division, made)
    return made
  }
  return <A extends { readonly division: string }, R>(call: (ask: A) => Promise<R>) =>
    (ask: A): Promise<R> =>
      guardFor(ask.division)(call)(ask)
}
