/** Which cases a region is asked about now. `next_ask_at` is the claim: whoever takes a case moves it on first. */
import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { cases } from '../tables.ts'
import type { CaseRow } from './case-rows.ts'

/** A case that this process asks about, and how the region's last news came. */
export interface DueCase {
  readonly row: CaseRow
  readonly lastVia: string | null
}

export function askQueries({ db, sql: raw }: Database) {
  /** Places with cases to ask about get a turn of their own, once. Skips from place to place in the index. */
  const nameTurns = async (now: Date): Promise<void> => {
    await raw`
      with recursive places as (
        (select division from cases where next_ask_at is not null order by division limit 1)
        union all
        select (select division from cases where next_ask_at is not null and division > p.division order by division limit 1)
        from places p where p.division is not null
      )
      insert into ask_turns (place, next_at)
      select division, ${now.toISOString()}::timestamptz from places
      where division is not null and not exists (select from ask_turns t where t.place = division)
      on conflict do nothing`
  }

  /**
   * Takes what is due, for each place whose turn it is no more than `ofPlace`, what fell due last first. Turns and cases that another
   * process holds are passed over.
   * @param until until when nobody else takes them
   */
  const take = async (
    now: Date,
    {
      until,
      nextTurn,
      ofPlace,
      most,
    }: { readonly until: Date; readonly nextTurn: Date; readonly ofPlace: number; readonly most: number },
  ): Promise<readonly DueCase[]> => {
    await nameTurns(now)
    const at = now.toISOString()
    const taken = await raw`
      with turns as (
        update ask_turns t set next_at = ${nextTurn.toISOString()}
        from (
          select place from ask_turns o where next_at <= ${at}
            and exists (select from cases c where c.division = o.place and c.next_ask_at <= ${at})
          order by next_at limit ${Math.ceil(most / ofPlace)} for update skip locked
        ) free
        where t.place = free.place returning t.place
      ), due as (
        select d.id from turns cross join lateral (
          select id from cases c where c.division = turns.place and c.next_ask_at <= ${at}
          order by c.next_ask_at desc limit ${ofPlace} for update skip locked
        ) d
      )
      update cases set next_ask_at = ${until.toISOString()} from due where cases.id = due.id returning cases.id`
    if (taken.length === 0) return []
    return db
      .select({
        row: cases,
        lastVia: sql<string | null>`(select via from case_events e where e.case_id = cases.id
          and e.via <> 'own' order by e.sequence desc limit 1)`,
      })
      .from(cases)
      .where(
        inArray(
          cases.id,
          taken.map(({ id }) => String(id)),
        ),
      )
  }

  /** Holds cases longer whose region takes its time. */
  const prolong = async (ids: readonly string[], until: Date): Promise<void> => {
    if (ids.length > 0)
      await db
        .update(cases)
        .set({ nextAskAt: until })
        // What was settled meanwhile has a later time, and keeps it.
        .where(and(inArray(cases.id, [...ids]), lt(cases.nextAskAt, until)))
  }

  /** The region answered. `asOf` is when; nothing else changed. */
  const answered = async (id: string, asOf: Date, nextAskAt: Date | null): Promise<void> => {
    await db.update(cases).set({ asOf, nextAskAt, askFailures: 0, silentSince: null }).where(eq(cases.id, id))
  }

  /** The region did not answer, or not what could be read. @param since when it fell silent; null when it answered */
  const failed = async (id: string, nextAskAt: Date, since: Date | null): Promise<void> => {
    await db
      .update(cases)
      .set({
        nextAskAt,
        askFailures: sql`${cases.askFailures} + 1`,
        silentSince:
          since === null ? null : sql`coalesce(${cases.silentSince}, ${since.toISOString()}::timestamptz)`,
      })
      .where(eq(cases.id, id))
  }

  /** Asks about a place's cases sooner: something came of a case that is not known yet. */
  const hasten = async (region: string, at: Date, most: number): Promise<void> => {
    await raw`
      update cases set next_ask_at = ${at.toISOString()} from (
        select id from cases where region = ${region} and case_number is null and next_ask_at > ${at.toISOString()}
        order by next_ask_at limit ${most} for update skip locked
      ) soon where cases.id = soon.id`
  }

  /** Since when each place has not answered questions about cases. */
  const silentPlaces = async (): Promise<ReadonlyMap<string, Date>> => {
    const rows = await raw`
      select division, min(silent_since) as since from cases where silent_since is not null group by division`
    return new Map(rows.map((row) => [String(row['division']), new Date(String(row['since']))]))
  }

  return { take, prolong, answered, failed, hasten, silentPlaces }
}
