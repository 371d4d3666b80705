/** What a region's document is like: its members and their types, without a value. And what is no longer as it was. */
import { escapePointer } from '../../schemas/pointers.ts'

/** Member → types of its values. A star stands for each element of a list, and so do members within one text of JSON. */
export type Shape = Readonly<Record<string, readonly string[]>>

/** `added`, `removed`, `retyped` as schemas have it; `code`: no table knows it; `unreadable`: the document cannot be read. */
export const DRIFTS = ['added', 'removed', 'retyped', 'code', 'unreadable'] as const

/** One thing that is no longer as it was: names, types and codes. */
export interface SchemaDrift {
  readonly change: (typeof DRIFTS)[number]
  readonly member: string
  readonly before: string
  readonly after: string
}

/** Deeper than any document of a region, and more members than any has. */
const DEEPEST = 16
const MOST = 2_000

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** The shape of documents together. What is null says no type, and what is not there no member. */
export function shapeOf(documents: readonly unknown[]): Shape {
  const into = new Map<string, Set<string>>()
  const at = (value: unknown, member: string, depth: number): void => {
    if (depth > DEEPEST || (into.size >= MOST && !into.has(member))) return
    const types = into.get(member) ?? new Set()
    into.set(member, types)
    if (value === null || value === undefined) return
    types.add(typeOf(value))
    for (const [token, one] of inside(value)) at(one, `${member}/${token}`, depth + 1)
  }
  for (const document of documents) at(document, '', 0)
  return Object.fromEntries([...into].map(([member, types]) => [member, [...types].toSorted()]))
}

/** Members of a value, also of one that is written into a text. */
function inside(value: unknown): readonly (readonly [token: string, inner: unknown])[] {
  const inner = typeof value === 'string' ? written(value) : value
  if (typeof inner !== 'object' || inner === null) return []
  if (Array.isArray(inner)) return inner.map((one) => ['*', one])
  return Object.entries(inner).map(([key, one]) => [escapePointer(key.slice(0, 60)), one])
}

function written(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Two shapes as one: what either has. */
export function together(one: Shape, other: Shape): Shape {
  const members = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(
    members.map((member) => [
      member,
      [...new Set([...(one[member] ?? []), ...(other[member] ?? [])])].toSorted(),
    ]),
  )
}

/** The part of JSON Schema that says which members there are. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly [keyword: string]: unknown
}

const BRANCHES = ['anyOf', 'oneOf', 'allOf'] as const
const WAYS = ['if', 'then', 'else'] as const

/** A schema and all that stand beside it. */
function* branchesOf(schema: Schema): Generator<Schema> {
  yield schema
  for (const word of BRANCHES)
    for (const one of (schema[word] ?? []) as readonly Schema[]) yield* branchesOf(one)
  for (const word of WAYS) if (typeof schema[word] === 'object') yield* branchesOf(schema[word] as Schema)
}

function step(schema: Schema, token: string): readonly Schema[] {
  return [...branchesOf(schema)].flatMap(({ properties, additionalProperties, items }): readonly Schema[] => {
    if (token === '*') return items ? [items] : []
    const own = properties && Object.hasOwn(properties, token) ? properties[token] : undefined
    if (own) return [own]
    return typeof additionalProperties === 'object' && additionalProperties !== null
      ? [additionalProperties as Schema]
      : []
  })
}

/** Types that the adapter's own schema lets a member have; nothing for a member that it does not name. */
export function typesIn(schema: object, member: string): readonly string[] | undefined {
  const tokens = member
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  let found: readonly Schema[] = [schema as Schema]
  for (const token of tokens) found = found.flatMap((one) => step(one, token))
  if (found.length === 0) return undefined
  return found
    .flatMap((one) => [...branchesOf(one)])
    .flatMap(({ type, const: constant, enum: words }) => [
      ...[type ?? []].flat(),
      ...(constant === undefined ? [] : [typeOf(constant)]),
      ...(words ?? []).map(typeOf),
    ])
}

const parentOf = (member: string): string => member.slice(0, member.lastIndexOf('/'))
const said = (types: readonly string[] | undefined): string => (types ?? []).join(' | ')

/**
 * What is no longer as it was.
 * @param schema what the adapter knows: a member that it names is none that is new, a type that it lets through none that is wrong
 * @param isEdited the region says that the content was changed since, and then an optional member may go by itself; where documents are
 * of different things (`isLoose`) a member that is absent says nothing at all
 */
export function driftsOf(
  known: Shape,
  found: Shape,
  schema: object,
  { isEdited, isLoose }: { readonly isEdited: boolean; readonly isLoose: boolean },
): readonly SchemaDrift[] {
  const added = Object.keys(found).filter((member) => !known[member] && typesIn(schema, member) === undefined)
  const isTop = (list: readonly string[]) => (member: string) => !list.includes(parentOf(member))
  const renamedIn = new Set(added.map(parentOf))
  const gone = Object.keys(known).filter((member) => !found[member] && !member.endsWith('/*'))
  const removed = isLoose
    ? []
    : gone.filter((member) => found[parentOf(member)] && (!isEdited || renamedIn.has(parentOf(member))))
  return [
    ...added
      .filter(isTop(added))
      .map((member): SchemaDrift => ({ change: 'added', member, before: '', after: said(found[member]) })),
    ...removed.map(
      (member): SchemaDrift => ({ change: 'removed', member, before: said(known[member]), after: '' }),
    ),
    ...Object.keys(found).flatMap((member) => retyped(member, known, found, schema)),
  ]
}

/** A whole number is a number. */
const isAmong = (type: string, types: readonly string[]) =>
  types.includes(type) || (type === 'integer' && types.includes('number'))

function retyped(member: string, known: Shape, found: Shape, schema: object): readonly SchemaDrift[] {
  const before = known[member] ?? []
  const allowed = [...before, ...(typesIn(schema, member) ?? [])]
  // Where nothing but null has been seen, any type is the first.
  if (before.length === 0 || (found[member] ?? []).every((type) => isAmong(type, allowed))) return []
  return [{ change: 'retyped', member, before: said(before), after: said(found[member]) }]
}
