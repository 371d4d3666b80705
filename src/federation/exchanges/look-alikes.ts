/**
 * Look-alikes: what stands in the place of a person's value in a record. Of the same length and classes of characters, with check
 * characters that are right where they were right, so that it is converted as the value was; drawn by lot, so that nothing leads back.
 */
import { randomInt } from 'node:crypto'
import { CITIES } from '../../schemas/division.ts'
import { icaoCheck } from '../../schemas/identifiers/foreign-permanent-residence.ts'
import { organisationCheck } from '../../schemas/identifiers/organisation-code.ts'
import { residentCheck } from '../../schemas/identifiers/resident-id.ts'
import { usccCheck } from '../../schemas/identifiers/uscc.ts'

/** Draws a whole number from 0 to below `end`. */
export type Lot = (end: number) => number

const HAN = '安柏程岱恩枫谷禾佳凯岚牧宁沛清如山桐望溪言亦舟子'
/** Beyond the first plane, where two code units make a character. */
const RARE_HAN = ['𠀀', '𠀁', '𠀂', '𠀃']
const DIGITS = '0123456789'
const HEX = '0123456789abcdef'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = UPPER.toLowerCase()
/** A division that is everybody's: 北京市东城区. */
const DIVISION = '110101'
const DAY_MS = 86_400_000

