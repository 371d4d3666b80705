/** What changed between two versions of a region's document, member by member. */

/** The part of JSON Schema that wire documents are written in. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly [keyword: string]: unknown
}

export const CHANGES = ['added', 'removed', 'required', 'optional', 'retyped', 'narrowed', 'widened'] as const

/** One change. */
export interface Change {
  /** The member in the region's own words: a pointer, with `*` for each element of a list. */
  readonly member: string
  readonly change: (typeof CHANGES)[number]
  /** Of an added member: a document without it is wrong. */
  readonly isRequired: boolean
  readonly before: string
  readonly after: string
}

/** Deeper than any document of a region; what is below is not compared. */
const DEEPEST = 12

const types = ({ type, anyOf, const: constant, enum: words }: Schema): readonly string[] => {
  if (anyOf) return [...new Set(anyOf.flatMap(types))].toSorted()
  if (type !== undefined) return [type].flat().toSorted()
  return [
    ...new Set([...(words ?? []), ...(constant === undefined ? [] : [constant])].map((one) => typeof one)),
  ]
}

/** The values that a member may have, where the schema names them. */
function wordsOf(schema: Schema): readonly string[] | undefined {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)]
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one))
  const parts = schema.anyOf?.map(wordsOf)
  return parts?.every((one) => one !== undefined) ? parts.flat() : undefined
}

/** Limits: whether more of it lets more through. */
const LIMITS: readonly (readonly [keyword: string, more: 'widens' | 'narrows'])[] = [
  ['maxLength', 'widens'],
  ['maximum', 'widens'],
  ['maxItems', 'widens'],
  ['minLength', 'narrows'],
  ['minimum', 'narrows'],
  ['minItems', 'narrows'],
]

function limited(before: Schema, after: Schema): 'narrowed' | 'widened' | undefined {
  const ways = LIMITS.flatMap(([keyword, more]) => {
    const open = more === 'widens' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    const [old, now] = [before[keyword], after[keyword]].map((one) => (typeof one === 'number' ? one : open))
    if (old === undefined || now === undefined || old === now) return []
    return [now > old === (more === 'widens') ? ('widened' as const) : ('narrowed' as const)]
  })
  if (before['pattern'] !== after['pattern'])
    ways.push(after['pattern'] === undefined ? 'widened' : 'narrowed')
  return ways.includes('narrowed') ? 'narrowed' : ways[0]
}

function worded(before: Schema, after: Schema): 'narrowed' | 'widened' | undefined {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  if (old === undefined) return now === undefined ? undefined : 'narrowed'
  if (now === undefined) return 'widened'
  if (old.some((one) => !now.includes(one))) return 'narrowed'
  return now.some((one) => !old.includes(one)) ? 'widened' : undefined
}

const said = (schema: Schema): string => {
  const limits = [...LIMITS.map(([keyword]) => keyword), 'pattern'].filter(
    (keyword) => schema[keyword] !== undefined,
  )
  return [
    types(schema).join(' | '),
    wordsOf(schema)?.join(' '),
    ...limits.map((one) => `${one} ${String(schema[one])}`),
  ]
    .filter(Boolean)
    .join(', ')
}

/** The member itself: its type, then its words, then its limits; one change says it. */
function own(member: string, before: Schema, after: Schema): readonly Change[] {
  const retyped = types(before).join() === types(after).join() ? undefined : ('retyped' as const)
  const change = retyped ?? worded(before, after) ?? limited(before, after)
  if (!change) return []
  return [{ member, change, isRequired: false, before: said(before), after: said(after) }]
}

function members(member: string, before: Schema, after: Schema, depth: number): readonly Change[] {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}]
  const must = (schema: Schema, name: string) => schema.required?.includes(name) ?? false
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return names.flatMap((name): readonly Change[] => {
    const at = `${member}/${name}`
    const [was, is] = [old[name], now[name]]
    const isRequired = must(after, name)
    if (was === undefined)
      return is === undefined
        ? []
        : [{ member: at, change: 'added', isRequired, before: '', after: said(is) }]
    if (is === undefined)
      return [{ member: at, change: 'removed', isRequired: must(before, name), before: said(was), after: '' }]
    const needed: readonly Change[] =
      must(before, name) === isRequired
        ? []
        : [
            {
              member: at,
              change: isRequired ? 'required' : 'optional',
              isRequired,
              before: said(was),
              after: said(is),
            },
          ]
    return [...needed, ...schemaChanges(was, is, at, depth + 1)]
  })
}

/** Every change from one schema to the other. @param member where both stand */
export function schemaChanges(before: Schema, after: Schema, member = '', depth = 0): readonly Change[] {
  if (depth > DEEPEST) return []
  const items =
    before.items && after.items ? schemaChanges(before.items, after.items, `${member}/*`, depth + 1) : []
  return [...own(member, before, after), ...members(member, before, after, depth), ...items]
}
