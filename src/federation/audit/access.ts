/** Records of access: what every look, refusal and handing over leaves behind, in the transaction of its effect. No record, no data. */
import type { AccessRecord, Basis, Channel, Role } from '../../schemas/access.ts'
import type { AccessRow, Clock } from '../../store/index.ts'
import { type Actor, type Deps, PORTAL } from '../deps.ts'
import { newId } from '../ids.ts'
import { canonicalJson } from './canonical.ts'

/** What happened. */
export interface AccessFacts {
  /** Keyed hash of the identity document of whoever it is about. */
  readonly holder: string
  /** Looks are kept for months; what was provided, entrusted or agreed to for years. */
  readonly clock: Clock
  /** A word: `cases.read`, `photos.redeem`. */
  readonly act: string
  readonly matter?: string | null
  readonly caseIds?: readonly string[]
  readonly purpose: string
  readonly basis: Basis
  /** Names of what was seen; none of a refusal. */
  readonly fields: readonly string[]
  /** `granted`, or the problem code of the refusal. */
  readonly outcome: string
  /** The number under which regions were asked. */
  readonly number?: string
  /** A client for itself, or somebody through one, unless told. */
  readonly role?: Role
  /** The pages or the API, unless told. */
  readonly channel?: Channel
}

type Needs = Pick<Deps, 'sealing' | 'now' | 'clients'>

/** A record with its code, to be appended. */
export function accessRow(facts: AccessFacts, actor: Actor, deps: Needs): AccessRow {
  const { clientId, principal, requestId } = actor
  // At a window the person has agreed, and it is a clerk who looks.
  const isClerk = actor.clerk !== undefined
  const isPortal = clientId === PORTAL
  const record: AccessRecord = {
    act: facts.act,
    body: { id: clientId, name: isPortal ? '本网站' : (deps.clients(clientId)?.name ?? clientId) },
    role: isClerk ? 'clerk' : (facts.role ?? (principal ? 'agent' : 'client')),
    channel: isClerk ? 'counter' : (facts.channel ?? (isPortal ? 'portal' : 'api')),
    matter: facts.matter ?? null,
    caseIds: [...(facts.caseIds ?? [])],
    purpose: facts.purpose,
    basis: isClerk && principal && facts.basis === 'holder' ? 'consent' : facts.basis,
    fields: [...facts.fields],
    outcome: facts.outcome,
    requestId,
    ...(facts.number === undefined ? {} : { number: facts.number }),
  }
  return codedRow({ holderKey: facts.holder, clock: facts.clock, record }, deps)
}

/** The row of a record, with an id, the time and the code over all of it. */
export function codedRow(
  { holderKey, clock, record }: { holderKey: string; clock: Clock; record: AccessRecord },
  { sealing, now }: Pick<Deps, 'sealing' | 'now'>,
): AccessRow {
  const at = now()
  const row = { holderKey, clock, id: newId('acc', at), at, record }
  return { ...row, mac: macOf(row, { sealing }) }
}

/** The code of a record, by a key that the database does not have. */
export const macOf = (
  { holderKey, clock, id, at, record }: Omit<AccessRow, 'mac'>,
  { sealing }: Pick<Deps, 'sealing'>,
): Buffer =>
  Buffer.from(sealing.hash('access', canonicalJson([holderKey, clock, id, at.toISOString(), record])), 'hex')

/** Records looks that store nothing else. */
export const recordAccess = (
  facts: AccessFacts | readonly AccessFacts[],
  actor: Actor,
  deps: Needs & Pick<Deps, 'store'>,
): Promise<void> => deps.store.accesses.append([facts].flat().map((one) => accessRow(one, actor, deps)))
