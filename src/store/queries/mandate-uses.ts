/** Using a mandate: that it lives is looked at under its lock, in the transaction of the act that stands on it. */
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, lte } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { mandates, mandateUses } from '../mandate-tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'

export type MandateUseRow = typeof mandateUses.$inferSelect

/** An act that stands on a mandate. */
export interface MandateUse extends Omit<MandateUseRow, 'position'> {
  /** The person who acts. */
  readonly receiverId: string
}

/** The database, or a transaction of it. */
type Executor = Pick<Database['db'], 'insert' | 'select'>

/** What may be used at a moment. */
const isLiveAt = (at: Date) =>
  and(
    isNotNull(mandates.acceptedAt),
    isNull(mandates.declinedAt),
    isNull(mandates.revokedAt),
    lte(mandates.validFrom, at),
    gt(mandates.validUntil, at),
  )

/** What a receiver may use at a moment. `insertFiling` says the same in its one statement. */
const isLive = (receiverId: string, at: Date) => and(eq(mandates.receiverId, receiverId), isLiveAt(at))

/**
 * Notes a use. A revocation that is under way comes first, and one that starts now waits for the act.
 * @returns false when the mandate is over: nothing may be done on it, and the transaction must end
 */
export async function noteUse(tx: Executor, use: MandateUse): Promise<boolean> {
  const { receiverId, ...row } = use
  const [live] = await tx
    .select({ id: mandates.id })
    .from(mandates)
    .where(and(eq(mandates.id, use.mandateId), isLive(receiverId, use.at)))
    .for('share')
  if (!live) return false
  await tx.insert(mandateUses).values(row)
  return true
}

/** More mandates than anybody uses at once. */
const MOST_LIVE = 1_000

export const mandateUseQueries = ({ db }: Database) => ({
  /** Notes an act that stores nothing else, with its record: a look. @returns false when the mandate is over */
  use: (use: MandateUse, accesses: readonly AccessRow[]): Promise<boolean> =>
    db.transaction(async (tx) => {
      const isLive = await noteUse(tx, use)
      if (isLive) await appendAccess(tx, accesses)
      return isLive
    }),
  /** Which of these mandates are live. */
  liveAmong: async (ids: readonly string[], at: Date): Promise<ReadonlySet<string>> =>
    new Set(
      (
        await db
          .select({ id: mandates.id })
          .from(mandates)
          .where(and(inArray(mandates.id, [...ids]), isLiveAt(at)))
      ).map(({ id }) => id),
    ),
  /** Ids of the mandates that a person may use now, the newest first. */
  liveOf: async (receiverId: string, at: Date): Promise<readonly string[]> =>
    (
      await db
        .select({ id: mandates.id })
        .from(mandates)
        .where(isLive(receiverId, at))
        .orderBy(desc(mandates.createdAt))
        .limit(MOST_LIVE)
    ).map(({ id }) => id),
  /** Uses of a mandate, the latest first; `before` is the position of the last one seen. */
  uses: async (
    mandateId: string,
    { before, limit }: { readonly before?: number; readonly limit: number },
  ): Promise<readonly MandateUseRow[]> =>
    db
      .select()
      .from(mandateUses)
      .where(
        and(
          eq(mandateUses.mandateId, mandateId),
          before === undefined ? undefined : lt(mandateUses.position, before),
        ),
      )
      .orderBy(desc(mandateUses.position))
      .limit(limit),
})
