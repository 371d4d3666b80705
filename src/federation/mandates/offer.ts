/** Offers a mandate: whoever is given its code may accept it. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Mandate } from '../../schemas/mandate.ts'
import type { MandateRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { loaNeeded } from '../identity/assurance.ts'
import { serves } from '../identity/audience.ts'
import { subjectOf } from '../identity/identify.ts'
import { digestOf, newSecret } from '../identity/log-in.ts'
import { personOf, requireLoa } from '../identity/principal.ts'
import { newId } from '../ids.ts'
import { presentMandate } from './present.ts'
import { readTerms, type Terms } from './terms.ts'

/** An offer with its secret, which is told once and kept nowhere. */
export interface Offered {
  readonly mandate: Mandate
  readonly code: string
  /** The page that accepts it, for a message or a QR code. */
  readonly link: string
  /** RFC 3339. */
  readonly expiresAt: string
}

/**
 * Offers what the person behind the request, or the firm for which they are logged in, lets another do.
 * @param content a `MandateOffer`
 * @throws GatewayError `PERSON_REQUIRED`, `BODY_INVALID`, `AUDIENCE_MISMATCH` for a region that the token does not serve,
 * `ASSURANCE_TOO_LOW` for one where the giver could not file himself, `MANDATES_TOO_MANY`
 */
export async function offerMandate(
  content: unknown,
  { dryRun }: { readonly dryRun: boolean },
  actor: Actor,
  deps: Deps,
): Promise<Offered> {
  const principal = personOf(actor)
  const terms = await readTerms(content, deps)
  for (const region of terms.regions) {
    if (!serves(actor.audience, { region })) throw new GatewayError('AUDIENCE_MISMATCH', { region })
    requireLoa(principal, loaNeeded(region))
  }
  const giverId = subjectOf(principal)
  const open = await deps.store.mandates.countOf(giverId, deps.now())
  if (open >= LIMITS.mandatesOfOne)
    throw new GatewayError('MANDATES_TOO_MANY', { limit: LIMITS.mandatesOfOne })
  const code = newSecret()
  const row = rowOf(terms, { giverId, signerId: principal.personId }, code, deps)
  if (!dryRun) await deps.store.mandates.add(row)
  return {
    mandate: await presentMandate(row, 'giver', deps),
    code,
    link: `${deps.publicUrl}/me/mandates/accept?code=${code}`,
    expiresAt: formatInstant(row.offerUntil),
  }
}

function rowOf(
  { matters, regions, from, until, receiver }: Terms,
  { giverId, signerId }: Pick<MandateRow, 'giverId' | 'signerId'>,
  code: string,
  { sealing, now }: Deps,
): MandateRow {
  const createdAt = now()
  const week = createdAt.getTime() + LIMITS.mandateOfferMs
  return {
    id: newId('mdt', createdAt),
    giverId,
    signerId,
    receiverId: null,
    addresseeKey: receiver ? sealing.identity(receiver.idDocument) : null,
    offerKey: digestOf(code),
    offerUntil: new Date(Math.min(week, until.getTime())),
    matters,
    regions,
    validFrom: from,
    validUntil: until,
    createdAt,
    acceptedAt: null,
    declinedAt: null,
    revokedAt: null,
  }
}
