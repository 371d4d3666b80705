/** A form of a page does what it does once, however often it is sent: two clicks, the back button, a second window. */
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import { LIMITS } from '../config.ts'
import { GatewayError } from '../errors.ts'
import type { Actor, Deps } from './deps.ts'
import { personOf } from './identity/principal.ts'

/** A key for a form that is being shown. */
export const newFormKey = (): string => randomBytes(16).toString('base64url')

const KEY = /^[\w-]{22}$/

/**
 * Runs what a form asks for, unless it was done already. One that is sent while its twin is being worked on waits for it: if the twin
 * does not get it done, it is tried again.
 * @param run returns nothing when it was done, or what to tell the reader instead: then the form may be sent again
 * @throws GatewayError `FORM_FOREIGN` for a key that no page of ours gave; `IDEMPOTENCY_KEY_IN_USE` when the twin takes too long
 */
export async function formOnce<T>(
  key: string,
  what: string,
  actor: Actor,
  deps: Deps,
  run: () => Promise<T | undefined>,
): Promise<T | undefined> {
  if (!KEY.test(key)) throw new GatewayError('FORM_FOREIGN')
  const requestDigest = createHash('sha256')
    .update(`${personOf(actor).personId}\n${what}`)
    .digest('hex')
  const row = { clientId: actor.clientId, key: `form:${key}`, requestDigest, createdAt: deps.now() }
  if (!(await taken(row, deps))) return undefined
  const { idempotency } = deps.store
  try {
    const told = await run()
    if (told === undefined)
      await idempotency.answer(row.clientId, row.key, {
        status: 303,
        answerSealed: deps.sealing.seal('done'),
      })
    else await idempotency.release(row.clientId, row.key)
    return told
  } catch (error) {
    await idempotency.release(row.clientId, row.key)
    throw error
  }
}

type Row = Parameters<Deps['store']['idempotency']['take']>[0]

/** Takes the key, waiting for a twin that has it. @returns false when it was done already */
async function taken(row: Row, { store: { idempotency } }: Deps): Promise<boolean> {
  for (let waited = 0; waited <= LIMITS.formTwinMs; waited += LIMITS.formTwinLookMs) {
    if (await idempotency.take(row)) return true
    const twin = await idempotency.read(row.clientId, row.key)
    if (twin && twin.requestDigest !== row.requestDigest) throw new GatewayError('IDEMPOTENCY_KEY_REUSED')
    if (twin?.answerSealed) return false
    await after(LIMITS.formTwinLookMs)
  }
  throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', { retryAfter: 1 })
}
