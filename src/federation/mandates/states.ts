/** How a mandate stands at a moment. */
import type { MandateState } from '../../schemas/mandate.ts'
import type { MandateRow } from '../../store/index.ts'

/** An offer that nobody took in time has expired like a mandate whose time is over. */
export function stateOf(row: MandateRow, now: Date): MandateState {
  if (row.revokedAt) return 'revoked'
  if (row.declinedAt) return 'declined'
  if (row.validUntil <= now) return 'expired'
  if (!row.acceptedAt) return row.offerUntil <= now ? 'expired' : 'offered'
  return row.validFrom <= now ? 'active' : 'waiting'
}
