/** Work owed to regions. A row is taken under a lease; only who holds the lease may keep or finish anything. */
import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { cases, dispatches } from '../tables.ts'
import type { CaseRow, NewEvent } from './case-rows.ts'
import { applied } from './change.ts'

export type DispatchRow = typeof dispatches.$inferSelect

/** An attempt that succeeded while nothing else happened to its case. */
export interface Settled {
  readonly held: { readonly caseId: string; readonly number: number; readonly leaseToken: string }
  /** The case as it was when the attempt began. */
  readonly before: CaseRow
  readonly event: NewEvent
  readonly columns: Partial<CaseRow>
  /** The first answer to the request that filed it, made from the case as it will be. */
  readonly answer?: {
    readonly key: string
    readonly of: (after: CaseRow) => { status: number; answerSealed: Buffer }
  }
}

const COLUMN_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(getTableColumns(cases)).map(([key, column]) => [key, column.name]),
)

/** Columns by their names in the database, times as text. */
const wireColumns = (columns: Partial<CaseRow>) =>
  Object.fromEntries(
    Object.entries(columns).map(([key, value]) => [
      COLUMN_NAMES[key] ?? key,
      value instanceof Date ? value.toISOString() : value,
    ]),
  )

const UNIQUE_VIOLATION = '23505'

