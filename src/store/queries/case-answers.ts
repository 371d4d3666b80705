/** When each place last listed a person's cases. */
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { caseAnswers } from '../event-tables.ts'

export type CaseAnswerRow = typeof caseAnswers.$inferSelect

export function caseAnswerQueries({ db }: Database) {
  return {
    /** @param asOf when the places were asked; a later answer that is known stands */
    put: async (holderKey: string, places: readonly string[], asOf: Date): Promise<void> => {
      if (places.length === 0) return
      await db
        .insert(caseAnswers)
        .values(places.toSorted().map((place) => ({ holderKey, place, asOf })))
        .onConflictDoUpdate({
          target: [caseAnswers.holderKey, caseAnswers.place],
          set: { asOf: sql`greatest(${caseAnswers.asOf}, excluded.as_of)` },
        })
    },
    known: async (holderKey: string): Promise<readonly CaseAnswerRow[]> =>
      db.select().from(caseAnswers).where(eq(caseAnswers.holderKey, holderKey)),
  }
}
