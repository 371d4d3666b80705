/** The small codecs that more than one region needs. Each is total in both directions, or throws and names itself. */
import { GatewayError } from '../../errors.ts'
import { CASE_STATUSES, type CaseStatus } from '../../schemas/case-status.ts'
import type { Codec, Context, Place } from './table.ts'
import { escapePointer, isAbsent, leaves } from './table.ts'

/** A code that no table knows: kept as it came, reported, never guessed. */
export interface Alarm {
  readonly table: string
  readonly code: string
}

/** What every context carries. */
export interface Alarmed extends Context {
  readonly alarms?: Alarm[]
}

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

/**
 * Joins texts into one that lies in memory in one piece. A template or a slice makes a string that points into others, and one
 * such string anywhere in a document makes `JSON.stringify` take its slow way through the whole of it.
 */
export const inOnePiece = (...parts: readonly string[]): string => parts.join('')

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
    const [year, month, day] = [two(0) * 100 + two(2), two(5), two(8)]
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

/** An instant as RFC 3339 with the offset `+08:00`, whole seconds. */
export function formatInstant(date: Date): string {
  return `${new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

/** The wall clock of Asia/Shanghai, `yyyy-MM-dd HH:mm:ss`. */
export const formatWallClock = (date: Date): string =>
  new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** Canonical word → the region's codes; the first is the one that is sent, all are read. `[]`: never said there. */
export type CodeTable<Canon extends string> = { readonly [K in Canon]: readonly string[] }

interface CodeCodec<Canon extends string> extends Codec<string, Canon> {
  /** The canonical word, or `undefined` for an unknown code. */
  readonly find: (code: unknown) => Canon | undefined
  /** The code that is sent for it. */
  readonly codeOf: (canon: Canon) => string
  readonly table: CodeTable<Canon>
}

/**
 * A code table. Decoding an unknown code throws `CODE_UNKNOWN`; encoding a word without a code throws too.
 * Wrap in `tolerant` where a record must survive an unknown code.
 */
export function codes<Canon extends string>(name: string, table: CodeTable<Canon>): CodeCodec<Canon> {
  const inbound = new Map<string, Canon>()
  for (const [canon, raws] of Object.entries(table) as [Canon, readonly string[]][]) {
    for (const raw of raws) {
      if (inbound.has(raw)) throw new Error(`${name}: the code ${raw} stands for two canonical words`)
      inbound.set(raw, canon)
    }
  }
  const find = (code: unknown) => inbound.get(String(code))
  const codeOf = (canon: Canon): string => {
    const code = table[canon]?.[0]
    if (code === undefined) throw new GatewayError('CODE_UNKNOWN', { table: name, word: canon })
    return code
  }
  return {
    name,
    how: 'coded',
    table,
    find,
    codeOf,
    decode: (wire) => {
      const canon = find(asText(wire))
      if (canon === undefined) throw new GatewayError('CODE_UNKNOWN', { table: name })
      return canon
    },
    encode: codeOf,
  }
}

/**
 * A code table for an optional field of a record that must be read and written whatever it holds: an unknown code raises an alarm
 * and tells nothing, a word without a code is left out. The row above notes either as dropped.
 */
export const tolerant = <Canon extends string>(codec: CodeCodec<Canon>): Codec<string, Canon, Alarmed> => ({
  name: codec.name,
  how: 'coded',
  decode: (wire, context) => {
    const canon = codec.find(wire)
    if (canon === undefined) alarm(codec.name, wire, context)
    // An absent value is the honest reading of an unknown code.
    return canon as Canon
  },
  // So is an absent member the honest writing of a word that the region has no code for.
  encode: (canon) => codec.table[canon]?.[0] as string,
})

/**
 * Several codes of one table in one string, joined by `separator`; what has no counterpart is left out, and told.
 * @param write the codes that a word is written with, where that is not the first of its line
 */
export const joined = <Canon extends string>(
  codec: CodeCodec<Canon>,
  separator: string,
  write = firstOf(codec),
): Codec<string, Canon[], Alarmed> => ({
  name: `${codec.name}, joined by ${separator}`,
  how: 'coded',
  deep: true,
  decode: (wire, context, place) => {
    const parts = asText(wire)
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '')
    const known = parts.flatMap((part) => wordsOf(codec, part, context))
    noteCodes(place, codec, [place.wire], known.length === 0 ? [] : leaves(known, place.canon), UNKNOWN_CODE)
    return known
  },
  encode: (canon, _context, place) => codesOf(codec, write, canon, place, () => place.wire).join(separator),
})

/** A list of codes of one table; as `joined`. */
export const each = <Canon extends string>(
  codec: CodeCodec<Canon>,
  write = firstOf(codec),
): Codec<string[], Canon[], Alarmed> => ({
  name: `${codec.name}, each`,
  how: 'coded',
  deep: true,
  decode: (wire, context, place) => {
    const out: Canon[] = []
    for (const [index, part] of wire.entries()) {
      const known = wordsOf(codec, asText(part), context)
      const canon = known.map(() => `${place.canon}/${out.length}`)
      noteCodes(place, codec, [`${place.wire}/${index}`], canon, UNKNOWN_CODE)
      out.push(...known)
    }
    if (wire.length === 0) noteCodes(place, codec, [place.wire], [place.canon], UNKNOWN_CODE)
    return out
  },
  encode: (canon, _context, place) =>
    codesOf(codec, write, canon, place, (index) => `${place.wire}/${index}`),
})

const UNKNOWN_CODE = '代码不在代码表中: 保留原值, 不作猜测'
const NO_CODE = '对方的代码表没有这一项'

const alarm = (table: string, code: unknown, context: Alarmed): void =>
  void context.alarms?.push({ table, code: String(code).slice(0, 40) })

const firstOf =
  <Canon extends string>(codec: CodeCodec<Canon>) =>
  (word: Canon): readonly string[] =>
    codec.table[word].slice(0, 1)

/** The word of a code, or none, alarmed. */
function wordsOf<Canon extends string>(codec: CodeCodec<Canon>, code: string, context: Alarmed): Canon[] {
  const word = codec.find(code)
  if (word === undefined) alarm(codec.name, code, context)
  return word === undefined ? [] : [word]
}

/** The codes of words, each once; a word without a code is noted as dropped. */
function codesOf<Canon extends string>(
  codec: CodeCodec<Canon>,
  write: (word: Canon) => readonly string[],
  words: readonly Canon[],
  place: Place,
  wireOf: (index: number) => string,
): string[] {
  const out: string[] = []
  for (const [index, word] of words.entries()) {
    const codes = write(word)
    out.push(...codes.filter((code) => !out.includes(code)))
    const wire = codes.map((code) => wireOf(out.indexOf(code)))
    noteCodes(place, codec, [...new Set(wire)], [`${place.canon}/${index}`], NO_CODE)
  }
  if (words.length === 0) noteCodes(place, codec, [place.wire], [place.canon], NO_CODE)
  return out
}

function noteCodes(
  place: Place,
  codec: { readonly name: string },
  wire: readonly string[],
  canon: readonly string[],
  reason: string,
): void {
  const isLost = wire.length === 0 || canon.length === 0
  place.notes?.push({
    how: isLost ? 'dropped' : 'coded',
    wire,
    canon,
    label: codec.name,
    rule: codec.name,
    ...(isLost ? { reason } : {}),
  })
}

/** A status table: every canonical status has its line. An unknown code is `UNKNOWN`, and alarmed. */
export function statuses(name: string, table: CodeTable<Exclude<CaseStatus, 'UNKNOWN'>>) {
  const codec = codes<Exclude<CaseStatus, 'UNKNOWN'>>(name, table)
  return {
    name,
    decode: (code: string, context: Alarmed): CaseStatus => {
      const status = codec.find(code)
      if (status === undefined) context.alarms?.push({ table: name, code: code.slice(0, 40) })
      return status ?? 'UNKNOWN'
    },
    /** The code that is sent for a status; `STATUS_UNKNOWN` when the region never says it. */
    encode: (status: CaseStatus): string => {
      if (status === 'UNKNOWN') throw new GatewayError('STATUS_UNKNOWN', { table: name })
      return codec.codeOf(status)
    },
    /** Whether the region has a code for it. */
    says: (status: CaseStatus) => status !== 'UNKNOWN' && (table[status]?.length ?? 0) > 0,
    codes: CASE_STATUSES.filter((status) => status !== 'UNKNOWN').flatMap((status) => table[status]),
  }
}

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

const TOUCHES_PROTOTYPE = /"(?:__proto__|constructor|prototype)"\s*:/

/** Parses JSON that stands inside a string, refusing keys that would touch a prototype. */
export function parseInner(wire: unknown): unknown {
  const text = asText(wire)
  // An escaped spelling of such a key has a backslash; JSON without one is looked at as it stands.
  if (
    text.includes('\\')
      ? TOUCHES_PROTOTYPE.test(
          text.replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
        )
      : TOUCHES_PROTOTYPE.test(text)
  ) {
    throw new GatewayError('FIELD_UNREADABLE')
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GatewayError('FIELD_UNREADABLE', {}, { cause })
  }
}
