/** News of cases that nobody here knows: kept apart until the case is known, or nobody expects it any more. */
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { strays } from '../event-tables.ts'

export type StrayRow = typeof strays.$inferSelect

const waits = and(isNull(strays.caseId), isNull(strays.givenUpAt))

export function strayQueries({ db, sql: raw }: Database) {
  return {
    /** Keeps one. @returns false when it is there already, or its region has as many as are kept */
    keep: async (row: StrayRow, most: number): Promise<boolean> => {
      const kept = await raw`
        insert into strays (region, key, case_number, case_key, source_number, news_sealed, received_at, tries, next_try_at)
        select ${row.region}, ${row.key}, ${row.caseNumber}, ${row.caseKey}, ${row.sourceNumber}, ${row.newsSealed},
          ${row.receivedAt.toISOString()}, 0, ${row.nextTryAt.toISOString()}
        where (select count(*) from strays where region = ${row.region}) < ${most}
        on conflict do nothing returning key`
      return kept.length === 1
    },
    /** Those that wait and may speak of a case, oldest first. */
    of: async (
      region: string,
      names: Pick<StrayRow, 'caseNumber' | 'caseKey' | 'sourceNumber'>,
    ): Promise<readonly StrayRow[]> =>
      db
        .select()
        .from(strays)
        .where(
          and(
            eq(strays.region, region),
            waits,
            or(
              names.caseNumber ? eq(strays.caseNumber, names.caseNumber) : undefined,
              names.caseKey ? eq(strays.caseKey, names.caseKey) : undefined,
              names.sourceNumber ? eq(strays.sourceNumber, names.sourceNumber) : undefined,
            ),
          ),
        )
        .orderBy(strays.receivedAt)
        .limit(1_000),
    /** Takes due ones and moves their time on, so that nobody else takes them. */
    take: async (now: Date, claim: Date, limit: number): Promise<readonly StrayRow[]> => {
      const due = db
        .select({ region: strays.region, key: strays.key })
        .from(strays)
        .where(and(waits, sql`${strays.nextTryAt} <= ${now.toISOString()}`))
        .orderBy(strays.nextTryAt)
        .limit(limit)
        .for('update', { skipLocked: true })
      return db
        .update(strays)
        .set({ nextTryAt: claim, tries: sql`${strays.tries} + 1` })
        .where(sql`(${strays.region}, ${strays.key}) in ${due}`)
        .returning()
    },
    again: async ({ region, key }: StrayRow, nextTryAt: Date): Promise<void> =>
      void (await db
        .update(strays)
        .set({ nextTryAt })
        .where(and(eq(strays.region, region), eq(strays.key, key), waits))),
    joined: async ({ region, key }: StrayRow, caseId: string): Promise<void> =>
      void (await db
        .update(strays)
        .set({ caseId })
        .where(and(eq(strays.region, region), eq(strays.key, key)))),
    /** Gives up those that have waited too long. @returns how many, by region */
    giveUp: async (before: Date, now: Date): Promise<readonly { region: string; count: number }[]> => {
      const rows = await raw<{ region: string; count: number }[]>`
        with given as (
          update strays set given_up_at = ${now.toISOString()}
          where case_id is null and given_up_at is null and received_at < ${before.toISOString()} returning region
        ) select region, count(*)::int as count from given group by region`
      return rows
    },
    /** Forgets those that were joined or given up so long ago. */
    forget: async (before: Date): Promise<void> =>
      void (await db
        .delete(strays)
        .where(and(lt(strays.receivedAt, before), sql`(case_id is not null or given_up_at is not null)`))),
    /** Those that wait and those that were given up, the oldest first. */
    list: async (limit: number): Promise<readonly StrayRow[]> =>
      db.select().from(strays).where(isNull(strays.caseId)).orderBy(strays.receivedAt).limit(limit),
    counts: async (): Promise<readonly { region: string; state: string; count: number }[]> =>
      raw<{ region: string; state: string; count: number }[]>`
        select region, case when given_up_at is null then 'waiting' else 'given up' end as state, count(*)::int as count
        from strays where case_id is null group by 1, 2`,
  }
}
