/** The person or firm whose holdings a request is about, and how the audit of a region names who looks. */
import type { Audit, Holder } from '../../adapters/kit/contract.ts'
import { GatewayError, type ProblemCode } from '../../errors.ts'
import { regionOf } from '../../schemas/division.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { HoldingKind, HoldingRow } from '../../store/index.ts'
import type { AccessFacts } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { serves } from '../identity/audience.ts'
import { subjectOf } from '../identity/identify.ts'
import { type Principal, personOf, requireLoa, subjectContent } from '../identity/principal.ts'
import { newAuditNumber } from './audit-number.ts'
import { homeOf } from './places.ts'

/** Whoever only gave a number shows nobody's papers: name and number must have been seen to agree. */
export const LOA_FOR_HOLDINGS = 2

/** Whose holdings: the firm's for a firm's account, the person's otherwise. */
export interface Subject {
  readonly id: string
  readonly holder: Holder
  /** The keyed hash under which looks are recorded. */
  readonly key: string
  readonly home: string | undefined
  readonly principal: Principal
}

/** @throws GatewayError `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW` */
export async function subjectIn(actor: Actor, deps: Deps): Promise<Subject> {
  const principal = personOf(actor)
  requireLoa(principal, LOA_FOR_HOLDINGS)
  const { name, idDocument } = await subjectContent(principal, deps)
  return {
    id: subjectOf(principal),
    holder: { name, idDocument },
    key: deps.sealing.identity(idDocument),
    home: homeOf(idDocument),
    principal,
  }
}

/** The regions that know a person: where they logged in, and where their number was given. */
export async function regionsOf({ home, principal }: Subject, { store }: Deps): Promise<readonly RegionId[]> {
  const accounts = await store.people.accountsOf(principal.personId)
  const atHome = home === undefined ? undefined : regionOf(home)
  return [
    ...new Set([principal.region, ...accounts.map(({ region }) => region), ...(atHome ? [atHome] : [])]),
  ]
}

const MOST_IN_AUDIT = 50

/** Why a region is asked. Its audit learns which body looks and for which matter, and no name of a person. */
export function auditOf(
  actor: Actor,
  { clients, now }: Pick<Deps, 'clients' | 'now'>,
  matter: Pick<Matter, 'name'> | undefined,
  of?: Audit['case'],
): Audit {
  const body = clients(actor.clientId)?.name
  const words = body === undefined ? '申请人本人' : actor.principal ? `申请人本人 经由 ${body}` : body
  return {
    number: newAuditNumber(now()),
    matterName: matter?.name.zh ?? '申请人查询本人的照片和证照',
    actor: [...words].slice(0, MOST_IN_AUDIT).join(''),
    ...(of ? { case: of } : {}),
  }
}

/** Whether the token serves the place where something is held; what the person took here is everywhere. */
export const isServed = (
  { region, place }: Pick<HoldingRow, 'region' | 'place'>,
  { audience }: Actor,
): boolean =>
  region === null || serves(audience, { region, division: /\d{6}$/.exec(place)?.[0] ?? audience?.division })

/** @throws GatewayError `AUDIENCE_MISMATCH` for what is held elsewhere than the token serves */
export function requireOwnPlace(row: Pick<HoldingRow, 'region' | 'place'>, actor: Actor): void {
  if (!isServed(row, actor))
    throw new GatewayError('AUDIENCE_MISMATCH', { region: actor.audience?.region ?? '' })
}

/** The record of somebody who tried to hand on what is not theirs, or what their token does not reach. */
export const refusalOf = (
  attempt: Required<Pick<AccessFacts, 'act' | 'matter' | 'purpose' | 'outcome'>>,
  { key }: Subject,
): AccessFacts => ({ ...attempt, holder: key, clock: 'access', basis: 'holder', fields: [], role: 'holder' })

/** The problem of a holding that may not be looked at; `undefined` when it may. Another's is not told apart from none. */
export function whyNotLook(
  row: HoldingRow | undefined,
  kind: HoldingKind,
  actor: Actor,
): ProblemCode | undefined {
  if (!row) return kind === 'photo' ? 'PHOTO_NOT_FOUND' : 'LICENCE_NOT_FOUND'
  return isServed(row, actor) ? undefined : 'AUDIENCE_MISMATCH'
}
