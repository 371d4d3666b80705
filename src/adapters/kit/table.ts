/**
 * A mapping is a table keyed by the canonical field. A forgotten field does not compile; the table is read both ways,
 * printed as documentation, named in errors in the region's own words, and leaves the trace of which a ledger is made.
 */
import type { How } from '../../schemas/ledger.ts'
import type { Place } from './trace.ts'

/** What a conversion may look at besides the document: the matter, options of the region, the clock. */
export type Context = object

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

/** Absent, `null` and `""` all mean that nothing is said: three of four regions write it so. */
export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''
