/** What the photos and the licences of a person have in common: who is asked for, under which number, and files inside JSON. */
import type { Audit } from '../kit/contract.ts'
import { answersOf } from '../kit/told.ts'
import { sha256 } from './handle.ts'

/** Case numbers as Zhejiang's audit takes them (`bizNo`, `project_no`). */
const CASE_NUMBER = /^[A-Za-z0-9-]{6,50}$/

/**
 * The number for Zhejiang's audit: that of the case, where it has the form that is taken, else the gateway's own. It depends on the audit
 * alone, since a photo is fetched under the number of the query that named it.
 */
export const auditNumber = ({ case: filed, number }: Audit): string =>
  filed !== undefined && CASE_NUMBER.test(filed.caseNumber) ? filed.caseNumber : number

export const { invalid, readAt, countAt, checkHolder } = answersOf('zhejiang')

/**
 * The bytes of a file that stands in JSON. Node passes over the line breaks that Zhejiang may put into its Base64 (trap 14), and over
 * anything else that is none; the digest tells whether these are the bytes that were meant.
 * @throws GatewayError `REGION_ANSWER_INVALID`
 */
export function bytesOf(base64: string, digest: string, operation: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (digest.toLowerCase() !== sha256(bytes)) throw invalid(operation, 'digest')
  if (bytes.length === 0) throw invalid(operation, 'empty')
  return bytes
}