/** Year, month, day as platforms write them, and a time or nothing after it. */
const DATE =
  /^((?:19|20)\d\d)([-/.年]?)(\d{1,2})([-/.月]?)(\d{1,2})(日?)((?:[T ]?\d{2}:?\d{2}(?::?\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?)$/
/** Milliseconds or seconds since 1970, in this century. */
const EPOCH = /^(?:1\d{12}|1\d{9})$/
/** What is known of no person: a flag, a code of two characters. */
const SAYS_NOTHING = /^[ -~]{0,2}$/

type Maker = (value: string) => string | undefined

/** Look-alikes for one document: the same value has the same one throughout, and all days move by as much. */
export function lookAlikes(lot: Lot = (end) => randomInt(end)) {
  const known = new Map<string, string>()
  const days = 30 + lot(330)
  const some = (characters: string | readonly string[]) => characters[lot(characters.length)] ?? ''
  const digits = (count: number) => Array.from({ length: count }, () => some(DIGITS)).join('')

  const earlier = (year: number, month: number, day: number): Date =>
    new Date(Date.UTC(year, month - 1, day) - days * DAY_MS)

  const date: Maker = (value) => {
    const [, year = '', one = '', month = '', two = '', day = '', three = '', time = ''] =
      DATE.exec(value) ?? []
    const [m, d] = [Number(month), Number(day)]
    if (year === '' || m < 1 || m > 12 || d < 1 || d > 31) return undefined
    // Digits alone have two for month and day each.
    if (one === '' && (month.length !== 2 || day.length !== 2)) return undefined
    const moved = earlier(Number(year), m, d)
    const said = (n: number, before: string) => String(n).padStart(before.length, '0')
    return `${moved.getUTCFullYear()}${one}${said(moved.getUTCMonth() + 1, month)}${two}${said(moved.getUTCDate(), day)}${three}${time}`
  }

  const epoch: Maker = (value) => {
    if (!EPOCH.test(value)) return undefined
    return String(Number(value) - (days * DAY_MS) / (value.length === 13 ? 1 : 1_000))
  }

  const resident: Maker = (value) => {
    if (!/^\d{17}[\dXx]$/.test(value)) return undefined
    if (residentCheck(value.slice(0, 17)) !== value.slice(17).toUpperCase()) return undefined
    const birth = date(value.slice(6, 14)) ?? '19800101'
    // What begins with 9 is a foreigner's card, which names a province and a country before the birth.
    const seventeen = `${value.startsWith('9') ? '911036' : DIVISION}${birth}${digits(3)}`
    const check = residentCheck(seventeen)
    return seventeen + (value.endsWith('x') ? check.toLowerCase() : check)
  }

  const foreign: Maker = (value) => {
    if (!/^[A-Z]{3}\d{12}$/.test(value) || icaoCheck(value.slice(0, 14)) !== value[14]) return undefined
    const fourteen = `AUS11${digits(9)}`
    return fourteen + icaoCheck(fourteen)
  }

  const organisation: Maker = (value) => {
    if (!/^[0-9A-Z]{8}-?[0-9X]$/.test(value) || organisationCheck(value.slice(0, 8)) !== value.slice(-1))
      return undefined
    const eight = digits(8)
    return `${eight}${value.slice(8, -1)}${organisationCheck(eight)}`
  }

  const credit: Maker = (value) => {
    if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(value) || usccCheck(value.slice(0, 17)) !== value[17])
      return undefined
    const eight = digits(8)
    const seventeen = `${value.slice(0, 2)}${DIVISION}${eight}${organisationCheck(eight)}`
    return seventeen + usccCheck(seventeen)
  }

  const mobile: Maker = (value) => (/^1\d{10}$/.test(value) ? `${value.slice(0, 2)}${digits(9)}` : undefined)

  /** A city of ours becomes another one: what names a division goes on naming one. */
  const city: Maker = (value) =>
    CITIES.some(({ division }) => division === value) ? CITIES[lot(CITIES.length)]?.division : undefined

  /** Digests and identifiers: what is hexadecimal stays so. */
  const hex: Maker = (value) => {
    if (!/^[0-9a-f]{8}[0-9a-f-]{8,}$/.test(value) || /^\d+$/.test(value)) return undefined
    return value.replaceAll(/[0-9a-f]/g, () => some(HEX))
  }

  /** Classes of characters, the first that fits. */
  const classes: readonly (readonly [RegExp, (one: string) => string])[] = [
    [/\p{Script=Han}/u, (one) => some(one.length > 1 ? RARE_HAN : HAN)],
    [/[A-Z]/, () => some(UPPER)],
    [/[a-z]/, () => some(LOWER)],
    [/\p{Lu}/u, () => 'Ö'],
    [/\p{L}/u, () => 'ö'],
    [/\p{N}/u, () => '①'],
  ]
  const character = (one: string): string => classes.find(([shape]) => shape.test(one))?.[1](one) ?? one
  /** Numbers keep their zeros in front, and begin with none where they did not. */
  const run = (number: string): string => {
    const zeros = /^0*/.exec(number)?.[0] ?? ''
    const rest = number.length - zeros.length
    return rest === 0 ? number : zeros + some(DIGITS.slice(1)) + digits(rest - 1)
  }
  const anything = (value: string): string =>
    value.replaceAll(/[0-9]+/g, run).replaceAll(/(?![0-9])[\p{L}\p{N}]/gu, character)

  /** The scheme of an address and the ending of a file's name say what it is, and nobody's name. */
  const named = (value: string): string => {
    const [, scheme = '', inner = '', ending = ''] =
      /^((?:https?:\/\/)?)(.*?)((?:\.(?:pdf|ofd|jpe?g|png|bmp|gif|tiff?|docx?|xlsx?|zip|txt|xml|json|html?))?)$/is.exec(
        value,
      ) ?? []
    return scheme + anything(inner) + ending
  }

  const make = (value: string): string => {
    for (const maker of [resident, foreign, credit, organisation, city, date, epoch, mobile, hex]) {
      const made = maker(value)
      if (made !== undefined) return made
    }
    return named(value)
  }

  /** The look-alike of a text. */
  const text = (value: string): string => {
    if (SAYS_NOTHING.test(value)) return value
    const before = known.get(value)
    if (before !== undefined) return before
    let made = make(value)
    // A lot may fall on the value itself; where there is nothing to draw it stays.
    for (let tries = 0; made === value && tries < 8; tries += 1) made = make(value)
    known.set(value, made)
    return made
  }

  return {
    text,
    /** The look-alike of a number: as many digits. */
    number: (value: number): number => {
      if (!Number.isFinite(value) || Math.abs(value) < 100) return value
      const made = Number(text(String(value)))
      return Number.isFinite(made) ? made : 100
    },
  }
}

export type LookAlikes = ReturnType<typeof lookAlikes>
