/** Changing a case: under its row lock, event and projection together. */
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { alarms, caseEvents, cases, dispatches, nonces } from '../tables.ts'
import type { CaseRow, NewEvent } from './cases.ts'

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

export type Changed = 'changed' | 'repeated' | 'nothing' | 'gone'

export function changeQueries({ db }: Database) {
  /**
   * Locks the case, asks `decide` what becomes of it, and stores event, projection and work in one transaction.
   * @returns `repeated` when an event with the same key is in the timeline already, `nothing` when `decide` wants none.
   */
  const change = async (
    caseId: string,
    decide: (row: CaseRow) => Change | undefined | Promise<Change | undefined>,
    more: { nonce?: { region: string; value: string; until: Date } } = {},
  ): Promise<{ outcome: Changed | 'replayed'; row: CaseRow | undefined; number?: number }> =>
    db.transaction(async (tx) => {
      if (more.nonce) {
        const fresh = await tx
          .insert(nonces)
          .values(more.nonce)
          .onConflictDoNothing()
          .returning({ value: nonces.value })
        if (fresh.length === 0) return { outcome: 'replayed' as const, row: undefined }
      }
      const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update').limit(1)
      if (!row) return { outcome: 'gone' as const, row: undefined }
      const change = await decide(row)
      if (!change) return { outcome: 'nothing' as const, row }
      let sequence = row.sequence
      if (change.event) {
        sequence += 1
        const added = await tx
          .insert(caseEvents)
          .values({ ...change.event, caseId, clientId: row.clientId, sequence })
          .onConflictDoNothing({ target: [caseEvents.caseId, caseEvents.key] })
          .returning({ sequence: caseEvents.sequence })
        if (added.length === 0) return { outcome: 'repeated' as const, row }
      }
      let number: number | undefined
      if (change.work) {
        const [next] = await tx
          .select({ n: sql<number>`coalesce(max(${dispatches.number}), 0) + 1` })
          .from(dispatches)
          .where(eq(dispatches.caseId, caseId))
        number = Number(next?.n ?? 1)
        await tx.insert(dispatches).values({
          caseId,
          number,
          kind: change.work.kind,
          state: 'pending',
          workSealed: change.work.sealed,
          attempts: 0,
          nextAttemptAt: change.work.at,
          createdAt: change.work.at,
          leaseToken: change.work.leaseToken ?? null,
          leaseUntil: change.work.leaseUntil ?? null,
        })
      }
      const [after] = await tx
        .update(cases)
        .set({ ...change.columns, sequence, version: row.version + 1 })
        .where(eq(cases.id, caseId))
        .returning()
      return { outcome: 'changed' as const, row: after, ...(number === undefined ? {} : { number }) }
    })

  /** Remembers a nonce. @returns false when it was used before. */
  const useNonce = async (nonce: { region: string; value: string; until: Date }): Promise<boolean> =>
    (await db.insert(nonces).values(nonce).onConflictDoNothing().returning({ value: nonces.value }))
      .length === 1

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

  const listAlarms = async () => db.select().from(alarms).where(and()).orderBy(alarms.lastAt)

  return { change, useNonce, raiseAlarms, listAlarms }
}
