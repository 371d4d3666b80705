/** Drafts: read by whoever types them, changed under their version. */
import { and, count, desc, eq, gt, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { drafts } from '../draft-tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'

export type DraftRow = typeof drafts.$inferSelect
/** Whose draft. */
export type DraftOf = Pick<DraftRow, 'personId' | 'subjectId'>

const ofOne = ({ personId, subjectId }: DraftOf) =>
  and(eq(drafts.personId, personId), eq(drafts.subjectId, subjectId))
const at = ({ personId, id }: Pick<DraftRow, 'personId' | 'id'>) =>
  and(eq(drafts.personId, personId), eq(drafts.id, id))

export function draftQueries({ db }: Database) {
  return {
    add: async (row: DraftRow, access: AccessRow): Promise<void> =>
      db.transaction(async (tx) => {
        await appendAccess(tx, [access])
        await tx.insert(drafts).values(row)
      }),
    read: async (whose: DraftOf, id: string, now: Date): Promise<DraftRow | undefined> =>
      (
        await db
          .select()
          .from(drafts)
          .where(and(ofOne(whose), eq(drafts.id, id), gt(drafts.until, now)))
          .limit(1)
      )[0],
    /** Those that are not filed yet, the last changed first. */
    list: async (whose: DraftOf, now: Date, limit: number): Promise<readonly DraftRow[]> =>
      db
        .select()
        .from(drafts)
        .where(and(ofOne(whose), isNull(drafts.caseId), gt(drafts.until, now)))
        .orderBy(desc(drafts.changedAt))
        .limit(limit),
    /** Those that were filed, the last first. */
    filed: async (whose: DraftOf, limit: number): Promise<readonly DraftRow[]> =>
      db
        .select()
        .from(drafts)
        .where(and(ofOne(whose), isNotNull(drafts.caseId)))
        .orderBy(desc(drafts.changedAt))
        .limit(limit),
    /** How many are not filed yet. @param subjectId of the log-in that they belong to; all of the person's when absent */
    countOf: async (
      { personId, subjectId }: Pick<DraftOf, 'personId'> & Partial<DraftOf>,
      now: Date,
    ): Promise<number> =>
      (
        await db
          .select({ n: count() })
          .from(drafts)
          .where(
            and(
              eq(drafts.personId, personId),
              subjectId === undefined ? undefined : eq(drafts.subjectId, subjectId),
              isNull(drafts.caseId),
              gt(drafts.until, now),
            ),
          )
      )[0]?.n ?? 0,
    /** Writes the next version with its record. @returns false when another tab was faster, or the draft is being filed */
    save: async (
      row: DraftRow,
      next: Pick<DraftRow, 'contentSealed' | 'changedAt' | 'until'>,
      access: AccessRow,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const written = await tx
          .update(drafts)
          .set({ ...next, version: row.version + 1 })
          .where(and(at(row), eq(drafts.version, row.version), isNull(drafts.filing)))
          .returning({ id: drafts.id })
        if (written.length === 1) await appendAccess(tx, [access])
        return written.length === 1
      }),
    /**
     * Takes a draft for filing: the version that was read, or the one whose filing somebody left behind.
     * @returns the row as it is filed; nothing when it changed, is filed, or is in somebody's hands
     */
    claim: async (
      row: DraftRow,
      { token, until, now }: { readonly token: string; readonly until: Date; readonly now: Date },
    ): Promise<DraftRow | undefined> =>
      (
        await db
          .update(drafts)
          .set({
            filing: sql`coalesce(${drafts.filing}, ${drafts.version})`,
            leaseToken: token,
            leaseUntil: until,
          })
          .where(
            and(
              at(row),
              eq(drafts.version, row.version),
              isNull(drafts.caseId),
              or(isNull(drafts.filing), lt(drafts.leaseUntil, now)),
            ),
          )
          .returning()
      )[0],
    /** The case came of it. @returns false when somebody else has taken the filing over */
    markFiled: async (row: DraftRow, caseId: string): Promise<boolean> =>
      (
        await db
          .update(drafts)
          .set({ caseId })
          .where(and(at(row), eq(drafts.leaseToken, row.leaseToken ?? '')))
          .returning({ id: drafts.id })
      ).length === 1,
    /** It was refused: it can be changed again, and the next filing has another key. */
    release: async (row: DraftRow): Promise<void> =>
      void (await db
        .update(drafts)
        .set({ filing: null, leaseToken: null, leaseUntil: null, version: row.version + 1 })
        .where(and(at(row), eq(drafts.leaseToken, row.leaseToken ?? ''), isNull(drafts.caseId)))),
    /** @returns false when its filing has begun: then it stays */
    drop: async (row: DraftRow, access: AccessRow): Promise<boolean> =>
      db.transaction(async (tx) => {
        const gone = await tx
          .delete(drafts)
          .where(and(at(row), isNull(drafts.filing)))
          .returning({ id: drafts.id })
        if (gone.length === 1) await appendAccess(tx, [access])
        return gone.length === 1
      }),
    /** @returns what was forgotten, so that its files can be */
    forget: async (now: Date): Promise<readonly Pick<DraftRow, 'contentSealed' | 'caseId'>[]> =>
      db
        .delete(drafts)
        .where(lt(drafts.until, now))
        .returning({ contentSealed: drafts.contentSealed, caseId: drafts.caseId }),
  }
}
