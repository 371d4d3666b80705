/** Codes that accept nothing are counted for each person, and after a few nobody's code is looked at for the rest of the hour. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../deps.ts'

const HOUR_MS = 3_600_000

const hourOf = (now: Date): Date => new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)

/** @throws GatewayError `RATE_LIMITED` when the person has tried too many, a right one included */
export async function refuseGuessing(personId: string, { store, now }: Deps): Promise<void> {
  const hour = hourOf(now())
  if ((await store.mandates.misses(personId, hour)) < LIMITS.wrongCodesPerHour) return
  const retryAfter = Math.ceil((hour.getTime() + HOUR_MS - now().getTime()) / 1000)
  throw new GatewayError('RATE_LIMITED', { retryAfter })
}

/** Counts a code that accepted nothing. */
export const countMiss = (personId: string, { store, now }: Deps): Promise<void> =>
  store.mandates.miss(personId, hourOf(now()))
