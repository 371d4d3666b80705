/** A value of a schema's shape: what an answer looks like before anybody has asked. Its values are made up. */
import type { Schema } from '../../schemas/described.ts'
import { alternatives, resolved } from './members.ts'

type Schemas = Readonly<Record<string, Schema>>

const DEEPEST = 7
const BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2026-03-02T09:30:00+08:00',
  date: '2026-03-02',
  uri: 'https://example.invalid/',
}
/** Texts of our own patterns. */
const BY_PATTERN: readonly (readonly [part: string, text: string])[] = [
  ['[1-9][0-9]{5}', '330100'],
  ['^whsec_', 'whsec_…'],
  ['^whpk_', 'whpk_…'],
  ['^1[0-9]{10}$', '10000000000'],
  ['^[0-9]{3}$', '111'],
  ['T([01]', '2026-03-02T09:30:00+08:00'],
]

/** Objects have all their members, lists one item. */
export function sampleOf(schema: Schema, schemas: Schemas, depth = 0): unknown {
  const { some, orNull } = alternatives(resolved(schema, schemas))
  const [first] = some
  if (!first || (orNull && depth >= DEEPEST)) return null
  const one = resolved(first, schemas)
  if (one !== first && 'anyOf' in one) return sampleOf(one, schemas, depth + 1)
  return plainOf(one, schemas, depth)
}

function plainOf(schema: Schema, schemas: Schemas, depth: number): unknown {
  if ('const' in schema) return schema['const']
  const [word] = (schema['enum'] ?? []) as readonly unknown[]
  if (word !== undefined) return word
  const [type] = [schema['type']].flat()
  if (type === 'string') return textOf(schema)
  if (type === 'integer' || type === 'number') return numberOf(schema)
  if (type === 'boolean') return true
  if (type === 'array')
    return depth >= DEEPEST ? [] : [sampleOf((schema['items'] ?? {}) as Schema, schemas, depth + 1)]
  if (type === 'null') return null
  return objectOf(schema, schemas, depth)
}

function objectOf(schema: Schema, schemas: Schemas, depth: number): object {
  if (depth >= DEEPEST) return {}
  const properties = Object.entries((schema['properties'] ?? {}) as Schemas)
  return Object.fromEntries(properties.map(([name, one]) => [name, sampleOf(one, schemas, depth + 1)]))
}

function textOf(schema: Schema): string {
  const pattern = String(schema['pattern'] ?? '')
  const known = BY_PATTERN.find(([part]) => pattern !== '' && pattern.includes(part))
  return known?.[1] ?? BY_FORMAT[String(schema['format'])] ?? '…'
}

const numberOf = ({ minimum }: Schema): number => {
  const least = Number(minimum ?? 1)
  return least > -100_000 && least > 1 ? least : 1
}
