/** Four widths of an area code (contract section 1): each member has exactly one. */
import { GatewayError } from '../../errors.ts'
import type { Codec } from '../kit/table.ts'

const CITY_LITERAL = 'SH00SH'
const CITY = '310000'

/** Any width → six digits. @throws GatewayError `FIELD_UNREADABLE`. */
export function division(wire: unknown): string {
  if (wire === CITY_LITERAL) return CITY
  const text = String(wire)
  if (!/^[1-9]\d{5}(\d{3}|\d{6})?$/.test(text)) throw new GatewayError('FIELD_UNREADABLE')
  return text.slice(0, 6)
}

/** `SH00SH` for the whole city, six digits otherwise. */
export const regionCode: Codec<string, string> = {
  name: 'area, SH00SH for the city',
  how: 'derived',
  decode: division,
  encode: (canon) => (canon === CITY ? CITY_LITERAL : canon),
}

/** Six digits. */
export const six: Codec<string, string> = {
  name: 'area of 6 digits',
  how: 'copied',
  decode: division,
  encode: (canon) => canon,
}

/** Nine digits: the place where the applicant was served. */
export const nine: Codec<string, string> = {
  name: 'area of 9 digits',
  how: 'derived',
  decode: division,
  encode: (canon) => `${canon}000`,
}
