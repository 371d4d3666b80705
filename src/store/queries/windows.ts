/** The service windows: replaced city by city, found by place, matter, hours and distance. */
import { and, arrayOverlaps, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { matters } from '../tables.ts'
import { windowSyncs, windows } from '../window-tables.ts'

export type WindowRow = typeof windows.$inferSelect
type SyncRow = typeof windowSyncs.$inferSelect

/** What windows are looked for. `openMinute` is a minute of the week of eight days. */
export interface WindowSearch {
  readonly city?: string
  readonly isCrossRegion?: boolean
  /** Regions with the codes that they give a matter. */
  readonly takes?: readonly { readonly region: string; readonly codes: readonly string[] }[]
  readonly near?: { readonly lon: number; readonly lat: number }
  readonly openMinute?: number
  readonly after?: { readonly distance: number; readonly id: string }
  readonly limit: number
}

export interface FoundRow {
  readonly row: WindowRow
  /** Whole metres; `FAR` where nothing was to be measured. */
  readonly distance: number
}

/** A distance behind every other: windows without a place come last. */
export const FAR = 2_147_483_647
/** Rows in one statement: each has eleven parameters of at most 65,535. */
const ROWS_AT_ONCE = 1_000
/** The mean radius of the Earth in metres (IUGG). */
const EARTH = 6_371_008.8

/**
 * Haversine in whole metres, exact enough within a region: the Earth is taken for a ball. A row without a place is told apart first,
 * since `least` passes over a null.
 */
const metresFrom = ({ lon, lat }: { readonly lon: number; readonly lat: number }): SQL<number> =>
  sql<number>`case when ${windows.lon} is null then ${FAR}::int else round(2 * ${EARTH}::float8 * asin(least(1, sqrt(
    power(sin(radians(${windows.lat} - ${lat}::float8) / 2), 2)
    + cos(radians(${lat}::float8)) * cos(radians(${windows.lat})) * power(sin(radians(${windows.lon} - ${lon}::float8) / 2), 2)
  ))))::int end`

const takesOne = (takes: WindowSearch['takes']): SQL | undefined =>
  takes &&
  (or(
    ...takes
      .filter(({ codes }) => codes.length > 0)
      .map(({ region, codes }) =>
        and(eq(windows.region, region), arrayOverlaps(windows.matterCodes, [...codes])),
      ),
  ) ??
    sql`false`)

export function windowQueries({ db }: Database) {
  /** Puts a city's windows in the place of those that were there, in one step. */
  const replace = async (rows: readonly WindowRow[], sync: SyncRow): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.delete(windows).where(eq(windows.city, sync.city))
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
        await tx.insert(windows).values(rows.slice(from, from + ROWS_AT_ONCE))
      await tx.insert(windowSyncs).values(sync).onConflictDoUpdate({ target: windowSyncs.city, set: sync })
    })

  /** Notes that a city's windows could not be read; those that are known stay. The first failure's time is kept. */
  const failed = async (city: string, region: string, at: Date, failure: string): Promise<void> =>
    void (await db
      .insert(windowSyncs)
      .values({ city, region, windows: 0, readAt: null, failedAt: at, failure })
      .onConflictDoUpdate({
        target: windowSyncs.city,
        set: { failedAt: sql`coalesce(${windowSyncs.failedAt}, ${at.toISOString()}::timestamptz)`, failure },
      }))

  const syncs = async (cities: readonly string[]): Promise<readonly SyncRow[]> =>
    db
      .select()
      .from(windowSyncs)
      .where(inArray(windowSyncs.city, [...cities]))

  const byCodes = async (city: string, codes: readonly string[]): Promise<readonly WindowRow[]> =>
    db
      .select()
      .from(windows)
      .where(and(eq(windows.city, city), inArray(windows.code, [...codes])))

  const read = async (id: string): Promise<WindowRow | undefined> =>
    (await db.select().from(windows).where(eq(windows.id, id)).limit(1))[0]

  /** Nearest first where a place is given, else in the order of their ids. */
  const search = async (ask: WindowSearch): Promise<readonly FoundRow[]> => {
    const distance = ask.near ? metresFrom(ask.near) : sql<number>`${FAR}::int`
    const { city, isCrossRegion, openMinute, after } = ask
    const found = await db
      .select({ row: windows, distance })
      .from(windows)
      .where(
        and(
          city === undefined ? undefined : eq(windows.city, city),
          isCrossRegion === undefined ? undefined : eq(windows.isCrossRegion, isCrossRegion),
          takesOne(ask.takes),
          openMinute === undefined ? undefined : sql`${windows.opening} @> ${openMinute}::int`,
          after && sql`(${distance}, ${windows.id}) > (${after.distance}::int, ${after.id})`,
        ),
      )
      .orderBy(...(ask.near ? [asc(distance)] : []), asc(windows.id))
      .limit(ask.limit)
    return found
  }

  /** How many windows of each city take one of these codes and are open at that minute; cities without any are left out. */
  const perCity = async ({
    takes,
    openMinute,
  }: Pick<WindowSearch, 'takes' | 'openMinute'>): Promise<readonly { city: string; windows: number }[]> =>
    db
      .select({ city: windows.city, windows: sql<number>`count(*)::int` })
      .from(windows)
      .where(
        and(
          takesOne(takes),
          openMinute === undefined ? undefined : sql`${windows.opening} @> ${openMinute}::int`,
        ),
      )
      .groupBy(windows.city)

  /** The current matters of a city that have one of these codes of their region, its own or the national implementation code. */
  const mattersOf = async (
    city: string,
    codes: readonly string[],
  ): Promise<
    readonly { id: string; code: string | null; implementationCode: string | null; name: unknown }[]
  > =>
    codes.length === 0
      ? []
      : db
          .select({
            id: matters.id,
            code: matters.code,
            implementationCode: sql<string | null>`${matters.document} ->> 'implementationCode'`,
            name: sql<unknown>`${matters.document} -> 'name'`,
          })
          .from(matters)
          .where(
            and(
              eq(matters.division, city),
              isNull(matters.validTo),
              or(
                inArray(matters.code, [...codes]),
                inArray(sql`${matters.document} ->> 'implementationCode'`, [...codes]),
              ),
            ),
          )
          .orderBy(asc(matters.id))

  return { replace, failed, syncs, byCodes, read, search, perCity, mattersOf }
}
