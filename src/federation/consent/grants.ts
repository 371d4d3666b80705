/** Grants: a person makes a code with which one receiver fetches one photo or licence, once, within five minutes. */
import { LIMITS } from '../../config.ts'
import { fault, GatewayError } from '../../errors.ts'
import { GrantRequest } from '../../schemas/consent.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { validator } from '../../schemas/validate.ts'
import type { ConsentRow, GrantRow, HoldingKind } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import { reachCase } from '../cases/reach.ts'
import type { Actor, Deps } from '../deps.ts'
import { digestOf, newSecret } from '../identity/log-in.ts'
import { newId } from '../ids.ts'
import { consentFacts } from './consents.ts'
import { keyFor } from './envelope.ts'
import { consentRow, type Terms, termsOf } from './terms.ts'

const check = validator(GrantRequest)

/** A code as its maker gets it, once. */
export interface MadeGrant {
  readonly code: string
  readonly expiresAt: string
  /** The consent on which it stands; withdrawing it ends the code. */
  readonly consent: string
}

/**
 * Makes a code. Without a consent that was given before, the grant is one itself, for this one photo or licence and until the code ends.
 * @param content a `GrantRequest`
 * @throws GatewayError `BODY_INVALID`; what `termsOf` throws; `CASE_NOT_FOUND` for a case that is not the person's; `RECEIVER_UNFIT` for a receiver without a key for encryption;
 * `GUARDIAN_REQUIRED`; `CONSENT_NOT_FOUND` for a consent that is not the person's, `CONSENT_REQUIRED` for one that says something else,
 * `CONSENT_WITHDRAWN` for one that is over
 */
export async function makeGrant(
  kind: HoldingKind,
  holdingId: string,
  content: unknown,
  { dryRun }: { readonly dryRun: boolean },
  actor: Actor,
  deps: Deps,
): Promise<MadeGrant> {
  const errors = check(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'grant' }, { errors })
  // The schema has just been checked.
  const asked = content as GrantRequest
  const now = deps.now()
  const until = new Date(now.getTime() + LIMITS.grantMs)
  const { purpose, matter, receiver } = asked
  const terms = await termsOf({ kind, items: [holdingId], purpose, matter, receiver, until }, actor, deps)
  keyFor(receiver, deps)
  if (asked.caseId !== undefined) await requireCase(asked.caseId, actor, deps)
  const consent =
    asked.consent === undefined
      ? ownConsent(terms, actor, deps)
      : await givenBefore(asked.consent, terms, deps)
  const code = newSecret()
  const grant: GrantRow = {
    personId: terms.subject.id,
    id: newId('grt', now),
    codeKey: digestOf(code),
    kind,
    holdingId,
    consentId: consent.id,
    receiver,
    purpose,
    matterId: terms.matterId,
    caseId: asked.caseId ?? null,
    createdAt: now,
    until,
    usedAt: null,
  }
  const record = accessRow(
    {
      ...consentFacts(consent, terms.subject.key, 'grant'),
      caseIds: asked.caseId === undefined ? [] : [asked.caseId],
    },
    actor,
    deps,
  )
  if (!dryRun) {
    if (asked.consent === undefined) await deps.store.consents.add(consent, grant, [record])
    else if (!(await deps.store.consents.grant(grant, now, [record])))
      throw new GatewayError('CONSENT_WITHDRAWN', {})
  }
  return { code, expiresAt: formatInstant(until), consent: consent.id }
}

/** A receiver is told no case that is not the person's. @throws GatewayError `CASE_NOT_FOUND` */
async function requireCase(id: string, actor: Actor, deps: Deps): Promise<void> {
  try {
    await reachCase(id, actor, deps, 'grant')
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const errors = [fault('/caseId', error.code, '没有这个办件', 'You have no such case')]
    throw new GatewayError(error.code, error.facts, { errors })
  }
}

/** @throws GatewayError `GUARDIAN_REQUIRED`: a child's code stands on a consent that a guardian gave before */
function ownConsent(terms: Terms, actor: Actor, deps: Deps): ConsentRow {
  if (terms.needsGuardian) throw new GatewayError('GUARDIAN_REQUIRED', {})
  return consentRow(terms, actor, deps)
}

/** A consent covers a grant when it names the same receiver, matter and purpose, and the thing itself. */
async function givenBefore(id: string, terms: Terms, { store, now }: Deps): Promise<ConsentRow> {
  const row = await store.consents.readOwn(terms.subject.id, id)
  if (!row) throw new GatewayError('CONSENT_NOT_FOUND', { consent: id })
  const isCovering =
    row.kind === terms.kind &&
    row.receiver === terms.receiver &&
    row.matterId === terms.matterId &&
    row.purpose === terms.purpose &&
    terms.items.every((item) => row.items.includes(item))
  if (!isCovering) throw new GatewayError('CONSENT_REQUIRED', { consent: id })
  if (row.withdrawnAt || row.givenAt === null || row.until <= now())
    throw new GatewayError('CONSENT_WITHDRAWN', { consent: id })
  return row
}
