/** The clocks of stored cases: one question to the store for a whole page of them. */
import { LIMITS } from '../../../config.ts'
import type { CaseClock } from '../../../schemas/clock.ts'
import type { Matter } from '../../../schemas/matter.ts'
import type { CaseRow, ClockRow } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'
import { orderAt } from '../apply-news.ts'
import { type OpenContent, statusOf } from '../record.ts'
import { clockOf, type Known } from './clock.ts'
import { promiseOf } from './promise.ts'

/**
 * By the id of the case; null where there is none. The promise is the deciding region's, in the version of the matter for which the
 * case was filed.
 * @param asOf shows the clocks of that moment: what was received later is not known then
 */
export async function clocksOf(
  rows: readonly CaseRow[],
  { store, sealing, now }: Pick<Deps, 'store' | 'sealing' | 'now'>,
  asOf?: Date,
): Promise<ReadonlyMap<string, CaseClock | null>> {
  const made = await store.clocks.made(
    rows.map(({ id }) => id),
    { ...(asOf ? { until: asOf } : {}), most: LIMITS.clockEvents },
  )
  return new Map(
    rows.map((row) => {
      const of = made.get(row.id)
      return [row.id, of ? clockOf(knownOf(row, of, sealing), asOf ?? now()) : null]
    }),
  )
}

function knownOf(
  { acceptedAt, completedAt, dueAt, openSealed }: CaseRow,
  { matter, turns }: ClockRow,
  sealing: Deps['sealing'],
): Known {
  // Only a date that was told has a time at which it was.
  const { dueToldAt } = dueAt && openSealed ? sealing.open<OpenContent>(openSealed) : {}
  return {
    promised: matter === null ? undefined : promiseOf(limitsIn(matter)),
    turns: turns.map(({ status, occurredAt, receivedAt }) => ({
      status: statusOf(status),
      at: orderAt(occurredAt, receivedAt),
    })),
    acceptedAt,
    completedAt,
    told: dueAt ? { due: dueAt, ...(dueToldAt ? { at: new Date(dueToldAt) } : {}) } : undefined,
  }
}

/** The store holds matters that their schema let in; what one leaves out is null here. */
function limitsIn(matter: unknown): Pick<Matter, 'handling' | 'commitment' | 'statutory'> {
  const { handling, commitment, statutory } = matter as Pick<Matter, 'handling' | 'commitment' | 'statutory'>
  return {
    ...(handling ? { handling } : {}),
    ...(commitment ? { commitment } : {}),
    ...(statutory ? { statutory } : {}),
  }
}
