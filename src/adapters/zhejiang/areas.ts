/** Zhejiang writes a city's own level as `xxxx01`, never `xxxx00` (contract section 1). Divisions of other provinces stay as they are. */
import { GatewayError } from '../../errors.ts'
import type { Codec } from '../kit/table.ts'

/** `330101` → `330100`; a county → its city; other provinces as they are. */
export function cityOf(wire: unknown): string {
  const text = String(wire)
  if (!/^[1-9]\d{5}$/.test(text)) throw new GatewayError('FIELD_UNREADABLE')
  if (!text.startsWith('33') || text === '330000') return text
  return `${text.slice(0, 4)}00`
}

/** `330100` → `330101`. */
export const wireOf = (division: string): string =>
  /^33\d\d00$/.test(division) && division !== '330000' ? `${division.slice(0, 4)}01` : division

export const area: Codec<string, string> = {
  name: 'area, xxxx01 for a city',
  how: 'derived',
  decode: cityOf,
  encode: wireOf,
}
