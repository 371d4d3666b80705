/** What Jiangsu's photos and licences have in common: who can be asked for, under which number, times, and files inside JSON. */
import { Type } from 'typebox'
import { GatewayError } from '../../errors.ts'
import { residentId } from '../../schemas/identifiers/resident-id.ts'
import { uscc } from '../../schemas/identifiers/uscc.ts'
import { dayAt, formatWallClock } from '../kit/clock.ts'
import type { Audit, Holder } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { answersOf, type Member } from '../kit/told.ts'

/** A member that is a JSON number or a string of its digits (1.6, num/str). */
export const NUMERIC = Type.Union([Type.Number(), Type.String({ maxLength: 20 })])
/** The same, where nothing may be told. */
export const MAYBE_NUMERIC = Type.Optional(
  Type.Union([Type.Number(), Type.String({ maxLength: 20 }), Type.Null()]),
)

const CASE_NUMBER_LENGTH = 50

/** Code points, which the contract counts (section 4). */
export const lengthOf = (text: string): number => [...text].length

/**
 * `ywh`, 业务号 for Jiangsu's audit: the number of the case, whichever region gave it, else the gateway's own of this look. It depends on
 * the audit alone, since a photo is fetched under the number of the query that named it.
 */
export function businessNumber({ case: filed, number }: Audit): string {
  const told = filed?.caseNumber ?? ''
  return told !== '' && lengthOf(told) <= CASE_NUMBER_LENGTH ? told : number
}

/** A citizen number as the platform takes it: eighteen characters, a real date, the right check character. */
export const isCitizenNumber = ({ idDocument: { type, number } }: Holder): boolean =>
  type === '111' && number.length === 18 && residentId.validate(number).ok

/** Whether the licence service takes a holder's number (4.g); it refuses any other form, and nobody can hold it. */
export function isTakenNumber(holder: Holder): boolean {
  const { type, number } = holder.idDocument
  if (type === '111') return isCitizenNumber(holder)
  return type === '001' ? uscc.validate(number).ok : number !== '' && lengthOf(number) <= 30
}

export const { invalid, readAt, countAt } = answersOf('jiangsu')

/**
 * Epoch milliseconds (1.3). The contract says thirteen digits; twelve are taken too, since a number has no leading zero and what was
 * issued before September 2001 has no thirteenth digit. Ten would be seconds. @throws GatewayError `FIELD_UNREADABLE`
 */
export function millis(told: Member): number {
  const digits = String(told)
  if (!/^\d{12,13}$/.test(digits)) throw new GatewayError('FIELD_UNREADABLE')
  return Number(digits)
}

/** The day of epoch milliseconds; nothing for what is not told. @throws GatewayError `FIELD_UNREADABLE` */
export const dayOf = (told: Member): string | undefined =>
  isAbsent(told) ? undefined : dayAt(new Date(millis(told)))

/** RFC 3339 of epoch milliseconds, to the second; nothing for what is not told. @throws GatewayError `FIELD_UNREADABLE` */
export const instantOf = (told: Member): string | undefined =>
  isAbsent(told) ? undefined : `${formatWallClock(new Date(millis(told))).replace(' ', 'T')}+08:00`

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/**
 * The bytes of a file that stands in JSON, with or without line breaks (trap 14). Node passes over what is no Base64, and a licence has
 * no digest that would tell, so that anything else is refused. @throws GatewayError `REGION_ANSWER_INVALID`
 */
export function bytesOf(told: string, operation: string, member: string): Buffer {
  const base64 = told.replaceAll(/\s+/g, '')
  if (base64.length % 4 !== 0 || !BASE64.test(base64)) throw invalid(operation, 'no Base64', member)
  return Buffer.from(base64, 'base64')
}
