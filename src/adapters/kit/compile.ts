/** Tables at work: a table is compiled once into steps, one for each of its rows, that read, write and explain. */
import { GatewayError } from '../../errors.ts'
import type { How } from '../../schemas/ledger.ts'
import { leaves } from '../../schemas/pointers.ts'
import { note, noteLost, noteParts, noteRead, noteSeveral, noteUnread } from './notes.ts'
import { type Codec, type Context, type Explained, type Filled, isAbsent, type Table } from './table.ts'
import { inside, type Place, REASONS, ROOT } from './trace.ts'

type Fields = Record<string, unknown>

/** A row at work. */
interface Step {
  readonly canon: string
  readonly read: (wire: Fields, context: Context, place: Place) => unknown
  readonly write: (value: unknown, wire: Fields, context: Context, place: Place) => void
  readonly explain: () => readonly Explained[]
}

/** A row as it was written, its types forgotten: they were checked where the table was written. */
interface Entry {
  readonly label: string
  readonly wire: string
  readonly codec?: Codec<unknown, unknown>
  readonly optional?: true
  readonly wires: readonly string[]
  readonly spread?: Codec<unknown, unknown>
  readonly none?: string
  readonly given: string
  readonly value: (context: Context) => unknown
}

/**
 * Compiles a table. The result is a codec, so that a table can be a row of another table.
 * Decoding throws `FIELD_UNREADABLE` with table, field and label; a field that a codec cannot know throws its own code.
 */
export function compile<Wire extends object, Canon extends object, C extends Context = Context>(
  name: string,
  table: Table<Wire, Canon, C>,
  filled: readonly Filled<Wire, C, Canon>[] = [],
): Codec<Wire, Canon, C> {
  const steps = Object.entries(table).map(([canon, entry]) => stepOf(name, canon, entry as Entry))
  const decode = (wire: Wire, context: C, place: Place = ROOT): Canon => {
    const canon: Fields = {}
    for (const step of steps) {
      const value = step.read(wire as Fields, context, place)
      if (value !== undefined) canon[step.canon] = value
    }
    if (place.notes) noteUnread(wire as Fields, filled, place)
    // Every row of the table has been read.
    return canon as Canon
  }
  const encode = (canon: Canon, context: C, place: Place = ROOT): Wire => {
    const wire: Fields = {}
    for (const step of steps) step.write((canon as Fields)[step.canon], wire, context, place)
    for (const { wire: member, value, label, rule } of filled) {
      const constant = value(context, canon)
      if (constant === undefined) continue
      wire[member] = constant
      place.notes?.push({ how: 'defaulted', wire: [`${place.wire}/${member}`], canon: [], label, rule })
    }
    // Every row of the table has been written; the schema of the message is looked at afterwards.
    return wire as Wire
  }
  const rows = () => [
    ...steps.flatMap((step) => step.explain()),
    ...filled.map(({ wire, label, rule }) => line('', [wire], label, 'defaulted', rule, false)),
  ]
  return { name, how: 'derived', deep: true, decode, encode, rows }
}

function stepOf(table: string, canon: string, entry: Entry): Step {
  if (entry.none !== undefined) return noPlace(canon, entry.none)
  if (entry.codec) return field(table, canon, entry, entry.codec)
  return entry.spread ? several(table, canon, entry, entry.spread) : given(canon, entry)
}

/** A canonical member that has no place over there. */
const noPlace = (canon: string, why: string): Step => ({
  canon,
  read: () => undefined,
  write: (value, _wire, _context, place) => noteLost(place, canon, canon, 'none', value, why),
  explain: () => [line(`/${canon}`, [], '', 'dropped', why, true)],
})

/** A canonical member that the context knows. */
const given = (canon: string, { given: rule, value }: Entry): Step => ({
  canon,
  read: (_wire, context) => value(context),
  write: (told, _wire, _context, place) =>
    noteLost(place, canon, canon, 'given', told, `由办理地区得知 (${rule})`),
  explain: () => [line(`/${canon}`, [], '', 'derived', rule, false)],
})

/** One canonical member in one wire field. */
const field = (table: string, canon: string, entry: Entry, codec: Codec<unknown, unknown>): Step => ({
  canon,
  read: fieldReader({ table, canon, label: entry.label }, entry, codec),
  write: fieldWriter({ table, canon, label: entry.label }, entry, codec),
  explain: () =>
    nested(
      line(`/${canon}`, [entry.wire], entry.label, codec.how, codec.name, entry.optional === true),
      codec,
      entry.wire,
    ),
})

