/** The audit members (contract 4.6, documented): why somebody looks at a licence or a photo. */
import { atMost } from '../kit/codecs.ts'
import type { Audit } from '../kit/contract.ts'

/** Case numbers with and without the letters of Delta cases; the digits alone are the `businessCode`. A first 9 is the gateway's own. */
const CASE_NUMBER = /^(?:CSJ)?([0-8]\d{14})$/
const ITEM_CODE = /^\d{12}$/

/** What is sent with every question for a licence or a photo. */
export interface AuditMembers {
  readonly orgName: string
  readonly username: string
  readonly itemName: string
  readonly itemCode: string
  readonly businessCode: string
}

/**
 * A case of Shanghai's stands under its own number and matter. A case of another region, a look without a case, and a case that has no
 * number of Shanghai's form stand under the gateway's own number and the matter that Shanghai keeps for them. The members depend on the
 * audit alone: a photo is fetched under the `businessCode` of the question that named it.
 */
export function auditMembers(
  { number, case: filed, matterName, actor }: Audit,
  options: { readonly orgName: string; readonly foreignAuditItemCode: string },
): AuditMembers {
  const digits = filed?.region === 'shanghai' ? CASE_NUMBER.exec(filed.caseNumber)?.[1] : undefined
  const own = digits !== undefined && filed !== undefined && ITEM_CODE.test(filed.matterCode)
  return {
    orgName: options.orgName,
    username: atMost(actor, 50),
    itemName: atMost(matterName, 200),
    itemCode: own ? filed.matterCode : options.foreignAuditItemCode,
    businessCode: own ? digits : number,
  }
}
