/**
 * Identity documents whose numbers have no check character: only what everybody agrees on is looked at.
 *
 * | document | what is looked at | source |
 * |---|---|---|
 * | 护照 | 5 to 15 capital letters and digits, of any country | ICAO 9303, the regions' interfaces |
 * | 军官证 (`军字第1234567号`), 港澳 and 台湾居民通行证, all others | 1 to 30 characters without blanks | the regions' interfaces, Anhui's widest (4b) |
 *
 * No public standard gives the form of the permits' numbers (`H` or `M` and 8 digits, 8 digits, as far as is remembered), and
 * armies number their officers as they like: what one region wants more strictly, its adapter checks.
 */
import { type Checked, failed } from './result.ts'

const WRONG = failed('format', '证件号码格式不符', 'The number does not have the right form')
const OK = { ok: true } as const

const shape = (name: string, localName: string, form: RegExp) => ({
  name,
  localName,
  /** Without blanks and hyphens, in capitals. */
  compact: (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase(),
  validate: (number: string): Checked => (form.test(number) ? OK : WRONG),
})

export const passport = shape('Passport', '护照', /^[A-Z0-9]{5,15}$/)
/** Everything that can be seen, as long as it fits into the regions' members. */
const VISIBLE = /^[^\s\p{C}]{1,30}$/u

export const taiwanPermit = shape(
  'Mainland travel permit for Taiwan residents',
  '台湾居民来往大陆通行证',
  VISIBLE,
)
export const hkMacaoPermit = shape(
  'Mainland travel permit for Hong Kong and Macao residents',
  '港澳居民来往内地通行证',
  VISIBLE,
)
export const officerCard = shape('Officer’s card', '军官证', VISIBLE)
export const otherDocument = shape('Other document', '其他', VISIBLE)
