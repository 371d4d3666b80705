/** Access records: appended in the transaction of what they record, read by their holder, checked by the operator. */
import { and, desc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm'
import { accessChains, accesses, accessShards, type Clock } from '../audit-tables.ts'
import type { Database } from '../connection.ts'

export type { Clock } from '../audit-tables.ts'
export type AccessRecordRow = typeof accesses.$inferSelect
export type ChainRow = typeof accessChains.$inferSelect

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
  for (const row of ordered) await tx.execute(sql`select ${appendCall(row)}`)
}

/** Where a list goes on. */
export interface AccessPlace {
  readonly at: Date
  readonly id: string
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
            ask.outcome === undefined ? undefined : sql`${accesses.record}->>'outcome' = ${ask.outcome}`,
            ask.withoutOwn ? sql`${accesses.record}->>'role' <> 'holder'` : undefined,
          ),
        )
        .orderBy(desc(accesses.at), desc(accesses.id))
        .limit(ask.limit),
    /** How many looks of others there were since a moment; counted to a hundred. */
    countSince: async (holderKeys: readonly string[], since: Date): Promise<number> => {
      const rows = await db
        .select({ id: accesses.id })
        .from(accesses)
        .where(
          and(
            inArray(accesses.holderKey, [...holderKeys]),
            gt(accesses.at, since),
            sql`${accesses.record}->>'role' <> 'holder'`,
          ),
        )
        .limit(100)
      return rows.length
    },
    /** One record of a holder. */
    read: async (holderKeys: readonly string[], id: string): Promise<AccessRecordRow | undefined> =>
      (
        await db
          .select()
          .from(accesses)
          .where(and(inArray(accesses.holderKey, [...holderKeys]), eq(accesses.id, id)))
          .limit(1)
      )[0],
    /** Some chains after a place, for whoever checks them. */
    chains: async (
      after: { readonly holderKey: string; readonly clock: string } | undefined,
      limit: number,
    ): Promise<readonly ChainRow[]> =>
      db
        .select()
        .from(accessChains)
        .where(
          after
            ? sql`(${accessChains.holderKey}, ${accessChains.clock}) > (${after.holderKey}, ${after.clock})`
            : undefined,
        )
        .orderBy(accessChains.holderKey, accessChains.clock)
        .limit(limit),
    /** Some records of a chain after a sequence number. */
    records: async (
      { holderKey, clock }: Pick<ChainRow, 'holderKey' | 'clock'>,
      after: number,
      limit: number,
    ): Promise<readonly AccessRecordRow[]> =>
      db
        .select()
        .from(accesses)
        .where(
          and(eq(accesses.holderKey, holderKey), eq(accesses.clock, clock), gt(accesses.sequence, after)),
        )
        .orderBy(accesses.sequence)
        .limit(limit),
    /** How many chains each shard should have, and how many numbers it has. */
    shards: async (): Promise<
      readonly {
        readonly shard: string
        readonly counted: number
        readonly found: number
        readonly highest: number
      }[]
    > => {
      const rows = await db.execute(sql`
        select coalesce(s.shard, c.shard) as shard, coalesce(s.chains, 0) as counted, coalesce(c.found, 0) as found, coalesce(c.highest, 0) as highest
        from ${accessShards} s full join (
          select shard, count(distinct number)::int as found, max(number) as highest from ${accessChains} group by shard
        ) c on c.shard = s.shard order by 1`)
      return rows.map((row) => ({
        shard: String(row['shard']),
        counted: Number(row['counted']),
        found: Number(row['found']),
        highest: Number(row['highest']),
      }))
    },
    /** Records that stand under no chain. */
    orphans: async (): Promise<number> => {
      const [row] = await db.execute(sql`
        select count(*)::int as n from ${accesses} a where not exists (
          select from ${accessChains} c where c.holder_key = a.holder_key and c.clock = a.clock)`)
      return Number(row?.['n'] ?? 0)
    },
    /** Forgets what is older than its clock keeps, from the start of each chain, whose head remembers it. */
    forget: async (clock: Clock, before: Date): Promise<void> =>
      void (await db.execute(sql`select prune_accesses(${clock}, ${before.toISOString()})`)),
  }
}
