/** Links for operators, and the browsers that they let in. */
import { and, desc, eq, gt, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { operatorSessions } from '../operation-tables.ts'

export type OperatorRow = typeof operatorSessions.$inferSelect

export function operatorQueries({ db }: Database) {
  const counts = (now: Date) => and(isNull(operatorSessions.revokedAt), gt(operatorSessions.until, now))
  const isUnused = (linkDigest: string, now: Date) =>
    and(eq(operatorSessions.linkDigest, linkDigest), isNull(operatorSessions.openedAt), counts(now))
  return {
    add: async (row: OperatorRow): Promise<void> => void (await db.insert(operatorSessions).values(row)),
    /** Whether a link can still be used. */
    isWaiting: async (linkDigest: string, now: Date): Promise<boolean> =>
      (
        await db
          .select({ id: operatorSessions.id })
          .from(operatorSessions)
          .where(isUnused(linkDigest, now))
          .limit(1)
      ).length > 0,
    /** Uses a link up, in one statement, so that of two browsers one gets in. @returns the session; nothing for a link that is over */
    open: async (
      linkDigest: string,
      session: { secretDigest: string; browser: string; until: Date },
      now: Date,
    ): Promise<OperatorRow | undefined> =>
      (
        await db
          .update(operatorSessions)
          .set({ ...session, openedAt: now })
          .where(isUnused(linkDigest, now))
          .returning()
      )[0],
    /** The session of a cookie, when it has neither ended nor been revoked. */
    read: async (secretDigest: string, now: Date): Promise<OperatorRow | undefined> =>
      (
        await db
          .select()
          .from(operatorSessions)
          .where(and(eq(operatorSessions.secretDigest, secretDigest), counts(now)))
          .limit(1)
      )[0],
    /** The newest first, those that are over among them: who looked, and when. */
    list: async (limit: number): Promise<readonly OperatorRow[]> =>
      db.select().from(operatorSessions).orderBy(desc(operatorSessions.createdAt)).limit(limit),
    /** Revokes one, or all. @returns how many still counted */
    revoke: async (id: string | undefined, now: Date): Promise<number> =>
      (
        await db
          .update(operatorSessions)
          .set({ revokedAt: now })
          .where(
            and(id === undefined ? isNotNull(operatorSessions.id) : eq(operatorSessions.id, id), counts(now)),
          )
          .returning({ id: operatorSessions.id })
      ).length,
    /** Forgets what ended before a day. */
    forget: async (before: Date): Promise<void> =>
      void (await db.delete(operatorSessions).where(lt(operatorSessions.until, before))),
  }
}
