/** Consents and the codes that stand on them. Whether a consent holds is looked at under its lock, in the transaction of the effect. */
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { consents, grants, releases } from '../holding-tables.ts'
import { uploads } from '../tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'

export type ConsentRow = typeof consents.$inferSelect
export type GrantRow = typeof grants.$inferSelect
export type ReleaseRow = typeof releases.$inferSelect

/** The database, or a transaction of it. */
type Executor = Pick<Database['db'], 'select'>

const holds = (now: Date) =>
  and(isNotNull(consents.givenAt), isNull(consents.withdrawnAt), gt(consents.until, now))

const own = (personId: string, id: string) => and(eq(consents.personId, personId), eq(consents.id, id))

/** Whether a consent holds; a withdrawal that is under way comes first, and one that starts now waits for the effect. */
async function isHeld(tx: Executor, personId: string, id: string, now: Date): Promise<boolean> {
  const [held] = await tx
    .select({ id: consents.id })
    .from(consents)
    .where(and(own(personId, id), holds(now)))
    .for('share')
  return held !== undefined
}

/** Whose holding an upload came out of, and what they agreed to. */
export interface ReleaseOf extends Pick<ReleaseRow, 'personId'>, Pick<ConsentRow, 'matterId' | 'receiver'> {
  /** The consent holds now. */
  readonly isHeld: boolean
}

