/**
 * A mapping is a table keyed by the canonical field. A forgotten field does not compile; the table is read both ways,
 * printed as documentation, named in errors in the region's own words, and leaves the trace of which a ledger is made.
 */
import { GatewayError } from '../../errors.ts'
import type { How } from '../../schemas/ledger.ts'
import { escapePointer, leaves } from '../../schemas/pointers.ts'

export { escapePointer, leaves }

/** What a conversion may look at besides the document: the matter, options of the region, the clock. */
export type Context = object

/** One step of a trace: pointers on both sides, how, and by which rule. `value` never stands here. */
export interface Note {
  readonly how: How
  readonly wire: readonly string[]
  readonly canon: readonly string[]
  readonly label: string
  readonly rule: string
  readonly reason?: string
}

/** Where we are in both documents, and where notes go when somebody wants them. */
export interface Place {
  readonly wire: string
  readonly canon: string
  readonly notes: Note[] | undefined
}

/** The place of a whole document, without a trace. */
export const ROOT: Place = { wire: '', canon: '', notes: undefined }

/** A place that collects notes. */
export const traced = (): Place & { readonly notes: Note[] } => ({ wire: '', canon: '', notes: [] })

/** Reads a wire value as a canonical value, and writes it back. `deep` codecs note their own leaves. */
export interface Codec<Wire, Canon, C extends Context = Context> {
  readonly name: string
  readonly how: How
  readonly deep?: true
  readonly decode: (wire: Wire, context: C, place: Place) => Canon
  readonly encode: (canon: Canon, context: C, place: Place) => Wire
  /** Rows of a table, for `explain`. */
  readonly rows?: () => readonly Explained[]
}

/** One line of the documentation of a table. */
export interface Explained {
  readonly canon: string
  readonly wire: readonly string[]
  readonly label: string
  readonly how: How
  readonly rule: string
  readonly optional: boolean
}

type Key<T> = keyof T & string

/** One wire field. `label` is what the region's own document calls it. */
type Row<Wire, W extends Key<Wire>, Canon, C extends Context> = {
  readonly wire: W
  readonly label: string
  readonly codec: Codec<NonNullable<Wire[W]>, NonNullable<Canon>, C>
} & (undefined extends Canon ? { readonly optional: true } : { readonly optional?: never })

/** Several wire fields at this level: a status in two fields, an applicant laid flat. `undefined` where nothing is told. */
interface Spread<Wire, Canon, C extends Context> {
  readonly label: string
  readonly wires: readonly Key<Wire>[]
  readonly spread: {
    readonly name: string
    readonly how: How
    readonly deep?: true
    readonly decode: (wire: Wire, context: C, place: Place) => Canon
    readonly encode: (canon: Canon, context: C, place: Place) => Partial<Wire>
    readonly rows?: () => readonly Explained[]
  }
}

/** No place for this field over there. Only an optional field may say so, and it says why: the reason is the loss that people read. */
type None<Canon> = undefined extends Canon ? { readonly none: string } : never

/** A canonical member that the context knows and the wire does not carry (the region of its own case, say). */
interface Given<Canon, C extends Context> {
  readonly given: string
  readonly value: (context: C) => Canon
}

/** One row for every canonical field: leaving one out does not compile. */
export type Table<Wire, Canon, C extends Context = Context> = {
  readonly [K in keyof Canon]-?:
    | { [W in Key<Wire>]-?: Row<Wire, W, Canon[K], C> }[Key<Wire>]
    | Spread<Wire, Canon[K], C>
    | None<Canon[K]>
    | Given<Canon[K], C>
}

/** A wire field that no canonical field fills: a constant, or something of the matter or the region's options. */
export interface Filled<Wire, C extends Context, Canon> {
  readonly wire: Key<Wire>
  readonly label: string
  /** Name of the rule, for the ledger: `constant`, `matter.departCode` … */
  readonly rule: string
  /** Why it says nothing canonical when it is read. */
  readonly dropped: string
  /** `undefined` leaves the member out. */
  readonly value: (context: C, canon: Canon) => Wire[Key<Wire>] | undefined
}

export const row = <W extends string, A, B, C extends Context = Context>(
  wire: W,
  label: string,
  codec: Codec<A, B, C>,
) => ({ wire, label, codec }) as const
export const maybe = <W extends string, A, B, C extends Context = Context>(
  wire: W,
  label: string,
  codec: Codec<A, B, C>,
) => ({ wire, label, codec, optional: true }) as const
export const spread = <const Ws extends readonly string[], S>(wires: Ws, label: string, codec: S) =>
  ({ wires, label, spread: codec }) as const
export const none = (why: string) => ({ none: why }) as const
export const given = <C extends Context, V>(rule: string, value: (context: C) => V) =>
  ({ given: rule, value }) as const

/** The rows as the compiled table sees them, all types forgotten; `compile` is the one place that may. */
interface AnyRow {
  readonly canon: string
  readonly wire?: string
  readonly wires?: readonly string[]
  readonly label?: string
  readonly codec?: Codec<unknown, unknown>
  readonly spread?: Codec<unknown, unknown>
  readonly optional?: true
  readonly none?: string
  readonly given?: string
  readonly value?: (context: Context) => unknown
}

