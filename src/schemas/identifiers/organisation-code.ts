/**
 * 组织机构代码, GB 11714-1997: 8 characters of `0`–`9` and `A`–`Z` (values 0 to 35), and a check character: 11 less the sum
 * with the weights 3 7 9 10 5 8 4 2 mod 11, `X` for ten and `0` for eleven. Printed with a hyphen before the last.
 * Positions 9 to 17 of a credit code (GB 32100) are such a code.
 */
import { type Checked, failed } from './result.ts'

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '0X987654321'
const worth = (code: number): number => (code < 58 ? code - 48 : code - 55)

/** The check character of the first eight. */
export function organisationCheck(eight: string): string {
  let sum = 0
  for (let i = 0; i < 8; i += 1) sum += worth(eight.charCodeAt(i)) * (WEIGHTS[i] ?? 0)
  return CHECKS[sum % 11] ?? ''
}

export const organisationCode = {
  name: 'Organisation code',
  localName: '组织机构代码',
  /** Without blanks and hyphens, in capitals. */
  compact: (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase(),
  validate: (code: string): Checked => {
    if (code.length !== 9) {
      return failed('length', '组织机构代码应为 9 位', 'An organisation code has 9 characters')
    }
    if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) {
      return failed('format', '组织机构代码含有不允许的字符', 'It has a character that may not stand there')
    }
    return organisationCheck(code) === code[8]
      ? { ok: true }
      : failed('checksum', '组织机构代码的校验码不对', 'Its check character is wrong')
  },
}
