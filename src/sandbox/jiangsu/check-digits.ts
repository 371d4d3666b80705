/** Check characters, written for this region alone so that it judges what it is sent by its own arithmetic. */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'
const USCC_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGAN_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORGAN_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

function isRealDay(text: string): boolean {
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}

/** GB 11643: eighteen characters, a real date, the check digit, capital `X`. */
export function isResidentId(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text) || !isRealDay(text.slice(6, 14))) return false
  const sum = ID_WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0)
  return ID_CHECKS[sum % 11] === text[17]
}

/** The check character of an organisation code by its first eight (GB 11714): position 17 of a credit code. */
export function organCheck(first8: string): string {
  const sum = ORGAN_WEIGHTS.reduce(
    (total, weight, place) => total + weight * ORGAN_CHARACTERS.indexOf(first8[place] ?? '0'),
    0,
  )
  const rest = 11 - (sum % 11)
  if (rest === 10) return 'X'
  return rest === 11 ? '0' : String(rest)
}

/** The check character of a credit code by its first seventeen (GB 32100). */
export function creditCodeCheck(first17: string): string {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    sum += USCC_CHARACTERS.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return USCC_CHARACTERS[(31 - (sum % 31)) % 31] ?? ''
}

/** Whether the text is a credit code with both of its check characters. */
export const isCreditCode = (text: string): boolean =>
  /^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(text) &&
  organCheck(text.slice(8, 16)) === text[16] &&
  creditCodeCheck(text.slice(0, 17)) === text[17]

const LICENCE_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The check character of a licence's identifier over its parts without dots and root (ISO 7064, MOD 37,36). */
export function licenceCheck(parts: string): string {
  let product = 36
  for (const character of parts) {
    const sum = (product + LICENCE_CHARACTERS.indexOf(character)) % 36 || 36
    product = (sum * 2) % 37
  }
  return LICENCE_CHARACTERS[(37 - product) % 36] ?? ''
}
