/** Whether services are chosen for somebody, and which not. */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { serviceChoices } from '../service-tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'

export type ServiceChoiceRow = typeof serviceChoices.$inferSelect

/** What somebody agrees to, with whoever does. */
export type ServiceConsent = Required<
  Pick<ServiceChoiceRow, 'personId' | 'wording' | 'wordingDigest' | 'givenBy' | 'givenAt'>
>

export function serviceChoiceQueries({ db }: Database) {
  return {
    read: async (personId: string): Promise<ServiceChoiceRow | undefined> =>
      (await db.select().from(serviceChoices).where(eq(serviceChoices.personId, personId)).limit(1))[0],
    /** Keeps a consent in one with its record. What was switched off stays so. */
    agree: async ({ personId, ...consent }: ServiceConsent, access: AccessRow): Promise<void> =>
      db.transaction(async (tx) => {
        await appendAccess(tx, [access])
        const set = { ...consent, withdrawnAt: null }
        await tx
          .insert(serviceChoices)
          .values({ personId, ...set })
          .onConflictDoUpdate({ target: serviceChoices.personId, set })
      }),
    /** Ends a consent that holds, in one with its record; one that is over stays what it is. */
    withdraw: async (personId: string, at: Date, access: AccessRow): Promise<void> =>
      db.transaction(async (tx) => {
        const ended = await tx
          .update(serviceChoices)
          .set({ withdrawnAt: at })
          .where(
            and(
              eq(serviceChoices.personId, personId),
              isNotNull(serviceChoices.givenAt),
              isNull(serviceChoices.withdrawnAt),
            ),
          )
          .returning({ id: serviceChoices.personId })
        if (ended.length === 1) await appendAccess(tx, [access])
      }),
    /** Switches one thing off or on again; twice is as once, and two windows do not undo each other. */
    hide: async (personId: string, key: string, isHidden: boolean): Promise<void> => {
      const without = sql`${serviceChoices.hidden} - ${key}::text`
      await db
        .insert(serviceChoices)
        .values({ personId, hidden: isHidden ? [key] : [] })
        .onConflictDoUpdate({
          target: serviceChoices.personId,
          set: { hidden: isHidden ? sql`(${without}) || to_jsonb(${key}::text)` : without },
        })
    },
  }
}
