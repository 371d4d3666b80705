/** A guardian agrees for a child below fourteen: with an own log-in, of full age, another person than the child. */
import { GatewayError } from '../../errors.ts'
import type { Consent, ReleasePurpose } from '../../schemas/consent.ts'
import type { ConsentRow } from '../../store/index.ts'
import { accessRow, recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { holdingWords } from '../holdings/words.ts'
import { digestOf } from '../identity/log-in.ts'
import { contentOf } from '../identity/persons.ts'
import { personOf, requireLoa } from '../identity/principal.ts'
import { ADULT_FROM, ageOf } from './ages.ts'
import { consentFacts } from './consents.ts'
import { presentConsent } from './present.ts'
import { receiverNames } from './receivers.ts'
import { type Wording, wordingOf } from './wording.ts'

/** Whoever speaks for another must have been seen: a face or a certificate was checked. */
const LOA_FOR_GUARDIANS = 3

/** What a guardian is asked to agree to. */
export interface GuardianAsked {
  readonly consent: Consent
  readonly wording: Wording
}

/**
 * What waits behind a code.
 * @throws GatewayError `GUARDIAN_UNFIT` for the child itself, for somebody below eighteen and for whoever acts for a firm;
 * `ASSURANCE_TOO_LOW`; `CONSENT_NOT_FOUND` for a code behind which nothing waits
 */
export async function readForGuardian(code: string, actor: Actor, deps: Deps): Promise<GuardianAsked> {
  const row = await waiting(code, actor, deps)
  const { idDocument } = await contentOf(row.personId, deps)
  const facts = consentFacts(row, deps.sealing.identity(idDocument), 'read')
  await recordAccess({ ...facts, clock: 'access', role: 'agent' }, actor, deps)
  return { consent: await presentConsent(row, deps), wording: await wordsOf(row, deps) }
}

/** Agrees. @param digest of the words that were shown @throws GatewayError also `CONSENT_WORDING_CHANGED` */
export async function agreeAsGuardian(
  { code, digest }: { readonly code: string; readonly digest: string },
  actor: Actor,
  deps: Deps,
): Promise<Consent> {
  const row = await waiting(code, actor, deps)
  const wording = await wordsOf(row, deps)
  if (digest !== wording.digest || digest !== row.wordingDigest)
    throw new GatewayError('CONSENT_WORDING_CHANGED', { digest: row.wordingDigest })
  const { personId } = personOf(actor)
  const { idDocument } = await contentOf(row.personId, deps)
  const record = accessRow(
    { ...consentFacts(row, deps.sealing.identity(idDocument), 'give'), role: 'agent' },
    actor,
    deps,
  )
  if (!(await deps.store.consents.agree(row, personId, deps.now(), [record])))
    throw new GatewayError('CONSENT_NOT_FOUND', {})
  const given = await deps.store.consents.readOwn(row.personId, row.id)
  return presentConsent(given ?? row, deps)
}

async function waiting(code: string, actor: Actor, deps: Deps): Promise<ConsentRow> {
  const principal = personOf(actor)
  requireLoa(principal, LOA_FOR_GUARDIANS)
  const { idDocument } = await contentOf(principal.personId, deps)
  const age = ageOf(idDocument, deps.now())
  if (principal.organisationId !== null || age === undefined || age < ADULT_FROM)
    throw new GatewayError('GUARDIAN_UNFIT', {})
  const row = await deps.store.consents.waiting(digestOf(code), deps.now())
  if (!row) throw new GatewayError('CONSENT_NOT_FOUND', {})
  if (row.personId === principal.personId) throw new GatewayError('GUARDIAN_UNFIT', {})
  return row
}

/** The words again, as the child's request made them. */
async function wordsOf(row: ConsentRow, deps: Deps): Promise<Wording> {
  const [items, matter, child] = await Promise.all([
    deps.store.holdings.readSome(row.personId, row.items),
    deps.catalogue.current(row.matterId),
    contentOf(row.personId, deps),
  ])
  const named = row.items.flatMap((id) => items.filter((one) => one.id === id))
  return wordingOf(row.kind, {
    items: named.map((one) => holdingWords(one, deps.sealing)),
    ids: row.items,
    receiver: receiverNames(row.receiver, deps),
    matter: matter?.matter.name.zh ?? row.matterId,
    // The store keeps what a checked request said.
    purpose: row.purpose as ReleasePurpose,
    until: row.until,
    child: child.name,
  })
}
