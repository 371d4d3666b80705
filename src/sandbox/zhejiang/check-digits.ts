const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const FULL_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

function weightedSum(text: string, weights: readonly number[], alphabet: string): number {
  let sum = 0
  for (const [index, weight] of weights.entries()) sum += alphabet.indexOf(text.charAt(index)) * weight
  return sum
}

/** Whether the text is an identity number with the right GB 11643 check character, `X` in upper case. */
export function isResidentId(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  return '10X98765432'.charAt(weightedSum(text, ID_WEIGHTS, FULL_ALPHABET) % 11) === text.charAt(17)
}

/** The GB 32100 check character of the first seventeen characters of a unified social credit code. */
function creditCheck(text: string): string {
  return CREDIT_ALPHABET.charAt((31 - (weightedSum(text, CREDIT_WEIGHTS, CREDIT_ALPHABET) % 31)) % 31)
}

/** Whether the text is a unified social credit code whose 18th character is right (contract 4.a.2). */
export function isCreditCode(text: string): boolean {
  return /^[0-9A-HJ-NP-RTUWXY]{18}$/.test(text) && creditCheck(text) === text.charAt(17)
}

/** The credit code of an organ: `11`, a division and eight characters of organisation code, both checks added. */
export function organCreditCode(division: string, organisation: string): string {
  const rest = 11 - (weightedSum(organisation, ORGANISATION_WEIGHTS, FULL_ALPHABET) % 11)
  const inner = rest === 10 ? 'X' : String(rest % 11)
  const body = `11${division}${organisation}${inner}`
  return `${body}${creditCheck(body)}`
}

/** The ISO 7064 MOD 37,36 check character over the parts of a licence identifier without dots (contract 4.g.1). */
export function licenceCheck(text: string): string {
  let product = 36
  for (const character of text) {
    const sum = (product + FULL_ALPHABET.indexOf(character)) % 36 || 36
    product = (sum * 2) % 37
  }
  return FULL_ALPHABET.charAt((37 - product) % 36)
}
