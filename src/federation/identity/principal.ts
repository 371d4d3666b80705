/** The person behind a token: who is applied for, who sits there, and how well that is assured. */
import { GatewayError } from '../../errors.ts'
import type { Loa } from '../../schemas/common.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { AuthenticationRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { acrOf } from './assurance.ts'
import { subjectOf } from './identify.ts'
import { contentOf, type PersonContent } from './persons.ts'

export interface Principal {
  /** The natural person who logged in. */
  readonly personId: string
  /** The firm for which they act. */
  readonly organisationId: string | null
  readonly loa: Loa
  /** The region with which they logged in. */
  readonly region: RegionId
  /** The log-in that the token or session stands on. */
  readonly authenticationId?: string
  /** What the person agreed to at a client: a token that came of it ends with it. */
  readonly grantId?: string
}

/** The person of a log-in. */
export const principalOf = ({
  id,
  personId,
  organisationId,
  loa,
  region,
}: AuthenticationRow): Principal & { readonly authenticationId: string } => ({
  personId,
  organisationId,
  loa,
  region,
  authenticationId: id,
})

/** The person of a request. @throws GatewayError `PERSON_REQUIRED` for a client that calls for itself */
export function personOf(actor: Actor): Principal {
  if (!actor.principal) throw new GatewayError('PERSON_REQUIRED')
  return actor.principal
}

/** Name and document of whoever is applied for. */
export const subjectContent = (principal: Principal, deps: Deps): Promise<PersonContent> =>
  contentOf(subjectOf(principal), deps)

/** @throws GatewayError `ASSURANCE_TOO_LOW` with the class to log in again with (RFC 9470) */
export function requireLoa(principal: Principal, needed: Loa): void {
  if (principal.loa < needed)
    throw new GatewayError('ASSURANCE_TOO_LOW', { loa: principal.loa, needed, acr: acrOf(needed) })
}