/** Absent, `null` and `""` all mean that nothing is said: three of four regions write it so. */
export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

/** The place of a row. Without a trace nobody reads pointers, so none are made. */
const placeOf = (place: Place, r: AnyRow): Place =>
  place.notes === undefined
    ? place
    : {
        wire: r.wire === undefined ? place.wire : `${place.wire}/${r.wire}`,
        canon: `${place.canon}/${r.canon}`,
        notes: place.notes,
      }

/** Adds where it happened to an error that a codec threw. */
const unreadable = (table: string, field: string, label: string, pointer: string, cause: unknown): never => {
  if (cause instanceof GatewayError && cause.facts['field'] !== undefined) throw cause
  const code = cause instanceof GatewayError ? cause.code : 'FIELD_UNREADABLE'
  const facts = cause instanceof GatewayError ? cause.facts : {}
  throw new GatewayError(
    code,
    { ...facts, table, field, label },
    {
      cause,
      errors: [
        { pointer, code, zh: `“${label}”缺失或无法读取`, en: `${label} is missing or cannot be read` },
      ],
    },
  )
}

/**
 * Compiles a table once. The result is a codec, so that a table can be a row of another table.
 * Decoding throws `FIELD_UNREADABLE` with table, field and label; a field that a codec cannot know throws its own code.
 */
export function compile<Wire extends object, Canon extends object, C extends Context = Context>(
  name: string,
  table: Table<Wire, Canon, C>,
  filled: readonly Filled<Wire, C, Canon>[] = [],
): Codec<Wire, Canon, C> {
  // The types of the rows were checked above, where the table was written; below they are only data.
  const rows = Object.entries(table).map(([canon, entry]) => ({
    canon,
    ...(entry as object),
  })) as readonly AnyRow[]
  const fills = filled as unknown as readonly Filled<Record<string, unknown>, Context, unknown>[]

  const decode = (wire: Wire, context: C, place: Place = ROOT): Canon => {
    const from = wire as Record<string, unknown>
    const canon: Record<string, unknown> = {}
    for (const r of rows) {
      if (r.none !== undefined) continue
      const value = readRow(name, r, from, context, place)
      if (value !== undefined) canon[r.canon] = value
    }
    if (place.notes) {
      for (const f of fills) {
        if (from[f.wire] === undefined) continue
        place.notes.push({
          how: 'dropped',
          wire: [`${place.wire}/${f.wire}`],
          canon: [],
          label: f.label,
          rule: f.rule,
          reason: f.dropped,
        })
      }
    }
    return canon as Canon
  }

  const encode = (canon: Canon, context: C, place: Place = ROOT): Wire => {
    const from = canon as Record<string, unknown>
    const wire: Record<string, unknown> = {}
    for (const r of rows) writeRow(name, r, from[r.canon], wire, context, place)
    for (const f of fills) {
      const value = f.value(context, canon)
      if (value === undefined) continue
      wire[f.wire] = value
      place.notes?.push({
        how: 'defaulted',
        wire: [`${place.wire}/${f.wire}`],
        canon: [],
        label: f.label,
        rule: f.rule,
      })
    }
    return wire as Wire
  }

  const explain = (): readonly Explained[] =>
    rows
      .flatMap((r) => explainRow(r))
      .concat(
        fills.map((f) => ({
          canon: '',
          wire: [f.wire],
          label: f.label,
          how: 'defaulted' as const,
          rule: f.rule,
          optional: false,
        })),
      )
  return { name, how: 'derived', deep: true, decode, encode, rows: explain }
}

function readRow(
  table: string,
  r: AnyRow,
  wire: Record<string, unknown>,
  context: Context,
  place: Place,
): unknown {
  if (r.given !== undefined) return r.value?.(context)
  const codec = r.codec ?? r.spread
  if (!codec) return undefined
  const label = r.label ?? ''
  const at = placeOf(place, r)
  try {
    if (r.wire !== undefined) {
      const raw = wire[r.wire]
      if (isAbsent(raw)) {
        if (!r.optional) throw new GatewayError('FIELD_UNREADABLE')
        if (raw !== undefined)
          place.notes?.push({
            how: 'dropped',
            wire: [at.wire],
            canon: [],
            label,
            rule: 'absent',
            reason: '空值: 没有内容可转换',
          })
        return undefined
      }
      const value = codec.decode(raw, context, at)
      if (value === undefined) {
        place.notes?.push({
          how: 'dropped',
          wire: [at.wire],
          canon: [],
          label,
          rule: codec.name,
          reason: '代码不在代码表中: 保留原值, 不作猜测',
        })
      } else if (!codec.deep) {
        place.notes?.push({
          how: codec.how,
          wire: [at.wire],
          canon: leaves(value, at.canon),
          label,
          rule: codec.name,
        })
      }
      return value
    }
    const value = codec.decode(wire, context, at)
    if (!codec.deep && place.notes) noteSpreadRead(place, at, r, codec, value, wire)
    return value
  } catch (cause) {
    return unreadable(table, r.canon, label, `${place.wire}/${r.wire ?? r.wires?.[0] ?? ''}`, cause)
  }
}

