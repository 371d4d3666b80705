/** Who may file for whom: everybody for themselves, and for another with a mandate. */
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import type { Application, IdDocument } from '../../schemas/application.ts'
import type { Loa } from '../../schemas/common.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { Actor, Deps } from '../deps.ts'
import { loaNeeded } from '../identity/assurance.ts'
import { contentOf } from '../identity/persons.ts'
import { type Principal, requireLoa, subjectContent } from '../identity/principal.ts'
import { coveringMandate } from '../mandates/covering.ts'

/** Whether two documents are one, as persons are matched. */
const isSame = (one: IdDocument, other: IdDocument, { sealing }: Deps): boolean =>
  sealing.identity(one) === sealing.identity(other)

/** What a matter needs: its own level, and never less than its region asks for. */
const levelOf = ({ loa }: Matter, region: RegionId): Loa => Math.max(loa, loaNeeded(region)) as Loa

/**
 * The authority of a request to file this application. A client that calls for itself answers for whom it files.
 * @returns the mandate on which it stands; `null` where none is needed
 * @throws GatewayError `ASSURANCE_TOO_LOW`, `APPLICANT_NOT_SELF`, and what `coveringMandate` throws; with pointers into the application
 */
export async function authorityToFile(
  application: Application,
  matter: Matter & { readonly region: RegionId },
  { principal }: Actor,
  deps: Deps,
): Promise<string | null> {
  if (!principal) return null
  requireLoa(principal, levelOf(matter, matter.region))
  const { idDocument: own } = await subjectContent(principal, deps)
  const { applicant } = application
  if (isSame(own, applicant.idDocument, deps)) return null
  const mandate = await mandateNamed(application, principal, deps)
  const errand = {
    giver: applicant.idDocument,
    receiver: principal,
    matter,
    region: matter.region,
    at: deps.now(),
  }
  return (await coveringMandate(errand, mandate, deps)).id
}

/** The mandate that an agent names who is the person behind the request. @throws GatewayError `APPLICANT_NOT_SELF` */
async function mandateNamed({ agent }: Application, { personId }: Principal, deps: Deps): Promise<string> {
  const { idDocument: person } = await contentOf(personId, deps)
  if (!agent || !isSame(person, agent.idDocument, deps))
    throw notSelf(
      fault(
        '/applicant/idDocument/number',
        'APPLICANT_NOT_SELF',
        '与令牌背后的人不是同一证件',
        'It is not the document of the person behind the token',
      ),
      fault(
        agent ? '/agent/idDocument/number' : '/agent',
        'APPLICANT_NOT_SELF',
        '代他人办理时, 经办人应为令牌背后的人',
        'To act for another, the agent must be the person behind the token',
      ),
    )
  if (!agent.mandate)
    throw notSelf(
      fault(
        '/agent/mandate',
        'MISSING',
        '代他人办理须写明已接受的授权',
        'To act for another, name the mandate that you accepted',
      ),
    )
  return agent.mandate
}

const notSelf = (...errors: readonly FieldError[]) => new GatewayError('APPLICANT_NOT_SELF', {}, { errors })
