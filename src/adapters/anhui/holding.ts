/** What Anhui's photos and licences have in common: who is asked for, whose an answer is, codes, and files inside JSON. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { residentCheck, residentId } from '../../schemas/identifiers/resident-id.ts'
import { uscc } from '../../schemas/identifiers/uscc.ts'
import type { Holder } from '../kit/contract.ts'
import { answersOf } from '../kit/told.ts'

/** A holder as Anhui knows one: by number and name, without a type. */
export interface Owner {
  readonly number: string
  readonly name: string
}

/** Certificate numbers by the rule of 4b: 18 characters with the right check; the date of birth is not looked at. */
const isResidentId = (number: string): boolean =>
  /^\d{17}[\dX]$/.test(number) && residentCheck(number) === number[17]

/**
 * The holder in Anhui's words, and `undefined` for one of whom it can hold nothing: a number without its right check. No type is
 * sent with a number, so that one of another type which reads as an identity number or a credit code would be taken for somebody else's.
 */
export function ownerOf({ name, idDocument: { type, number } }: Holder): Owner | undefined {
  if (type === '111') {
    const modern = /^\d{15}$/.test(number) ? residentId.modern(number) : number.toUpperCase()
    return isResidentId(modern) ? { number: modern, name } : undefined
  }
  if (type === '001') {
    const code = number.toUpperCase()
    return uscc.validate(code).ok ? { number: code, name } : undefined
  }
  const capitals = number.toUpperCase()
  const isForeign = residentId.validate(capitals).ok || uscc.validate(capitals).ok
  return isForeign || number === '' || [...number].length > 30 ? undefined : { number, name }
}

export const { invalid, readAt, countAt, checkHolder } = answersOf('anhui')

/** Anhui knows the number under another name. */
export const mismatch = (operation: string): GatewayError =>
  new GatewayError('HOLDER_MISMATCH', { region: 'anhui', operation })

/** Refusals of the services behind the front (5.10), which have the same codes as HTTP has. */
const REFUSALS = { '401': 'REGION_AUTH', '403': 'REGION_REJECTED', '404': 'REGION_REJECTED' } as const

/** Whether a call was refused with this `flag`. */
export const isRefusal = (error: unknown, flag: keyof typeof REFUSALS): error is GatewayError =>
  error instanceof GatewayError && error.code === REFUSALS[flag] && error.facts['code'] === flag

/** Lower-case hex of SM3. */
export const sm3 = (bytes: Buffer): string => createHash('sm3').update(bytes).digest('hex')

/**
 * The bytes of a file that stands in JSON. Node passes over line breaks in Base64, and over anything else that is none; the digest
 * tells whether these are the bytes that were meant.
 * @throws GatewayError `REGION_ANSWER_INVALID`
 */
export function bytesOf(base64: string, digest: string, operation: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (digest.toLowerCase() !== sm3(bytes)) throw invalid(operation, 'digest')
  if (bytes.length === 0) throw invalid(operation, 'empty')
  return bytes
}
