/** A receiver redeems a code: single use, for the purpose that was agreed to, and never without a record that the person can read. */
import { GatewayError, type ProblemCode } from '../../errors.ts'
import type { ReleasePurpose } from '../../schemas/consent.ts'
import type { GrantRow, HoldingKind } from '../../store/index.ts'
import { type AccessFacts, accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { delivered } from '../holdings/deliver.ts'
import { digestOf } from '../identity/log-in.ts'
import { contentOf } from '../identity/persons.ts'
import { sealedFor } from './envelope.ts'

/** What the receiver says of its errand; absent members are taken from the grant. */
interface Asked {
  readonly code: string
  readonly purpose?: string | undefined
}

/**
 * Hands over, encrypted to the receiver. Whoever is not the receiver hears the same of every code: that there is none for them.
 * @returns a compact JWE
 * @throws GatewayError `GRANT_UNKNOWN`; to the receiver alone `GRANT_USED`, `GRANT_ENDED`, `CONSENT_WITHDRAWN`, `PURPOSE_NOT_ALLOWED`;
 * what fetching throws, and then the code can be used again
 */
export async function redeem(kind: HoldingKind, asked: Asked, actor: Actor, deps: Deps): Promise<string> {
  const found = await deps.store.consents.byCode(digestOf(asked.code), deps.now())
  const grant = found?.grant.kind === kind ? found.grant : undefined
  const holder = await holderKeyOf(grant, actor, deps)
  const refused = grant && found ? whyNot(grant, found.isHeld, asked, actor, deps.now()) : 'GRANT_UNKNOWN'
  const facts = factsOf(grant, kind, holder)
  if (refused || !grant) return refuse(refused ?? 'GRANT_UNKNOWN', facts, actor, deps)
  try {
    const { document, fields, number } = await delivered(grant, actor, deps)
    const sealed = await sealedFor(grant.receiver, document, deps)
    const record = accessRow({ ...facts, fields, number }, actor, deps)
    const used = await deps.store.consents.use(grant, deps.now(), [record])
    if (used === 'used') return sealed
    return await refuse(used === 'taken' ? 'GRANT_USED' : 'CONSENT_WITHDRAWN', facts, actor, deps)
  } catch (error) {
    // A region that does not answer leaves the code as it was; the attempt stands in the record all the same.
    if (error instanceof GatewayError && !REFUSALS.has(error.code))
      await record(error.code, facts, actor, deps)
    throw error
  }
}

const REFUSALS: ReadonlySet<ProblemCode> = new Set([
  'GRANT_UNKNOWN',
  'GRANT_USED',
  'GRANT_ENDED',
  'CONSENT_WITHDRAWN',
  'PURPOSE_NOT_ALLOWED',
])

function whyNot(
  grant: GrantRow,
  isHeld: boolean,
  { purpose }: Asked,
  { clientId }: Actor,
  now: Date,
): ProblemCode | undefined {
  if (grant.receiver !== clientId) return 'GRANT_UNKNOWN'
  if (purpose !== undefined && purpose !== grant.purpose) return 'PURPOSE_NOT_ALLOWED'
  if (grant.usedAt) return 'GRANT_USED'
  if (grant.until <= now) return 'GRANT_ENDED'
  return isHeld ? undefined : 'CONSENT_WITHDRAWN'
}

/** Whose record it is: the holder's; a code that is nobody's is written down under the client that tried it, at the same cost. */
async function holderKeyOf(grant: GrantRow | undefined, { clientId }: Actor, deps: Deps): Promise<string> {
  if (!grant) {
    await deps.store.people.read('nobody')
    return deps.sealing.hash('nobody', clientId)
  }
  const { idDocument } = await contentOf(grant.personId, deps)
  return deps.sealing.identity(idDocument)
}

const factsOf = (grant: GrantRow | undefined, kind: HoldingKind, holder: string): AccessFacts => ({
  holder,
  clock: 'provision',
  act: `${kind}s.redeem`,
  matter: grant?.matterId ?? null,
  caseIds: grant?.caseId ? [grant.caseId] : [],
  // The store keeps what a checked request said.
  purpose: (grant?.purpose as ReleasePurpose | undefined) ?? 'unknown',
  basis: 'consent',
  fields: [],
  outcome: 'granted',
})

const record = (outcome: ProblemCode, facts: AccessFacts, actor: Actor, deps: Deps): Promise<void> =>
  deps.store.accesses.append([accessRow({ ...facts, outcome }, actor, deps)])

async function refuse(code: ProblemCode, facts: AccessFacts, actor: Actor, deps: Deps): Promise<never> {
  await record(code, facts, actor, deps)
  throw new GatewayError(code)
}
