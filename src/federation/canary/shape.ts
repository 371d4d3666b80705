/**
 * What a region's document is like: its members and their types, without a value. The contracts leave platforms some freedoms, and what
 * is one of them is no change: one element in the place of a list of one, a blank in three ways, members that no table names.
 */
import { escapePointer } from '../../schemas/pointers.ts'
import { insideJson } from '../exchanges/inside-json.ts'

/** Member → types of its values. Elements of a list stand where the list stands, and members of a text of JSON within it. */
export type Shape = Readonly<Record<string, readonly string[]>>

/** `added`, `removed`, `retyped` as schemas have it; `code`: no table knows it; `unreadable`: the document cannot be read. */
export interface SchemaDrift {
  readonly change: 'added' | 'removed' | 'retyped' | 'code' | 'unreadable'
  readonly member: string
  readonly before: string
  readonly after: string
}

/** Deeper than any document of a region, and more members than any has. */
const DEEPEST = 16
const MOST = 2_000

const typeOf = (value: unknown): string =>
  typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === ''

/** The shape of documents together. What is blank says nothing: it is as if it were not there. */
export function shapeOf(documents: readonly unknown[]): Shape {
  const into = new Map<string, Set<string>>()
  const at = (value: unknown, member: string, depth: number): void => {
    if (isBlank(value) || depth > DEEPEST || (into.size >= MOST && !into.has(member))) return
    if (Array.isArray(value)) {
      for (const one of value) at(one, member, depth + 1)
      return
    }
    into.set(member, (into.get(member) ?? new Set()).add(typeOf(value)))
    for (const [token, one] of inside(value)) at(one, `${member}/${token}`, depth + 1)
  }
  for (const document of documents) at(document, '', 0)
  return Object.fromEntries([...into].map(([member, types]) => [member, [...types].toSorted()]))
}

/** Members of a value, also of one that is written into a text, and of elements of a list there. */
function inside(value: unknown): readonly (readonly [token: string, inner: unknown])[] {
  const inner = typeof value === 'string' ? insideJson(value) : value
  if (typeof inner !== 'object' || inner === null) return []
  if (Array.isArray(inner)) return inner.flatMap((one) => (typeof one === 'object' ? inside(one) : []))
  return Object.entries(inner).map(([key, one]) => [escapePointer(key.slice(0, 60)), one])
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
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly [keyword: string]: unknown
}

const LISTS = ['anyOf', 'oneOf', 'allOf'] as const
const ONES = ['if', 'then', 'else', 'items'] as const

/** A schema, all that stand beside it, and those of its elements. */
function* branchesOf(schema: Schema): Generator<Schema> {
  yield schema
  for (const word of LISTS)
    for (const one of (schema[word] ?? []) as readonly Schema[]) yield* branchesOf(one)
  for (const word of ONES) if (typeof schema[word] === 'object') yield* branchesOf(schema[word] as Schema)
}

const step = (schema: Schema, token: string): readonly Schema[] =>
  [...branchesOf(schema)].flatMap(({ properties, additionalProperties }): readonly Schema[] => {
    const own = properties && Object.hasOwn(properties, token) ? properties[token] : undefined
    if (own) return [own]
    return typeof additionalProperties === 'object' ? [additionalProperties as Schema] : []
  })

/** Types that the adapter's own schema lets a member have; nothing for a member that it does not name. */
export function typesIn(schema: object, member: string): readonly string[] | undefined {
  const tokens = member.split('/').slice(1)
  let found: readonly Schema[] = [schema as Schema]
  for (const token of tokens)
    found = found.flatMap((one) => step(one, token.replaceAll('~1', '/').replaceAll('~0', '~')))
  if (found.length === 0) return undefined
  return found
    .flatMap((one) => [...branchesOf(one)])
    .flatMap(({ type, const: constant, enum: words }) => [
      ...[type ?? []].flat(),
      ...(constant === undefined ? [] : [typeOf(constant)]),
      ...(words ?? []).map(typeOf),
    ])
}

/** The part of a shape that the adapter's schema does not name. */
export const unnamed = (shape: Shape, schema: object): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([member]) => typesIn(schema, member) === undefined))

const parentOf = (member: string): string => member.slice(0, member.lastIndexOf('/'))
const said = (types: readonly string[] | undefined): string => (types ?? []).join(' | ')

/** What a document is held against. */
export interface Known {
  /** As it last was when all was right; nothing before the first look. */
  readonly members: Shape | undefined
  /** Members that the adapter does not name and the region is known to send. */
  readonly extras: Shape
  /** What the adapter reads it with. */
  readonly schema: object
  /** The region says that the content was changed since: then an optional member may go by itself. */
  readonly isEdited: boolean
  /** Documents of different things: a member that is absent says nothing. */
  readonly isLoose: boolean
}

/** What is no longer as it was. A member that the adapter does not name is nobody's loss. */
export function driftsOf(found: Shape, known: Known): readonly SchemaDrift[] {
  const { members = {}, extras, schema } = known
  const added = Object.keys(unnamed(found, schema)).filter((member) => !extras[member])
  const whole = added.filter((member) => !added.includes(parentOf(member)))
  const removed = removedOf(found, known, new Set(whole.map(parentOf)))
  return [
    ...whole.map((member) => ({ change: 'added' as const, member, before: '', after: said(found[member]) })),
    ...removed.map((member) => ({
      change: 'removed' as const,
      member,
      before: said(members[member]),
      after: '',
    })),
    ...Object.keys(found).flatMap((member) => retyped(member, found, known)),
  ]
}

/** Members that are gone: all where the content is the same, and those beside which a new one stands where it was changed. */
function removedOf(
  found: Shape,
  { members = {}, schema, isEdited, isLoose }: Known,
  renamedIn: ReadonlySet<string>,
): readonly string[] {
  if (isLoose) return []
  return Object.keys(members).filter((member) => {
    if (found[member] || member === '' || typesIn(schema, member) === undefined) return false
    const parent = parentOf(member)
    return found[parent] !== undefined && (!isEdited || renamedIn.has(parent))
  })
}

/** A whole number is a number. */
const isAmong = (type: string, types: readonly string[]) =>
  types.includes(type) || (type === 'integer' && types.includes('number'))

function retyped(member: string, found: Shape, { members = {}, schema }: Known): readonly SchemaDrift[] {
  const named = typesIn(schema, member)
  const types = found[member] ?? []
  const before = members[member] ?? []
  if (!named || named.length === 0 || types.every((type) => isAmong(type, [...named, ...before]))) return []
  return [{ change: 'retyped', member, before: said(before.length > 0 ? before : named), after: said(types) }]
}
