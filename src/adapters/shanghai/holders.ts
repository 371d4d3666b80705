/** Who is asked for in questions for photos and licences, and whether an answer is about them (contract 4.6, 4.2). */
import { residentId } from '../../schemas/identifiers/resident-id.ts'
import { uscc } from '../../schemas/identifiers/uscc.ts'
import type { Holder } from '../kit/contract.ts'
import { answersOf } from '../kit/told.ts'
import { certType } from './codes.ts'

/** A holder as Shanghai names one: a word for the document, and its number. */
export interface HolderMembers {
  readonly holderType: string
  readonly holderCode: string
}

/** A resident's number as Shanghai takes it: eighteen characters, a capital X; `undefined` for any other document or a wrong number. */
export function residentAsked({ idDocument }: Holder): HolderMembers | undefined {
  if (idDocument.type !== '111') return undefined
  const compact = residentId.compact(idDocument.number)
  const holderCode = compact.length === 15 ? residentId.modern(compact) : compact
  return residentId.validate(holderCode).ok ? { holderType: certType.codeOf('111'), holderCode } : undefined
}

/** An organisation's credit code; `undefined` for any other document or a wrong code. */
function organisationAsked({ idDocument }: Holder): HolderMembers | undefined {
  if (idDocument.type !== '001') return undefined
  const holderCode = uscc.compact(idDocument.number)
  return uscc.validate(holderCode).ok ? { holderType: certType.codeOf('001'), holderCode } : undefined
}

/** Shanghai keeps licences under these two numbers alone; under no other, and under none that cannot be right, it has any. */
export const holderAsked = (holder: Holder): HolderMembers | undefined =>
  residentAsked(holder) ?? organisationAsked(holder)

const { invalid, checkHolder } = answersOf('shanghai')

/**
 * The holder as the answer writes the name.
 * @throws GatewayError `REGION_ANSWER_INVALID` for another document, `HOLDER_MISMATCH` for another name under the same number
 */
export function sameHolder(
  told: HolderMembers & { readonly holderName: string },
  asked: Holder,
  operation: string,
): Holder {
  const type = certType.find(told.holderType)
  if (type !== asked.idDocument.type) throw invalid(operation, 'another holder')
  checkHolder({ name: told.holderName, number: told.holderCode }, asked, operation)
  return { name: told.holderName, idDocument: asked.idDocument }
}
