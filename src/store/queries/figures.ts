/** Counts over many cases: made in rounds, kept in small tables, and read from there. */
import { sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { figures, overdueCounts } from '../operation-tables.ts'

export type FigureRow = typeof figures.$inferSelect
type OverdueRow = typeof overdueCounts.$inferSelect

/** What was counted of one place: a city, a region without city, or everything where both are null. */
export interface Counted {
  readonly region: string | null
  /** The first four digits of the city. */
  readonly city: string | null
  readonly cases: number
  readonly online: number
  readonly corrected: number
  readonly completed: number
  /** Cases that were rated, and of those the ones whose newest rating is a bad one. */
  readonly rated: number
  readonly badlyRated: number
  readonly medianDays: number | null
}

export function figureQueries({ db, sql: raw }: Database) {
  /** Counts the cases that were applied for in a span: reads all of them, so it is for a round. @param bad grades that are bad */
  const count = async (
    { since, until }: { readonly since: Date; readonly until: Date },
    bad: readonly string[],
  ): Promise<readonly Counted[]> =>
    raw<Counted[]>`
      with c as (
        select region, case region when 'shanghai' then '3100' else left(division, 4) end as city, origin = 'filed' as is_online,
          exists (select from case_events e where e.case_id = cases.id and e.status = 'CORRECTION_REQUIRED') as is_corrected,
          case when status in ('COMPLETED', 'DELIVERED') and completed_at >= accepted_at
            then extract(epoch from completed_at - accepted_at)::float8 / 86400 end as days,
          (select grade from case_ratings r where r.case_id = cases.id order by round desc limit 1) as grade
        from cases where applied_at >= ${since.toISOString()} and applied_at < ${until.toISOString()}
      )
      select region, city, count(*)::int as cases, count(*) filter (where is_online)::int as online,
        count(*) filter (where is_corrected)::int as corrected, count(days)::int as completed,
        count(grade)::int as rated,
        count(*) filter (where grade in (select jsonb_array_elements_text(${JSON.stringify(bad)}::text::jsonb)))::int as "badlyRated",
        percentile_cont(0.5) within group (order by days) as "medianDays"
      from c group by grouping sets ((region, city), (region), ())`

  const replace = async (rows: readonly FigureRow[]): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.delete(figures)
      if (rows.length > 0) await tx.insert(figures).values([...rows])
    })

  const list = async (): Promise<readonly FigureRow[]> => db.select().from(figures)

  /**
   * Counts the open cases that were told to be overdue, by the first four digits of their city: reads every reminder, so it is for a
   * round. @param prefix of the keys of such reminders
   */
  const countOverdue = async (prefix: string): Promise<readonly { city: string; cases: number }[]> =>
    raw<{ city: string; cases: number }[]>`
      select case c.region when 'shanghai' then '3100' else left(c.division, 4) end as city, count(*)::int as cases
      from (select distinct case_id from case_events where type = 'reminder' and starts_with(key, ${prefix})) e
      join cases c on c.id = e.case_id
      where c.status not in ('NOT_ACCEPTED', 'COMPLETED', 'VOIDED', 'WITHDRAWN', 'DELIVERED') group by 1`

  const replaceOverdue = async (rows: readonly OverdueRow[]): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.delete(overdueCounts)
      if (rows.length > 0) await tx.insert(overdueCounts).values([...rows])
    })

  const listOverdue = async (): Promise<readonly OverdueRow[]> => db.select().from(overdueCounts)

  /** Cases whose turn to be asked about has come, and since when; no more than `most` are counted. */
  const asksWaiting = async (now: Date, most: number): Promise<{ count: number; oldest: Date | null }> => {
    const [row] = await db.execute<{ count: number; oldest: string | null }>(sql`
      select count(*)::int as count, min(next_ask_at) as oldest
      from (select next_ask_at from cases where next_ask_at <= ${now.toISOString()} limit ${most}) waiting`)
    return { count: row?.count ?? 0, oldest: row?.oldest ? new Date(row.oldest) : null }
  }

  return { count, replace, list, countOverdue, replaceOverdue, listOverdue, asksWaiting }
}
