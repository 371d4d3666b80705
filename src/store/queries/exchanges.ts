/** Recorded exchanges: kept by place, read in their order, forgotten by age and number. */
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { exchanges } from '../exchange-tables.ts'

export type ExchangeRow = typeof exchanges.$inferSelect

/** How many are read at a time. */
const PAGE = 100

export function exchangeQueries({ db, sql: raw }: Database) {
  const within = (region: string | undefined) =>
    region === undefined ? undefined : eq(exchanges.region, region)

  async function* list(region: string | undefined): AsyncGenerator<ExchangeRow> {
    const place = sql`(${exchanges.matter}, ${exchanges.speaker}, ${exchanges.message}, ${exchanges.way}, ${exchanges.slot})`
    for (let last: ExchangeRow | undefined; ; ) {
      const after =
        last && sql`${place} > (${last.matter}, ${last.speaker}, ${last.message}, ${last.way}, ${last.slot})`
      const rows: ExchangeRow[] = await db
        .select()
        .from(exchanges)
        .where(and(within(region), after))
        .orderBy(exchanges.matter, exchanges.speaker, exchanges.message, exchanges.way, exchanges.slot)
        .limit(PAGE)
      yield* rows
      if (rows.length < PAGE) return
      last = rows.at(-1)
    }
  }

  return {
    /** Each takes its place from what was there. */
    put: async (rows: readonly ExchangeRow[]): Promise<void> => {
      // One after the other: two of one place in a statement would be refused.
      for (const row of rows)
        await db
          .insert(exchanges)
          .values(row)
          .onConflictDoUpdate({
            target: [exchanges.matter, exchanges.speaker, exchanges.message, exchanges.way, exchanges.slot],
            set: row,
          })
    },
    /** All of them, or those of a region, in bounded memory. */
    list,
    count: async (region: string | undefined): Promise<number> => db.$count(exchanges, within(region)),
    /** Forgets what is older, and of each region all but the newest. */
    forget: async (before: Date, newest: number): Promise<void> =>
      void (await raw`
        delete from exchanges e using (
          select matter, speaker, message, way, slot, recorded_at,
            row_number() over (partition by region order by recorded_at desc) as place
          from exchanges) a
        where (a.recorded_at < ${before.toISOString()} or a.place > ${newest})
          and (e.matter, e.speaker, e.message, e.way, e.slot) = (a.matter, a.speaker, a.message, a.way, a.slot)`),
  }
}
