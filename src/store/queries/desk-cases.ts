/** What is taken in at windows: residents' matters, their papers, and where the papers are. */
import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, sql, sum } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { deskCases, deskCustody, deskPapers } from '../desk-tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'

export type DeskCaseRow = typeof deskCases.$inferSelect
export type DeskPaperRow = typeof deskPapers.$inferSelect
export type CustodyRow = typeof deskCustody.$inferSelect

export function deskCaseQueries({ db }: Database) {
  const cases = async (where: ReturnType<typeof and>, limit: number): Promise<readonly DeskCaseRow[]> =>
    db.select().from(deskCases).where(where).orderBy(desc(deskCases.changedAt)).limit(limit)

  return {
    /** @returns false when there is one of this id already */
    add: async (row: DeskCaseRow): Promise<boolean> =>
      (await db.insert(deskCases).values(row).onConflictDoNothing().returning({ id: deskCases.id })).length >
      0,
    read: async (id: string): Promise<DeskCaseRow | undefined> =>
      (await db.select().from(deskCases).where(eq(deskCases.id, id)).limit(1))[0],
    /** Changes what is as it was seen, with the records of it. @returns false when another changed it meanwhile */
    change: async (
      row: Pick<DeskCaseRow, 'id' | 'version'>,
      change: Partial<DeskCaseRow>,
      records: readonly AccessRow[] = [],
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const changed = await tx
          .update(deskCases)
          .set({ ...change, version: row.version + 1 })
          .where(and(eq(deskCases.id, row.id), eq(deskCases.version, row.version)))
          .returning({ id: deskCases.id })
        if (changed.length > 0 && records.length > 0) await appendAccess(tx, records)
        return changed.length > 0
      }),
    /** What a client's windows have in hand, the latest first. */
    ofClient: (clientId: string, limit: number) =>
      cases(and(eq(deskCases.clientId, clientId), ne(deskCases.state, 'dropped')), limit),
    /** What waits for a person's word. */
    ofPerson: (personId: string, limit: number) =>
      cases(and(eq(deskCases.personId, personId), eq(deskCases.state, 'open')), limit),
    /** What was handed over to these cities. */
    incoming: (divisions: readonly string[], limit: number) =>
      divisions.length === 0
        ? Promise.resolve([])
        : cases(and(inArray(deskCases.division, [...divisions]), isNotNull(deskCases.handedAt)), limit),
    /** Fields that a client's clerks typed though they were known. */
    retypedOf: async (clientId: string): Promise<number> => {
      const [row] = await db
        .select({ retyped: sum(deskCases.retyped) })
        .from(deskCases)
        .where(eq(deskCases.clientId, clientId))
      return Number(row?.retyped ?? 0)
    },
    addPaper: async (row: DeskPaperRow): Promise<boolean> =>
      (await db.insert(deskPapers).values(row).onConflictDoNothing().returning({ id: deskPapers.id }))
        .length > 0,
    papersOf: async (deskCaseId: string): Promise<readonly DeskPaperRow[]> =>
      db
        .select()
        .from(deskPapers)
        .where(and(eq(deskPapers.deskCaseId, deskCaseId), isNull(deskPapers.removedAt)))
        .orderBy(asc(deskPapers.id)),
    /** Somebody else than the scanner has compared it. @returns false where it was certified or removed already */
    certify: async (
      deskCaseId: string,
      id: string,
      by: { readonly clerkId: string; readonly at: Date },
      records: readonly AccessRow[],
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const certified = await tx
          .update(deskPapers)
          .set({ certifiedBy: by.clerkId, certifiedAt: by.at })
          .where(
            and(
              eq(deskPapers.deskCaseId, deskCaseId),
              eq(deskPapers.id, id),
              ne(deskPapers.scannedBy, by.clerkId),
              isNull(deskPapers.certifiedAt),
              isNull(deskPapers.removedAt),
            ),
          )
          .returning({ id: deskPapers.id })
        if (certified.length > 0) await appendAccess(tx, records)
        return certified.length > 0
      }),
    removePaper: async (deskCaseId: string, id: string, at: Date): Promise<void> =>
      void (await db
        .update(deskPapers)
        .set({ removedAt: at })
        .where(and(eq(deskPapers.deskCaseId, deskCaseId), eq(deskPapers.id, id)))),
    custodyOf: async (deskCaseId: string): Promise<readonly CustodyRow[]> =>
      db
        .select()
        .from(deskCustody)
        .where(eq(deskCustody.deskCaseId, deskCaseId))
        .orderBy(asc(deskCustody.number)),
    /** Appends the next step. @returns false when another was faster, or the step was made already */
    appendCustody: async (row: CustodyRow): Promise<boolean> =>
      (
        await db
          .insert(deskCustody)
          .values(row)
          .onConflictDoNothing()
          .returning({ number: deskCustody.number })
      ).length > 0,
    /** Drops what nobody has gone on with: its sealed content is emptied by the caller's box. */
    dropOld: async (before: Date, empty: Buffer): Promise<number> =>
      (
        await db
          .update(deskCases)
          .set({ state: 'dropped', sealed: empty })
          .where(
            and(
              eq(deskCases.state, 'open'),
              sql`${deskCases.changedAt} < ${before.toISOString()}::timestamptz`,
            ),
          )
          .returning({ id: deskCases.id })
      ).length,
  }
}
