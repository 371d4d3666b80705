/** Times on the wire: the wall clock of Asia/Shanghai, without a zone. Inside, RFC 3339 with `+08:00`. */
import { GatewayError } from '../../errors.ts'
import { isDate } from '../../schemas/instants.ts'
import { asText, inOnePiece } from './codecs.ts'
import type { Codec } from './table.ts'

const WALL_CLOCK = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/

const daysOf = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31

/** `yyyy-MM-dd HH:mm:ss` without zone, meaning Asia/Shanghai, as RFC 3339 with `+08:00`. */
export const wallClock: Codec<string, string> = {
  name: 'wall clock, Asia/Shanghai',
  how: 'derived',
  decode: (wire) => {
    const text = asText(wire)
    if (!WALL_CLOCK.test(text)) throw new GatewayError('FIELD_UNREADABLE')
    const two = (at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
    const year = two(0) * 100 + two(2)
    const month = two(5)
    const day = two(8)
    // Date rolls 30 February over to March; a region that sends one has sent no time.
    if (
      month < 1 ||
      month > 12 ||
      day < 1 ||
      day > daysOf(year, month) ||
      two(11) > 23 ||
      two(14) > 59 ||
      two(17) > 59
    )
      throw new GatewayError('FIELD_UNREADABLE')
    return inOnePiece(text.slice(0, 10), 'T', text.slice(11), '+08:00')
  },
  encode: (canon) => inOnePiece(canon.slice(0, 10), ' ', canon.slice(11, 19)),
}

/** The wall clock of Asia/Shanghai, `yyyy-MM-dd HH:mm:ss`. */
export const formatWallClock = (date: Date): string =>
  new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** The day on that clock, `yyyy-MM-dd`. */
export const dayAt = (date: Date): string => formatWallClock(date).slice(0, 10)

/** A day, `yyyy-MM-dd`, that exists. @throws GatewayError `FIELD_UNREADABLE` */
export function dayIn(told: string): string {
  if (!isDate(told)) throw new GatewayError('FIELD_UNREADABLE')
  return told
}
