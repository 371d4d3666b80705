/** `Idempotency-Key`: the same key and body get the first answer again, for seven days, for one client alone. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { GatewayError } from '../errors.ts'
import type { Deps } from '../federation/deps.ts'
import type { Env } from './env.ts'

/** An answer that can be kept and given again. */
export interface KeptAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const KEY = /^[\x21-\x7e]{1,200}$/

/** The key of a request. @throws GatewayError `IDEMPOTENCY_KEY_REQUIRED` when it must be there and is not, or is no key. */
export function keyOf(c: Context<Env>, required: boolean): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined && !required) return undefined
  if (key === undefined || !KEY.test(key)) throw new GatewayError('IDEMPOTENCY_KEY_REQUIRED')
  return key
}

/** What makes two requests the same: who asks (a client calls for many persons), method, path, media type and body. */
export function requestDigest(c: Context<Env>, bytes: Buffer): string {
  const { principal } = c.get('actor')
  const person = principal ? `${principal.organisationId ?? ''} ${principal.personId}\n` : ''
  return createHash('sha256')
    .update(`${person}${c.req.method} ${c.req.path} ${c.req.header('content-type') ?? ''}\n`)
    .update(bytes)
    .digest('hex')
}

/** Gives a kept answer. */
export function give(c: Context<Env>, answer: KeptAnswer, replayed = false): Response {
  const headers = { ...answer.headers, ...(replayed ? { 'idempotency-replayed': 'true' } : {}) }
  // A status without content takes no body, not even an empty one.
  return answer.body === ''
    ? c.body(null, answer.status as 200, headers)
    : c.body(answer.body, answer.status as 200, headers)
}

/** The first answer to this key, if there is one. @throws GatewayError `IDEMPOTENCY_KEY_REUSED`, `IDEMPOTENCY_KEY_IN_USE`. */
export async function firstAnswer(
  clientId: string,
  key: string,
  digest: string,
  { store, sealing }: Deps,
): Promise<{ answer?: KeptAnswer; caseId?: string } | undefined> {
  const row = await store.idempotency.read(clientId, key)
  if (!row) return undefined
  if (row.requestDigest !== digest) throw new GatewayError('IDEMPOTENCY_KEY_REUSED')
  const made = row.caseId ? { caseId: row.caseId } : {}
  if (row.answerSealed) return { ...made, answer: sealing.open<KeptAnswer>(row.answerSealed) }
  if (row.caseId) return made
  throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', { retryAfter: 1 })
}

/** Keeps the first answer. */
export const keepAnswer = (
  clientId: string,
  key: string,
  answer: KeptAnswer,
  { store, sealing }: Deps,
): Promise<void> =>
  store.idempotency.answer(clientId, key, { status: answer.status, answerSealed: sealing.seal(answer) })

/**
 * Runs a write once: the key is taken before, the answer kept after; a failure that may be repeated gives the key back.
 * @param beforeAgain what must hold, and be recorded, before the first answer is given again
 */
export async function once(
  c: Context<Env>,
  bytes: Buffer,
  deps: Deps,
  run: () => Promise<KeptAnswer>,
  beforeAgain: () => Promise<unknown> = async () => undefined,
): Promise<Response> {
  const key = keyOf(c, false)
  if (key === undefined) return give(c, await run())
  const { clientId } = c.get('actor')
  const digest = requestDigest(c, bytes)
  if (!(await deps.store.idempotency.take({ clientId, key, requestDigest: digest, createdAt: deps.now() }))) {
    const first = await firstAnswer(clientId, key, digest, deps)
    if (!first?.answer) throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', { retryAfter: 1 })
    await beforeAgain()
    return give(c, first.answer, true)
  }
  try {
    const answer = await run()
    await keepAnswer(clientId, key, answer, deps)
    return give(c, answer)
  } catch (error) {
    await deps.store.idempotency.release(clientId, key)
    throw error
  }
}
