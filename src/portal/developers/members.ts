/** A JSON Schema as people read it: one line a member, with its path, type, limits and meaning. */
import type { Schema } from '../../schemas/described.ts'
import type { Reader } from '../frame/reader.ts'

export interface Member {
  /** As in `documents[].id`; empty for the value itself. */
  readonly path: string
  readonly type: string
  readonly isRequired: boolean
  readonly limits: readonly string[]
  readonly meaning: string
}

type Schemas = Readonly<Record<string, Schema>>

/** Deeper than this nothing is told: the JSON of the document has it. */
const DEEPEST = 6
/** A bound at least as large is the limit of any body, and tells nothing of this member. */
const NO_LIMIT = 100_000
const MOST_WORDS = 24

/** The schema behind a reference. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const ref = schema['$ref']
  return typeof ref === 'string' ? (schemas[ref.split('/').at(-1) ?? ''] ?? {}) : schema
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Alternatives of a union, without null. */
export function alternatives(schema: Schema): { readonly some: readonly Schema[]; readonly orNull: boolean } {
  const union = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined
  if (!union) return { some: [schema], orNull: false }
  const some = union.filter(({ type }) => type !== 'null')
  return { some, orNull: some.length < union.length }
}

/** All lines of a schema, in its own order. */
export function membersOf(schema: Schema, schemas: Schemas, reader: Reader): readonly Member[] {
  return linesOf({ path: '', schema, isRequired: true, depth: 0, seen: [] }, schemas, reader)
}

interface At {
  readonly path: string
  readonly schema: Schema
  readonly isRequired: boolean
  readonly depth: number
  /** References on the way here: what holds itself is told once. */
  readonly seen: readonly string[]
}

function linesOf(at: At, schemas: Schemas, reader: Reader): readonly Member[] {
  const { some, orNull } = alternatives(resolved(at.schema, schemas))
  const choices = some.map((one) => ({ one, whole: resolved(one, schemas) }))
  const refs = [at.schema, ...some].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  const isAgain = refs.some((ref) => at.seen.includes(ref))
  const own = ownLine(
    at,
    choices.map(({ whole }) => whole),
    orNull,
    reader,
  )
  const inner =
    isAgain || at.depth >= DEEPEST
      ? []
      : choices.flatMap(({ whole }) =>
          childrenOf({ ...at, schema: whole, seen: [...at.seen, ...refs] }).flatMap((child) =>
            linesOf(child, schemas, reader),
          ),
        )
  const lines = at.path === '' && inner.length > 0 ? inner : [own, ...inner]
  // Alternatives share members: each is told once.
  return lines.filter((line, place) => lines.findIndex(({ path }) => path === line.path) === place)
}

function childrenOf({ path, schema, depth, seen }: At): readonly At[] {
  const required = (schema['required'] ?? []) as readonly string[]
  const { properties, items } = schema as { properties?: Schemas; items?: Schema }
  const below = Object.entries(properties ?? {}).map(([name, child]) => ({
    path: path === '' ? name : `${path}.${name}`,
    schema: child,
    isRequired: required.includes(name),
    depth: depth + 1,
    seen,
  }))
  const hasInner = isSchema(items) && ('properties' in items || '$ref' in items || 'anyOf' in items)
  return hasInner
    ? [...below, { path: `${path}[]`, schema: items, isRequired: true, depth: depth + 1, seen }]
    : below
}

function ownLine(at: At, choices: readonly Schema[], orNull: boolean, reader: Reader): Member {
  const types = [...new Set(choices.map((one) => typeOf(one, reader)))]
  const meaning = [at.schema, ...choices].map(({ description }) => description).find(Boolean)
  return {
    path: at.path,
    type: [...types, ...(orNull ? ['null'] : [])].join(' | '),
    isRequired: at.isRequired,
    limits: [...new Set(choices.flatMap((one) => limitsOf(one, reader)))],
    meaning: String(meaning ?? ''),
  }
}

/** The type in a word. */
function typeOf(schema: Schema, { say }: Reader): string {
  const { type, format, items } = schema as { type?: string | string[]; format?: string; items?: Schema }
  if (format === 'binary') return say('文件', 'file')
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (type === 'array' && items && typeof items['type'] === 'string')
    return `${say('数组', 'array')}<${items['type']}>`
  return [type ?? (schema['enum'] ? 'string' : 'object')].flat().join(' | ')
}

/** What bounds a value, in words. */
export function limitsOf(schema: Schema, { say }: Reader): readonly string[] {
  const number = (name: string): number | undefined => {
    const value = schema[name]
    return typeof value === 'number' && Math.abs(value) < NO_LIMIT ? value : undefined
  }
  const [longest, most, shortest] = [number('maxLength'), number('maxItems'), number('minLength')]
  const [from, to] = [number('minimum'), number('maximum')]
  const words = schema['enum'] as readonly unknown[] | undefined
  const pattern = schema['pattern']
  return [
    ...(words ? [wordsOf(words, say)] : []),
    ...(schema['format'] === 'date-time' ? [say('RFC 3339, 带时区', 'RFC 3339 with its offset')] : []),
    ...(schema['format'] === 'date' ? ['yyyy-MM-dd'] : []),
    ...(shortest !== undefined && shortest > 1
      ? [say(`至少 ${shortest} 字`, `at least ${shortest} characters`)]
      : []),
    ...(longest !== undefined && !schema['format']
      ? [say(`最多 ${longest} 字`, `at most ${longest} characters`)]
      : []),
    ...(most === undefined ? [] : [say(`最多 ${most} 项`, `at most ${most} items`)]),
    ...(from === undefined && to === undefined ? [] : [`${from ?? '…'} – ${to ?? '…'}`]),
    ...(typeof pattern === 'string' ? [patternWords(pattern, say)] : []),
    ...(schema['default'] === undefined
      ? []
      : [say(`默认 ${schema['default']}`, `default ${schema['default']}`)]),
  ]
}

/** What our own patterns ask, in words; another one as it is. */
const PATTERNS: readonly (readonly [part: string, zh: string, en: string])[] = [
  ['^[1-9][0-9]{5}$', '六位区划代码', 'six digits, GB/T 2260'],
  ['^1[0-9]{10}$', '手机号, 11 位', 'a mobile number, 11 digits'],
  ['T([01]', 'RFC 3339, 时区 +08:00', 'RFC 3339 with +08:00'],
  ['^[0-9a-f]{64}$', '64 位十六进制', '64 hexadecimal digits'],
  ['^[0-9]{6}$', '六位数字', 'six digits'],
  ['^[0-9]{3}$', '三位数字', 'three digits'],
]

function patternWords(pattern: string, say: Reader['say']): string {
  const known = PATTERNS.find(([part]) => pattern.includes(part))
  return known ? say(known[1], known[2]) : pattern
}

function wordsOf(words: readonly unknown[], say: Reader['say']): string {
  const shown = words.slice(0, MOST_WORDS).map(String).join(', ')
  const more = words.length - MOST_WORDS
  return more > 0 ? `${shown} ${say(`… 另有 ${more} 个`, `… and ${more} more`)}` : shown
}
