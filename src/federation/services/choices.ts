/** Whether somebody lets services be chosen for them: agreed to in words that were shown, taken back at once, and switched off in parts. */
import { GatewayError } from '../../errors.ts'
import type { ServiceChoiceRow } from '../../store/index.ts'
import { type AccessFacts, accessRow } from '../audit/access.ts'
import { isChild } from '../consent/ages.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Subject, subjectIn } from '../holdings/holder.ts'
import type { Audience } from '../matters/search/services.ts'
import { isKey, WORDINGS } from './rules.ts'

/** How it stands for the person, or for the firm that they act for. */
export interface Choices {
  readonly audience: Audience
  /** `changed`: agreed to, in words or by rules that are not those of today, and asked again. `child`: below fourteen it is not offered. */
  readonly state: 'off' | 'on' | 'changed' | 'child'
  readonly hidden: readonly string[]
}

export const audienceOf = ({ principal }: Subject): Audience =>
  principal.organisationId === null ? 'person' : 'organisation'

/** How it stands by what is stored: whoever has not agreed in the words of today has not agreed. */
export function choicesOf(subject: Subject, row: ServiceChoiceRow | undefined, now: Date): Choices {
  const audience = audienceOf(subject)
  const hidden = row?.hidden ?? []
  if (isChild(subject.holder.idDocument, now)) return { audience, state: 'child', hidden }
  if (!row?.givenAt || row.withdrawnAt) return { audience, state: 'off', hidden }
  const isSame = row.wordingDigest === WORDINGS[audience].digest
  return { audience, state: isSame ? 'on' : 'changed', hidden }
}

const factsOf = (subject: Subject, act: 'agree' | 'takeBack'): AccessFacts => ({
  holder: subject.key,
  clock: 'provision',
  act: `services.${act}`,
  purpose: 'fittingServices',
  basis: 'holder',
  fields: [],
  outcome: 'granted',
  role: 'holder',
})

/**
 * Agrees. @param digest of the words as they were shown
 * @throws GatewayError `CONSENT_WORDING_CHANGED`; `GUARDIAN_REQUIRED` for a child; `ASSURANCE_TOO_LOW`
 */
export async function agreeToServices(digest: string, actor: Actor, deps: Deps): Promise<void> {
  const subject = await subjectIn(actor, deps)
  if (isChild(subject.holder.idDocument, deps.now())) throw new GatewayError('GUARDIAN_REQUIRED', {})
  const wording = WORDINGS[audienceOf(subject)]
  if (digest !== wording.digest) throw new GatewayError('CONSENT_WORDING_CHANGED', { digest: wording.digest })
  await deps.store.serviceChoices.agree(
    {
      personId: subject.id,
      wording: wording.version,
      wordingDigest: wording.digest,
      givenBy: subject.principal.personId,
      givenAt: deps.now(),
    },
    accessRow(factsOf(subject, 'agree'), actor, deps),
  )
}

/** Switches all of it off: from now on nothing is read for it. */
export async function endServices(actor: Actor, deps: Deps): Promise<void> {
  const subject = await subjectIn(actor, deps)
  const access = accessRow(factsOf(subject, 'takeBack'), actor, deps)
  await deps.store.serviceChoices.withdraw(subject.id, deps.now(), access)
}

/**
 * Switches one rule or one service off or on again.
 * @throws GatewayError `PARAMETER_INVALID` for what the rules do not name
 */
export async function hideService(key: string, isHidden: boolean, actor: Actor, deps: Deps): Promise<void> {
  if (!isKey(key)) throw new GatewayError('PARAMETER_INVALID', { parameter: 'key' })
  const { id } = await subjectIn(actor, deps)
  await deps.store.serviceChoices.hide(id, key, isHidden)
}
