/** The catalogue with its versions. */
import { and, asc, eq, ilike, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { catalogueSyncs, matters } from '../tables.ts'

export type MatterRow = typeof matters.$inferSelect

/** A matter in use, without its form and texts. */
export type MatterBrief = Pick<MatterRow, 'id' | 'name' | 'division' | 'baseCode' | 'fileable'> & {
  readonly domain: string | null
  readonly subjects: readonly string[]
  readonly mode: string | null
  readonly handling: string | null
  /** Of its documents, and of its form's fields whether each is required. */
  readonly necessities: readonly string[]
  readonly asksFor: readonly boolean[]
}

export function matterQueries({ db }: Database) {
  /** Stores a version unless the current one is the same. The former version ends where the new one begins. @returns whether it was new. */
  const put = async (row: Omit<MatterRow, 'version' | 'validTo'>): Promise<boolean> =>
    db.transaction(async (tx) => {
      const [current] = await tx
        .select()
        .from(matters)
        .where(and(eq(matters.id, row.id), isNull(matters.validTo)))
        .for('update')
        .limit(1)
      if (current?.digest === row.digest) return false
      if (current)
        await tx
          .update(matters)
          .set({ validTo: row.validFrom })
          .where(and(eq(matters.id, row.id), eq(matters.version, current.version)))
      await tx.insert(matters).values({ ...row, version: (current?.version ?? 0) + 1, validTo: null })
      return true
    })

  const current = async (id: string): Promise<MatterRow | undefined> =>
    (
      await db
        .select()
        .from(matters)
        .where(and(eq(matters.id, id), isNull(matters.validTo)))
        .limit(1)
    )[0]

  /** The version that was in force at a time. */
  const asOf = async (id: string, at: Date): Promise<MatterRow | undefined> =>
    (
      await db
        .select()
        .from(matters)
        .where(
          and(
            eq(matters.id, id),
            sql`${matters.validFrom} <= ${at.toISOString()}`,
            or(isNull(matters.validTo), sql`${matters.validTo} > ${at.toISOString()}`),
          ),
        )
        .limit(1)
    )[0]

  const version = async (id: string, number: number): Promise<MatterRow | undefined> =>
    (
      await db
        .select()
        .from(matters)
        .where(and(eq(matters.id, id), eq(matters.version, number)))
        .limit(1)
    )[0]

  const byCode = async (region: string, code: string): Promise<readonly MatterRow[]> =>
    db
      .select()
      .from(matters)
      .where(and(eq(matters.region, region), eq(matters.code, code), isNull(matters.validTo)))
      .orderBy(asc(matters.id))
      .limit(50)

  const byBaseCodes = async (codes: readonly string[]): Promise<readonly MatterRow[]> =>
    codes.length === 0
      ? []
      : db
          .select()
          .from(matters)
          .where(and(inArray(matters.baseCode, [...codes]), isNull(matters.validTo)))
          .limit(500)

  /** Matters of the regions that are in use, by their exact names. */
  const byNames = async (names: readonly string[]): Promise<readonly MatterRow[]> =>
    names.length === 0
      ? []
      : db
          .select()
          .from(matters)
          .where(
            and(
              inArray(matters.name, [...names]),
              isNull(matters.validTo),
              isNotNull(matters.region),
              eq(matters.state, 'active'),
            ),
          )
          .orderBy(asc(matters.id))
          .limit(500)

  const search = async (filter: {
    q?: string
    region?: string
    division?: string
    after?: string
    limit: number
    document: Readonly<Record<string, unknown>>
  }): Promise<readonly MatterRow[]> =>
    db
      .select()
      .from(matters)
      .where(
        and(
          isNull(matters.validTo),
          filter.q ? ilike(matters.name, `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`) : undefined,
          filter.region ? eq(matters.region, filter.region) : undefined,
          filter.division ? eq(matters.division, filter.division) : undefined,
          filter.after ? sql`${matters.id} > ${filter.after}` : undefined,
          Object.keys(filter.document).length > 0
            ? sql`${matters.document} @> ${JSON.stringify(filter.document)}::jsonb`
            : undefined,
        ),
      )
      .orderBy(asc(matters.id))
      .limit(filter.limit)

  /** What a search for people needs of every matter in use: no form, no texts. */
  const briefs = async (): Promise<readonly MatterBrief[]> =>
    db
      .select({
        id: matters.id,
        name: matters.name,
        division: matters.division,
        baseCode: matters.baseCode,
        fileable: matters.fileable,
        domain: sql<string | null>`${matters.document}->>'domain'`,
        subjects: sql<readonly string[]>`${matters.document}->'subjects'`,
        mode: sql<string | null>`${matters.document}->>'mode'`,
        handling: sql<string | null>`${matters.document}->>'handling'`,
        necessities: sql<
          readonly string[]
        >`jsonb_path_query_array(${matters.document}, '$.documents[*].necessity')`,
        asksFor: sql<
          readonly boolean[]
        >`jsonb_path_query_array(${matters.document}, '$.form.fields[*].required')`,
      })
      .from(matters)
      .where(and(isNull(matters.validTo), eq(matters.state, 'active')))
      .orderBy(asc(matters.id))

  /** Changes whenever any matter does. */
  const mark = async (): Promise<string> => {
    const [row] = await db
      .select({ n: sql<string>`count(*)`, last: sql<string | null>`max(${matters.validFrom})` })
      .from(matters)
    return `${row?.n}/${row?.last}`
  }

  const count = async (): Promise<number> =>
    Number(
      (await db.select({ n: sql<number>`count(*)::int` }).from(matters).where(isNull(matters.validTo)))[0]
        ?.n ?? 0,
    )

  const sync = async (division: string) =>
    (await db.select().from(catalogueSyncs).where(eq(catalogueSyncs.division, division)).limit(1))[0]

  const syncs = async () => db.select().from(catalogueSyncs)

  const putSync = async (row: typeof catalogueSyncs.$inferInsert): Promise<void> => {
    await db
      .insert(catalogueSyncs)
      .values(row)
      .onConflictDoUpdate({ target: catalogueSyncs.division, set: row })
  }

  return {
    put,
    current,
    asOf,
    version,
    byCode,
    byBaseCodes,
    byNames,
    search,
    briefs,
    mark,
    count,
    sync,
    syncs,
    putSync,
  }
}
