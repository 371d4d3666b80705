/** 身份码: what a logged-in person shows at a counter. Made for one purpose and a minute, called back at will. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { CodeRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { personOf, requireLoa } from './principal.ts'
import { LOA_FOR_CODES, type Purpose } from './purposes.ts'
import { inGroups, newTypedCode } from './typed-code.ts'

/** What is sealed of a code: what its owner sees. */
interface CodeContent {
  readonly token: string
  readonly digits: string
}

/** A code as its owner sees it. */
export interface ShownCode {
  readonly id: string
  readonly purpose: Purpose
  readonly state: 'open' | 'used' | 'calledBack' | 'ended'
  readonly from: string
  readonly until: string
  /** The token of the QR code, while it is open. */
  readonly code?: string
  /** Ten digits in groups, while it is open. */
  readonly typedCode?: string
}

/** Digits are somebody's once in many thousand times: three misfortunes in a row are a fault of ours. */
const TRIES = 3

/**
 * A token that is narrowed to a region or a city says nothing at counters, which may be anywhere, and does not read who scanned.
 * @throws GatewayError `AUDIENCE_MISMATCH`
 */
export function requireWhole({ audience }: Actor): void {
  if (audience) throw new GatewayError('AUDIENCE_MISMATCH', { region: audience.region })
}

/**
 * Whether the person may make a code now.
 * @throws GatewayError `PERSON_REQUIRED`, `AUDIENCE_MISMATCH`, `ASSURANCE_TOO_LOW`; `LOG_IN_REQUIRED` for a token that stands on no
 * log-in of the gateway, which could not be called back by logging out
 */
export function mayShow(actor: Actor): { readonly personId: string; readonly authenticationId: string } {
  const principal = personOf(actor)
  requireWhole(actor)
  requireLoa(principal, LOA_FOR_CODES)
  const { personId, authenticationId } = principal
  if (authenticationId === undefined) throw new GatewayError('LOG_IN_REQUIRED')
  return { personId, authenticationId }
}

/**
 * Makes a code for the natural person who logged in, whomever they act for. Codes made before are called back: one at a time is open.
 * @throws GatewayError what `mayShow` throws, `LOG_IN_REQUIRED` when the log-in has just ended, `RATE_LIMITED`
 */
export async function makeCode(purpose: Purpose, actor: Actor, deps: Deps): Promise<ShownCode> {
  const { personId, authenticationId } = mayShow(actor)
  const { store, sealing, now, identityTokens } = deps
  const moment = now()
  // Whole seconds, so that the token and the record end in the same moment.
  const from = new Date(Math.floor(moment.getTime() / 1000) * 1000)
  const until = new Date(from.getTime() + LIMITS.identityCodeMs)
  for (let tried = 0; tried < TRIES; tried += 1) {
    const id = newId('idc', moment)
    const digits = newTypedCode()
    const content: CodeContent = { token: await identityTokens.sign({ id, purpose, from, until }), digits }
    const row: CodeRow = {
      id,
      personId,
      authenticationId,
      purpose,
      typedKey: typedKeyOf(digits, deps),
      sealed: sealing.seal(content),
      createdAt: moment,
      until,
      usedAt: null,
      usedBy: null,
      revokedAt: null,
    }
    const outcome = await store.codes.add(row, LIMITS.identityCodesPerMinute)
    if (outcome === 'added') return shown(row, deps)
    if (outcome === 'ended') throw new GatewayError('LOG_IN_REQUIRED')
    if (outcome === 'tooMany') throw new GatewayError('RATE_LIMITED', { retryAfter: 60 })
  }
  throw new Error('new digits were taken again and again')
}

/** The keyed hash by which digits are found. */
export const typedKeyOf = (digits: string, { sealing }: Pick<Deps, 'sealing'>): string =>
  sealing.hash('typed-code', digits)

/** A code of one's own, as it is now. @throws GatewayError `PERSON_REQUIRED`, `AUDIENCE_MISMATCH`; `NOT_FOUND` for another's */
export async function readCode(id: string, actor: Actor, deps: Deps): Promise<ShownCode> {
  const { personId } = personOf(actor)
  requireWhole(actor)
  const row = await deps.store.codes.readOwn(id, personId)
  if (!row) throw new GatewayError('NOT_FOUND', { subject: 'code' })
  return shown(row, deps)
}

/** Calls a code back at once; one that is used or over stays what it is. @throws GatewayError what `readCode` throws */
export async function callBack(id: string, actor: Actor, deps: Deps): Promise<ShownCode> {
  const { personId } = personOf(actor)
  requireWhole(actor)
  await deps.store.codes.callBack(id, personId, deps.now())
  return readCode(id, actor, deps)
}

function shown(row: CodeRow, { sealing, now }: Deps): ShownCode {
  const state = stateOf(row, now())
  const { token, digits } = sealing.open<CodeContent>(row.sealed)
  return {
    id: row.id,
    // The store keeps what this file wrote.
    purpose: row.purpose as Purpose,
    state,
    from: formatInstant(row.createdAt),
    until: formatInstant(row.until),
    ...(state === 'open' ? { code: token, typedCode: inGroups(digits) } : {}),
  }
}

/** What a code is at a moment: whatever came first stays. */
export function stateOf({ usedAt, revokedAt, until }: CodeRow, now: Date): ShownCode['state'] {
  if (usedAt) return 'used'
  if (revokedAt) return 'calledBack'
  return now < until ? 'open' : 'ended'
}
