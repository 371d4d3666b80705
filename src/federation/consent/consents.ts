/** Consents: given in words that were shown, listed, and withdrawn with one tap. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Consent } from '../../schemas/consent.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { ConsentRow } from '../../store/index.ts'
import { type AccessFacts, accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectOf } from '../identity/identify.ts'
import { digestOf, newSecret } from '../identity/log-in.ts'
import { contentOf } from '../identity/persons.ts'
import { personOf } from '../identity/principal.ts'
import { presentConsent } from './present.ts'
import { consentRow, inAWeek, readConsentRequest, termsOf } from './terms.ts'
import type { Wording } from './wording.ts'

/** A consent that was given, or waits for a guardian. */
export interface Given {
  readonly consent: Consent
  /** Told once: a guardian enters it after an own log-in. */
  readonly guardian?: { readonly code: string; readonly link: string; readonly expiresAt: string }
}

/** What the words would be. */
export interface Words {
  readonly wording: Wording
  readonly needsGuardian: boolean
  readonly until: string
}

/** What an act on a consent leaves in the record. */
export const consentFacts = (
  row: Pick<ConsentRow, 'kind' | 'matterId' | 'purpose'>,
  holder: string,
  act: string,
): AccessFacts => ({
  holder,
  clock: 'provision',
  act: `consents.${act}`,
  matter: row.matterId,
  purpose: row.purpose,
  basis: 'holder',
  fields: [row.kind],
  outcome: 'granted',
  role: 'holder',
})

/**
 * The words of a consent and their digest, which must come back with it.
 * @param content a `ConsentRequest`
 * @throws GatewayError what `readConsentRequest` and `termsOf` throw
 */
export async function consentWords(content: unknown, actor: Actor, deps: Deps): Promise<Words> {
  const asked = readConsentRequest(content)
  const until = asked.until === undefined ? inAWeek(deps.now()) : new Date(asked.until)
  const { wording, needsGuardian } = await termsOf({ ...asked, until }, actor, deps)
  return { wording, needsGuardian, until: formatInstant(until) }
}

/**
 * Gives a consent. Below fourteen it waits for a guardian.
 * @throws GatewayError also `CONSENT_WORDING_CHANGED` when the digest is not that of the words as they are now
 */
export async function giveConsent(content: unknown, actor: Actor, deps: Deps): Promise<Given> {
  const asked = readConsentRequest(content)
  const until = asked.until === undefined ? inAWeek(deps.now()) : new Date(asked.until)
  const terms = await termsOf({ ...asked, until }, actor, deps)
  if (asked.digest !== terms.wording.digest)
    throw new GatewayError('CONSENT_WORDING_CHANGED', { digest: terms.wording.digest })
  const row = consentRow(terms, actor, deps)
  if (!terms.needsGuardian) {
    await deps.store.consents.add(row, undefined, [
      accessRow(consentFacts(row, terms.subject.key, 'give'), actor, deps),
    ])
    return { consent: await presentConsent(row, deps) }
  }
  const code = newSecret()
  const guardianUntil = new Date(deps.now().getTime() + LIMITS.guardianMs)
  const waiting: ConsentRow = {
    ...row,
    giverId: null,
    givenAt: null,
    guardianKey: digestOf(code),
    guardianUntil,
  }
  await deps.store.consents.add(waiting, undefined, [
    accessRow(consentFacts(waiting, terms.subject.key, 'ask'), actor, deps),
  ])
  return {
    consent: await presentConsent(waiting, deps),
    guardian: {
      code,
      link: `${deps.publicUrl}/me/consents/guardian?code=${code}`,
      expiresAt: formatInstant(guardianUntil),
    },
  }
}

/**
 * One's own consents, and those that one gave as a guardian, the newest first.
 * @param ask `after`: the last consent of the page before
 * @returns `next`: what `after` is for the next page, where there is one
 * @throws GatewayError `PERSON_REQUIRED`, `PARAMETER_INVALID` where `after` is no consent's id
 */
export async function listConsents(
  ask: { readonly limit: number; readonly after?: string | undefined },
  actor: Actor,
  deps: Deps,
): Promise<{ readonly items: readonly Consent[]; readonly next: string | undefined }> {
  const principal = personOf(actor)
  if (ask.after !== undefined && !/^cst_\w{25}$/.test(ask.after))
    throw new GatewayError('PARAMETER_INVALID', { parameter: 'cursor' })
  const rows = await deps.store.consents.list(subjectOf(principal), { ...ask, limit: ask.limit + 1 })
  const shown = rows.slice(0, ask.limit)
  return {
    items: await Promise.all(shown.map((row) => presentConsent(row, deps))),
    next: rows.length > ask.limit ? shown.at(-1)?.id : undefined,
  }
}

/** One's own consent, or one that one gave as a guardian. @throws GatewayError `CONSENT_NOT_FOUND`, `PERSON_REQUIRED` */
export async function readConsent(id: string, actor: Actor, deps: Deps): Promise<ConsentRow> {
  const subject = subjectOf(personOf(actor))
  const own =
    (await deps.store.consents.readOwn(subject, id)) ?? (await deps.store.consents.given(subject, id))
  if (!own) throw new GatewayError('CONSENT_NOT_FOUND', { consent: id })
  return own
}

/**
 * Withdraws: nothing is handed over from this moment on, whatever is under way. One that is over stays what it is.
 * @throws GatewayError `CONSENT_NOT_FOUND`, `PERSON_REQUIRED`
 */
export async function withdrawConsent(id: string, actor: Actor, deps: Deps): Promise<Consent> {
  const row = await readConsent(id, actor, deps)
  const { idDocument } = await contentOf(row.personId, deps)
  const holder = deps.sealing.identity(idDocument)
  await deps.store.consents.withdraw(row, deps.now(), [
    accessRow(consentFacts(row, holder, 'withdraw'), actor, deps),
  ])
  return presentConsent(await readConsent(id, actor, deps), deps)
}
