/** Access records: appended in the transaction of what they record, read by their holder. */
import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import { accesses, type Clock } from '../audit-tables.ts'
import type { Database } from '../connection.ts'
import { type Ask, byDriver, byDrizzle } from './ask.ts'
import { batches } from './batches.ts'

export type { Clock } from '../audit-tables.ts'
export type AccessRecordRow = typeof accesses.$inferSelect

/** A record before it has its place in the chain. */
export type AccessRow = Omit<AccessRecordRow, 'sequence'>

/** The database, or a transaction of it. */
type Executor = Pick<Database['db'], 'execute'>

/** One way to the database and back, in a transaction of its own where none was begun. */
async function appendRows(ask: Ask, rows: readonly AccessRow[]): Promise<void> {
  if (rows.length === 0) return
  const list = rows.map(({ holderKey, clock, id, at, mac, record }, order) => ({
    order,
    holder: holderKey,
    clock,
    id,
    at,
    mac: mac.toString('base64'),
    record,
  }))
  await ask`select append_accesses(${JSON.stringify(list)}::text::jsonb)`
}

/** Appends records in the transaction of what they record. */
export const appendAccess = (tx: Executor, rows: readonly AccessRow[]): Promise<void> =>
  appendRows(byDrizzle(tx), rows)

/** Where a list goes on. */
export interface AccessPlace {
  readonly at: Date
  readonly id: string
}

function outcomeIs(outcome: string | undefined) {
  if (outcome === undefined) return undefined
  const found = sql`${accesses.record}->>'outcome'`
  return outcome === 'refused' ? sql`${found} <> 'granted'` : sql`${found} = ${outcome}`
}

export function accessQueries({ db, sql: raw }: Database) {
  const together = batches<readonly AccessRow[], void>(
    async (lists) => {
      await appendRows(byDriver(raw), lists.flat())
      return lists.map(() => undefined)
    },
    (rows) => appendAccess(db, rows),
  )

  return {
    /** Appends records that record nothing but a look; those that come at the same time share a transaction. */
    append: async (rows: readonly AccessRow[]): Promise<void> => {
      if (rows.length > 0) await together(rows)
    },
    /** A holder's records over both clocks, the newest first. @param own whether looks of the holder count */
    list: async (
      holderKeys: readonly string[],
      ask: {
        readonly before?: AccessPlace | undefined
        readonly body?: string | undefined
        /** A problem code, `granted`, or `refused` for whatever was not granted. */
        readonly outcome?: string | undefined
        readonly withoutOwn?: boolean
        readonly limit: number
      },
    ): Promise<readonly AccessRecordRow[]> =>
      db
        .select()
        .from(accesses)
        .where(
          and(
            inArray(accesses.holderKey, [...holderKeys]),
            ask.before
              ? or(
                  lt(accesses.at, ask.before.at),
                  and(eq(accesses.at, ask.before.at), lt(accesses.id, ask.before.id)),
                )
              : undefined,
            ask.body === undefined ? undefined : sql`${accesses.record}->'body'->>'id' = ${ask.body}`,
            outcomeIs(ask.outcome),
            ask.withoutOwn ? sql`${accesses.record}->>'role' <> 'holder'` : undefined,
          ),
        )
        .orderBy(desc(accesses.at), desc(accesses.id))
        .limit(ask.limit),
    /** One record of a holder. */
    read: async (holderKeys: readonly string[], id: string): Promise<AccessRecordRow | undefined> =>
      (
        await db
          .select()
          .from(accesses)
          .where(and(inArray(accesses.holderKey, [...holderKeys]), eq(accesses.id, id)))
          .limit(1)
      )[0],
    /** Forgets what is older than its clock keeps, from the start of each chain, whose head remembers it. */
    forget: async (clock: Clock, before: Date): Promise<void> => {
      for (let forgotten = 1; forgotten > 0; ) {
        const [row] = await db.execute(
          sql`select prune_accesses(${clock}, ${before.toISOString()}) as forgotten`,
        )
        forgotten = Number(row?.['forgotten'] ?? 0)
      }
    },
  }
}
