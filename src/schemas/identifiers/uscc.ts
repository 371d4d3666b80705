/**
 * 统一社会信用代码, GB 32100-2015 (layout: clause 4, check: annex A), 18 characters of `0`–`9` and `A`–`Z` without I, O, S,
 * V and Z.
 *
 * | positions | meaning |
 * |---|---|
 * | 1 | department that registers: 1 机构编制, 5 民政, 9 市场监管, and others |
 * | 2 | kind of organisation under that department |
 * | 3–8 | division (GB/T 2260) of the registering organ |
 * | 9–17 | organisation code (GB 11714), the ninth of them its own check character |
 * | 18 | check character, MOD 31, weights 3^(i-1) mod 31 |
 */
import { organisationCheck } from './organisation-code.ts'
import { type Checked, failed } from './result.ts'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Value of each character by its code; -1 where it may not stand. */
const VALUES = Int8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)))

/** What a code tells. */
export interface UsccParts {
  readonly department: string
  readonly kind: string
  readonly division: string
  readonly organisationCode: string
  /** Whether the organisation code inside has its own check right: told apart, since platforms differ in whether they look. */
  readonly organisationCodeOk: boolean
}

/** The check character of the first seventeen. */
export function usccCheck(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i += 1) sum += (VALUES[seventeen.charCodeAt(i)] ?? 0) * (WEIGHTS[i] ?? 0)
  return ALPHABET[(31 - (sum % 31)) % 31] ?? ''
}

const isSpelt = (code: string): boolean => {
  for (let i = 0; i < code.length; i += 1) if ((VALUES[code.charCodeAt(i)] ?? -1) < 0) return false
  return true
}

export const uscc = {
  name: 'Unified social credit code',
  localName: '统一社会信用代码',
  /** Without blanks and hyphens, in capitals. */
  compact: (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase(),
  validate: (code: string): Checked<UsccParts> => {
    if (code.length !== 18) {
      return failed('length', '统一社会信用代码应为 18 位', 'A credit code has 18 characters')
    }
    if (!isSpelt(code)) {
      return failed(
        'format',
        '统一社会信用代码含有不允许的字符',
        'It has a character that may not stand there',
      )
    }
    const division = code.slice(2, 8)
    if (!/^\d{6}$/.test(division)) {
      return failed('component', '统一社会信用代码的区划应为数字', 'Its division is not of digits')
    }
    if (usccCheck(code) !== code[17]) {
      return failed('checksum', '统一社会信用代码的校验码不对', 'Its check character is wrong')
    }
    return {
      ok: true,
      department: code[0] ?? '',
      kind: code[1] ?? '',
      division,
      organisationCode: code.slice(8, 17),
      organisationCodeOk: organisationCheck(code.slice(8, 16)) === code[16],
    }
  },
}
