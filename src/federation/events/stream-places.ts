/** How many event streams are open, for each caller and in this process. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Actor } from '../deps.ts'

export interface StreamPlaces {
  /**
   * Takes a place. @returns gives it back
   * @throws GatewayError `STREAMS_TOO_MANY` when the caller has as many as one may, `STREAMS_FULL` when the process has
   */
  readonly take: (actor: Pick<Actor, 'clientId' | 'principal'>) => () => void
  readonly taken: () => number
}

/** Seconds after which a place is likely to be free: tokens end, and streams with them. */
const RETRY_SECONDS = 30

export function streamPlaces(): StreamPlaces {
  const taken = new Map<string, number>()
  let all = 0
  return {
    taken: () => all,
    take: ({ clientId, principal }) => {
      // Of a person all streams count together, through whichever client: the places are theirs.
      const caller = principal ? `person ${principal.personId}` : `client ${clientId}`
      const most = principal ? LIMITS.streamsOfPerson : LIMITS.streamsOfClient
      const held = taken.get(caller) ?? 0
      if (held >= most) throw new GatewayError('STREAMS_TOO_MANY', { most, retryAfter: RETRY_SECONDS })
      if (all >= LIMITS.streamsAtOnce) throw new GatewayError('STREAMS_FULL', { retryAfter: RETRY_SECONDS })
      taken.set(caller, held + 1)
      all += 1
      return () => {
        const left = (taken.get(caller) ?? 1) - 1
        if (left > 0) taken.set(caller, left)
        else taken.delete(caller)
        all -= 1
      }
    },
  }
}
