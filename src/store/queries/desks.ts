/** Browsers at a counter's desk, which act for their client. */
import { and, desc, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { counterDesks } from '../identity-tables.ts'

export type DeskRow = typeof counterDesks.$inferSelect

export function deskQueries({ db }: Database) {
  const isOpen = (now: Date) => and(isNull(counterDesks.revokedAt), gt(counterDesks.until, now))
  return {
    add: async (row: DeskRow): Promise<void> => void (await db.insert(counterDesks).values(row)),
    /** A desk that has neither ended nor been revoked. */
    read: async (id: string, now: Date): Promise<DeskRow | undefined> =>
      (
        await db
          .select()
          .from(counterDesks)
          .where(and(eq(counterDesks.id, id), isOpen(now)))
          .limit(1)
      )[0],
    /** The open desks of a client, the latest first. */
    listOf: async (clientId: string, now: Date): Promise<readonly DeskRow[]> =>
      db
        .select()
        .from(counterDesks)
        .where(and(eq(counterDesks.clientId, clientId), isOpen(now)))
        .orderBy(desc(counterDesks.createdAt)),
    /** Revokes one desk by its handle, or all of a client. @returns how many were open */
    revoke: async (which: { handle: string } | { clientId: string }, now: Date): Promise<number> =>
      (
        await db
          .update(counterDesks)
          .set({ revokedAt: now })
          .where(
            and(
              'handle' in which
                ? eq(counterDesks.handle, which.handle)
                : eq(counterDesks.clientId, which.clientId),
              isOpen(now),
            ),
          )
          .returning({ id: counterDesks.id })
      ).length,
    /** Forgets what ended or was revoked a month ago. */
    forget: async (now: Date): Promise<void> => {
      const before = new Date(now.getTime() - 30 * 86_400_000)
      await db
        .delete(counterDesks)
        .where(or(lt(counterDesks.until, before), lt(counterDesks.revokedAt, before)))
    },
  }
}