export function dispatchQueries({ db, sql: raw }: Database) {
  /** Takes up to `limit` due rows that nobody holds. Only the oldest open work of a case is due: order within a case is kept. */
  const take = async (
    now: Date,
    leaseToken: string,
    leaseUntil: Date,
    limit: number,
  ): Promise<readonly { caseId: string; number: number }[]> => {
    const at = now.toISOString()
    const rows = await raw`
      update dispatches d set lease_token = ${leaseToken}, lease_until = ${leaseUntil.toISOString()}
      from (
        select case_id, number from dispatches o
        where state = 'pending' and next_attempt_at <= ${at} and (lease_until is null or lease_until < ${at})
          and not exists (select 1 from dispatches p where p.case_id = o.case_id and p.number < o.number and p.state = 'pending')
        order by next_attempt_at limit ${limit} for update skip locked
      ) due
      where d.case_id = due.case_id and d.number = due.number
      returning d.case_id, d.number`
    return rows.map((row) => ({ caseId: String(row['case_id']), number: Number(row['number']) }))
  }

  const read = async (caseId: string, number: number): Promise<DispatchRow | undefined> =>
    (
      await db
        .select()
        .from(dispatches)
        .where(and(eq(dispatches.caseId, caseId), eq(dispatches.number, number)))
        .limit(1)
    )[0]

  /**
   * Keeps what the region gave, and prolongs the lease. Number and key are written where callbacks look, since one may come before
   * the filing is answered. @returns false when the lease is no longer ours.
   */
  const keep = async (
    held: { caseId: string; number: number; leaseToken: string },
    kept: { handleSealed: Buffer; caseNumber: string | undefined; caseKey: string | undefined },
    leaseUntil: Date,
  ): Promise<boolean> => {
    const rows = await raw`
      with held as (
        update dispatches set lease_until = ${leaseUntil.toISOString()}
        where case_id = ${held.caseId} and number = ${held.number} and lease_token = ${held.leaseToken} and state = 'pending' returning case_id
      )
      update cases set
        handle_sealed = ${kept.handleSealed},
        case_number = coalesce(cases.case_number, ${kept.caseNumber ?? null}),
        case_key = coalesce(cases.case_key, ${kept.caseKey ?? null})
      from held where cases.id = held.case_id returning cases.id`
    return rows.length === 1
  }

  /** Prolongs a lease that is still ours. */
  const prolong = async (
    held: { caseId: string; number: number; leaseToken: string },
    leaseUntil: Date,
  ): Promise<void> => {
    await db
      .update(dispatches)
      .set({ leaseUntil })
      .where(
        and(
          eq(dispatches.caseId, held.caseId),
          eq(dispatches.number, held.number),
          eq(dispatches.leaseToken, held.leaseToken),
          eq(dispatches.state, 'pending'),
        ),
      )
  }

  /** Work that no region has taken yet: how much, and since when the oldest waits. */
  const backlog = async (): Promise<{ count: number; oldest: Date | null }> => {
    const [row] = await db
      .select({ count: sql<number>`count(*)::int`, oldest: sql<string | null>`min(${dispatches.createdAt})` })
      .from(dispatches)
      .where(eq(dispatches.state, 'pending'))
    return { count: row?.count ?? 0, oldest: row?.oldest ? new Date(row.oldest) : null }
  }

  /** Ends an attempt that did not succeed: another follows at `nextAttemptAt`, or none when `state` says so. */
  const postpone = async (
    held: { caseId: string; number: number; leaseToken: string },
    outcome: { state: 'pending' | 'refused' | 'cancelled'; failure: string; nextAttemptAt: Date },
  ): Promise<void> => {
    await db.transaction(async (tx) => {
      const rows = await tx
        .update(dispatches)
        .set({
          state: outcome.state,
          failure: outcome.failure,
          nextAttemptAt: outcome.nextAttemptAt,
          attempts: sql`${dispatches.attempts} + 1`,
          leaseToken: null,
          leaseUntil: null,
        })
        .where(
          and(
            eq(dispatches.caseId, held.caseId),
            eq(dispatches.number, held.number),
            eq(dispatches.leaseToken, held.leaseToken),
          ),
        )
        .returning({ attempts: dispatches.attempts })
      if (rows[0])
        await tx
          .update(cases)
          .set({ dispatchAttempts: rows[0].attempts, dispatchReason: outcome.failure })
          .where(eq(cases.id, held.caseId))
    })
  }

  /** Marks work as done. Called inside no other transaction: the event that it led to is stored first, and is idempotent. */
  const finish = async (caseId: string, number: number): Promise<void> => {
    await db
      .update(dispatches)
      .set({ state: 'sent', leaseToken: null, leaseUntil: null, attempts: sql`${dispatches.attempts} + 1` })
      .where(and(eq(dispatches.caseId, caseId), eq(dispatches.number, number)))
  }

  /**
   * Ends an attempt in one round trip: event, projection, work and first answer together, or nothing.
   * @returns the case afterwards; `undefined` when it has changed meanwhile or the event is known: then the long way is due.
   */
  const settle = async ({ held, before, event, columns, answer }: Settled): Promise<CaseRow | undefined> => {
    const { after, event: e } = applied(before, { event, columns })
    if (!e) return undefined
    const { sequence, version, headDigest } = after
    const kept = answer?.of(after)
    try {
      const done = await raw`
        with c as (
          update cases set outbox_tx = greatest(outbox_tx, pg_current_xact_id()), ${raw(wireColumns({ ...columns, sequence, version, headDigest }))}
          where id = ${held.caseId} and version = ${before.version} returning id, outbox_tx
        ), e as (
          insert into case_events (case_id, sequence, id, key, type, status, raw_code, raw_label, occurred_at, received_at, via, late,
            note_sealed, news_sealed, content_mac, digest)
          select ${held.caseId}, ${sequence}, ${e.id}, ${e.key}, ${e.type}, ${e.status}, ${e.rawCode}, ${e.rawLabel},
            ${e.occurredAt.toISOString()}, ${e.receivedAt.toISOString()}, ${e.via}, ${e.late}, ${e.noteSealed}, ${e.newsSealed},
            ${e.contentMac}, ${e.digest} from c
        ), o as (
          insert into outbox (client_id, tx, case_id, sequence, type)
          select ${before.clientId}, outbox_tx, ${held.caseId}, ${sequence}, ${e.type} from c
        ), d as (
          update dispatches set state = 'sent', lease_token = null, lease_until = null, attempts = attempts + 1
          where case_id = ${held.caseId} and number = ${held.number} and exists (select from c)
        )${
          kept && answer
            ? raw`, k as (
          update idempotency_keys set status = ${kept.status}, answer_sealed = ${kept.answerSealed}
          where client_id = ${before.clientId} and key = ${answer.key} and answer_sealed is null and exists (select from c)
        )`
            : raw``
        }
        select count(*)::int as done from c`
      return done[0]?.['done'] === 1 ? after : undefined
    } catch (error) {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === UNIQUE_VIOLATION)
        return undefined
      throw error
    }
  }

  /** Filings of a region whose number is not known yet are attempted now: it has told of a case that may be one of them. */
  const hasten = async (region: string, now: Date): Promise<void> => {
    await raw`
      update dispatches d set next_attempt_at = ${now.toISOString()}
      from cases c
      where c.id = d.case_id and c.region = ${region} and c.case_number is null
        and d.state = 'pending' and d.next_attempt_at > ${now.toISOString()}`
  }

  const countPending = async (): Promise<number> =>
    Number((await raw`select count(*)::int as n from dispatches where state = 'pending'`)[0]?.['n'] ?? 0)

  return { backlog, hasten, prolong, take, read, keep, postpone, finish, settle, countPending }
}
