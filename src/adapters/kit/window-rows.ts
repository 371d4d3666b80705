/** What the tables of service windows share: texts within bounds, a place that is one, hours, codes in one string. */
import { Type } from 'typebox'
import { GatewayError } from '../../errors.ts'
import type { RegionalWindow, WindowHours } from '../../schemas/window.ts'
import { wallClock } from './clock.ts'
import { asText, atMost, oneOrMany } from './codecs.ts'
import { type Alarmed, type Alarms, unheard } from './codes.ts'
import type { WindowsPage } from './contract.ts'
import { readHours } from './hours.ts'
import { type Codec, type Context, isAbsent } from './table.ts'

/** A member that may be absent, and a number where text is meant. How long it is matters to nobody: what is shown is cut. */
export const WIRE_TEXT = Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()]))

/** A member that must be there; numbers are read as text, since platforms change between the two. */
export const WIRE_TOLD = Type.Union([Type.String({ minLength: 1 }), Type.Number()])

/** Text to be shown: what a database does not take, or a screen does not show, is left out, and the end of what is too long. */
const clean = (wire: unknown, most: number): string =>
  atMost(
    asText(wire)
      .toWellFormed()
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim(),
    most,
  )

export const shown = (most: number): Codec<string | number, string> => ({
  name: `text of at most ${most}`,
  how: 'copied',
  // Nothing is left of a text of blanks; the row above notes it as dropped.
  decode: (wire) => clean(wire, most) || (undefined as unknown as string),
  encode: (canon) => canon,
})

/** What a window is called: one without a name is none. */
export const called: Codec<string | number, string> = {
  name: 'name',
  how: 'copied',
  decode: (wire) => {
    const name = clean(wire, 200)
    if (name === '') throw new GatewayError('FIELD_UNREADABLE')
    return name
  },
  encode: (canon) => canon,
}

/** What names a window is not mended: it is whole or it is not read. */
export const windowCode: Codec<string | number, string> = {
  name: 'identifier',
  how: 'copied',
  decode: (wire) => {
    const code = asText(wire)
    if (code.length > 64 || clean(code, 64) !== code) throw new GatewayError('FIELD_UNREADABLE')
    return code
  },
  encode: (canon) => canon,
}

/** Hours in words; what cannot be read of them is told as text alone. */
export const hoursInWords: Codec<string | number, WindowHours> = {
  name: 'opening hours in words',
  how: 'derived',
  decode: (wire) => {
    const told = clean(wire, 500)
    const weekly = readHours(told)
    if (told === '') return undefined as unknown as WindowHours
    return { text: told, ...(weekly ? { weekly } : {}) }
  },
  encode: (canon) => canon.text,
}

/** When the region last changed a window. A time that cannot be read is no reason to lose the window. */
export const changedAt: Codec<string | number, string> = {
  name: 'time of the last change',
  how: 'derived',
  decode: (wire, context, place) => {
    try {
      return wallClock.decode(asText(wire), context, place)
    } catch {
      // An absent value is the honest reading of it; the row above notes it as dropped.
      return undefined as unknown as string
    }
  },
  encode: (canon, context, place) => wallClock.encode(canon, context, place),
}

/** Whether it is a 专窗. A window is not said to be one unless its region says so; another code than the two is alarmed. */
export const crossRegion = (table: string): Codec<string | number, boolean, Alarmed> => ({
  name: '专窗 1/0',
  how: 'coded',
  decode: (wire, context) => {
    const code = String(wire)
    if (code !== '1' && code !== '0') context.alarms?.push({ table, code: code.slice(0, 40) })
    return code === '1'
  },
  encode: (canon) => (canon ? '1' : '0'),
})

/** Codes of matters in one string; nothing told is none. */
export const codesIn = <W extends string>(member: W, separator: ',' | ';') => ({
  name: `codes joined by ${separator}`,
  how: 'split' as const,
  decode: (wire: { readonly [K in W]?: unknown }): string[] => {
    const told = wire[member]
    if (isAbsent(told)) return []
    const codes = asText(told)
      .split(separator)
      .map((one) => clean(one, 64))
      .filter((one) => one !== '')
    return [...new Set(codes)].slice(0, 5_000)
  },
  encode: (canon: string[]) => ({ [member]: canon.join(separator) }) as { [K in W]: string },
})

/** The four regions with a margin: no window of theirs is outside. Nothing inside is inside with longitude and latitude swapped. */
const DELTA = { west: 114, east: 124, south: 26.5, north: 36 }
const isInDelta = (lon: number, lat: number): boolean =>
  lon > DELTA.west && lon < DELTA.east && lat > DELTA.south && lat < DELTA.north

interface Spot {
  readonly lon: number
  readonly lat: number
}

/** From the region's datum to WGS-84; nothing for one that is not known. */
type ToWgs84 = (spot: Spot, wire: object) => Spot | undefined

const six = (degrees: number): number => Number(degrees.toFixed(6))

/** Where a window is, or why that cannot be known; neither where nothing is told. What is swapped is not swapped back: it is alarmed. */
function spotIn(
  told: readonly [unknown, unknown],
  wire: object,
  toWgs84: ToWgs84,
): Spot | string | undefined {
  if (told.every(isAbsent)) return undefined
  const [lon = Number.NaN, lat = Number.NaN] = told.map((one) => (isAbsent(one) ? Number.NaN : Number(one)))
  if (isInDelta(lat, lon)) return 'longitude and latitude swapped'
  if (!isInDelta(lon, lat)) return 'no place in the Delta'
  return toWgs84({ lon, lat }, wire) ?? 'datum unknown'
}

/** Longitude and latitude of a table: two rows of the same two members, together or not at all. */
export function placeIn<L extends string, B extends string>(
  table: string,
  lonMember: L,
  latMember: B,
  toWgs84: ToWgs84 = (spot) => spot,
) {
  type Wire = { readonly [K in L | B]?: unknown }
  const half = (which: 'lon' | 'lat', member: L | B) => ({
    name: 'WGS-84 degrees',
    how: 'derived' as const,
    decode: (wire: Wire, context: Alarmed): number | undefined => {
      const spot = spotIn([wire[lonMember], wire[latMember]], wire, toWgs84)
      if (typeof spot !== 'string') return spot && six(spot[which])
      if (which === 'lon') context.alarms?.push({ table, code: spot })
      return undefined
    },
    encode: (canon: number | undefined): { readonly [K in L | B]?: string } =>
      canon === undefined ? {} : ({ [member]: canon.toFixed(6) } as { [K in L | B]?: string }),
  })
  return { lon: half('lon', lonMember), lat: half('lat', latMember) }
}

/** Reads the rows of a page, each by itself: one that cannot be read is named and alarmed, and the others are read. */
export function readWindows<C extends Context & { readonly alarms?: Alarms }>(
  told: unknown,
  total: number,
  message: { readonly name: string; readonly read: (wire: unknown, context: C) => RegionalWindow },
  context: C,
  codeMember: string,
): WindowsPage {
  const items: RegionalWindow[] = []
  const unreadable: string[] = []
  for (const row of oneOrMany<unknown>(told)) {
    try {
      items.push(message.read(row, context))
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      const code = codeIn(row, codeMember)
      unreadable.push(code)
      ;(context.alarms ?? unheard).push({ table: `${message.name}, unreadable`, code: code.slice(0, 40) })
    }
  }
  return { items, total, unreadable }
}

function codeIn(row: unknown, member: string): string {
  const told = typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[member] : undefined
  return typeof told === 'string' || typeof told === 'number' ? clean(told, 64) : ''
}
