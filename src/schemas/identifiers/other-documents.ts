/**
 * Identity documents whose numbers have no check character: only their shape is looked at.
 *
 * | document | shape | source |
 * |---|---|---|
 * | 护照 | 5 to 15 capital letters and digits, of any country | the regions' interfaces; China's own are letters and 7 or 8 digits |
 * | 台湾居民来往大陆通行证 | 8 digits; older ones 10 digits and a letter | memory, medium |
 * | 港澳居民来往内地通行证 | `H` or `M` and 8 digits, and 2 more for the issue on older ones | memory, medium |
 * | 军官证 and all others | 1 to 30 letters and digits | the regions' interfaces |
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
export const taiwanPermit = shape(
  'Mainland travel permit for Taiwan residents',
  '台湾居民来往大陆通行证',
  /^(?:\d{8}|\d{10}[A-Z0-9]{0,2})$/,
)
export const hkMacaoPermit = shape(
  'Mainland travel permit for Hong Kong and Macao residents',
  '港澳居民来往内地通行证',
  /^[HM]\d{8}(?:\d{2})?$/,
)
export const officerCard = shape('Officer’s card', '军官证', /^[0-9A-Za-z]{1,30}$/)
export const otherDocument = shape('Other document', '其他', /^[0-9A-Za-z]{1,30}$/)
