/** Area codes: six digits in calls, twelve in callbacks (contract 1.2, trap 9). */
import { GatewayError } from '../../errors.ts'
import type { Codec } from '../kit/table.ts'

/** Six or twelve digits → six. @throws GatewayError `FIELD_UNREADABLE`. */
export function division(wire: unknown): string {
  const text = String(wire)
  if (!/^[1-9]\d{5}(\d{6})?$/.test(text)) throw new GatewayError('FIELD_UNREADABLE')
  return text.slice(0, 6)
}

/** A city that the directory does not list is not asked: the platform would refuse its code. @throws GatewayError `REGION_NOT_CONNECTED` */
export function requireServed(areaCodes: readonly string[], areacode: unknown): void {
  if (!areaCodes.some((one) => one === areacode))
    throw new GatewayError('REGION_NOT_CONNECTED', { division: String(areacode) })
}

/** Six digits. */
export const six: Codec<string, string> = {
  name: 'area of 6 digits',
  how: 'copied',
  decode: division,
  encode: (canon) => canon,
}
