/** Codes for the counter, and what became of them when somebody scanned them. */
import { and, count, desc, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { authentications, identityCodes, identityMisses, identityScans, persons } from '../identity-tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'

export type CodeRow = typeof identityCodes.$inferSelect
export type ScanRow = typeof identityScans.$inferSelect

/** What a scanned code is found by: the name in its token, or the keyed hash of its digits. */
export type CodeKey = { readonly id: string } | { readonly typedKey: string }

/** What stands behind a code that was scanned, under lock. */
export interface Looked {
  readonly code: CodeRow
  /** Name and document, sealed. */
  readonly person: Buffer
  readonly loa: number
  readonly region: string
}

/** What becomes of a scan: whether the code is used up, and what is written of it. */
export interface Judged<T> {
  readonly isGranted: boolean
  readonly scan: Omit<ScanRow, 'position'>
  /** What its person reads of it among all looks; of nobody's digits it stands under the client. */
  readonly access: AccessRow
  readonly result: T
}

/** One scan, and how it is judged. */
export interface Asked<T> {
  readonly key: CodeKey
  readonly clientId: string
  readonly now: Date
  /** Of typed digits: the window in which misses are counted. */
  readonly windowAt: Date | undefined
  /** @param misses the client's misses in the window, this one counted as one already */
  readonly judge: (found: Looked | undefined, misses: number) => Judged<T>
}

export function codeQueries({ db }: Database) {
  return {
    /**
     * Adds a code if its log-in has not ended, and calls the person's former ones back. The locks on log-in and person make a log-out
     * and a second making wait, so that no code is made behind their backs.
     * @returns `taken` when the digits are somebody's already
     */
    add: async (row: CodeRow, mostInMinute: number): Promise<'added' | 'taken' | 'ended' | 'tooMany'> =>
      db.transaction(async (tx) => {
        const [logIn] = await tx
          .select({ id: authentications.id })
          .from(authentications)
          .innerJoin(persons, eq(persons.id, authentications.personId))
          .where(and(eq(authentications.id, row.authenticationId), isNull(authentications.endedAt)))
          .for('update')
        if (!logIn) return 'ended'
        const own = eq(identityCodes.personId, row.personId)
        const [made] = await tx
          .select({ count: count() })
          .from(identityCodes)
          .where(and(own, gt(identityCodes.createdAt, new Date(row.createdAt.getTime() - 60_000))))
        if ((made?.count ?? 0) >= mostInMinute) return 'tooMany'
        const added = await tx
          .insert(identityCodes)
          .values(row)
          .onConflictDoNothing()
          .returning({ id: identityCodes.id })
        if (added.length === 0) return 'taken'
        await tx
          .update(identityCodes)
          .set({ revokedAt: row.createdAt })
          .where(
            and(
              own,
              ne(identityCodes.id, row.id),
              gt(identityCodes.until, row.createdAt),
              isNull(identityCodes.usedAt),
              isNull(identityCodes.revokedAt),
            ),
          )
        return 'added'
      }),
    /** A person's own code. */
    readOwn: async (id: string, personId: string): Promise<CodeRow | undefined> =>
      (
        await db
          .select()
          .from(identityCodes)
          .where(and(eq(identityCodes.id, id), eq(identityCodes.personId, personId)))
          .limit(1)
      )[0],
    /** Calls a code back that is open. */
    callBack: async (id: string, personId: string, now: Date): Promise<void> =>
      void (await db
        .update(identityCodes)
        .set({ revokedAt: now })
        .where(
          and(
            eq(identityCodes.id, id),
            eq(identityCodes.personId, personId),
            gt(identityCodes.until, now),
            isNull(identityCodes.usedAt),
            isNull(identityCodes.revokedAt),
          ),
        )),
    /**
     * One scan in one transaction: the code under lock, the judgement, the use, the records, the count of misses. A code that is
     * there and one that is not cost the same statements, so that a clock has next to nothing to tell them apart by; only a use
     * costs more.
     */
    scan: async <T>({ key, clientId, now, windowAt, judge }: Asked<T>): Promise<T> =>
      db.transaction(async (tx) => {
        const missed = windowAt && { clientId, windowAt, misses: 1 }
        const [counted] = missed
          ? await tx
              .insert(identityMisses)
              .values(missed)
              .onConflictDoUpdate({
                target: [identityMisses.clientId, identityMisses.windowAt],
                set: { misses: sql`${identityMisses.misses} + 1` },
              })
              .returning({ misses: identityMisses.misses })
          : []
        const [found] = await tx
          .select({
            code: identityCodes,
            person: persons.sealed,
            loa: authentications.loa,
            region: authentications.region,
          })
          .from(identityCodes)
          .innerJoin(persons, eq(persons.id, identityCodes.personId))
          .innerJoin(authentications, eq(authentications.id, identityCodes.authenticationId))
          .where('id' in key ? eq(identityCodes.id, key.id) : eq(identityCodes.typedKey, key.typedKey))
          .for('update', { of: identityCodes })
        const { isGranted, scan, access, result } = judge(found, counted?.misses ?? 0)
        await tx.insert(identityScans).values(scan)
        await appendAccess(tx, [access])
        if (isGranted) {
          await tx
            .update(identityCodes)
            .set({ usedAt: now, usedBy: clientId })
            .where(eq(identityCodes.id, scan.codeId))
          if (missed)
            await tx
              .update(identityMisses)
              .set({ misses: sql`${identityMisses.misses} - 1` })
              .where(and(eq(identityMisses.clientId, clientId), eq(identityMisses.windowAt, missed.windowAt)))
        }
        return result
      }),
    /** A person's scans, newest first, before a position. */
    scansOf: async (
      personId: string,
      { before, limit, codeId }: { before?: number | undefined; limit: number; codeId?: string },
    ): Promise<readonly ScanRow[]> =>
      db
        .select()
        .from(identityScans)
        .where(
          and(
            eq(identityScans.personId, personId),
            before === undefined ? undefined : lt(identityScans.position, before),
            codeId === undefined ? undefined : eq(identityScans.codeId, codeId),
          ),
        )
        .orderBy(desc(identityScans.position))
        .limit(limit),
    /** Forgets codes that ended a day ago, old counts and old records. */
    forget: async (now: Date, kept: { nobody: string; days: number; nobodysDays: number }): Promise<void> => {
      const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
      await db.delete(identityCodes).where(lt(identityCodes.until, daysAgo(1)))
      await db.delete(identityMisses).where(lt(identityMisses.windowAt, daysAgo(1)))
      await db.delete(identityScans).where(lt(identityScans.at, daysAgo(kept.days)))
      await db
        .delete(identityScans)
        .where(and(eq(identityScans.personId, kept.nobody), lt(identityScans.at, daysAgo(kept.nobodysDays))))
    },
  }
}
