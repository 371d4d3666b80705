/** Whether a mandate lets a person do something for another. */
import { fault, GatewayError, type ProblemCode } from '../../errors.ts'
import type { IdDocument } from '../../schemas/application.ts'
import { EVERY_MATTER } from '../../schemas/mandate.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { MandateRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { contentOf } from '../identity/persons.ts'
import type { Principal } from '../identity/principal.ts'
import { stateOf } from './states.ts'

/** What is to be done, for whom and by whom. */
export interface Errand {
  /** The document of whoever is acted for. */
  readonly giver: IdDocument
  /** The person who acts. */
  readonly receiver: Pick<Principal, 'personId'>
  readonly matter: Pick<Matter, 'id' | 'baseCode'>
  readonly region: RegionId
  readonly at: Date
}

const refused = (code: ProblemCode, mandate: string, pointer: string, zh: string, en: string) =>
  new GatewayError(code, code === 'MANDATE_NOT_FOUND' ? {} : { mandate }, {
    errors: [fault(pointer, code, zh, en)],
  })

/**
 * The mandate that covers an errand. Whoever stores the errand looks again in the same transaction: this look may be outrun.
 * @throws GatewayError `MANDATE_NOT_FOUND` when the person has accepted no such mandate, `MANDATE_OVER`, `MANDATE_NOT_COVERING`;
 * each points into the application
 */
export async function coveringMandate(errand: Errand, mandateId: string, deps: Deps): Promise<MandateRow> {
  const row = await deps.store.mandates.read(mandateId)
  // Another person's mandate is not told apart from none.
  if (!row || row.receiverId !== errand.receiver.personId)
    throw refused(
      'MANDATE_NOT_FOUND',
      mandateId,
      '/agent/mandate',
      '您没有接受过这项授权',
      'You have accepted no such mandate',
    )
  if (deps.endings.has('mandate', row.id) || stateOf(row, errand.at) !== 'active')
    throw refused(
      'MANDATE_OVER',
      row.id,
      '/agent/mandate',
      '这项授权未生效或已经结束',
      'This mandate has ended, or has not begun',
    )
  await checkCovers(row, errand, deps)
  return row
}

/** Whether a mandate names a matter: by its id, by the base code that it has in all regions, or with every other. */
export const coversMatter = ({ matters }: Pick<MandateRow, 'matters'>, matter: Errand['matter']): boolean =>
  matters.some((one) => one === EVERY_MATTER || one === matter.id || one === matter.baseCode)

async function checkCovers(row: MandateRow, { giver, matter, region }: Errand, deps: Deps): Promise<void> {
  const { idDocument } = await contentOf(row.giverId, deps)
  const not = (pointer: string, zh: string, en: string) =>
    refused('MANDATE_NOT_COVERING', row.id, pointer, zh, en)
  if (deps.sealing.identity(idDocument) !== deps.sealing.identity(giver))
    throw not(
      '/applicant/idDocument/number',
      '这项授权不是该申请人给的',
      'It was not given by this applicant',
    )
  if (!row.regions.includes(region))
    throw not('/division', '这项授权不包括该地区', 'It does not reach this region')
  if (!coversMatter(row, matter)) throw not('/matter', '这项授权不包括该事项', 'It does not name this matter')
}