export function consentQueries({ db }: Database) {
  /** What an upload that came out of a holding was agreed to for; `undefined` for one that the applicant brought. */
  const releaseOf = async (uploadId: string, now: Date): Promise<ReleaseOf | undefined> => {
    const [found] = await db
      .select({ consent: consents, isHeld: sql<boolean>`${holds(now)}` })
      .from(releases)
      .innerJoin(consents, and(eq(consents.personId, releases.personId), eq(consents.id, releases.consentId)))
      .where(eq(releases.uploadId, uploadId))
      .limit(1)
    if (!found) return undefined
    const { personId, matterId, receiver } = found.consent
    return { personId, matterId, receiver, isHeld: found.isHeld }
  }

  return {
    /** Stores a consent with its record, and the grant that was asked for in one go with it. */
    add: async (
      row: ConsentRow,
      grant: GrantRow | undefined,
      accesses: readonly AccessRow[],
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await appendAccess(tx, accesses)
        await tx.insert(consents).values(row)
        if (grant) await tx.insert(grants).values(grant)
      }),
    /** Stores a grant on a consent. @returns false when the consent does not hold (any more) */
    grant: async (row: GrantRow, now: Date, accesses: readonly AccessRow[]): Promise<boolean> =>
      db.transaction(async (tx) => {
        if (!(await isHeld(tx, row.personId, row.consentId, now))) return false
        await appendAccess(tx, accesses)
        await tx.insert(grants).values(row)
        return true
      }),
    readOwn: async (personId: string, id: string): Promise<ConsentRow | undefined> =>
      (await db.select().from(consents).where(own(personId, id)).limit(1))[0],
    /** One that somebody gave as a guardian. */
    given: async (giverId: string, id: string): Promise<ConsentRow | undefined> =>
      (
        await db
          .select()
          .from(consents)
          .where(and(eq(consents.giverId, giverId), eq(consents.id, id)))
          .limit(1)
      )[0],
    /** A person's consents, and those that they gave as a guardian; the newest first, or those that come after one of them. */
    list: async (
      personId: string,
      { after, limit }: { readonly after?: string | undefined; readonly limit: number },
    ): Promise<readonly ConsentRow[]> =>
      db
        .select()
        .from(consents)
        .where(
          and(
            or(eq(consents.personId, personId), eq(consents.giverId, personId)),
            // Several may be given in one millisecond.
            after === undefined
              ? undefined
              : sql`(${consents.createdAt}, ${consents.id}) < (select created_at, id from consents where id = ${after})`,
          ),
        )
        .orderBy(desc(consents.createdAt), desc(consents.id))
        .limit(limit),
    /** Consents of a person for one receiver and matter that hold now. */
    holding: async (
      personId: string,
      { receiver, matterId }: { readonly receiver: string; readonly matterId: string },
      now: Date,
    ): Promise<readonly ConsentRow[]> =>
      db
        .select()
        .from(consents)
        .where(
          and(
            eq(consents.personId, personId),
            eq(consents.receiver, receiver),
            eq(consents.matterId, matterId),
            holds(now),
          ),
        )
        .orderBy(desc(consents.createdAt)),
    /** What waits for a guardian behind a code. */
    waiting: async (guardianKey: string, now: Date): Promise<ConsentRow | undefined> =>
      (
        await db
          .select()
          .from(consents)
          .where(
            and(
              eq(consents.guardianKey, guardianKey),
              isNull(consents.givenAt),
              isNull(consents.withdrawnAt),
              gt(consents.guardianUntil, now),
            ),
          )
          .limit(1)
      )[0],
    /** A guardian agrees, once. @returns false when somebody was faster or it is over */
    agree: async (
      { personId, id }: ConsentRow,
      giverId: string,
      now: Date,
      accesses: readonly AccessRow[],
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const agreed = await tx
          .update(consents)
          .set({ giverId, givenAt: now })
          .where(
            and(
              own(personId, id),
              isNull(consents.givenAt),
              isNull(consents.withdrawnAt),
              gt(consents.guardianUntil, now),
            ),
          )
          .returning({ id: consents.id })
        if (agreed.length === 1) await appendAccess(tx, accesses)
        return agreed.length === 1
      }),
    /** Withdraws, by the person or the guardian who gave it. @returns false when it was over before */
    withdraw: async (
      { personId, id }: ConsentRow,
      now: Date,
      accesses: readonly AccessRow[],
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const ended = await tx
          .update(consents)
          .set({ withdrawnAt: now })
          .where(and(own(personId, id), isNull(consents.withdrawnAt), gt(consents.until, now)))
          .returning({ id: consents.id })
        if (ended.length === 1) await appendAccess(tx, accesses)
        return ended.length === 1
      }),
    /** The grant behind a code, with its consent as it is now. */
    byCode: async (
      codeKey: string,
      now: Date,
    ): Promise<{ readonly grant: GrantRow; readonly isHeld: boolean } | undefined> => {
      const [found] = await db
        .select({ grant: grants, held: consents.id })
        .from(grants)
        .leftJoin(
          consents,
          and(eq(consents.personId, grants.personId), eq(consents.id, grants.consentId), holds(now)),
        )
        .where(eq(grants.codeKey, codeKey))
        .limit(1)
      return found && { grant: found.grant, isHeld: found.held !== null }
    },
    /**
     * Uses a grant up, with the record of what was handed over. No record, no data; no consent at this very moment, no data.
     * @returns why not, where nothing may be handed over
     */
    use: async (
      { personId, id, consentId }: GrantRow,
      now: Date,
      accesses: readonly AccessRow[],
    ): Promise<'used' | 'taken' | 'withdrawn'> =>
      db.transaction(async (tx) => {
        if (!(await isHeld(tx, personId, consentId, now))) return 'withdrawn'
        const used = await tx
          .update(grants)
          .set({ usedAt: now })
          .where(
            and(
              eq(grants.personId, personId),
              eq(grants.id, id),
              isNull(grants.usedAt),
              gt(grants.until, now),
            ),
          )
          .returning({ id: grants.id })
        if (used.length === 0) return 'taken'
        await appendAccess(tx, accesses)
        return 'used'
      }),
    /** Notes an upload that came out of a holding, in one with its record. @returns false when the consent does not hold */
    release: async (
      row: ReleaseRow,
      upload: typeof uploads.$inferInsert,
      now: Date,
      accesses: readonly AccessRow[],
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        if (!(await isHeld(tx, row.personId, row.consentId, now))) return false
        await appendAccess(tx, accesses)
        await tx.insert(uploads).values(upload)
        await tx.insert(releases).values(row)
        return true
      }),
    releaseOf,
    /**
     * Whether an upload may be sent: one that came out of a holding only while its consent holds.
     * @returns `free` for an upload that the applicant brought
     */
    maySend: async (uploadId: string, now: Date): Promise<'free' | 'held' | 'withdrawn'> => {
      const found = await releaseOf(uploadId, now)
      if (!found) return 'free'
      return found.isHeld ? 'held' : 'withdrawn'
    },
    /** Whether all of some consents hold. */
    areHeld: async (ids: readonly string[], now: Date): Promise<boolean> => {
      const held = await db
        .select({ id: consents.id })
        .from(consents)
        .where(and(inArray(consents.id, [...ids]), holds(now)))
      return new Set(held.map(({ id }) => id)).size === new Set(ids).size
    },
    /** Forgets codes that ended a day ago. */
    forget: async (now: Date): Promise<void> =>
      void (await db.delete(grants).where(lt(grants.until, new Date(now.getTime() - 86_400_000)))),
  }
}
