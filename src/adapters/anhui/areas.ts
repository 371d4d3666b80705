/** Anhui writes a division with twelve digits: six of GB/T 2260 and six noughts (contract sections 1 and 5.12). */
import { GatewayError } from '../../errors.ts'
import { asText } from '../kit/codecs.ts'
import type { Codec } from '../kit/table.ts'

const DIVISION = /^[1-9]\d{5}(\d{6})?$/

/** Whether a text is a division, in twelve digits or in six. */
export const isDivision = (text: string): boolean => DIVISION.test(text)

/** `340100000000` → `340100`; six digits stay as they are. @throws GatewayError `FIELD_UNREADABLE`. */
export function divisionOf(wire: unknown): string {
  const text = asText(wire)
  if (!isDivision(text)) throw new GatewayError('FIELD_UNREADABLE')
  return text.slice(0, 6)
}

/** `340100` → `340100000000`, of any province. */
export const wireOf = (division: string): string => `${division}000000`

/** The codec of a member that holds a division. */
export const area: Codec<string, string> = {
  name: 'area of 12 digits',
  how: 'derived',
  decode: divisionOf,
  encode: wireOf,
}
