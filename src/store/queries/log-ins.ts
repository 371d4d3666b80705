/** Log-ins, sessions, and what ended before its time. */
import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { authentications, endings, identityCodes, logIns, sessions } from '../identity-tables.ts'

export type LogInRow = typeof logIns.$inferSelect
export type AuthenticationRow = typeof authentications.$inferSelect
export type SessionRow = typeof sessions.$inferSelect
export type EndingRow = typeof endings.$inferSelect
export type NewEnding = Omit<EndingRow, 'position' | 'at'>

export function logInQueries({ db }: Database) {
  const end = async (row: NewEnding): Promise<void> => void (await db.insert(endings).values(row))

  return {
    start: async (row: LogInRow): Promise<void> => void (await db.insert(logIns).values(row)),
    /** Takes a log-in that was started and has not ended: once, whoever is first. */
    take: async (id: string, browserKey: string, now: Date): Promise<LogInRow | undefined> =>
      (
        await db
          .update(logIns)
          .set({ usedAt: now })
          .where(
            and(
              eq(logIns.id, id),
              eq(logIns.browserKey, browserKey),
              isNull(logIns.usedAt),
              gt(logIns.until, now),
            ),
          )
          .returning()
      )[0],
    addAuthentication: async (row: AuthenticationRow): Promise<void> =>
      void (await db.insert(authentications).values(row)),
    /** An authentication that has not ended. */
    authentication: async (id: string): Promise<AuthenticationRow | undefined> =>
      (
        await db
          .select()
          .from(authentications)
          .where(and(eq(authentications.id, id), isNull(authentications.endedAt)))
          .limit(1)
      )[0],
    /** An authentication, ended or not. */
    anyAuthentication: async (id: string): Promise<AuthenticationRow | undefined> =>
      (await db.select().from(authentications).where(eq(authentications.id, id)).limit(1))[0],
    /** Ends an authentication with all that stands on it: sessions and shown codes at once, tokens wherever the ending is read. */
    endAuthentication: async (id: string, now: Date, until: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.update(authentications).set({ endedAt: now }).where(eq(authentications.id, id))
        await tx.delete(sessions).where(eq(sessions.authenticationId, id))
        await tx
          .update(identityCodes)
          .set({ revokedAt: now })
          .where(
            and(
              eq(identityCodes.authenticationId, id),
              gt(identityCodes.until, now),
              isNull(identityCodes.usedAt),
              isNull(identityCodes.revokedAt),
            ),
          )
        await tx.insert(endings).values({ kind: 'authentication', id, until })
      }),
    addSession: async (row: SessionRow): Promise<void> => void (await db.insert(sessions).values(row)),
    /** A session that has ended neither by its age nor by having been idle since `idleSince`. */
    session: async (id: string, now: Date, idleSince: Date): Promise<SessionRow | undefined> =>
      (
        await db
          .select()
          .from(sessions)
          .where(and(eq(sessions.id, id), gt(sessions.until, now), gt(sessions.usedAt, idleSince)))
          .limit(1)
      )[0],
    touchSession: async (id: string, now: Date): Promise<void> =>
      void (await db.update(sessions).set({ usedAt: now }).where(eq(sessions.id, id))),
    sessionsOf: async (personId: string, now: Date, idleSince: Date): Promise<readonly SessionRow[]> =>
      db
        .select()
        .from(sessions)
        .where(and(eq(sessions.personId, personId), gt(sessions.until, now), gt(sessions.usedAt, idleSince)))
        .orderBy(desc(sessions.usedAt)),
    end,
    /** What ended in the last seconds, or all that still counts. A transaction that commits late is seen by the overlap of the asking. */
    endings: async (lastSeconds: number | undefined): Promise<readonly EndingRow[]> =>
      db
        .select()
        .from(endings)
        .where(
          and(
            sql`${endings.until} > now()`,
            lastSeconds === undefined
              ? undefined
              : sql`${endings.at} > now() - make_interval(secs => ${lastSeconds})`,
          ),
        ),
    forget: async (now: Date): Promise<void> => {
      await db.delete(logIns).where(lt(logIns.until, now))
      await db.delete(sessions).where(lt(sessions.until, now))
      await db.delete(endings).where(lt(endings.until, now))
      await db
        .delete(authentications)
        .where(
          and(
            lt(authentications.at, new Date(now.getTime() - 400 * 86_400_000)),
            sql`not exists (select 1 from ${sessions} where ${sessions.authenticationId} = ${authentications.id})`,
          ),
        )
    },
  }
}
