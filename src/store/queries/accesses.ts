/** Access records: appended in the transaction of what they record, read by their holder. */
import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import { accesses, type Clock } from '../audit-tables.ts'
import type { Database } from '../connection.ts'

export type { Clock } from '../audit-tables.ts'
export type AccessRecordRow = typeof accesses.$inferSelect

/** A record before it has its place in the chain. */
export type AccessRow = Omit<AccessRecordRow, 'sequence'>

/** The database, or a transaction of it. */
type Executor = Pick<Database['db'], 'execute'>

/** One call of the function that appends, for a statement of its own or a part of another. */
export const appendCall = ({ holderKey, clock, id, at, mac, record }: AccessRow) =>
  sql`append_access(${holderKey}, ${clock}, ${id}, ${at.toISOString()}, ${mac}, ${JSON.stringify(record)}::jsonb)`

/**
 * Locks the shards whose chains of these records are not there yet, before any chain is locked: whoever made a first record in between
 * would hold its shard while waiting for a chain, and be waited for.
 */
async function lockShards(tx: Executor, rows: readonly AccessRow[]): Promise<void> {
  const named = sql.join(
    rows.map(({ holderKey, clock }) => sql`(${holderKey}::text, ${clock}::text)`),
    sql`, `,
  )
  const missing = await tx.execute(sql`
    select distinct substr(r.holder_key, 1, 2) as shard from (values ${named}) r (holder_key, clock)
    where not exists (select from access_chains c where c.holder_key = r.holder_key and c.clock = r.clock)`)
  if (missing.length === 0) return
  const shards = missing.map((row) => String(row['shard'])).toSorted()
  const made = sql.join(
    shards.map((shard) => sql`(${shard}, 0)`),
    sql`, `,
  )
  const listed = sql.join(
    shards.map((shard) => sql`${shard}`),
    sql`, `,
  )
  await tx.execute(sql`insert into access_shards (shard, chains) values ${made} on conflict do nothing`)
  await tx.execute(sql`select from access_shards where shard in (${listed}) order by shard for update`)
}

/** Appends records in the order of their holders, so that no two transactions wait for each other in a circle. */
export async function appendAccess(tx: Executor, rows: readonly AccessRow[]): Promise<void> {
  if (rows.length > 1) await lockShards(tx, rows)
  const ordered = rows.toSorted((one, other) =>
    `${one.holderKey} ${one.clock}` < `${other.holderKey} ${other.clock}` ? -1 : 1,
  )
  if (ordered.length <= 2) {
    for (const row of ordered) await tx.execute(sql`select ${appendCall(row)}`)
    return
  }
  // One statement for all: the subquery is read in its order, so that the chains are locked in it.
  const told = ordered.map(({ holderKey, clock, id, at, mac, record }) => ({
    h: holderKey,
    c: clock,
    i: id,
    a: at,
    m: mac.toString('hex'),
    r: record,
  }))
  await tx.execute(sql`
    select count(append_access(h, c, i, a, decode(m, 'hex'), r)) from (
      select * from rows from (jsonb_to_recordset(${JSON.stringify(told)}::text::jsonb)
        as (h text, c text, i text, a timestamptz, m text, r jsonb)) with ordinality order by ordinality
    ) o`)
}

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

export function accessQueries({ db }: Database) {
  return {
    /** Appends records that record nothing but a look. */
    append: (rows: readonly AccessRow[]): Promise<void> => db.transaction((tx) => appendAccess(tx, rows)),
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
