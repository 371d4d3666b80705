/** The clocks of stored cases: one question to the store for a whole page of them. */
import { LIMITS } from '../../../config.ts'
import type { CaseClock } from '../../../schemas/clock.ts'
import type { CaseRow, EventRow, TurnRow } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'
import { orderAt } from '../apply-news.ts'
import { matterFactsOf } from '../matter-facts.ts'
import { type OpenContent, statusOf } from '../record.ts'
import { clockOf, type Known } from './clock.ts'
import type { Promised } from './promise.ts'

/**
 * By the id of the case; null where there is none. The promise is the deciding region's, in the version of the matter for which the
 * case was filed.
 * @param asOf shows the clocks of that moment: what was received later is not known then
 * @param read the turns of these cases, where their whole timelines were read already
 */
export async function clocksOf(
  rows: readonly CaseRow[],
  { store, sealing, now }: Pick<Deps, 'store' | 'sealing' | 'now'>,
  { asOf, read }: { readonly asOf?: Date; readonly read?: ReadonlyMap<string, readonly TurnRow[]> } = {},
): Promise<ReadonlyMap<string, CaseClock | null>> {
  const [turns, facts] = await Promise.all([
    read ??
      store.clocks.turnsOf(
        rows.map(({ id }) => id),
        { ...(asOf ? { until: asOf } : {}), most: LIMITS.clockEvents },
      ),
    Promise.all(rows.map((row) => matterFactsOf(row, store))),
  ])
  return new Map(
    rows.map((row, index) => {
      const of = turns.get(row.id)
      const known = of && knownOf(row, of, facts[index]?.promised, sealing)
      return [row.id, known ? clockOf(known, asOf ?? now()) : null]
    }),
  )
}

/** What of a whole timeline counts for its clock, as the store's `turnsOf` says it. */
export const turnsIn = (events: readonly EventRow[]): readonly TurnRow[] =>
  events.filter(({ type, late, via }) => type === 'status' && !(late && via === 'own'))

function knownOf(
  { acceptedAt, completedAt, dueAt, openSealed }: CaseRow,
  turns: readonly TurnRow[],
  promised: Promised | undefined,
  sealing: Deps['sealing'],
): Known {
  // Only a date that was told has a time at which it was.
  const { dueToldAt } = dueAt && openSealed ? sealing.open<OpenContent>(openSealed) : {}
  return {
    promised,
    turns: turns.map(({ status, occurredAt, receivedAt }) => ({
      status: statusOf(status),
      at: orderAt(occurredAt, receivedAt),
    })),
    acceptedAt,
    completedAt,
    told: dueAt ? { due: dueAt, ...(dueToldAt ? { at: new Date(dueToldAt) } : {}) } : undefined,
  }
}
