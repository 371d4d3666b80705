/** The chains of access records as whoever checks them reads them: each batch as of one moment, in bounded memory. */
import { and, eq, gt, sql } from 'drizzle-orm'
import { accessChains, accesses, accessShards } from '../audit-tables.ts'
import type { Database } from '../connection.ts'
import type { AccessRecordRow } from './accesses.ts'

export type ChainRow = typeof accessChains.$inferSelect
type ChainName = Pick<ChainRow, 'holderKey' | 'clock'>

/** How many chains are read as of one moment, and how many records at once. */
const CHAINS = 200
const RECORDS = 500
/** How many chains without a head are named; more are counted. */
const ORPHANS = 200

/** Records under no head: a chain that lost it. */
export interface Orphans {
  readonly holderKey: string
  readonly clock: string
  readonly records: number
}

export function chainQueries({ db }: Database) {
  type Transaction = Parameters<Parameters<typeof db.transaction>[0]>[0]

  /** Some chains after a place. */
  const chainsAfter = (tx: Transaction, after: ChainName | undefined) =>
    tx
      .select()
      .from(accessChains)
      .where(
        after
          ? sql`(${accessChains.holderKey}, ${accessChains.clock}) > (${after.holderKey}, ${after.clock})`
          : undefined,
      )
      .orderBy(accessChains.holderKey, accessChains.clock)
      .limit(CHAINS)

  /** The records of a chain in their order. */
  async function* recordsOf(
    tx: Transaction,
    { holderKey, clock }: ChainName,
  ): AsyncGenerator<AccessRecordRow> {
    for (let after: number | undefined; ; ) {
      const rows: AccessRecordRow[] = await tx
        .select()
        .from(accesses)
        .where(
          and(
            eq(accesses.holderKey, holderKey),
            eq(accesses.clock, clock),
            after === undefined ? undefined : gt(accesses.sequence, after),
          ),
        )
        .orderBy(accesses.sequence)
        .limit(RECORDS)
      yield* rows
      if (rows.length < RECORDS) return
      after = rows.at(-1)?.sequence
    }
  }

  return {
    /**
     * Visits every chain with its records. Head and records are read as of one moment, so that a gateway may go on appending and pruning
     * meanwhile.
     */
    visit: async (
      look: (chain: ChainRow, records: AsyncIterable<AccessRecordRow>) => Promise<void>,
    ): Promise<void> => {
      for (let after: ChainName | undefined; ; ) {
        const last: ChainRow | undefined = await db.transaction(
          async (tx) => {
            const chains = await chainsAfter(tx, after)
            for (const chain of chains) await look(chain, recordsOf(tx, chain))
            return chains.length < CHAINS ? undefined : chains.at(-1)
          },
          { isolationLevel: 'repeatable read', accessMode: 'read only' },
        )
        if (!last) return
        after = last
      }
    },
    /** How many there are, for whoever visits all of them. */
    count: async (): Promise<number> => db.$count(accessChains),
    /** How many chains each shard should have, how many of their numbers there are, and the highest. */
    shards: async (): Promise<
      readonly {
        readonly shard: string
        readonly counted: number
        readonly found: number
        readonly highest: number
      }[]
    > => {
      const rows = await db.execute(sql`
        select coalesce(s.shard, c.shard) as shard, coalesce(s.chains, 0) as counted, coalesce(c.found, 0) as found,
          coalesce(c.highest, 0) as highest
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
    /** Records that stand under no head, by chain. */
    orphans: async (): Promise<readonly Orphans[]> => {
      const rows = await db.execute(sql`
        select a.holder_key, a.clock, count(*)::int as records from ${accesses} a where not exists (
          select from ${accessChains} c where c.holder_key = a.holder_key and c.clock = a.clock
        ) group by 1, 2 order by 1, 2 limit ${ORPHANS}`)
      return rows.map((row) => ({
        holderKey: String(row['holder_key']),
        clock: String(row['clock']),
        records: Number(row['records']),
      }))
    },
  }
}
