/** Uploads, first answers and the state of the authorization server. */
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { idempotencyKeys, nonces, oidcPayloads, uploads } from '../tables.ts'

export type UploadRow = typeof uploads.$inferSelect
export type IdempotencyRow = typeof idempotencyKeys.$inferSelect

export function uploadQueries({ db }: Database) {
  return {
    put: async (row: UploadRow): Promise<void> => void (await db.insert(uploads).values(row)),
    readOwn: async (id: string, clientId: string): Promise<UploadRow | undefined> =>
      (
        await db
          .select()
          .from(uploads)
          .where(and(eq(uploads.id, id), eq(uploads.clientId, clientId)))
          .limit(1)
      )[0],
    /** @returns whether it was there */
    drop: async (id: string, clientId: string): Promise<boolean> =>
      (
        await db
          .delete(uploads)
          .where(and(eq(uploads.id, id), eq(uploads.clientId, clientId)))
          .returning({ id: uploads.id })
      ).length === 1,
  }
}

export function idempotencyQueries({ db, sql: raw }: Database) {
  const match = (clientId: string, key: string) =>
    and(eq(idempotencyKeys.clientId, clientId), eq(idempotencyKeys.key, key))
  return {
    read: async (
      clientId: string,
      key: string,
    ): Promise<Pick<IdempotencyRow, 'requestDigest' | 'caseId' | 'answerSealed'> | undefined> => {
      const [row] = await raw`
        select request_digest, case_id, answer_sealed from idempotency_keys where client_id = ${clientId} and key = ${key}`
      return (
        row && {
          requestDigest: String(row['request_digest']),
          caseId: row['case_id'] as string | null,
          answerSealed: row['answer_sealed'] as Buffer | null,
        }
      )
    },
    /** Takes a key before work that is not a filing. @returns false when it is taken. */
    take: async (row: {
      clientId: string
      key: string
      requestDigest: string
      createdAt: Date
    }): Promise<boolean> =>
      (
        await db
          .insert(idempotencyKeys)
          .values(row)
          .onConflictDoNothing()
          .returning({ key: idempotencyKeys.key })
      ).length === 1,
    answer: async (
      clientId: string,
      key: string,
      answer: { status: number; answerSealed: Buffer },
    ): Promise<void> => void (await db.update(idempotencyKeys).set(answer).where(match(clientId, key))),
    release: async (clientId: string, key: string): Promise<void> =>
      void (await db.delete(idempotencyKeys).where(match(clientId, key))),
    /** Forgets keys and nonces that are over. */
    forget: async (before: Date, now: Date): Promise<void> => {
      await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before))
      await db.delete(nonces).where(lt(nonces.until, now))
      await db.delete(oidcPayloads).where(lt(oidcPayloads.expiresAt, now))
    },
  }
}

type Payload = Readonly<Record<string, unknown>>

/** The adapter interface of the authorization server, over one table. */
export function oidcQueries({ db }: Database) {
  const live = (row: typeof oidcPayloads.$inferSelect | undefined): Payload | undefined =>
    row && (row.expiresAt === null || row.expiresAt > new Date())
      ? {
          ...(row.payload as Payload),
          ...(row.consumedAt ? { consumed: Math.floor(row.consumedAt.getTime() / 1000) } : {}),
        }
      : undefined
  // Asked at every token request: written once.
  const store = db
    .insert(oidcPayloads)
    .values({
      model: sql.placeholder('model'),
      id: sql.placeholder('id'),
      payload: {},
      expiresAt: sql.placeholder('expiresAt'),
    })
    .onConflictDoUpdate({
      target: [oidcPayloads.model, oidcPayloads.id],
      set: { expiresAt: sql`excluded.expires_at` },
      setWhere: sql`${oidcPayloads.expiresAt} < now()`,
    })
    .returning({ id: oidcPayloads.id })
    .prepare('store_once')
  return {
    upsert: async (
      model: string,
      id: string,
      payload: Payload,
      expiresIn: number | undefined,
    ): Promise<void> => {
      const text = (key: string) => (typeof payload[key] === 'string' ? (payload[key] as string) : null)
      const row = {
        model,
        id,
        payload,
        grantId: text('grantId'),
        userCode: text('userCode'),
        uid: text('uid'),
        expiresAt: expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000),
      }
      await db
        .insert(oidcPayloads)
        .values(row)
        .onConflictDoUpdate({ target: [oidcPayloads.model, oidcPayloads.id], set: row })
    },
    /** Stores once. @returns false when it is there and has not ended: a used assertion. */
    once: async (model: string, id: string, expiresAt: Date): Promise<boolean> =>
      (await store.execute({ model, id, expiresAt })).length === 1,
    find: async (model: string, id: string) =>
      live(
        (
          await db
            .select()
            .from(oidcPayloads)
            .where(and(eq(oidcPayloads.model, model), eq(oidcPayloads.id, id)))
            .limit(1)
        )[0],
      ),
    findByUid: async (model: string, uid: string) =>
      live(
        (
          await db
            .select()
            .from(oidcPayloads)
            .where(and(eq(oidcPayloads.model, model), eq(oidcPayloads.uid, uid)))
            .limit(1)
        )[0],
      ),
    findByUserCode: async (model: string, userCode: string) =>
      live(
        (
          await db
            .select()
            .from(oidcPayloads)
            .where(and(eq(oidcPayloads.model, model), eq(oidcPayloads.userCode, userCode)))
            .limit(1)
        )[0],
      ),
    /** Live sessions of the authorization server that stand on one log-in. */
    sessionUids: async (accountId: string): Promise<readonly string[]> =>
      (
        await db
          .select({ uid: oidcPayloads.uid })
          .from(oidcPayloads)
          .where(
            and(eq(oidcPayloads.model, 'Session'), sql`${oidcPayloads.payload}->>'accountId' = ${accountId}`),
          )
      ).flatMap(({ uid }) => uid ?? []),
    /** Uses it up, once, whoever is first. @returns false when it was used before. */
    consume: async (model: string, id: string): Promise<boolean> =>
      (
        await db
          .update(oidcPayloads)
          .set({ consumedAt: new Date() })
          .where(and(eq(oidcPayloads.model, model), eq(oidcPayloads.id, id), isNull(oidcPayloads.consumedAt)))
          .returning({ id: oidcPayloads.id })
      ).length === 1,
    destroy: async (model: string, id: string): Promise<void> =>
      void (await db.delete(oidcPayloads).where(and(eq(oidcPayloads.model, model), eq(oidcPayloads.id, id)))),
    revokeByGrantId: async (model: string, grantId: string): Promise<void> =>
      void (await db
        .delete(oidcPayloads)
        .where(and(eq(oidcPayloads.model, model), eq(oidcPayloads.grantId, grantId)))),
  }
}