const fieldReader =
  (where: Where, { wire: name, label, optional }: Entry, codec: Codec<unknown, unknown>): Step['read'] =>
  (wire, context, place) => {
    const raw = wire[name]
    const at = inside(place, name, where.canon)
    if (isAbsent(raw)) {
      if (!optional) throw unreadable(where, `${place.wire}/${name}`)
      if (raw !== undefined) note(place, 'dropped', [at.wire], [], label, 'absent', REASONS.empty)
      return undefined
    }
    let value: unknown
    try {
      value = codec.decode(raw, context, at)
    } catch (cause) {
      throw located(where, `${place.wire}/${name}`, cause)
    }
    if (place.notes) noteRead(place, at, label, codec, value)
    return value
  }

const fieldWriter =
  (where: Where, { wire: name, label, optional }: Entry, codec: Codec<unknown, unknown>): Step['write'] =>
  (value, wire, context, place) => {
    const at = inside(place, name, where.canon)
    if (isAbsent(value)) {
      if (!optional) throw unreadable(where, `${place.canon}/${where.canon}`)
      if (value !== undefined) note(place, 'dropped', [], [at.canon], label, 'absent', REASONS.empty)
      return
    }
    let written: unknown
    try {
      written = codec.encode(value, context, at)
    } catch (cause) {
      throw located(where, `${place.canon}/${where.canon}`, cause)
    }
    if (written === undefined) {
      noteLost(place, where.canon, label, codec.name, value, REASONS.noCode)
      return
    }
    wire[name] = written
    if (place.notes && !codec.deep)
      note(place, codec.how, [at.wire], leaves(value, at.canon), label, codec.name)
  }

/** One canonical member in several wire fields of this level. */
function several(
  table: string,
  canon: string,
  { wires, label }: Entry,
  codec: Codec<unknown, unknown>,
): Step {
  const where = { table, canon, label }
  return {
    canon,
    read: (wire, context, place) => {
      const at = inside(place, undefined, canon)
      let value: unknown
      try {
        value = codec.decode(wire, context, at)
      } catch (cause) {
        throw located(where, `${place.wire}/${wires[0] ?? ''}`, cause)
      }
      if (place.notes && !codec.deep) {
        const present = wires.filter((one) => wire[one] !== undefined).map((one) => `${place.wire}/${one}`)
        if (present.length > 0) noteSeveral(place, at, label, codec, value, present)
      }
      return value
    },
    write: (value, wire, context, place) => {
      const at = inside(place, undefined, canon)
      let part: Fields
      try {
        part = codec.encode(value, context, at) as Fields
      } catch (cause) {
        throw located(where, `${place.canon}/${canon}`, cause)
      }
      for (const key in part) {
        const told = part[key]
        if (told !== undefined) wire[key] = told
      }
      if (place.notes && !codec.deep) noteParts(place, at, label, codec, value, part)
    },
    explain: () => nested(line(`/${canon}`, wires, label, codec.how, codec.name, false), codec, undefined),
  }
}

interface Where {
  readonly table: string
  readonly canon: string
  readonly label: string
}

/** What a codec threw, with where it happened, unless a codec further in has said so already. */
const located = (where: Where, pointer: string, cause: unknown): unknown =>
  cause instanceof GatewayError && cause.facts['field'] !== undefined
    ? cause
    : unreadable(where, pointer, cause)

function unreadable({ table, canon, label }: Where, pointer: string, cause?: unknown): GatewayError {
  const [code, facts] =
    cause instanceof GatewayError ? [cause.code, cause.facts] : (['FIELD_UNREADABLE', {}] as const)
  return new GatewayError(
    code,
    { ...facts, table, field: canon, label },
    {
      cause,
      errors: [
        { pointer, code, zh: `“${label}”缺失或无法读取`, en: `${label} is missing or cannot be read` },
      ],
    },
  )
}

const line = (
  canon: string,
  wire: readonly string[],
  label: string,
  how: How,
  rule: string,
  optional: boolean,
): Explained => ({ canon, wire, label, how, rule, optional })

/** The lines of a codec that has lines of its own, under this row. */
const nested = (
  own: Explained,
  codec: Codec<unknown, unknown>,
  under: string | undefined,
): readonly Explained[] =>
  codec.rows?.().map((inner) => ({
    ...inner,
    canon: own.canon + inner.canon,
    wire: inner.wire.map((one) => (under === undefined ? one : `${under}/${one}`)),
  })) ?? [own]
