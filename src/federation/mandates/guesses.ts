/** Codes that accept nothing are counted for each person, and after a few none of theirs is looked at for the rest of the hour. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../deps.ts'

const HOUR_MS = 3_600_000

const hourOf = (now: Date): Date => new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)

/**
 * Counts a code that a person tries, before it is looked at, so that many at once are no way around the limit.
 * @returns what takes the count back, for a code that was right
 * @throws GatewayError `RATE_LIMITED` when the person has tried too many, a right one included
 */
export async function countTry(personId: string, { store, now }: Deps): Promise<() => Promise<void>> {
  const hour = hourOf(now())
  if (await store.mandates.countTry(personId, hour, LIMITS.wrongCodesPerHour))
    return () => store.mandates.forgetTry(personId, hour)
  const retryAfter = Math.ceil((hour.getTime() + HOUR_MS - now().getTime()) / 1000)
  throw new GatewayError('RATE_LIMITED', { retryAfter })
}