function noteSpreadRead(
  place: Place,
  at: Place,
  r: AnyRow,
  codec: Codec<unknown, unknown>,
  value: unknown,
  wire: Record<string, unknown>,
) {
  const present = (r.wires ?? []).filter((w) => wire[w] !== undefined).map((w) => `${place.wire}/${w}`)
  if (present.length === 0) return
  place.notes?.push(
    value === undefined
      ? {
          how: 'dropped',
          wire: present,
          canon: [],
          label: r.label ?? '',
          rule: codec.name,
          reason: '空值: 没有内容可转换',
        }
      : {
          how: present.length > 1 && codec.how === 'derived' ? 'merged' : codec.how,
          wire: present,
          canon: leaves(value, at.canon),
          label: r.label ?? '',
          rule: codec.name,
        },
  )
}

function writeRow(
  table: string,
  r: AnyRow,
  value: unknown,
  wire: Record<string, unknown>,
  context: Context,
  place: Place,
): void {
  const at = placeOf(place, r)
  if (r.none !== undefined || r.given !== undefined) {
    if (value !== undefined && place.notes) noteNoPlace(place, at, r, value)
    return
  }
  const codec = r.codec ?? r.spread
  if (!codec) return
  const label = r.label ?? ''
  try {
    if (r.wire !== undefined) {
      if (isAbsent(value)) {
        if (!r.optional) throw new GatewayError('FIELD_UNREADABLE')
        if (value !== undefined)
          place.notes?.push({
            how: 'dropped',
            wire: [],
            canon: [at.canon],
            label,
            rule: 'absent',
            reason: '空值: 没有内容可转换',
          })
        return
      }
      const written = codec.encode(value, context, at)
      if (written === undefined) {
        place.notes?.push({
          how: 'dropped',
          wire: [],
          canon: leaves(value, at.canon),
          label,
          rule: codec.name,
          reason: '对方的代码表没有这一项',
        })
        return
      }
      wire[r.wire] = written
      if (!codec.deep)
        place.notes?.push({
          how: codec.how,
          wire: [at.wire],
          canon: leaves(value, at.canon),
          label,
          rule: codec.name,
        })
      return
    }
    const part = codec.encode(value, context, at) as Record<string, unknown>
    for (const key in part) if (part[key] !== undefined) wire[key] = part[key]
    if (!codec.deep && place.notes) noteSpreadWrite(place, at, label, codec, value, part)
  } catch (cause) {
    unreadable(table, r.canon, label, `${place.canon}/${r.canon}`, cause)
  }
}

function noteNoPlace(place: Place, at: Place, r: AnyRow, value: unknown): void {
  const reason = r.none ?? `由办理地区得知 (${r.given ?? ''})`
  const canon = leaves(value, at.canon)
  if (canon.length > 0)
    place.notes?.push({
      how: 'dropped',
      wire: [],
      canon,
      label: r.label ?? r.canon,
      rule: r.none === undefined ? 'given' : 'none',
      reason,
    })
}

function noteSpreadWrite(
  place: Place,
  at: Place,
  label: string,
  codec: Codec<unknown, unknown>,
  value: unknown,
  part: Record<string, unknown>,
): void {
  const targets = Object.keys(part)
    .filter((key) => part[key] !== undefined)
    .map((key) => `${place.wire}/${key}`)
  const canon = value === undefined ? [] : leaves(value, at.canon)
  if (targets.length === 0 && canon.length === 0) return
  if (targets.length === 0)
    place.notes?.push({
      how: 'dropped',
      wire: [],
      canon,
      label,
      rule: codec.name,
      reason: '对方没有可放之处',
    })
  else if (canon.length === 0)
    place.notes?.push({ how: 'defaulted', wire: targets, canon, label, rule: codec.name })
  else
    place.notes?.push({
      how: targets.length > 1 ? 'split' : codec.how,
      wire: targets,
      canon,
      label,
      rule: codec.name,
    })
}

function explainRow(r: AnyRow): readonly Explained[] {
  if (r.none !== undefined)
    return [{ canon: `/${r.canon}`, wire: [], label: '', how: 'dropped', rule: r.none, optional: true }]
  if (r.given !== undefined)
    return [{ canon: `/${r.canon}`, wire: [], label: '', how: 'derived', rule: r.given, optional: false }]
  const codec = r.codec ?? r.spread
  const wires = r.wire === undefined ? (r.wires ?? []) : [r.wire]
  const inner = codec?.rows?.()
  const own = {
    canon: `/${r.canon}`,
    wire: wires,
    label: r.label ?? '',
    how: codec?.how ?? 'derived',
    rule: codec?.name ?? '',
    optional: r.optional === true,
  }
  if (!inner) return [own]
  return inner.map((line) => ({
    ...line,
    canon: line.canon === '' ? own.canon : own.canon + line.canon,
    wire: line.wire.map((w) => (r.wire === undefined ? w : `${r.wire}/${w}`)),
  }))
}
