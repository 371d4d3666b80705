/** What the canary knows of answers, and where regions' documents are no longer what they were. */
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { canaryLooks, schemaDrifts } from '../exchange-tables.ts'
import { cases } from '../tables.ts'
import type { CaseRow } from './case-rows.ts'

export type CanaryLookRow = typeof canaryLooks.$inferSelect
export type SchemaDriftRow = typeof schemaDrifts.$inferSelect

/** Whose answer: the subject, the kind of answer, and where. */
export type Answering = Pick<SchemaDriftRow, 'subject' | 'answer' | 'region' | 'division'>
type Found = Pick<SchemaDriftRow, 'member' | 'change' | 'before' | 'after'>

export function canaryQueries({ db, sql: raw }: Database) {
  const standing = isNull(schemaDrifts.settledAt)
  return {
    look: async ({
      subject,
      answer,
    }: Pick<Answering, 'subject' | 'answer'>): Promise<CanaryLookRow | undefined> =>
      (
        await db
          .select()
          .from(canaryLooks)
          .where(and(eq(canaryLooks.subject, subject), eq(canaryLooks.answer, answer)))
          .limit(1)
      )[0],
    /** Keeps how an answer is when all is right, and when it was looked at. */
    putLook: async (row: CanaryLookRow): Promise<void> =>
      void (await db
        .insert(canaryLooks)
        .values(row)
        .onConflictDoUpdate({ target: [canaryLooks.subject, canaryLooks.answer], set: row })),
    /** Matters of a city that are next: a few of those that drift, and those that were not looked at for longest. */
    nextMatters: async (
      division: string,
      limit: number,
      drifting: number,
    ): Promise<readonly { id: string; code: string }[]> =>
      raw<{ id: string; code: string }[]>`
        with mine as (
          select m.id, m.code, l.looked_at from matters m
          left join canary_looks l on l.subject = m.id and l.answer = 'matter'
          where m.division = ${division} and m.region is not null and m.code is not null and m.valid_to is null
            and m.state = 'active')
        (select id, code from mine
          where exists (select from schema_drifts d where d.subject = mine.id and d.settled_at is null)
          order by looked_at, id limit ${drifting})
        union (select id, code from mine order by looked_at nulls first, id limit ${limit})`,
    /** An open case of a city, the one that is to be asked about next. */
    openCase: async (division: string): Promise<CaseRow | undefined> =>
      (
        await db
          .select()
          .from(cases)
          .where(and(eq(cases.division, division), isNotNull(cases.nextAskAt), isNotNull(cases.handleSealed)))
          .orderBy(cases.nextAskAt)
          .limit(1)
      )[0],
    /** Notes what drifts of an answer now: all else of it is right again. @returns what began and what ended with it */
    note: async (
      whose: Answering,
      found: readonly Found[],
      at: Date,
    ): Promise<{ readonly begun: readonly Found[]; readonly ended: readonly Found[] }> =>
      db.transaction(async (tx) => {
        const own = and(
          eq(schemaDrifts.subject, whose.subject),
          eq(schemaDrifts.answer, whose.answer),
          standing,
        )
        const before = await tx.select().from(schemaDrifts).where(own).for('update')
        const isSame = (one: Found) => (other: Found) =>
          one.member === other.member && one.change === other.change
        const begun = found.filter((one) => !before.some(isSame(one)))
        const ended = before.filter((one) => !found.some(isSame(one)))
        for (const one of ended)
          await tx
            .update(schemaDrifts)
            .set({ settledAt: at })
            .where(and(own, eq(schemaDrifts.member, one.member), eq(schemaDrifts.change, one.change)))
        for (const one of found)
          await tx
            .insert(schemaDrifts)
            .values({ ...whose, ...one, count: 1, firstAt: at, lastAt: at, settledAt: null })
            .onConflictDoUpdate({
              target: [schemaDrifts.subject, schemaDrifts.answer, schemaDrifts.member, schemaDrifts.change],
              set: {
                before: one.before,
                after: one.after,
                count: sql`${schemaDrifts.count} + 1`,
                // What had ended begins anew.
                firstAt: sql`case when ${schemaDrifts.settledAt} is null then ${schemaDrifts.firstAt} else excluded.first_at end`,
                lastAt: at,
                settledAt: null,
              },
            })
        return { begun, ended }
      }),
    /** Lets go of what was known of an answer, so that the next look learns it anew, and ends its drifts. */
    relearn: async ({ subject, answer }: Pick<Answering, 'subject' | 'answer'>, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .delete(canaryLooks)
          .where(and(eq(canaryLooks.subject, subject), eq(canaryLooks.answer, answer)))
        await tx
          .update(schemaDrifts)
          .set({ settledAt: at })
          .where(and(eq(schemaDrifts.subject, subject), eq(schemaDrifts.answer, answer), standing))
      }),
    /** Those that stand, the newest first. */
    standing: async (limit: number, region?: string): Promise<readonly SchemaDriftRow[]> =>
      db
        .select()
        .from(schemaDrifts)
        .where(and(standing, region === undefined ? undefined : eq(schemaDrifts.region, region)))
        .orderBy(desc(schemaDrifts.firstAt))
        .limit(limit),
    counts: async (): Promise<readonly { region: string; answer: string; change: string; count: number }[]> =>
      raw<{ region: string; answer: string; change: string; count: number }[]>`
        select region, answer, change, count(*)::int as count from schema_drifts where settled_at is null group by 1, 2, 3`,
    /** Forgets what ended before a day, and looks at what is no longer there. */
    forget: async (before: Date): Promise<void> => {
      await raw`delete from schema_drifts where settled_at < ${before.toISOString()}`
      // What was learnt of a region as a whole is not looked at by itself, and stays.
      await raw`delete from canary_looks where looked_at < ${before.toISOString()} and subject <> region`
    },
  }
}
