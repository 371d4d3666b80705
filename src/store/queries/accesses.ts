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

/**
 * Locks the shards whose chains of these records are not there yet, before any chain is locked: whoever made a first record in between
 * would hold its shard while waiting for a chain, and be waited for.
 */
async function lockShards(ask: Ask, list: string): Promise<void> {
  const missing = await ask`
    select distinct substr(r.holder, 1, 2) as shard from jsonb_to_recordset(${list}::text::jsonb) as r (holder text, clock text)
    where not exists (select from access_chains c where c.holder_key = r.holder and c.clock = r.clock)`
  if (missing.length === 0) return
  const shards = JSON.stringify(missing.map((row) => String(row['shard'])).toSorted())
  await ask`
    insert into access_shards (shard, chains)
    select shard, 0 from jsonb_array_elements_text(${shards}::text::jsonb) shard on conflict do nothing`
  await ask`
    select from access_shards where shard in (select jsonb_array_elements_text(${shards}::text::jsonb)) order by shard for update`
}

/** In the order of their holders, so that no two transactions wait for each other in a circle. */
async function appendRows(ask: Ask, rows: readonly AccessRow[]): Promise<void> {
  if (rows.length === 0) return
  const list = JSON.stringify(
    rows.map(({ holderKey, clock, id, at, mac, record }, order) => ({
      order,
      holder: holderKey,
      clock,
      id,
      at,
      mac: mac.toString('base64'),
      record,
    })),
  )
  if (rows.length > 1) await lockShards(ask, list)
  await ask`
    select append_access(r.holder, r.clock, r.id, r.at, decode(r.mac, 'base64'), r.record) from (
      select * from jsonb_to_recordset(${list}::text::jsonb)
        as x ("order" int, holder text, clock text, id text, at timestamptz, mac text, record jsonb)
      order by holder collate "C", clock collate "C", "order"
    ) r`
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
      const rows = lists.flat()
      // One record needs no more than its one statement.
      if (rows.length === 1) await appendRows(byDriver(raw), rows)
      else await raw.begin((tx) => appendRows(byDriver(tx), rows))
      return lists.map(() => undefined)
    },
    (rows) => db.transaction((tx) => appendAccess(tx, rows)),
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
