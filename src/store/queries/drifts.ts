/** Where a region's view of a case and ours differ. */
import { and, eq, isNull, notInArray, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { drifts } from '../event-tables.ts'
import { cases } from '../tables.ts'
import type { CaseRow } from './case-rows.ts'

export type DriftRow = typeof drifts.$inferSelect

/** One member that differs: codes and times, as text. */
export interface Drift {
  readonly member: string
  readonly ours: string | null
  readonly theirs: string | null
}

export function driftQueries({ db, sql: raw }: Database) {
  return {
    /** Notes how a case stands beside its region's view: what differs, and that all else agrees again. */
    note: async (
      row: Pick<CaseRow, 'id' | 'region' | 'division'>,
      found: readonly Drift[],
      at: Date,
    ): Promise<void> =>
      db.transaction(async (tx) => {
        const members = found.map(({ member }) => member)
        await tx
          .update(drifts)
          .set({ settledAt: at })
          .where(
            and(
              eq(drifts.caseId, row.id),
              isNull(drifts.settledAt),
              members.length > 0 ? notInArray(drifts.member, members) : undefined,
            ),
          )
        if (found.length === 0) return
        await tx
          .insert(drifts)
          .values(
            found.map((one) => ({
              ...one,
              caseId: row.id,
              region: row.region,
              division: row.division,
              count: 1,
              firstAt: at,
              lastAt: at,
              settledAt: null,
            })),
          )
          .onConflictDoUpdate({
            target: [drifts.caseId, drifts.member],
            set: {
              ours: sql`excluded.ours`,
              theirs: sql`excluded.theirs`,
              count: sql`${drifts.count} + 1`,
              lastAt: at,
              settledAt: null,
            },
          })
      }),
    /** The newest first, those that stand before those that are settled. */
    list: async (limit: number): Promise<readonly DriftRow[]> =>
      db
        .select()
        .from(drifts)
        .orderBy(sql`${drifts.settledAt} is not null`, sql`${drifts.lastAt} desc`)
        .limit(limit),
    counts: async (): Promise<readonly { region: string; member: string; count: number }[]> =>
      raw<{ region: string; member: string; count: number }[]>`
        select region, member, count(*)::int as count from drifts where settled_at is null group by 1, 2`,
    /** Cases whose views can be compared, in the order of their ids. @param since those that ended later than this too */
    candidates: async (
      after: string,
      ended: readonly string[],
      since: Date,
      limit: number,
    ): Promise<readonly CaseRow[]> =>
      db
        .select()
        .from(cases)
        .where(
          sql`${cases.id} > ${after} and ${cases.dispatchState} = 'sent' and (${cases.origin} = 'filed' or ${cases.handleSealed} is not null)
            and (${notInArray(cases.status, [...ended])} or ${cases.changedAt} > ${since.toISOString()})`,
        )
        .orderBy(cases.id)
        .limit(limit),
  }
}
