/** How somebody wants to be told of looks at what is theirs, and how many they have not seen. */
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { accesses, accessNotices } from '../audit-tables.ts'
import type { Database } from '../connection.ts'
import { personKeys } from '../identity-tables.ts'

/** What is new to somebody, as one statement counts it. */
export interface NewLooks {
  readonly word: string | null
  /** At most a hundred; none where it need not be counted. */
  readonly count: number
}

export function noticeQueries({ db }: Database) {
  return {
    /**
     * Looks of others that are new to somebody, in one statement. Whoever wants to hear nothing, or has been told since `toldSince`, costs
     * no count.
     * @param reader whose row it is @param ownerId the person or firm whose records count
     */
    count: async (reader: string, ownerId: string, toldSince: Date): Promise<NewLooks> => {
      const [row] = await db.execute(sql`
        select n.word, case when n.word = 'never' or (n.word = 'daily' and n.told_at > ${toldSince.toISOString()}) then 0 else (
          select count(*)::int from (
            select from ${accesses} a where a.holder_key in (select document_key from ${personKeys} where person_id = ${ownerId})
              and a.at > coalesce(n.seen_at, '-infinity') and a.record->>'role' <> 'holder' limit 100
          ) looks) end as count
        from (select 1) one left join ${accessNotices} n on n.person_id = ${reader}`)
      return { word: row?.['word'] == null ? null : String(row['word']), count: Number(row?.['count'] ?? 0) }
    },
    /** The word of somebody; `undefined` for nobody who said one. */
    word: async (reader: string): Promise<string | undefined> =>
      (
        await db
          .select({ word: accessNotices.word })
          .from(accessNotices)
          .where(eq(accessNotices.personId, reader))
          .limit(1)
      )[0]?.word,
    /** Keeps the word. @param fallbackSeen for somebody who has seen nothing yet */
    choose: async (reader: string, word: string, fallbackSeen: Date): Promise<void> =>
      void (await db
        .insert(accessNotices)
        .values({ personId: reader, word, seenAt: fallbackSeen })
        .onConflictDoUpdate({ target: accessNotices.personId, set: { word } })),
    /** Everything until then is seen. */
    see: async (reader: string, word: string, at: Date): Promise<void> =>
      void (await db
        .insert(accessNotices)
        .values({ personId: reader, word, seenAt: at })
        .onConflictDoUpdate({
          target: accessNotices.personId,
          set: { seenAt: sql`greatest(${accessNotices.seenAt}, excluded.seen_at)` },
        })),
    /** Notes that somebody is being told. @returns false when another page told them since */
    tell: async (reader: string, at: Date, toldSince: Date): Promise<boolean> =>
      (
        await db
          .update(accessNotices)
          .set({ toldAt: at })
          .where(
            and(
              eq(accessNotices.personId, reader),
              or(isNull(accessNotices.toldAt), lte(accessNotices.toldAt, toldSince)),
            ),
          )
          .returning({ id: accessNotices.personId })
      ).length === 1,
  }
}
