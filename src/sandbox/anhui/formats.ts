import { isCreditCode, isResidentId } from './check-digits.ts'

/** A test of one value. */
export type Fits = (value: string) => boolean

/** Length in Unicode code points (contract section 1). */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** At most so many code points. */
export const upTo =
  (max: number): Fits =>
  (value) =>
    lengthOf(value) <= max

/** Decimal digits, so many of them. */
export const digits =
  (min: number, max: number): Fits =>
  (value) =>
    value.length >= min && value.length <= max && /^\d+$/.test(value)

/** One of the given texts. */
export const oneOf =
  (...allowed: readonly string[]): Fits =>
  (value) =>
    allowed.includes(value)

/** 32 lower-case hexadecimal digits. */
export const isHex32: Fits = (value) => /^[0-9a-f]{32}$/.test(value)

/** The phone rule of contract 4b: a mobile number, or a fixed line with its dialling code. */
export const isPhone: Fits = (value) => /^(1\d{10}|0\d{2,3}-?\d{7,8})$/.test(value)

/** A positive whole number in digits without a leading zero, up to `max`. */
export const countUpTo =
  (max: number): Fits =>
  (value) =>
    /^[1-9]\d{0,9}$/.test(value) && Number(value) <= max

/** The certificate types of contract 5.2; `60` is the only one for legal persons. */
export const PERSON_CARDS: readonly string[] = ['10', '20', '30', '40', '50', '99']
export const LEGAL_CARD = '60'

/** The number rule of a certificate type (contract 4b, `APPLY_CARDNUMBER`). */
export function isCardNumber(type: string, value: string): boolean {
  if (type === '10') return isResidentId(value)
  if (type === LEGAL_CARD) return isCreditCode(value)
  return value !== '' && lengthOf(value) <= 30
}

/** A text that holds a JSON object. */
export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** An http or https address of at most 500 characters whose path ends in the contract's callback path. */
export function isCallbackUrl(text: string): boolean {
  if (lengthOf(text) > 500 || text.includes('#') || !URL.canParse(text)) return false
  const { protocol, pathname } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && pathname.endsWith('/ah/callback/apas')
}
