/**
 * 公民身份号码, GB 11643-1999 (title and layout: clause 4; check: ISO 7064:1983 MOD 11-2).
 *
 * | positions | meaning |
 * |---|---|
 * | 1–6 | division (GB/T 2260) of the place where the number was given. It stays when the division is abolished |
 * | 7–14 | date of birth, yyyyMMdd (GB/T 7408) |
 * | 15–17 | sequence among those born there that day; odd: male, even: female |
 * | 18 | check character `0`–`9` or `X` for ten; weights 2^(18-i) mod 11 |
 *
 * The old form (GB 11643-1989) has 15 digits: a year of two digits, no check. 港澳台居民居住证 (since 2018-09-01,
 * 国办发〔2018〕81号) have numbers of the same form, with the divisions 810000, 820000 and 830000.
 * The last three facts are from memory; the rest is checked against the numbers of the regions' test persons.
 */
import abolished from '../../../data/abolished-divisions.json' with { type: 'json' }
import { type Checked, failed } from './result.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Provinces of GB/T 2260 by their first two digits, and 83, which only a residence permit has. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
)

const ABOLISHED = new Set(abolished.divisions.map((one) => one.division))
const ABOLISHED_PREFIXES = new Set(abolished.prefixes.map((one) => one.prefix))

/** What a number tells. */
export interface ResidentIdParts {
  readonly kind: 'resident' | 'hk-macao-taiwan-residence' | 'legacy'
  /** Six digits, as they were when the number was given. */
  readonly division: string
  /** Whether it is on our list of divisions of the Delta that no longer exist. Never a reason to refuse. */
  readonly divisionAbolished: boolean
  /** `yyyy-MM-dd`. */
  readonly birthDate: string
  readonly sex: 'male' | 'female'
}

/** Whether two digits begin the code of a province, as in the first two digits of a division. */
export const isProvince = (twoDigits: string): boolean => PROVINCES.has(twoDigits)

/** The check character of the first seventeen digits (ISO 7064 MOD 11-2). */
export function residentCheck(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i += 1) sum += (seventeen.charCodeAt(i) - 48) * (WEIGHTS[i] ?? 0)
  return CHECKS[sum % 11] ?? ''
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * What is wrong with a date of birth of eight digits: it does not exist, or it lies after `today` in China. Nothing is
 * wrong when it is left out.
 */
export function birthFault(birth: string, today?: Date): 'unreal' | 'future' | undefined {
  const year = Number(birth.slice(0, 4))
  const month = Number(birth.slice(4, 6))
  const day = Number(birth.slice(6, 8))
  const days = (DAYS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0)
  if (!(year >= 1800 && day >= 1 && day <= days)) return 'unreal'
  // China has one time zone: its calendar day is the UTC day eight hours later.
  return today && Date.UTC(year, month - 1, day) > today.getTime() + 8 * 3_600_000 ? 'future' : undefined
}

const UNREAL = failed('component', '身份证号的出生日期不存在', 'Its date of birth does not exist')
const FUTURE = failed('component', '身份证号的出生日期在将来', 'Its date of birth lies in the future')

const kindOf = (division: string, old: boolean): ResidentIdParts['kind'] => {
  if (old) return 'legacy'
  return division >= '810000' && division < '840000' ? 'hk-macao-taiwan-residence' : 'resident'
}

const partsOf = (number: string, birth: string, old: boolean): { readonly ok: true } & ResidentIdParts => {
  const division = number.slice(0, 6)
  return {
    ok: true,
    kind: kindOf(division, old),
    division,
    divisionAbolished: ABOLISHED.has(division) || ABOLISHED_PREFIXES.has(division.slice(0, 4)),
    birthDate: `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`,
    sex: number.charCodeAt(old ? 14 : 16) % 2 === 1 ? 'male' : 'female',
  }
}

export const residentId = {
  name: 'Resident identity number',
  localName: '居民身份证',
  /** Without blanks and hyphens, with a capital X. */
  compact: (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase(),
  /** The 18-digit form of an old number, which belongs to somebody born in the twentieth century. */
  modern: (fifteen: string): string => {
    const seventeen = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`
    return seventeen + residentCheck(seventeen)
  },
  /**
   * Strict on the form: a small x is a `format` fault, which `compact` repairs.
   * @param today the moment after which nobody can be born; left out, the future is not looked at
   */
  validate: (number: string, today?: Date): Checked<ResidentIdParts> => {
    const old = number.length === 15
    if (!old && number.length !== 18) {
      return failed('length', '身份证号应为 18 位', 'An identity number has 18 characters')
    }
    if (!(old ? /^\d{15}$/ : /^\d{17}[\dX]$/).test(number)) {
      return failed(
        'format',
        '身份证号应为数字, 末位可为大写 X',
        'It has digits, and perhaps a capital X at the end',
      )
    }
    if (!isProvince(number.slice(0, 2))) {
      return failed('component', '身份证号的行政区划不存在', 'Its division does not exist')
    }
    const birth = old ? `19${number.slice(6, 12)}` : number.slice(6, 14)
    const fault = birthFault(birth, today)
    if (fault) return fault === 'unreal' ? UNREAL : FUTURE
    if (!old && residentCheck(number) !== number[17]) {
      return failed('checksum', '身份证号的校验码不对', 'Its check character is wrong')
    }
    return partsOf(number, birth, old)
  },
}
