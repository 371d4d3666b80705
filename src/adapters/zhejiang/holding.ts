/** What the photos and the licences of a person have in common: who is asked for, under which number, and files inside JSON. */
import { GatewayError } from '../../errors.ts'
import { matchText } from '../../schemas/identifiers/match.ts'
import type { Alarms } from '../kit/codes.ts'
import type { Audit, Holder, RawStatus } from '../kit/contract.ts'
import { answerInvalid } from '../kit/log-in.ts'
import { sha256 } from './handle.ts'

/** Case numbers as Zhejiang's audit takes them (`bizNo`, `project_no`). */
const CASE_NUMBER = /^[A-Za-z0-9-]{6,50}$/

/**
 * The number for Zhejiang's audit: that of the case, where it has the form that is taken, else the gateway's own. It depends on the audit
 * alone, since a photo is fetched under the number of the query that named it.
 */
export const auditNumber = ({ case: filed, number }: Audit): string =>
  filed !== undefined && CASE_NUMBER.test(filed.caseNumber) ? filed.caseNumber : number

/** A REGION_ANSWER_INVALID of Zhejiang's: operation and what was wrong, never what stood there. */
export const invalid = (operation: string, reason: string, member?: string): GatewayError =>
  answerInvalid('zhejiang', operation, reason, member === undefined ? {} : { member })

/** Reads a member whose codec may find it unreadable. @throws GatewayError `REGION_ANSWER_INVALID` naming the member */
export function readAt<T>(operation: string, member: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'FIELD_UNREADABLE')
      throw invalid(operation, 'unreadable', member)
    throw error
  }
}

/** A code in canonical words. One that no table knows is `unknown` and alarmed; one that was not told is `unknown` too. */
export function wordOf<Word extends string>(
  table: { readonly name: string; readonly find: (code: string) => Word | undefined },
  code: string,
  alarms: Alarms,
): Word | 'unknown' {
  const word = table.find(code)
  if (word === undefined && code !== '') alarms.push({ table: table.name, code: code.slice(0, 40) })
  return word ?? 'unknown'
}

/** A code as it came, with the contract's name for it. */
export const rawOf = (labels: Readonly<Record<string, string>>, code: string): RawStatus => ({
  code,
  label: (Object.hasOwn(labels, code) ? labels[code] : undefined) ?? '',
})

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

/** Dots between the parts of a name (阿不都·热依木) are typed in many ways. */
const DOTS = /[·•‧・．.]/g

/** A name without what keyboards differ in: width, blanks, kinds of dots, capitals. */
const plainName = (name: string): string =>
  name.normalize('NFKC').replaceAll(/\s/g, '').replaceAll(DOTS, '·').toUpperCase()

/**
 * Looks whether an answer is about the holder who was asked for.
 * @throws GatewayError `REGION_ANSWER_INVALID` for another number, `HOLDER_MISMATCH` for another name under the same number
 */
export function checkHolder(
  told: { readonly name: string; readonly number: string },
  { name, idDocument }: Holder,
  operation: string,
): void {
  if (matchText({ ...idDocument, number: told.number }) !== matchText(idDocument))
    throw invalid(operation, 'another holder')
  if (plainName(told.name) !== plainName(name))
    throw new GatewayError('HOLDER_MISMATCH', { region: 'zhejiang', operation })
}
