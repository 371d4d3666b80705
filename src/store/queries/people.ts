/** Persons, the regions' accounts that lead to them, and names that do not agree. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { accounts, nameConflicts, personKeys, persons } from '../identity-tables.ts'

export type PersonRow = typeof persons.$inferSelect
export type AccountRow = typeof accounts.$inferSelect
export type ConflictRow = typeof nameConflicts.$inferSelect

export function peopleQueries({ db, sql: raw }: Database) {
  const read = async (id: string): Promise<PersonRow | undefined> =>
    (await db.select().from(persons).where(eq(persons.id, id)).limit(1))[0]

  // Asked at every log-in and exchange: written once.
  const byKey = db
    .select({ person: persons, account: accounts })
    .from(personKeys)
    .innerJoin(persons, eq(persons.id, personKeys.personId))
    .leftJoin(
      accounts,
      and(
        eq(accounts.region, sql.placeholder('region')),
        eq(accounts.subjectKey, sql.placeholder('subjectKey')),
      ),
    )
    .where(eq(personKeys.documentKey, sql.placeholder('key')))
    .limit(1)
    .prepare('person_by_key')

  return {
    read,
    /**
     * By the keyed hashes of an identity document, whichever of them it was stored under: the first is the likeliest. With the
     * person comes the account that names them, as it is known.
     */
    find: async (
      documentKeys: readonly string[],
      witness: { readonly region: string; readonly subjectKey: string },
    ): Promise<{ readonly person: PersonRow; readonly account: AccountRow | null } | undefined> => {
      for (const key of documentKeys) {
        const [found] = await byKey.execute({ key, ...witness })
        if (found) return found
      }
      return undefined
    },
    /** Adds a person under its key, unless another process was faster. @returns whose key it is now. */
    add: async (row: PersonRow, documentKey: string): Promise<string> => {
      const [own] = await raw`
        with k as (
          insert into person_keys (document_key, person_id) values (${documentKey}, ${row.id}) on conflict do nothing returning person_id
        ), p as (
          insert into persons (id, kind, sealed, created_at)
          select ${row.id}, ${row.kind}, ${row.sealed}, ${row.createdAt.toISOString()} from k
        )
        select person_id from k`
      if (own) return String(own['person_id'])
      const [other] = await db
        .select()
        .from(personKeys)
        .where(eq(personKeys.documentKey, documentKey))
        .limit(1)
      if (!other) throw new Error('a person’s key was taken and is not there')
      return other.personId
    },
    /** Finds the person by this key too from now on: the index key has rotated. */
    addKey: async (documentKey: string, personId: string): Promise<void> =>
      void (await db.insert(personKeys).values({ documentKey, personId }).onConflictDoNothing()),
    /** Notes that an account logged in. */
    seeAccount: async (row: AccountRow): Promise<void> =>
      void (await db
        .insert(accounts)
        .values(row)
        .onConflictDoUpdate({
          target: [accounts.region, accounts.subjectKey],
          set: {
            personId: row.personId,
            organisationId: row.organisationId,
            loa: row.loa,
            lastAt: row.lastAt,
          },
        })),
    accountsOf: async (personId: string): Promise<readonly AccountRow[]> =>
      db.select().from(accounts).where(eq(accounts.personId, personId)).orderBy(accounts.region),
    /** Keeps a name that does not agree, once. @returns what was decided of it. */
    conflict: async (row: ConflictRow): Promise<string | null> => {
      await db.insert(nameConflicts).values(row).onConflictDoNothing()
      const [kept] = await db
        .select({ decision: nameConflicts.decision })
        .from(nameConflicts)
        .where(
          and(
            eq(nameConflicts.personId, row.personId),
            eq(nameConflicts.region, row.region),
            eq(nameConflicts.subjectKey, row.subjectKey),
            eq(nameConflicts.nameKey, row.nameKey),
          ),
        )
        .limit(1)
      return kept?.decision ?? null
    },
    openConflicts: async (): Promise<readonly ConflictRow[]> =>
      db.select().from(nameConflicts).where(isNull(nameConflicts.decision)).orderBy(nameConflicts.seenAt),
    /** @returns false when there is no such open conflict. */
    decide: async (id: string, decision: 'same' | 'other', now: Date): Promise<boolean> =>
      (
        await db
          .update(nameConflicts)
          .set({ decision, decidedAt: now })
          .where(and(eq(nameConflicts.id, id), isNull(nameConflicts.decision)))
          .returning({ id: nameConflicts.id })
      ).length === 1,
  }
}
