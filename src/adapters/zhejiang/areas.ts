/** Zhejiang writes a city's own level as `xxxx01`, never `xxxx00` (contract section 1). Divisions of other provinces stay as they are. */
import { GatewayError } from '../../errors.ts'
import type { Codec } from '../kit/table.ts'

/** The options of the region's configuration, as the tables see them. */
type Options = Readonly<Record<string, unknown>>

/** `330101` → `330100`; a county → its city; other provinces as they are. */
export function cityOf(wire: unknown): string {
  const text = String(wire)
  if (!/^[1-9]\d{5}$/.test(text)) throw new GatewayError('FIELD_UNREADABLE')
  return text.startsWith('33') ? `${text.slice(0, 4)}00` : text
}

/** The configured ending of a city's own level; `01` where the configuration does not say. */
const suffixOf = ({ cityAreaSuffix }: Options): string =>
  typeof cityAreaSuffix === 'string' ? cityAreaSuffix : '01'

/** `330100` → `330101`. */
export const wireOf = (division: string, options: Options): string =>
  /^33\d\d00$/.test(division) && division !== '330000'
    ? `${division.slice(0, 4)}${suffixOf(options)}`
    : division

/** Whether a code is a city's own level as area members write it: a form field of type `region` refuses it (trap 5). */
export const isCityArea = (code: string, options: Options): boolean =>
  /^33(?:0[1-9]|1[01])/.test(code) && code.length === 6 && code.slice(4) === suffixOf(options)

export const area: Codec<string, string, { readonly options: Options }> = {
  name: 'area, xxxx01 for a city',
  how: 'derived',
  decode: cityOf,
  encode: (canon, { options }) => wireOf(canon, options),
}
