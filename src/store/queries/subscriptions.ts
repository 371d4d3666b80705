/** Where clients want their events posted, and what their receivers did not take. A subscription is worked on under a lease in its row. */
import { and, count, eq, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { deliveries, subscriptions } from '../event-tables.ts'
import type { OutboxRow, Place } from './outbox.ts'

export type SubscriptionRow = typeof subscriptions.$inferSelect
export type DeliveryRow = typeof deliveries.$inferSelect

/** Which subscription, and under which lease. */
export interface Held {
  readonly clientId: string
  readonly id: string
  readonly leaseToken: string
}

/** How many events of a subscription are held back. */
export interface HeldBack {
  readonly waiting: number
  readonly parked: number
}

/** What a window of the feed came to: the cursor moves behind all of it. */
export interface Moved {
  readonly place: Place
  readonly held: readonly Omit<DeliveryRow, 'clientId' | 'subscriptionId'>[]
  /** When something was taken; nothing where nothing was posted. */
  readonly takenAt?: Date
}

/** Columns that tell how a subscription does. */
export type Standing = Partial<
  Pick<
    SubscriptionRow,
    'state' | 'failingSince' | 'attempts' | 'nextAttemptAt' | 'lastFailure' | 'lastSuccessAt'
  >
>

/** A transaction of the database. */
type Executor = Pick<Database['db'], 'execute' | 'insert' | 'update' | 'delete'>

const keyOf = ({ clientId, id }: Pick<SubscriptionRow, 'clientId' | 'id'>) =>
  and(eq(subscriptions.clientId, clientId), eq(subscriptions.id, id))

const leased = (held: Held) => and(keyOf(held), eq(subscriptions.leaseToken, held.leaseToken))

const ofSubscription = ({ clientId, id }: Pick<SubscriptionRow, 'clientId' | 'id'>) =>
  and(eq(deliveries.clientId, clientId), eq(deliveries.subscriptionId, id))

export function subscriptionQueries({ db, sql: raw }: Database) {
  /** Stores one unless the client has `most` already. @returns whether it was stored */
  const insert = (row: SubscriptionRow, most: number): Promise<boolean> =>
    db.transaction(async (tx) => {
      // Two that come at once must not both be the last that fits.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`subscriptions ${row.clientId}`}))`)
      const [found] = await tx
        .select({ total: count() })
        .from(subscriptions)
        .where(eq(subscriptions.clientId, row.clientId))
      if ((found?.total ?? 0) >= most) return false
      await tx.insert(subscriptions).values(row)
      return true
    })

  const list = (clientId: string): Promise<SubscriptionRow[]> =>
    db.select().from(subscriptions).where(eq(subscriptions.clientId, clientId)).orderBy(subscriptions.id)

  const read = async (clientId: string, id: string): Promise<SubscriptionRow | undefined> =>
    (await db.select().from(subscriptions).where(keyOf({ clientId, id })).limit(1))[0]

  /** How many events are held back, by subscription of a client. */
  const heldBack = async (clientId: string): Promise<ReadonlyMap<string, HeldBack>> => {
    const rows = await raw`
      select subscription_id, count(*) filter (where state = 'waiting')::int as waiting,
        count(*) filter (where state = 'parked')::int as parked
      from deliveries where client_id = ${clientId} group by 1`
    return new Map(
      rows.map((row) => [
        String(row['subscription_id']),
        { waiting: Number(row['waiting']), parked: Number(row['parked']) },
      ]),
    )
  }

  /** @returns whether there was one */
  const remove = (clientId: string, id: string): Promise<boolean> =>
    db.transaction(async (tx) => {
      await tx.delete(deliveries).where(ofSubscription({ clientId, id }))
      const gone = await tx
        .delete(subscriptions)
        .where(keyOf({ clientId, id }))
        .returning({ id: subscriptions.id })
      return gone.length > 0
    })

  /**
   * Takes up to `limit` active subscriptions that nobody works on, whose pause is over, and for which there is something: news behind their
   * cursor, or something held back whose own pause is over and that stands first in its case.
   */
  const claim = async ({
    now,
    leaseToken,
    leaseUntil,
    limit,
  }: {
    now: Date
    leaseToken: string
    leaseUntil: Date
    limit: number
  }): Promise<readonly { clientId: string; id: string }[]> => {
    const at = now.toISOString()
    const rows = await raw`
      update subscriptions s set lease_token = ${leaseToken}, lease_until = ${leaseUntil.toISOString()}
      from (
        select client_id, id from subscriptions c
        where state = 'active' and next_attempt_at <= ${at} and (lease_until is null or lease_until <= ${at})
          and (
            exists (select from outbox o where o.client_id = c.client_id and (o.tx, o.position) > (c.cursor_tx, c.cursor_position)
              and o.tx < pg_snapshot_xmin(pg_current_snapshot()))
            or exists (select from deliveries d where d.client_id = c.client_id and d.subscription_id = c.id
              and d.state = 'waiting' and d.next_attempt_at <= ${at}
              and not exists (select from deliveries e where e.client_id = d.client_id and e.subscription_id = d.subscription_id
                and e.case_id = d.case_id and e.sequence < d.sequence)))
        order by next_attempt_at limit ${limit} for update skip locked
      ) due
      where s.client_id = due.client_id and s.id = due.id
      returning s.client_id, s.id`
    return rows.map((row) => ({ clientId: String(row['client_id']), id: String(row['id']) }))
  }

  /** Keeps a lease a while longer. @returns the row as it is now; nothing when another has it, or nobody any more */
  const prolong = async (held: Held, leaseUntil: Date): Promise<SubscriptionRow | undefined> =>
    (await db.update(subscriptions).set({ leaseUntil }).where(leased(held)).returning())[0]

  const release = async (held: Held): Promise<void> =>
    void (await db.update(subscriptions).set({ leaseToken: null, leaseUntil: null }).where(leased(held)))

  /** Writes how it does. @returns false when the lease is lost */
  const stand = async (held: Held, standing: Standing): Promise<boolean> =>
    (await db.update(subscriptions).set(standing).where(leased(held)).returning({ id: subscriptions.id }))
      .length === 1

  /** Moves the cursor, and keeps what is held back. @returns false when the lease is lost: then nothing has changed */
  const move = (held: Held, { place, held: back, takenAt }: Moved): Promise<boolean> =>
    db.transaction(async (tx) => {
      const rows = await tx
        .update(subscriptions)
        .set({
          cursorTx: place.tx,
          cursorPosition: place.position,
          ...(takenAt ? { lastSuccessAt: takenAt, failingSince: null, attempts: 0, lastFailure: null } : {}),
        })
        .where(leased(held))
        .returning({ id: subscriptions.id })
      if (rows.length === 0) return false
      await hold(tx, held, back)
      return true
    })

  const hold = async (tx: Executor, { clientId, id }: Held, back: Moved['held']): Promise<void> => {
    if (back.length === 0) return
    await tx
      .insert(deliveries)
      .values(back.map((one) => ({ ...one, clientId, subscriptionId: id })))
      .onConflictDoNothing()
  }

  /** Which of these cases have something held back: what follows must wait behind it. */
  const closedLanes = async (
    { clientId, id }: Pick<Held, 'clientId' | 'id'>,
    caseIds: readonly string[],
  ): Promise<ReadonlySet<string>> => {
    if (caseIds.length === 0) return new Set()
    const rows = await raw`
      select distinct case_id from deliveries
      where client_id = ${clientId} and subscription_id = ${id} and case_id in ${raw([...caseIds])}`
    return new Set(rows.map((row) => String(row['case_id'])))
  }

  /** The first held-back event of each case whose pause is over and that nothing parked stands before. */
  const dueLanes = async (
    { clientId, id }: Pick<Held, 'clientId' | 'id'>,
    now: Date,
    limit: number,
  ): Promise<readonly DeliveryRow[]> =>
    db
      .select()
      .from(deliveries)
      .where(
        and(
          ofSubscription({ clientId, id }),
          eq(deliveries.state, 'waiting'),
          sql`${deliveries.nextAttemptAt} <= ${now.toISOString()}`,
          sql`not exists (select from deliveries e where e.client_id = ${clientId} and e.subscription_id = ${id}
            and e.case_id = ${deliveries.caseId} and e.sequence < ${deliveries.sequence})`,
        ),
      )
      .orderBy(deliveries.nextAttemptAt)
      .limit(limit)

  /** All that waits in one case, in its order. */
  const lane = async (
    { clientId, id }: Pick<Held, 'clientId' | 'id'>,
    caseId: string,
    limit: number,
  ): Promise<readonly DeliveryRow[]> =>
    db
      .select()
      .from(deliveries)
      .where(and(ofSubscription({ clientId, id }), eq(deliveries.caseId, caseId)))
      .orderBy(deliveries.sequence)
      .limit(limit)

  /** Forgets what was taken after all, and keeps how the next one of the case stands. @returns false when the lease is lost */
  const settle = (
    held: Held,
    taken: readonly DeliveryRow[],
    failed: DeliveryRow | undefined,
    standing: Standing,
  ): Promise<boolean> =>
    db.transaction(async (tx) => {
      const rows = await tx
        .update(subscriptions)
        .set({ ...standing, leaseToken: held.leaseToken })
        .where(leased(held))
        .returning()
      if (rows.length === 0) return false
      for (const one of taken) await tx.delete(deliveries).where(deliveryIs(one))
      if (failed) await tx.update(deliveries).set(failed).where(deliveryIs(failed))
      return true
    })

  const deliveryIs = ({ clientId, subscriptionId, tx, position }: DeliveryRow) =>
    and(
      eq(deliveries.clientId, clientId),
      eq(deliveries.subscriptionId, subscriptionId),
      sql`${deliveries.tx} = ${tx}::xid8`,
      eq(deliveries.position, position),
    )

  /** Lets what is parked try again, the subscription itself included. @returns how many events; nothing for no subscription */
  const unpark = (clientId: string, id: string, now: Date): Promise<number | undefined> =>
    db.transaction(async (tx) => {
      const rows = await tx
        .update(subscriptions)
        .set({ state: 'active', failingSince: null, attempts: 0, nextAttemptAt: now })
        .where(keyOf({ clientId, id }))
        .returning({ id: subscriptions.id })
      if (rows.length === 0) return undefined
      const back = await tx
        .update(deliveries)
        .set({ state: 'waiting', attempts: 0, heldSince: now, nextAttemptAt: now })
        .where(ofSubscription({ clientId, id }))
        .returning({ position: deliveries.position })
      return back.length
    })

  /** Puts the cursor back: all after it is posted again, and nothing is held back any more. @returns whether there is one */
  const rewind = (clientId: string, id: string, place: Place, now: Date): Promise<boolean> =>
    db.transaction(async (tx) => {
      const rows = await tx
        .update(subscriptions)
        .set({
          state: 'active',
          cursorTx: place.tx,
          cursorPosition: place.position,
          failingSince: null,
          attempts: 0,
          nextAttemptAt: now,
          // Whoever works on it now has read after the old place: their lease is over.
          leaseToken: null,
          leaseUntil: null,
        })
        .where(keyOf({ clientId, id }))
        .returning({ id: subscriptions.id })
      if (rows.length === 0) return false
      await tx
        .delete(deliveries)
        .where(
          and(
            ofSubscription({ clientId, id }),
            sql`(${deliveries.tx}, ${deliveries.position}) > (${place.tx}::xid8, ${place.position}::bigint)`,
          ),
        )
      return true
    })

  /** How deliveries stand over all, for an operator. */
  const backlog = async (): Promise<{ parked: number; waiting: number; oldest: Date | null }> => {
    const [row] = await raw`
      select (select count(*) from deliveries where state = 'parked')::int as parked,
        (select count(*) from deliveries where state = 'waiting')::int as waiting,
        least((select min(held_since) from deliveries where state = 'waiting'),
          (select min(e.received_at) from subscriptions s cross join lateral (
            select case_id, sequence from outbox o where o.client_id = s.client_id
              and (o.tx, o.position) > (s.cursor_tx, s.cursor_position) order by o.tx, o.position limit 1) f
            join case_events e on e.case_id = f.case_id and e.sequence = f.sequence where s.state = 'active')) as oldest`
    const oldest = row?.['oldest']
    return {
      parked: Number(row?.['parked'] ?? 0),
      waiting: Number(row?.['waiting'] ?? 0),
      oldest: oldest === null || oldest === undefined ? null : new Date(String(oldest)),
    }
  }

  return {
    insert,
    list,
    read,
    heldBack,
    remove,
    claim,
    prolong,
    release,
    stand,
    move,
    closedLanes,
    dueLanes,
    lane,
    settle,
    unpark,
    rewind,
    backlog,
  }
}

/** A row of the outbox as it is held back. */
export const heldBackRow = (
  { tx, position, caseId, sequence }: OutboxRow,
  rest: Pick<DeliveryRow, 'state' | 'attempts' | 'heldSince' | 'nextAttemptAt' | 'failure'>,
): Moved['held'][number] => ({ tx, position, caseId, sequence, ...rest })
