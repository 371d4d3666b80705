/**
 * Ten digits for a counter without a camera: nine of chance and a check digit (ISO/IEC 7064, MOD 11,10), which finds every single
 * wrong digit and nearly every swap of neighbours before anything is looked up.
 */
import { randomInt } from 'node:crypto'

const DIGITS = 10

/** The digit that makes the whole right. @param digits what stands before it */
export function checkDigit(digits: string): string {
  let product = 10
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}

/** New digits. They are guessed once in a thousand million times. */
export function newTypedCode(): string {
  const digits = String(randomInt(10 ** (DIGITS - 1))).padStart(DIGITS - 1, '0')
  return digits + checkDigit(digits)
}

/** In groups, as they are shown: `123 456 7890`. */
export const inGroups = (digits: string): string =>
  `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`

/** Whether somebody typed digits, however grouped, rather than scanned a token. */
export const looksTyped = (text: string): boolean => /^[\d\s-]*$/.test(text.normalize('NFKC'))

/** The digits that somebody typed, in any width and grouping; `undefined` when they cannot be a code's. */
export function readTypedCode(text: string): string | undefined {
  const digits = text.normalize('NFKC').replaceAll(/[\s-]/g, '')
  const isRight = /^\d{10}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.at(-1)
  return isRight ? digits : undefined
}
