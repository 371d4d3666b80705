/** Clerks of windows: their links, devices, codes and sessions. */
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { deskActs, deskClerks, deskSessions } from '../desk-tables.ts'

export type ClerkRow = typeof deskClerks.$inferSelect
export type DeskSessionRow = typeof deskSessions.$inferSelect
export type DeskActRow = typeof deskActs.$inferSelect

/** What a code that is right does: it sets the step, the device, and opens a session. */
export interface Entering {
  readonly clerkId: string
  readonly step: number
  readonly now: Date
  readonly session: DeskSessionRow
  readonly act: DeskActRow
  /** Of an enrolment: the link that it uses up, and the device that it makes the clerk's. */
  readonly enrolment?: { readonly linkKey: string; readonly deviceKey: string; readonly deviceUntil: Date }
}

export function clerkQueries({ db }: Database) {
  const first = async (where: SQL | undefined): Promise<ClerkRow | undefined> =>
    (await db.select().from(deskClerks).where(where).limit(1))[0]
  const isIn = isNull(deskClerks.revokedAt)

  return {
    add: async (row: ClerkRow, act: DeskActRow): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.insert(deskClerks).values(row)
        await tx.insert(deskActs).values(act)
      }),
    /** Gives a clerk a new link and a new key: the former device, key and sessions are no good any more. */
    relink: async (
      id: string,
      fresh: Pick<ClerkRow, 'linkKey' | 'linkUntil' | 'totpSealed'>,
      act: DeskActRow,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const changed = await tx
          .update(deskClerks)
          .set({ ...fresh, deviceKey: null, deviceUntil: null, enrolledAt: null, lastStep: 0, misses: 0 })
          .where(and(eq(deskClerks.id, id), isIn))
          .returning({ id: deskClerks.id })
        await tx.delete(deskSessions).where(eq(deskSessions.clerkId, id))
        if (changed.length > 0) await tx.insert(deskActs).values(act)
        return changed.length > 0
      }),
    read: (id: string) => first(and(eq(deskClerks.id, id), isIn)),
    /** A clerk of whom a paper speaks, whether they still work here or not. */
    named: (id: string) => first(eq(deskClerks.id, id)),
    byLink: (linkKey: string, now: Date) =>
      first(and(eq(deskClerks.linkKey, linkKey), gt(deskClerks.linkUntil, now), isIn)),
    byDevice: (deviceKey: string, now: Date) =>
      first(and(eq(deskClerks.deviceKey, deviceKey), gt(deskClerks.deviceUntil, now), isIn)),
    /** The clerks of a client, those who have left at the end. */
    listOf: async (clientId: string): Promise<readonly ClerkRow[]> =>
      db
        .select()
        .from(deskClerks)
        .where(eq(deskClerks.clientId, clientId))
        .orderBy(desc(isNull(deskClerks.revokedAt)), asc(deskClerks.createdAt)),
    /**
     * Counts a try before its code is looked at, so that tries at once count too.
     * @returns how many there were since `since`, this one among them
     */
    countTry: async (id: string, now: Date, since: Date): Promise<number> => {
      const isOld = sql`${deskClerks.missesAt} < ${since.toISOString()}::timestamptz`
      const [counted] = await db
        .update(deskClerks)
        .set({
          misses: sql`case when ${isOld} then 1 else ${deskClerks.misses} + 1 end`,
          missesAt: sql`case when ${isOld} then ${now.toISOString()}::timestamptz else ${deskClerks.missesAt} end`,
        })
        .where(eq(deskClerks.id, id))
        .returning({ misses: deskClerks.misses })
      return counted?.misses ?? Number.POSITIVE_INFINITY
    },
    /** Lets a clerk in. @returns false when the step was used already, or the link or the clerk is over */
    enter: async ({ clerkId, step, now, session, act, enrolment }: Entering): Promise<boolean> =>
      db.transaction(async (tx) => {
        const entered = await tx
          .update(deskClerks)
          .set({
            lastStep: step,
            misses: 0,
            ...(enrolment
              ? {
                  linkKey: null,
                  linkUntil: null,
                  enrolledAt: now,
                  deviceKey: enrolment.deviceKey,
                  deviceUntil: enrolment.deviceUntil,
                }
              : {}),
          })
          .where(
            and(
              eq(deskClerks.id, clerkId),
              lt(deskClerks.lastStep, step),
              isIn,
              enrolment ? eq(deskClerks.linkKey, enrolment.linkKey) : isNotNull(deskClerks.enrolledAt),
            ),
          )
          .returning({ id: deskClerks.id })
        if (entered.length === 0) return false
        await tx.insert(deskSessions).values(session)
        await tx.insert(deskActs).values(act)
        return true
      }),
    note: async (act: DeskActRow): Promise<void> => void (await db.insert(deskActs).values(act)),
    actsOf: async (clerkId: string): Promise<readonly DeskActRow[]> =>
      db.select().from(deskActs).where(eq(deskActs.clerkId, clerkId)).orderBy(desc(deskActs.id)).limit(200),
    /** A session that has ended neither by its age nor by rest, with its clerk. */
    session: async (
      id: string,
      now: Date,
      idleSince: Date,
    ): Promise<{ readonly session: DeskSessionRow; readonly clerk: ClerkRow } | undefined> =>
      (
        await db
          .select({ session: deskSessions, clerk: deskClerks })
          .from(deskSessions)
          .innerJoin(deskClerks, eq(deskClerks.id, deskSessions.clerkId))
          .where(
            and(
              eq(deskSessions.id, id),
              gt(deskSessions.until, now),
              gt(deskSessions.usedAt, idleSince),
              isIn,
            ),
          )
          .limit(1)
      )[0],
    touch: async (id: string, now: Date): Promise<void> =>
      void (await db.update(deskSessions).set({ usedAt: now }).where(eq(deskSessions.id, id))),
    endSession: async (id: string, act: DeskActRow): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.delete(deskSessions).where(eq(deskSessions.id, id))
        await tx.insert(deskActs).values(act)
      }),
    /** Ends a clerk's way in at once. @returns whether it was open */
    revoke: async (id: string, now: Date, act: DeskActRow): Promise<boolean> =>
      db.transaction(async (tx) => {
        const revoked = await tx
          .update(deskClerks)
          .set({ revokedAt: now, linkKey: null, deviceKey: null })
          .where(and(eq(deskClerks.id, id), isIn))
          .returning({ id: deskClerks.id })
        if (revoked.length === 0) return false
        await tx.delete(deskSessions).where(eq(deskSessions.clerkId, id))
        await tx.insert(deskActs).values(act)
        return true
      }),
    /** Forgets sessions that ended, and old acts. Clerks stay: papers name them. */
    forget: async (now: Date, actsBefore: Date): Promise<void> => {
      await db.delete(deskSessions).where(lt(deskSessions.until, now))
      await db.delete(deskActs).where(lt(deskActs.at, actsBefore))
    },
  }
}
