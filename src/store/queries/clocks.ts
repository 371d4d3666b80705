/** What the promise clock is made of, which clocks are to be looked at, and how long concluded cases took. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { caseEvents } from '../event-tables.ts'
import { cases } from '../tables.ts'
import { type CaseRow, CITY_CODE, type EventRow } from './case-rows.ts'

/** A status of a timeline, with what decides its place. */
export type TurnRow = Pick<EventRow, 'status' | 'occurredAt' | 'receivedAt'>

interface WireTurns {
  readonly id: string
  readonly turns: readonly (readonly [string, string, string])[] | null
}

/** What was looked at: the version whose clock it was, and the day that it counts to. */
export interface ClockMark {
  readonly id: string
  readonly version: number
  readonly promisedOn: string | null
}

/** When a concluded case was accepted, and when it ended. */
export interface Concluded {
  readonly acceptedAt: Date
  readonly completedAt: Date
}

export function clockQueries({ db, sql: raw }: Database) {
  /**
   * The statuses of some cases, in one question; nothing for a case that has more than `most` events. What a region said and was late is
   * there; our own late words, which have no time of the region's, are not. @param until events that were received later are left out
   */
  const turnsOf = async (
    ids: readonly string[],
    { until, most }: { readonly until?: Date; readonly most: number },
  ): Promise<ReadonlyMap<string, readonly TurnRow[]>> => {
    if (ids.length === 0) return new Map()
    const rows = await raw<WireTurns[]>`
      select c.id, (
        select jsonb_agg(jsonb_build_array(e.status, e.occurred_at, e.received_at)) from case_events e
        where e.case_id = c.id and e.type = 'status' and not (e.late and e.via = 'own') ${until ? raw`and e.received_at <= ${until.toISOString()}` : raw``}
      ) as turns
      from cases c where c.id in ${raw([...ids])} and c.sequence <= ${most}`
    return new Map(
      rows.map(({ id, turns }) => [
        id,
        (turns ?? []).map(([status, occurredAt, receivedAt]) => ({
          status,
          occurredAt: new Date(occurredAt),
          receivedAt: new Date(receivedAt),
        })),
      ]),
    )
  }

  /** Cases that changed since their clock was looked at, the longest ago first, and those whose day is over. @param today `yyyy-MM-dd` */
  const toLookAt = async (today: string, limit: number): Promise<readonly CaseRow[]> => {
    const changed = await db
      .select()
      .from(cases)
      .where(
        // Word for word as the index has it: a parameter would hide it from the planner.
        sql`clock_version < version and status not in ('NOT_ACCEPTED', 'COMPLETED', 'VOIDED', 'WITHDRAWN', 'DELIVERED')`,
      )
      .orderBy(cases.changedAt)
      .limit(limit)
    const left = limit - changed.length
    if (left === 0) return changed
    const known = new Set(changed.map(({ id }) => id))
    const over = await db
      .select()
      .from(cases)
      .where(sql`promised_on is not null and ${cases.promisedOn} < ${today}`)
      .orderBy(cases.promisedOn)
      .limit(left)
    return [...changed, ...over.filter(({ id }) => !known.has(id))]
  }

  /** Notes what was looked at. A case that changed meanwhile is looked at again: the mark is of its former version. */
  const mark = async (marks: readonly ClockMark[]): Promise<void> => {
    if (marks.length === 0) return
    const rows = marks.map(({ id, version, promisedOn }) => ({ id, version, promised_on: promisedOn }))
    await raw`
      update cases c set promised_on = v.promised_on, clock_version = v.version
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as v (id text, version int, promised_on text)
      where c.id = v.id and c.clock_version <= v.version`
  }

  /** The newest reminder of a kind in a timeline. @param prefix of its key */
  const lastReminder = async (
    caseId: string,
    prefix: string,
  ): Promise<{ readonly sequence: number; readonly receivedAt: Date } | undefined> =>
    (
      await db
        .select({ sequence: caseEvents.sequence, receivedAt: caseEvents.receivedAt })
        .from(caseEvents)
        .where(
          and(
            eq(caseEvents.caseId, caseId),
            sql`type = 'reminder'`,
            sql`starts_with(${caseEvents.key}, ${prefix})`,
          ),
        )
        .orderBy(desc(caseEvents.sequence))
        .limit(1)
    )[0]

  /** The newest concluded cases of a matter in a city. @param city six digits */
  const concluded = async (matterId: string, city: string, limit: number): Promise<readonly Concluded[]> => {
    const rows = await db
      .select({ acceptedAt: cases.acceptedAt, completedAt: cases.completedAt })
      .from(cases)
      .where(
        and(
          eq(cases.matterId, matterId),
          sql`${CITY_CODE} = ${city.slice(0, 4)}`,
          sql`status in ('COMPLETED', 'DELIVERED') and accepted_at is not null and completed_at is not null`,
        ),
      )
      .orderBy(desc(cases.completedAt))
      .limit(limit)
    return rows.flatMap(({ acceptedAt, completedAt }) =>
      acceptedAt && completedAt ? [{ acceptedAt, completedAt }] : [],
    )
  }

  return { turnsOf, toLookAt, mark, lastReminder, concluded }
}
