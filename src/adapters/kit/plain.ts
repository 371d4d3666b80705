/**
 * For a region that writes one member for one thing: a row says the member, its label, and what stands in it, and the schema follows
 * from the rows. It is the table of `table.ts` with less to write: a forgotten canonical member does not compile here either.
 */
import { type TSchema, Type } from 'typebox'
import { wallClock } from './clock.ts'
import { list, text, zhName } from './codecs.ts'
import { type CodeCodec, each, tolerant } from './codes.ts'
import { compile } from './compile.ts'
import type { Codec, Context, Filled, Table } from './table.ts'
import { none, row, spread } from './table.ts'
import type { Place } from './trace.ts'

/** A wire document as its table sees it: the schema of the message has checked it. */
export type Wire = Readonly<Record<string, unknown>>

/** What stands in a member: how it is checked, and how it is read and written. */
export interface Part<Canon, C extends Context = Context> {
  readonly schema: TSchema
  readonly codec: Codec<unknown, Canon, C>
}

/** Binds a schema and a codec. The schema is what makes the wire's type true. */
export const part = <W, Canon, C extends Context>(
  schema: TSchema,
  codec: Codec<W, Canon, C>,
): Part<Canon, C> => ({
  schema,
  // The schema has let in nothing but what the codec reads.
  codec: codec as unknown as Codec<unknown, Canon, C>,
})

const asIs = <Value>(): Codec<Value, Value> => ({
  name: 'as it stands',
  how: 'copied',
  decode: (wire) => wire,
  encode: (canon) => canon,
})

/** Text of at most `max` characters. */
export const words = (max: number) => part(Type.String({ maxLength: max }), text)
/** A name in Chinese. */
export const name = (max: number) => part(Type.String({ maxLength: max }), zhName)
/** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
export const time = part(Type.String({ maxLength: 19 }), wallClock)
/** True or false. */
export const yes = part(Type.Boolean(), asIs<boolean>())
/** A whole number from 0. */
export const count = part(Type.Integer({ minimum: 0, maximum: 1_000_000 }), asIs<number>())
/** Several texts. */
export const texts = (max: number, most: number) =>
  part(Type.Array(Type.String({ maxLength: max }), { maxItems: most }), asIs<string[]>())
/** A code that must be known. */
export const code = <Canon extends string>(table: CodeCodec<Canon>) =>
  part(Type.String({ maxLength: 20 }), table)
/** A code of a record that must be read whatever it holds: see `tolerant`. */
export const anyCode = <Canon extends string>(table: CodeCodec<Canon>) =>
  part(Type.String({ maxLength: 20 }), tolerant(table))
/** Several codes of one table. */
export const codesOf = <Canon extends string>(
  table: CodeCodec<Canon>,
  write?: (word: Canon) => readonly string[],
) => part(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 100 }), each(table, write))
/** Several of one part. A list without any says so in the trace, since it has no items that could. */
export function many<Canon, C extends Context>(item: Part<Canon, C>, most: number): Part<Canon[], C> {
  const codec = list(item.codec)
  const told = (items: readonly unknown[], { wire, canon, notes }: Place) => {
    if (items.length === 0)
      notes?.push({ how: 'copied', wire: [wire], canon: [canon], label: codec.name, rule: codec.name })
  }
  return part(Type.Array(item.schema, { maxItems: most }), {
    ...codec,
    decode: (wire: unknown[], context: C, place: Place) => {
      told(wire, place)
      return codec.decode(wire, context, place)
    },
    encode: (canon: Canon[], context: C, place: Place) => {
      told(canon, place)
      return codec.encode(canon, context, place)
    },
  })
}

/** One member. */
interface Row<Canon, C extends Context> {
  readonly wire: string
  readonly label: string
  readonly part: Part<NonNullable<Canon>, C>
}
type Presence<Canon> = undefined extends Canon ? { readonly optional: true } : { readonly optional?: never }

/** Several members of this level. */
export interface Several<Canon, C extends Context> {
  readonly members: Readonly<Record<string, TSchema>>
  readonly label: string
  readonly spread: Omit<Codec<Wire, Canon, C>, 'rows'>
}

/** One row for every canonical member. */
export type PlainTable<Canon, C extends Context> = {
  readonly [K in keyof Canon]-?:
    | (Row<Canon[K], C> & Presence<Canon[K]>)
    | Several<Canon[K], C>
    | (undefined extends Canon[K] ? ReturnType<typeof none> : never)
    | { readonly given: string; readonly value: (context: C) => Canon[K] }
}

/** A member that is always there. */
export const must = <P>(wire: string, label: string, part: P) => ({ wire, label, part }) as const
/** A member that may be absent. */
export const may = <P>(wire: string, label: string, part: P) =>
  ({ wire, label, part, optional: true }) as const
/** Several members for one thing. Wrap a schema in `Type.Optional` where the member may be absent. */
export const several = <Canon, C extends Context>(
  members: Readonly<Record<string, TSchema>>,
  label: string,
  spread: Omit<Codec<Wire, Canon, C>, 'rows'>,
): Several<Canon, C> => ({ members, label, spread })
/** Canonical members that a region has no place for, all for one reason. */
export const noneOf = <const Members extends readonly string[]>(why: string, ...members: Members) =>
  // Object.fromEntries forgets which members they were.
  Object.fromEntries(members.map((member) => [member, none(why)])) as {
    readonly [M in Members[number]]: ReturnType<typeof none>
  }

/** A row as it was written, its types forgotten. */
type Entry = Partial<Row<unknown, Context> & Several<unknown, Context> & { optional: true }>

/** The row of `table.ts` that an entry stands for; `none` and `given` are rows already. */
function rowOf(entry: Entry): unknown {
  const { wire, part, label = '', optional, spread: codec, members } = entry
  if (wire !== undefined && part) return { ...row(wire, label, part.codec), ...(optional && { optional }) }
  return codec && members ? spread(Object.keys(members), label, codec) : entry
}

/** The schema and the codec of a table. */
export function plainly<Canon extends object, C extends Context = Context>(
  name: string,
  table: PlainTable<Canon, C>,
  filled: readonly (Filled<Wire, C, Canon> & { readonly schema: TSchema })[] = [],
): Part<Canon, C> & { readonly codec: Codec<Wire, Canon, C> } {
  const members: Record<string, TSchema> = Object.fromEntries(
    filled.map(({ wire, schema }) => [wire, schema]),
  )
  const rows: Record<string, unknown> = {}
  for (const [canon, entry] of Object.entries(table) as [string, Entry][]) {
    const { wire, part, optional } = entry
    // Two rows may share a member: the one that says that it must be there is the first.
    for (const [member, schema] of Object.entries(entry.members ?? {})) members[member] ??= schema
    if (wire !== undefined && part) members[wire] = optional ? Type.Optional(part.schema) : part.schema
    rows[canon] = rowOf(entry)
  }
  // Each entry was made into the row of the same kind.
  const codec = compile<Wire, Canon, C>(name, rows as unknown as Table<Wire, Canon, C>, filled)
  return { schema: Type.Object(members), codec } as Part<Canon, C> & { readonly codec: Codec<Wire, Canon, C> }
}
