/** Changing a case: under its row lock, event and projection together. */
import { eq, sql } from 'drizzle-orm'
import { GatewayError } from '../../errors.ts'
import type { Database } from '../connection.ts'
import { alarms, caseEvents, cases, dispatches, nonces } from '../tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'
import type { CaseRow, NewEvent } from './cases.ts'
import { type MandateUse, noteUse } from './mandate-uses.ts'

/** What a change makes of a case: an event to append (none when it changes only how the sending stands) and new columns. */
export interface Change {
  readonly event?: Omit<NewEvent, 'caseId' | 'sequence' | 'clientId'>
  readonly columns?: Partial<Omit<CaseRow, 'id' | 'clientId' | 'version' | 'sequence'>>
  /** Work that the change creates, sent later by whoever takes it. */
  readonly work?: {
    readonly kind: string
    readonly sealed: Buffer
    readonly at: Date
    readonly leaseToken?: string
    readonly leaseUntil?: Date
  }
}

/** A nonce of a region's callback, and how long it must be remembered. */
interface Nonce {
  readonly region: string
  readonly value: string
  readonly until: Date
}

/** The database, or a transaction of it. */
type Executor = Pick<Database['db'], 'execute' | 'insert' | 'select' | 'update'>

/** Remembers a nonce. @returns false when it was used before. */
const isFresh = async (tx: Executor, nonce: Nonce): Promise<boolean> =>
  (await tx.insert(nonces).values(nonce).onConflictDoNothing().returning({ value: nonces.value })).length ===
  1

/** Appends an event. @returns false when one with its key stands in the timeline. */
const append = async (
  tx: Executor,
  { id: caseId, clientId }: CaseRow,
  event: Omit<NewEvent, 'caseId' | 'clientId'>,
): Promise<boolean> =>
  (
    await tx
      .insert(caseEvents)
      .values({ ...event, caseId, clientId })
      .onConflictDoNothing({ target: [caseEvents.caseId, caseEvents.key] })
      .returning({ sequence: caseEvents.sequence })
  ).length === 1

/** Stores work under the next number of its case, which is locked. */
async function owe(tx: Executor, caseId: string, work: NonNullable<Change['work']>): Promise<number> {
  const [next] = await tx
    .select({ n: sql<number>`coalesce(max(${dispatches.number}), 0) + 1` })
    .from(dispatches)
    .where(eq(dispatches.caseId, caseId))
  const number = Number(next?.n ?? 1)
  await tx.insert(dispatches).values({
    caseId,
    number,
    kind: work.kind,
    state: 'pending',
    workSealed: work.sealed,
    attempts: 0,
    nextAttemptAt: work.at,
    createdAt: work.at,
    leaseToken: work.leaseToken ?? null,
    leaseUntil: work.leaseUntil ?? null,
  })
  return number
}

/** How a change ended: the row afterwards, and the number of the work that it created. */
interface Outcome {
  readonly outcome: 'changed' | 'repeated' | 'nothing' | 'gone' | 'replayed'
  readonly row: CaseRow | undefined
  readonly number?: number
}

/** Event, work and projection of a case that is locked. */
async function storeChange(
  tx: Executor,
  row: CaseRow,
  change: Change,
  accesses: readonly AccessRow[] = [],
): Promise<Outcome> {
  const sequence = row.sequence + (change.event ? 1 : 0)
  if (change.event && !(await append(tx, row, { ...change.event, sequence })))
    return { outcome: 'repeated', row }
  const number = change.work && (await owe(tx, row.id, change.work))
  const [after] = await tx
    .update(cases)
    .set({ ...change.columns, sequence, version: row.version + 1 })
    .where(eq(cases.id, row.id))
    .returning()
  await appendAccess(tx, accesses)
  return { outcome: 'changed', row: after, ...(number === undefined ? {} : { number }) }
}

/** @throws GatewayError `MANDATE_OVER` */
async function requireLive(tx: Executor, use: MandateUse): Promise<void> {
  if (!(await noteUse(tx, use))) throw new GatewayError('MANDATE_OVER', { mandate: use.mandateId })
}

export function changeQueries({ db }: Database) {
  /**
   * Locks the case, asks `decide` what becomes of it, and stores event, projection and work in one transaction.
   * @param more `use`: the mandate on which the change stands, noted with it; `accesses`: the records of the act
   * @throws GatewayError `MANDATE_OVER` when that has ended meanwhile
   * @returns `repeated` when an event with the same key is in the timeline already, `nothing` when `decide` wants none.
   */
  const change = async (
    caseId: string,
    decide: (row: CaseRow) => Change | undefined | Promise<Change | undefined>,
    more: { nonce?: Nonce; use?: MandateUse; accesses?: readonly AccessRow[] } = {},
  ): Promise<Outcome> =>
    db.transaction(async (tx) => {
      if (more.use) await requireLive(tx, more.use)
      if (more.nonce && !(await isFresh(tx, more.nonce)))
        return { outcome: 'replayed' as const, row: undefined }
      const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update').limit(1)
      if (!row) return { outcome: 'gone' as const, row: undefined }
      const change = await decide(row)
      if (!change) return { outcome: 'nothing' as const, row }
      return storeChange(tx, row, change, more.accesses)
    })

  /** Remembers a nonce. @returns false when it was used before. */
  const useNonce = (nonce: Nonce): Promise<boolean> => isFresh(db, nonce)

  const raiseAlarms = async (
    region: string,
    raised: readonly { table: string; code: string }[],
    at: Date,
  ): Promise<void> => {
    for (const { table, code } of raised) {
      await db
        .insert(alarms)
        .values({ region, table, code, count: 1, firstAt: at, lastAt: at })
        .onConflictDoUpdate({
          target: [alarms.region, alarms.table, alarms.code],
          set: { count: sql`${alarms.count} + 1`, lastAt: at },
        })
    }
  }

  const listAlarms = async () => db.select().from(alarms).orderBy(alarms.lastAt)

  return { change, useNonce, raiseAlarms, listAlarms }
}
