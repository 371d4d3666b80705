/** What a consent would be about: checked, and put into words. */
import { LIMITS } from '../../config.ts'
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import { ConsentRequest, type ReleasePurpose } from '../../schemas/consent.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { validator } from '../../schemas/validate.ts'
import type { ConsentRow, HoldingKind } from '../../store/index.ts'
import { recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { refusalOf, type Subject, subjectIn, whyNotLook } from '../holdings/holder.ts'
import { holdingWords } from '../holdings/words.ts'
import { newId } from '../ids.ts'
import { isChild } from './ages.ts'
import { receiverNames, requireReceiver } from './receivers.ts'
import { type Wording, wordingOf } from './wording.ts'

const check = validator(ConsentRequest)

/** A consent before it is given. */
export interface Terms {
  readonly subject: Subject
  readonly kind: HoldingKind
  readonly items: readonly string[]
  readonly purpose: ReleasePurpose
  readonly matterId: string
  readonly receiver: string
  readonly until: Date
  readonly wording: Wording
  /** The person is below fourteen. */
  readonly needsGuardian: boolean
}

/** Reads a request. @throws GatewayError `BODY_INVALID` */
export function readConsentRequest(content: unknown): ConsentRequest {
  const errors = check(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'consent' }, { errors })
  // The schema has just been checked.
  return content as ConsentRequest
}

/** Midnight in a week: the same words and the same digest for the whole of a day. */
export function inAWeek(now: Date): Date {
  const today = formatInstant(now).slice(0, 10)
  return new Date(Date.parse(`${today}T00:00:00+08:00`) + 8 * 86_400_000)
}

/**
 * @throws GatewayError `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW`, `AUDIENCE_MISMATCH`; `PHOTO_NOT_FOUND`, `LICENCE_NOT_FOUND` for what is not the person's own;
 * `MATTER_NOT_FOUND`, `RECEIVER_UNFIT`; `BODY_INVALID` for an end that is over or too far
 */
export async function termsOf(
  asked: Omit<ConsentRequest, 'until' | 'digest'> & { readonly until: Date },
  actor: Actor,
  deps: Deps,
): Promise<Terms> {
  const subject = await subjectIn(actor, deps)
  const { kind, purpose, matter: matterId, receiver, until } = asked
  const now = deps.now()
  const errors = untilFaults(until, now)
  if (errors.length > 0) throw new GatewayError('BODY_INVALID', { message: 'consent' }, { errors })
  requireReceiver(receiver, kind, deps)
  const matter = await deps.catalogue.current(matterId)
  if (!matter) throw new GatewayError('MATTER_NOT_FOUND', { matter: matterId })
  const rows = await deps.store.holdings.readSome(subject.id, asked.items)
  const own = asked.items.map((id) => rows.find((row) => row.id === id && row.kind === kind))
  const items = own.flatMap((row) => (row ? [row] : []))
  const [refused] = own.flatMap((row) => whyNotLook(row, kind, actor) ?? [])
  if (refused) {
    const attempt = { act: `${kind}s.grant`, matter: matterId, purpose, outcome: refused }
    await recordAccess(refusalOf(attempt, subject), actor, deps)
    throw new GatewayError(refused)
  }
  const needsGuardian = isChild(subject.holder.idDocument, now)
  return {
    subject,
    kind,
    items: asked.items,
    purpose,
    matterId,
    receiver,
    until,
    needsGuardian,
    wording: wordingOf(kind, {
      items: items.map((row) => holdingWords(row, deps.sealing)),
      ids: asked.items,
      receiver: receiverNames(receiver, deps),
      matter: matter.matter.name.zh,
      purpose,
      until,
      ...(needsGuardian ? { child: subject.holder.name } : {}),
    }),
  }
}

function untilFaults(until: Date, now: Date): FieldError[] {
  if (until <= now) return [fault('/until', 'RANGE', '应晚于现在', 'It must end after now')]
  if (until.getTime() > now.getTime() + LIMITS.consentDays * 86_400_000)
    return [
      fault(
        '/until',
        'RANGE',
        `最长 ${LIMITS.consentDays} 天`,
        `It may hold for ${LIMITS.consentDays} days at most`,
      ),
    ]
  return []
}

/** The row of a consent that its own person gives now. */
export function consentRow(terms: Terms, actor: Actor, { now }: Pick<Deps, 'now'>): ConsentRow {
  const at = now()
  const { subject, kind, items, purpose, matterId, receiver, wording, until } = terms
  return {
    personId: subject.id,
    id: newId('cst', at),
    giverId: subject.id,
    kind,
    items,
    purpose,
    matterId,
    receiver,
    wording: wording.version,
    wordingDigest: wording.digest,
    via: actor.clientId,
    createdAt: at,
    givenAt: at,
    until,
    withdrawnAt: null,
    guardianKey: null,
    guardianUntil: null,
  }
}
