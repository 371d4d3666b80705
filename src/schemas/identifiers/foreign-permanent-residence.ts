/**
 * 外国人永久居留身份证. Two forms are in use side by side.
 *
 * New, on cards since 2023-12-01 (国家移民管理局, 新版外国人永久居留身份证适配性改造要点, 2023, table 1; both of its specimens
 * are in the tests): `9` · province where it was applied for (2) · country (ISO 3166-1 numeric, 3) · birth yyyyMMdd (8) ·
 * sequence (3, odd: male) · check character of GB 11643 (MOD 11-2).
 *
 * Old: country (ISO 3166-1 alpha-3) · place of application (4 digits of GB/T 2260) · birth yyMMdd (6) · sequence (1) · check
 * digit with the weights 7, 3, 1 of ICAO 9303 over the first fourteen. The notice above documents only "3 letters and 12
 * digits"; the division of the digits and the check are from memory and agree with one public implementation
 * (CredentialKit). The date is therefore told when it can be read, and never a reason to refuse.
 */
import { birthFault, isProvince, residentCheck } from './resident-id.ts'
import { type Checked, failed } from './result.ts'

export interface ForeignResidenceParts {
  readonly kind: 'old' | 'new'
  /** Three letters in an old number, three digits in a new one. */
  readonly country: string
  /** First two digits of the division where the card was applied for. */
  readonly province: string
  /** `yyyy-MM-dd`; of an old number the year has two digits, so that it is left out. */
  readonly birthDate?: string
}

const ICAO_WEIGHTS = [7, 3, 1]

/** The check digit of the first fourteen characters of the old form; letters count from A = 10. */
export function icaoCheck(fourteen: string): string {
  let sum = 0
  for (let i = 0; i < fourteen.length; i += 1) {
    const code = fourteen.charCodeAt(i)
    sum += (code < 58 ? code - 48 : code - 55) * (ICAO_WEIGHTS[i % 3] ?? 0)
  }
  return String(sum % 10)
}

function validateOld(number: string): Checked<ForeignResidenceParts> {
  if (!/^[A-Z]{3}\d{12}$/.test(number)) {
    return failed(
      'format',
      '旧版号码应为 3 个大写字母和 12 位数字',
      'The old form has 3 capital letters and 12 digits',
    )
  }
  if (icaoCheck(number.slice(0, 14)) !== number[14]) {
    return failed('checksum', '号码的校验码不对', 'Its check digit is wrong')
  }
  return { ok: true, kind: 'old', country: number.slice(0, 3), province: number.slice(3, 5) }
}

function validateNew(number: string, today?: Date): Checked<ForeignResidenceParts> {
  if (!/^9\d{16}[\dX]$/.test(number)) {
    return failed('format', '新版号码以 9 开头', 'The new form begins with 9')
  }
  const province = number.slice(1, 3)
  if (!isProvince(province)) {
    return failed('component', '号码的申请地不存在', 'Its place of application does not exist')
  }
  const country = number.slice(3, 6)
  if (country === '000') return failed('component', '号码的国籍代码不存在', 'Its country does not exist')
  const birth = number.slice(6, 14)
  const fault = birthFault(birth, today)
  if (fault === 'unreal') {
    return failed('component', '号码的出生日期不存在', 'Its date of birth does not exist')
  }
  if (fault === 'future') {
    return failed('component', '号码的出生日期在将来', 'Its date of birth lies in the future')
  }
  if (residentCheck(number) !== number[17]) {
    return failed('checksum', '号码的校验码不对', 'Its check character is wrong')
  }
  const birthDate = `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`
  return { ok: true, kind: 'new', country, province, birthDate }
}

export const foreignPermanentResidence = {
  name: 'Foreign permanent resident identity card',
  localName: '外国人永久居留身份证',
  /** Without blanks and hyphens, in capitals. */
  compact: (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase(),
  /** @param today the moment after which nobody can be born; left out, the future is not looked at */
  validate: (number: string, today?: Date): Checked<ForeignResidenceParts> => {
    if (number.length === 15) return validateOld(number)
    if (number.length === 18) return validateNew(number, today)
    return failed('length', '号码应为 18 位 (旧版 15 位)', 'It has 18 characters, 15 in the old form')
  },
}
