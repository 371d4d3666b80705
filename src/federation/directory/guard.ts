/** A breaker and a bulkhead before the calls of one place, so that a slow place never slows another. */
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  wrap,
} from 'cockatiel'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'

/** How the calls of one place have gone in this process. */
export interface Standing {
  readonly breaker: 'closed' | 'half-open' | 'open'
  /** How long the last call that was answered took, in milliseconds; null before there was one. */
  readonly latencyMs: number | null
  readonly answeredAt: Date | null
}

export interface Guard {
  <A extends unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R>
  readonly standing: () => Standing
}

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
  let answered: Pick<Standing, 'latencyMs' | 'answeredAt'> = { latencyMs: null, answeredAt: null }
  /** A refusal is an answer, too. */
  const over = (begun: number, error: unknown) => {
    if (!isSilent(error))
      answered = { latencyMs: Math.round(performance.now() - begun), answeredAt: new Date() }
    ended(error)
  }
  const guard =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      let begun = performance.now()
      try {
        const result = await policy.execute(() => {
          // What waited for room did not wait for the place.
          begun = performance.now()
          return call(...args)
        })
        over(begun, undefined)
        return result
      } catch (error) {
        if (error instanceof BrokenCircuitError)
          throw new GatewayError('REGION_UNAVAILABLE', { phase: 'connect', reason: 'circuit open' })
        if (error instanceof BulkheadRejectedError)
          throw new GatewayError('REGION_BUSY', { reason: 'too many calls at once' })
        over(begun, error)
        throw error
      }
    }
  return Object.assign(guard, { standing: (): Standing => ({ breaker: wordOf(breaker.state), ...answered }) })
}

function wordOf(state: CircuitState): Standing['breaker'] {
  if (state === CircuitState.Closed) return 'closed'
  return state === CircuitState.HalfOpen ? 'half-open' : 'open'
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
  const guard =
    <A extends { readonly division: string }, R>(call: (ask: A) => Promise<R>) =>
    (ask: A): Promise<R> =>
      guardFor(ask.division)(call)(ask)
  /** Of a city that was asked; `undefined` for another. */
  const standing = (division: string): Standing | undefined => guards.get(division)?.standing()
  return Object.assign(guard, { standing })
}
