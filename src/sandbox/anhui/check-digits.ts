/** Check characters, written for this region alone so that it judges what it is sent by its own arithmetic. */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'
const USCC_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const LICENCE_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Whether the text is a GB 11643 number: 18 characters, capital `X`. The birth date is not checked (contract 4b). */
export function isResidentId(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = ID_WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0)
  return ID_CHECKS[sum % 11] === text[17]
}

/** The check character of a unified social credit code by its first seventeen characters (GB 32100). */
export function creditCodeCheck(first17: string): string {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    sum += USCC_CHARACTERS.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return USCC_CHARACTERS[(31 - (sum % 31)) % 31] ?? ''
}

/** Whether the text is a unified social credit code with the right check character (GB 32100). */
export function isCreditCode(text: string): boolean {
  return /^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(text) && creditCodeCheck(text.slice(0, 17)) === text[17]
}

/** The check character of a licence identifier: ISO 7064 MOD 37,36 over its parts without the dots. */
export function licenceCheck(parts: string): string {
  let product = 36
  for (const character of parts) {
    const sum = (product + LICENCE_CHARACTERS.indexOf(character)) % 36 || 36
    product = (sum * 2) % 37
  }
  return LICENCE_CHARACTERS[(37 - product) % 36] ?? ''
}
