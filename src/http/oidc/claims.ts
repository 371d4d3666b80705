/** What an access token says of a person: a subject of the client's own, who acts, how well assured, and for which place. */
import type { Audience } from '../../federation/identity/audience.ts'
import { audienceName } from '../../federation/identity/audience.ts'
import { subjectOf } from '../../federation/identity/identify.ts'
import type { Principal } from '../../federation/identity/principal.ts'
import type { Sealing } from '../../federation/sealing.ts'

/** Who acts for the subject, the latest outermost (RFC 8693, 4.1). */
export interface Act {
  readonly sub: string
  readonly act?: Act
}

/** Claims about a person. `who` is sealed for the gateway: nobody else can tell from two tokens that they are one person's. */
export interface PersonClaims {
  readonly sub: string
  readonly loa: number
  readonly region: string
  readonly who: string
  readonly act?: Act
}

/** Chains are cut nowhere and refused when they are longer. */
export const MOST_ACTORS = 6

/** The sector in which a client knows a person: one for itself, and one for each place that its tokens are narrowed to. */
export const sectorOf = (clientId: string, audience: Audience | undefined): string =>
  audience ? `${clientId}@${audienceName(audience)}` : clientId

/** Puts links before a chain: `linked(['b', 'a'], c)` is b, who acts for what a did, who acts for c. */
export function linked(subjects: readonly string[], chain: Act | undefined): Act | undefined {
  return subjects.reduceRight<Act | undefined>((act, sub) => (act ? { sub, act } : { sub }), chain)
}

/** How many act in a chain. */
export const lengthOf = (act: Act | undefined): number => (act ? 1 + lengthOf(act.act) : 0)

/** @param acting who acts beside the agent of a firm: the latest first */
export function personClaims(
  principal: Principal,
  sector: string,
  acting: readonly string[],
  before: Act | undefined,
  { seal, subject }: Pick<Sealing, 'seal' | 'subject'>,
): PersonClaims {
  const { personId, organisationId, authenticationId, grantId, loa, region } = principal
  // Whoever sits there for a firm acts for it.
  const agent = organisationId === null ? [] : [subject(sector, personId)]
  const act = before ? linked(acting, before) : linked([...acting, ...agent], undefined)
  return {
    sub: subject(sector, subjectOf(principal)),
    loa,
    region,
    who: seal({
      personId,
      organisationId,
      ...(authenticationId ? { authenticationId } : {}),
      ...(grantId ? { grantId } : {}),
    }).toString('base64url'),
    ...(act ? { act } : {}),
  }
}
