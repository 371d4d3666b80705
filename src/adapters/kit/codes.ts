/** Code tables: the same word has another code on each platform, and the same code another meaning. */
import { GatewayError } from '../../errors.ts'
import { CASE_STATUSES, type CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import { asText } from './codecs.ts'
import type { Codec, Context } from './table.ts'
import { type Place, REASONS } from './trace.ts'

/** A code that no table knows: kept as it came, reported, never guessed. */
export interface Alarm {
  readonly table: string
  readonly code: string
}

/** What every context carries. */
export interface Alarmed extends Context {
  readonly alarms?: Alarms
}

/** A document that is about to be read or written, and what with. */
export interface Heard {
  /** Name of the message: `zhejiang/case`. */
  readonly message: string
  readonly way: 'read' | 'write'
  readonly given: unknown
  readonly context: Context
}

/** Where alarms go: a list that is looked at afterwards, or whoever is told at once. */
export interface Alarms {
  readonly push: (...alarms: Alarm[]) => unknown
  /** Hears of each document before it is read or written; absent where nobody listens. */
  readonly heard?: (document: Heard) => void
}

/** For callers that want no alarms. */
export const unheard: Alarms = { push: () => 0 }

/** Canonical word → the region's codes; the first is the one that is sent, all are read. `[]`: never said there. */
export type CodeTable<Canon extends string> = { readonly [K in Canon]: readonly string[] }

export interface CodeCodec<Canon extends string> extends Codec<string, Canon> {
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

/** Word → the code that is sent for it, for the words that have one. */
export const sentCodes = <Canon extends string>({
  table,
}: {
  readonly table: CodeTable<Canon>
}): Readonly<Partial<Record<Canon, string>>> =>
  // Object.fromEntries forgets which words they were.
  Object.fromEntries(
    Object.entries<readonly string[]>(table).flatMap(([word, [code]]) =>
      code === undefined ? [] : [[word, code]],
    ),
  ) as Partial<Record<Canon, string>>

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
    noteCodes(
      place,
      codec,
      [place.wire],
      known.length === 0 ? [] : leaves(known, place.canon),
      REASONS.unknownCode,
    )
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
      noteCodes(place, codec, [`${place.wire}/${index}`], canon, REASONS.unknownCode)
      out.push(...known)
    }
    if (wire.length === 0) noteCodes(place, codec, [place.wire], [place.canon], REASONS.unknownCode)
    return out
  },
  encode: (canon, _context, place) =>
    codesOf(codec, write, canon, place, (index) => `${place.wire}/${index}`),
})

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
    noteCodes(place, codec, [...new Set(wire)], [`${place.canon}/${index}`], REASONS.noCode)
  }
  if (words.length === 0) noteCodes(place, codec, [place.wire], [place.canon], REASONS.noCode)
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
    table,
    /** Whether the region has a code for it. */
    says: (status: CaseStatus) => status !== 'UNKNOWN' && (table[status]?.length ?? 0) > 0,
    codes: CASE_STATUSES.filter((status) => status !== 'UNKNOWN').flatMap((status) => table[status]),
  }
}
