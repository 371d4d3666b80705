/**
 * Bounds for schemas that name none: every text, number and list of this API has an end, and the document says where. A request is bounded
 * as a whole by `LIMITS.bodyBytes`, so no text or list in one can be longer; our own answers are of the same order.
 */
import { LIMITS } from '../../config.ts'

type Schema = Readonly<Record<string, unknown>>

/** Keywords that hold one schema, a list of them, or a map of them. */
const ONE = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames']
const LISTS = ['oneOf', 'anyOf', 'allOf', 'prefixItems']
const MAPS = ['properties', 'patternProperties', '$defs', 'dependentSchemas']

/** Lengths that a format fixes. RFC 3339 with a fraction and an offset, a date, an address as browsers take it. */
const LENGTHS: Readonly<Record<string, number>> = { 'date-time': 40, date: 10, uri: 2_048 }
/** A JSON number is whole up to here in every language that reads doubles. */
const WHOLE = Number.MAX_SAFE_INTEGER

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same schema with bounds wherever it had none. */
export function bounded(schema: unknown): unknown {
  if (!isSchema(schema)) return schema
  return { ...limitsOf(schema), ...mapped(schema) }
}

/** What a schema of this type needs and does not say. A bound that it does say stands, for it comes later. */
function limitsOf(schema: Schema): Schema {
  const types = [schema['type']].flat()
  const closed = 'enum' in schema || 'const' in schema
  return {
    ...(types.includes('string') && !closed
      ? { maxLength: LENGTHS[String(schema['format'])] ?? LIMITS.bodyBytes }
      : {}),
    ...(types.includes('integer') ? whole(schema) : {}),
    ...(types.includes('array') ? { maxItems: LIMITS.bodyBytes } : {}),
  }
}

function whole({ minimum = -WHOLE, maximum = WHOLE }: Schema): Schema {
  const small = Math.max(Math.abs(Number(minimum)), Math.abs(Number(maximum))) < 2 ** 31
  return { format: small ? 'int32' : 'int64', minimum, maximum }
}

const mapped = (schema: Schema): Schema =>
  Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, deeper(keyword, value)]))

function deeper(keyword: string, value: unknown): unknown {
  if (ONE.includes(keyword)) return bounded(value)
  if (LISTS.includes(keyword) && Array.isArray(value)) return value.map(bounded)
  if (MAPS.includes(keyword) && isSchema(value)) return boundedMap(value)
  return value
}

/** Schemas by name, each with bounds. */
export const boundedMap = (schemas: Schema): Schema =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bounded(schema)]))
