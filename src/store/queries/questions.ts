/** 为什么查我: questions to the bodies of records, one a record, and their answers. */
import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm'
import { accesses, accessQuestions } from '../audit-tables.ts'
import type { Database } from '../connection.ts'
import { type AccessRecordRow, type AccessRow, appendAccess } from './accesses.ts'

export type QuestionRow = typeof accessQuestions.$inferSelect

/** A question with the record that it is about; `null` when that is forgotten. */
export interface AskedOf {
  readonly question: QuestionRow
  readonly access: AccessRecordRow | null
}

export function questionQueries({ db }: Database) {
  const withAccess = () =>
    db
      .select({ question: accessQuestions, access: accesses })
      .from(accessQuestions)
      .leftJoin(
        accesses,
        and(eq(accesses.holderKey, accessQuestions.holderKey), eq(accesses.id, accessQuestions.accessId)),
      )
  return {
    /** Keeps a question with the record of its asking. @returns false when its record was asked about before */
    ask: async (row: QuestionRow, access: AccessRow): Promise<boolean> =>
      db.transaction(async (tx) => {
        const kept = await tx
          .insert(accessQuestions)
          .values(row)
          .onConflictDoNothing()
          .returning({ id: accessQuestions.id })
        if (kept.length === 0) return false
        await appendAccess(tx, [access])
        return true
      }),
    /** Keeps an answer with its record. @returns false when there is one already */
    answer: async (
      { holderKey, id, bodyId }: Pick<QuestionRow, 'holderKey' | 'id' | 'bodyId'>,
      { sealed, at }: { readonly sealed: Buffer; readonly at: Date },
      access: AccessRow,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const kept = await tx
          .update(accessQuestions)
          .set({ answeredAt: at, answerSealed: sealed })
          .where(
            and(
              eq(accessQuestions.holderKey, holderKey),
              eq(accessQuestions.id, id),
              eq(accessQuestions.bodyId, bodyId),
              isNull(accessQuestions.answeredAt),
            ),
          )
          .returning({ id: accessQuestions.id })
        if (kept.length === 0) return false
        await appendAccess(tx, [access])
        return true
      }),
    /** Questions about some records of a holder. */
    about: async (
      holderKeys: readonly string[],
      accessIds: readonly string[],
    ): Promise<readonly QuestionRow[]> =>
      accessIds.length === 0
        ? []
        : db
            .select()
            .from(accessQuestions)
            .where(
              and(
                inArray(accessQuestions.holderKey, [...holderKeys]),
                inArray(accessQuestions.accessId, [...accessIds]),
              ),
            ),
    /** Questions put to some bodies, the newest first. @param ask.open those without an answer alone */
    putTo: async (
      bodyIds: readonly string[],
      ask: { readonly before?: string | undefined; readonly open: boolean; readonly limit: number },
    ): Promise<readonly AskedOf[]> =>
      withAccess()
        .where(
          and(
            inArray(accessQuestions.bodyId, [...bodyIds]),
            ask.before === undefined ? undefined : lt(accessQuestions.id, ask.before),
            ask.open ? isNull(accessQuestions.answeredAt) : undefined,
          ),
        )
        .orderBy(desc(accessQuestions.id))
        .limit(ask.limit),
    /** One question put to one of these bodies. */
    read: async (bodyIds: readonly string[], id: string): Promise<AskedOf | undefined> =>
      (
        await withAccess()
          .where(and(inArray(accessQuestions.bodyId, [...bodyIds]), eq(accessQuestions.id, id)))
          .limit(1)
      )[0],
    /** Forgets questions that were asked before a day. */
    forget: async (before: Date): Promise<void> =>
      void (await db.delete(accessQuestions).where(lt(accessQuestions.askedAt, before))),
  }
}
