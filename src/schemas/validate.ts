/** The one file that imports Ajv. Schemas are ours; a schema that a caller sent is never compiled. */
import { _, Ajv2020, type ErrorObject, type KeywordCxt } from 'ajv/dist/2020.js'
import type { TSchema } from 'typebox'
import type { FieldError } from '../errors.ts'

const ajv = new Ajv2020({ allErrors: true, ownProperties: true, strict: false, unicodeRegExp: true })
// Lengths are code points. The quick look counts code units, which are never fewer: what it lets through fits, and what it
// stops at is looked at again. Nor does it ask whether a member is the value's own, which costs more than all else it does:
// `inherits` sees to it that no schema names a member that every object inherits.
const first = new Ajv2020({
  allErrors: false,
  strict: false,
  unicodeRegExp: true,
  unicode: false,
  logger: false,
})

// Ajv asks for each member whether the schema names it. To count those that are there, and compare with how many there are at
// all, costs half as much.
first.addKeyword({
  keyword: 'onlyNamed',
  type: 'object',
  schemaType: 'array',
  code: (at: KeywordCxt) => {
    const { data } = at
    const named = (at.schema as readonly string[]).map((name) => _`(${data}[${name}] === undefined ? 0 : 1)`)
    at.fail(_`Object.keys(${data}).length !== ${named.reduce((sum, one) => _`${sum} + ${one}`, _`0`)}`)
  },
})

/** The schema with `onlyNamed` in the place of `additionalProperties: false`. */
function counting(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(counting)
  const copy = Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, counting(inner)]))
  const { type, properties, patternProperties, additionalProperties, ...rest } = copy
  if (type !== 'object' || !properties || patternProperties || additionalProperties !== false) return copy
  return { ...rest, type, properties, onlyNamed: Object.keys(properties) }
}

/** Nothing when the value fits; else what is wrong, at most fifty faults, each at its JSON Pointer. */
export type Validator = (value: unknown) => readonly FieldError[] | undefined

const known = new WeakMap<TSchema, Validator>()

/** The validator of a schema, compiled when it is asked for first. */
export function validator(schema: TSchema): Validator {
  const made = known.get(schema) ?? compiled(schema)
  known.set(schema, made)
  return made
}

/**
 * Compiles a schema. The fast check stops at the first fault; only a value that fails is looked at as a whole.
 * A validator that throws (Ajv does on some hostile values) counts as a fault of the whole document.
 */
function compiled(schema: TSchema): Validator {
  const quick = inherits(schema) ? ajv.compile(schema) : first.compile(counting(schema) as TSchema)
  let whole: ReturnType<typeof ajv.compile> | undefined
  return (value) => {
    try {
      if (quick(value)) return undefined
      whole ??= ajv.compile(schema)
      if (whole(value)) return undefined
      return faults(whole.errors ?? [])
    } catch {
      return [{ pointer: '', code: 'UNREADABLE', zh: '内容无法检查', en: 'The content cannot be checked' }]
    }
  }
}

/** Whether a schema names a member that every object inherits (`toString`), which only the thorough look can tell from the value's own. */
const inherits = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  Object.entries(schema).some(
    ([key, inner]) =>
      key in Object.prototype ||
      (key === 'required' &&
        Array.isArray(inner) &&
        inner.some((name) => String(name) in Object.prototype)) ||
      inherits(inner),
  )

const SENTENCES: Readonly<Record<string, (e: ErrorObject) => readonly [string, string, string]>> = {
  required: () => ['MISSING', '缺少此字段', 'This member is required'],
  additionalProperties: () => [
    'UNKNOWN_MEMBER',
    '没有这个字段, 请删除',
    'There is no such member; leave it out',
  ],
  unevaluatedProperties: () => [
    'UNKNOWN_MEMBER',
    '没有这个字段, 请删除',
    'There is no such member; leave it out',
  ],
  type: (e) => [
    'TYPE',
    `类型应为 ${String(e.params['type'])}`,
    `It must be of type ${String(e.params['type'])}`,
  ],
  enum: (e) => ['WORD', `应为 ${allowed(e)} 之一`, `It must be one of ${allowed(e)}`],
  const: () => ['WORD', '取值固定, 与要求不符', 'It has one fixed value, and this is not it'],
  minLength: (e) => ['LENGTH', `至少 ${limit(e)} 个字符`, `It needs at least ${limit(e)} characters`],
  maxLength: (e) => ['LENGTH', `至多 ${limit(e)} 个字符`, `It may have at most ${limit(e)} characters`],
  maxItems: (e) => ['LENGTH', `至多 ${limit(e)} 项`, `It may have at most ${limit(e)} items`],
  minItems: (e) => ['LENGTH', `至少 ${limit(e)} 项`, `It needs at least ${limit(e)} items`],
  uniqueItems: () => ['TWICE', '有重复的项', 'It names something twice'],
  maxProperties: (e) => ['LENGTH', `至多 ${limit(e)} 个成员`, `It may have at most ${limit(e)} members`],
  minimum: (e) => ['RANGE', `不小于 ${limit(e)}`, `It must be at least ${limit(e)}`],
  maximum: (e) => ['RANGE', `不大于 ${limit(e)}`, `It must be at most ${limit(e)}`],
  pattern: () => ['FORMAT', '格式不符', 'It does not have the right form'],
}

const limit = (e: ErrorObject) => String(e.params['limit'])
const allowed = (e: ErrorObject) =>
  (e.params['allowedValues'] as readonly unknown[]).slice(0, 40).map(String).join(', ')

function faults(errors: readonly ErrorObject[]): readonly FieldError[] {
  const byPlace = new Map<string, FieldError>()
  for (const error of errors) {
    const sentence = SENTENCES[error.keyword]?.(error)
    if (!sentence) continue
    const member = (error.params['missingProperty'] ??
      error.params['additionalProperty'] ??
      error.params['unevaluatedProperty']) as string | undefined
    const pointer = member === undefined ? error.instancePath : `${error.instancePath}/${escapeToken(member)}`
    const [code, zh, en] = sentence
    if (!byPlace.has(pointer) && byPlace.size < 50) byPlace.set(pointer, { pointer, code, zh, en })
  }
  return byPlace.size > 0
    ? [...byPlace.values()]
    : [{ pointer: '', code: 'INVALID', zh: '内容不符合要求', en: 'The content does not fit' }]
}

// A member's name comes from the caller: long ones are cut, so that nothing a person typed fills an answer.
const escapeToken = (token: string) => token.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')
