/** Mandates: offered, taken, laid down, taken back. Each step is one statement that finds the mandate in the state it needs. */
import { and, count, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { endings } from '../identity-tables.ts'
import { mandateMisses, mandates } from '../mandate-tables.ts'
import { mandateUseQueries } from './mandate-uses.ts'

export type MandateRow = typeof mandates.$inferSelect

/** Whose mandates a list shows; a side that is left out is not shown. */
export interface MandateSides {
  readonly giverId?: string
  readonly receiverId?: string
}

/** An offer that can still be taken. */
const isOpen = (offerKey: string, now: Date) =>
  and(
    eq(mandates.offerKey, offerKey),
    isNull(mandates.receiverId),
    isNull(mandates.declinedAt),
    isNull(mandates.revokedAt),
    gt(mandates.offerUntil, now),
    gt(mandates.validUntil, now),
  )

/** Not the giver's own, and made for this person where the giver named one. */
const isFor = (personId: string, personKeys: readonly string[]) =>
  and(
    ne(mandates.giverId, personId),
    ne(mandates.signerId, personId),
    or(isNull(mandates.addresseeKey), inArray(mandates.addresseeKey, [...personKeys])),
  )

export function mandateQueries(database: Database) {
  const { db } = database
  const only = (rows: readonly MandateRow[]): MandateRow | undefined => rows[0]

  return {
    ...mandateUseQueries(database),
    add: async (row: MandateRow): Promise<void> => void (await db.insert(mandates).values(row)),
    /** How many mandates of a giver are not over. */
    countOf: async (giverId: string, now: Date): Promise<number> =>
      (
        await db
          .select({ n: count() })
          .from(mandates)
          .where(
            and(
              eq(mandates.giverId, giverId),
              isNull(mandates.declinedAt),
              isNull(mandates.revokedAt),
              gt(mandates.validUntil, now),
              or(isNotNull(mandates.acceptedAt), gt(mandates.offerUntil, now)),
            ),
          )
      )[0]?.n ?? 0,
    read: async (id: string): Promise<MandateRow | undefined> =>
      only(await db.select().from(mandates).where(eq(mandates.id, id)).limit(1)),
    byOffer: async (offerKey: string): Promise<MandateRow | undefined> =>
      only(await db.select().from(mandates).where(eq(mandates.offerKey, offerKey)).limit(1)),
    /** Takes an offer: once, whoever is first. */
    accept: async (
      offerKey: string,
      person: { readonly id: string; readonly keys: readonly string[] },
      now: Date,
    ): Promise<MandateRow | undefined> =>
      only(
        await db
          .update(mandates)
          .set({ receiverId: person.id, acceptedAt: now })
          .where(and(isOpen(offerKey, now), isFor(person.id, person.keys)))
          .returning(),
      ),
    /** Turns an offer down: its code works no more. */
    refuse: async (
      offerKey: string,
      person: { readonly id: string; readonly keys: readonly string[] },
      now: Date,
    ): Promise<MandateRow | undefined> =>
      only(
        await db
          .update(mandates)
          .set({ declinedAt: now })
          .where(and(isOpen(offerKey, now), isFor(person.id, person.keys)))
          .returning(),
      ),
    /** Ends a mandate from one side, with its ending for every process. @returns nothing when it is not theirs, or over already */
    end: async (id: string, side: 'giver' | 'receiver', personId: string, now: Date) =>
      db.transaction(async (tx): Promise<MandateRow | undefined> => {
        const [ended] = await tx
          .update(mandates)
          .set(side === 'giver' ? { revokedAt: now } : { declinedAt: now })
          .where(
            and(
              eq(mandates.id, id),
              eq(side === 'giver' ? mandates.giverId : mandates.receiverId, personId),
              isNull(mandates.declinedAt),
              isNull(mandates.revokedAt),
            ),
          )
          .returning()
        if (ended) await tx.insert(endings).values({ kind: 'mandate', id, until: ended.validUntil })
        return ended
      }),
    /** Mandates of these sides, the newest first; `region` shows those that count there. */
    list: async (filter: {
      readonly sides: MandateSides
      readonly region?: string
      readonly before?: { readonly at: Date; readonly id: string }
      readonly limit: number
    }): Promise<readonly MandateRow[]> => {
      const { sides, region, before, limit } = filter
      return db
        .select()
        .from(mandates)
        .where(
          and(
            or(
              sides.giverId === undefined ? undefined : eq(mandates.giverId, sides.giverId),
              sides.receiverId === undefined ? undefined : eq(mandates.receiverId, sides.receiverId),
              // A list of no side is empty, never everybody's.
              sql`false`,
            ),
            region === undefined ? undefined : sql`${mandates.regions} @> ${JSON.stringify([region])}::jsonb`,
            before
              ? or(
                  lt(mandates.createdAt, before.at),
                  and(eq(mandates.createdAt, before.at), lt(mandates.id, before.id)),
                )
              : undefined,
          ),
        )
        .orderBy(desc(mandates.createdAt), desc(mandates.id))
        .limit(limit)
    },
    /** Counts a code that a person tries, before it is looked at. @returns false when too many of the hour were wrong */
    countTry: async (personId: string, hour: Date, limit: number): Promise<boolean> =>
      (
        await db
          .insert(mandateMisses)
          .values({ personId, hour, count: 1 })
          .onConflictDoUpdate({
            target: [mandateMisses.personId, mandateMisses.hour],
            set: { count: sql`${mandateMisses.count} + 1` },
            setWhere: lt(mandateMisses.count, limit),
          })
          .returning({ count: mandateMisses.count })
      ).length === 1,
    /** Takes a count back: the code was right. */
    forgetTry: async (personId: string, hour: Date): Promise<void> =>
      void (await db
        .update(mandateMisses)
        .set({ count: sql`${mandateMisses.count} - 1` })
        .where(and(eq(mandateMisses.personId, personId), eq(mandateMisses.hour, hour)))),
    /** Forgets the counts of hours that are over. */
    forget: async (now: Date): Promise<void> =>
      void (await db
        .delete(mandateMisses)
        .where(lt(mandateMisses.hour, new Date(now.getTime() - 2 * 3_600_000)))),
  }
}
