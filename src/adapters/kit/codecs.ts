/** The small codecs that more than one region needs. Each is total in both directions, or throws and names itself. */
import { GatewayError } from '../../errors.ts'
import { escapePointer } from '../../schemas/pointers.ts'
import type { Codec, Context } from './table.ts'
import { isAbsent } from './table.ts'
import type { Place } from './trace.ts'

/** Text as it stands. Numbers are read as their decimal text, since platforms change between the two. */
export const text: Codec<string, string> = {
  name: 'text',
  how: 'copied',
  decode: (wire) => asText(wire),
  encode: (canon) => canon,
}

/** Reads a JSON string or number as text; anything else is unreadable. */
export function asText(wire: unknown): string {
  if (typeof wire === 'string') return wire
  if (typeof wire === 'number' && Number.isFinite(wire)) return String(wire)
  throw new GatewayError('FIELD_UNREADABLE')
}

/** A whole number that the wire may write as a number or as a decimal string; written as a number. */
export const integer: Codec<number | string, number> = {
  name: 'integer',
  how: 'copied',
  decode: (wire) => asInteger(wire),
  encode: (canon) => canon,
}

/** Reads a number or decimal string as a whole number. */
export function asInteger(wire: unknown): number {
  const value =
    typeof wire === 'number'
      ? wire
      : typeof wire === 'string' && /^-?\d{1,15}$/.test(wire)
        ? Number(wire)
        : Number.NaN
  if (!Number.isInteger(value)) throw new GatewayError('FIELD_UNREADABLE')
  return value
}

/** The first `count` code points of a text. */
export const atMost = (text: string, count: number): string =>
  text.length <= count ? text : [...text].slice(0, count).join('')

/**
 * Joins texts into one that lies in memory in one piece. A template or a slice makes a string that points into others, and one
 * such string anywhere in a document makes `JSON.stringify` take its slow way through the whole of it.
 */
export const inOnePiece = (...parts: readonly string[]): string => parts.join('')

/** A list whose items a table reads; a platform may send a single object for one and `""`, `null` or nothing for none. */
export const list = <Wire, Canon, C extends Context>(
  item: Codec<Wire, Canon, C>,
): Codec<Wire[], Canon[], C> => ({
  name: `list of ${item.name}`,
  how: 'derived',
  deep: true,
  decode: (wire, context, place) =>
    oneOrMany<Wire>(wire).map((one, index) => decodeItem(item, one, context, inside(place, index))),
  encode: (canon, context, place) =>
    canon.map((one, index) => encodeItem(item, one, context, inside(place, index))),
  rows: () =>
    (item.rows?.() ?? []).map((line) => ({
      ...line,
      canon: `/*${line.canon}`,
      wire: line.wire.map((w) => `*/${w}`),
    })),
})

const inside = (place: Place, index: number): Place =>
  place.notes === undefined
    ? place
    : { wire: `${place.wire}/${index}`, canon: `${place.canon}/${index}`, notes: place.notes }

function decodeItem<Wire, Canon, C extends Context>(
  item: Codec<Wire, Canon, C>,
  wire: Wire,
  context: C,
  place: Place,
): Canon {
  const canon = item.decode(wire, context, place)
  if (!item.deep)
    place.notes?.push({
      how: item.how,
      wire: [place.wire],
      canon: [place.canon],
      label: item.name,
      rule: item.name,
    })
  return canon
}

function encodeItem<Wire, Canon, C extends Context>(
  item: Codec<Wire, Canon, C>,
  canon: Canon,
  context: C,
  place: Place,
): Wire {
  const wire = item.encode(canon, context, place)
  if (!item.deep)
    place.notes?.push({
      how: item.how,
      wire: [place.wire],
      canon: [place.canon],
      label: item.name,
      rule: item.name,
    })
  return wire
}

/** Reads one-element collections as lists: an object for one, an array for several, nothing for none. */
export function oneOrMany<T>(wire: unknown): readonly T[] {
  if (isAbsent(wire)) return []
  return (Array.isArray(wire) ? wire : [wire]) as readonly T[]
}

/** A Chinese name that the wire writes as plain text. */
export const zhName: Codec<string, { zh: string; en?: string }> = {
  name: 'name in Chinese',
  how: 'copied',
  decode: (wire) => ({ zh: asText(wire) }),
  encode: (canon) => canon.zh,
}

/** A flag that the wire writes as two codes. */
export const flag = (yes: string, no: string): Codec<string, boolean> => ({
  name: `flag ${yes}/${no}`,
  how: 'coded',
  decode: (wire) => {
    const text = String(wire)
    if (text !== yes && text !== no) throw new GatewayError('CODE_UNKNOWN', { table: `flag ${yes}/${no}` })
    return text === yes
  },
  encode: (canon) => (canon ? yes : no),
})

/** Writes form values as one wire value and reads them back; a field has its own leaf on both sides. */
export function notesOfForm(
  place: Place,
  names: readonly string[],
  wirePointer: (name: string) => string,
  how: 'split' | 'merged' | 'copied',
  rule: string,
): void {
  if (!place.notes) return
  for (const name of names) {
    place.notes.push({
      how,
      wire: [wirePointer(name)],
      canon: [`${place.canon}/${escapePointer(name)}`],
      label: name,
      rule,
    })
  }
}
