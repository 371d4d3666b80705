/** Ratings of cases, and the leases under which they are told to regions. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { caseRatings } from '../rating-tables.ts'
import { type Ask, byDriver } from './ask.ts'

export type RatingRow = typeof caseRatings.$inferSelect

/** A rating that a process holds. */
export interface HeldRating {
  readonly caseId: string
  readonly round: number
  readonly leaseToken: string
}

/** A rating as it is given, written with the event that tells of it. */
export interface NewRating {
  readonly round: number
  readonly grade: string
  readonly ratingSealed: Buffer
  readonly ratedAt: Date
  readonly state: 'sending' | 'notOffered'
  readonly leaseToken: string
  readonly leaseUntil: Date
}

/** Stores a rating of a case, which is locked. */
export async function giveRating(ask: Ask, caseId: string, one: NewRating): Promise<void> {
  await ask`
    insert into case_ratings (case_id, round, grade, rating_sealed, rated_at, state, attempts, next_attempt_at, lease_token, lease_until)
    values (${caseId}::text, ${one.round}::int, ${one.grade}::text, ${one.ratingSealed}::bytea, ${one.ratedAt.toISOString()}::timestamptz,
      ${one.state}::text, 0, ${one.ratedAt.toISOString()}::timestamptz, ${one.leaseToken}::text, ${one.leaseUntil.toISOString()}::timestamptz)`
}

/** How an attempt to tell a rating ended. `nextAttemptAt` counts while it is still to be told. */
export interface SettledRating {
  readonly held: HeldRating
  readonly state: 'told' | 'refused' | 'sending'
  /** When the region had it; null while it has not. */
  readonly toldAt: Date | null
  /** A problem code. */
  readonly failure: string | null
  readonly nextAttemptAt: Date
}

/** Ends an attempt whose lease is still ours; else nothing happens, since another one goes on. */
export async function settleRating(
  ask: Ask,
  { held, state, toldAt, failure, nextAttemptAt }: SettledRating,
): Promise<void> {
  await ask`
    update case_ratings set state = ${state}::text, failure = ${failure}::text, told_at = ${toldAt?.toISOString() ?? null}::timestamptz, attempts = attempts + 1,
      next_attempt_at = ${nextAttemptAt.toISOString()}::timestamptz, lease_token = null, lease_until = null
    where case_id = ${held.caseId}::text and round = ${held.round}::int and lease_token = ${held.leaseToken}::text and state = 'sending'`
}

const isHeld = ({ caseId, round, leaseToken }: HeldRating) =>
  and(
    eq(caseRatings.caseId, caseId),
    eq(caseRatings.round, round),
    eq(caseRatings.leaseToken, leaseToken),
    eq(caseRatings.state, 'sending'),
  )

export function ratingQueries({ db, sql: raw }: Database) {
  /** Of each case its ratings, first round first. */
  const of = async (caseIds: readonly string[]): Promise<readonly RatingRow[]> =>
    caseIds.length === 0
      ? []
      : db
          .select()
          .from(caseRatings)
          .where(inArray(caseRatings.caseId, [...caseIds]))
          .orderBy(asc(caseRatings.caseId), asc(caseRatings.round))

  /** Takes up to `limit` due ratings that nobody holds. A follow-up waits until the first one is told or refused. */
  const take = async (
    now: Date,
    leaseToken: string,
    leaseUntil: Date,
    limit: number,
  ): Promise<readonly HeldRating[]> => {
    const at = now.toISOString()
    const rows = await raw`
      update case_ratings r set lease_token = ${leaseToken}, lease_until = ${leaseUntil.toISOString()}
      from (
        select case_id, round from case_ratings o
        where state = 'sending' and next_attempt_at <= ${at} and (lease_until is null or lease_until < ${at})
          and not exists (select 1 from case_ratings p where p.case_id = o.case_id and p.round < o.round and p.state = 'sending')
        order by next_attempt_at limit ${limit} for update skip locked
      ) due
      where r.case_id = due.case_id and r.round = due.round
      returning r.case_id, r.round`
    return rows.map((row) => ({ caseId: String(row['case_id']), round: Number(row['round']), leaseToken }))
  }

  /** A rating that is still ours to tell. */
  const held = async (one: HeldRating): Promise<RatingRow | undefined> =>
    (await db.select().from(caseRatings).where(isHeld(one)).limit(1))[0]

  /** Prolongs a lease that is still ours. */
  const prolong = async (one: HeldRating, leaseUntil: Date): Promise<void> => {
    await db.update(caseRatings).set({ leaseUntil }).where(isHeld(one))
  }

  /** Ratings that are owed to regions, and since when the oldest is. */
  const backlog = async (): Promise<{ count: number; oldest: Date | null }> => {
    const [row] = await db
      .select({ count: sql<number>`count(*)::int`, oldest: sql<string | null>`min(${caseRatings.ratedAt})` })
      .from(caseRatings)
      .where(eq(caseRatings.state, 'sending'))
    return { count: row?.count ?? 0, oldest: row?.oldest ? new Date(row.oldest) : null }
  }

  const settle = (one: SettledRating): Promise<void> => settleRating(byDriver(raw), one)

  return { backlog, of, take, held, prolong, settle }
}
