/** What members mean, in both languages: by their name wherever they stand, or by their path in one schema. */
import { MEMBER_WORDS } from './member-words.ts'

type Schema = Readonly<Record<string, unknown>>

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const LISTS = ['anyOf', 'oneOf', 'allOf']

/** Schemas by name, each member with its meaning where it has none of its own. */
export const withMeanings = (schemas: Schema): Schema =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, explained(schema, name)]))

function explained(schema: unknown, path: string): unknown {
  if (!isSchema(schema)) return schema
  const told = Object.entries(schema).map(([keyword, value]) => [keyword, deeper(keyword, value, path)])
  return Object.fromEntries(told)
}

function deeper(keyword: string, value: unknown, path: string): unknown {
  if (keyword === 'items') return explained(value, path)
  if (LISTS.includes(keyword) && Array.isArray(value)) return value.map((one) => explained(one, path))
  if (keyword !== 'properties' || !isSchema(value)) return value
  const members = Object.entries(value).map(([name, member]) => [
    name,
    meant(member, `${path}.${name}`, name),
  ])
  return Object.fromEntries(members)
}

function meant(member: unknown, path: string, name: string): unknown {
  const whole = explained(member, path)
  const words = MEMBER_WORDS[path] ?? MEMBER_WORDS[name]
  // A reference has no neighbours: what it names explains itself.
  if (!isSchema(whole) || '$ref' in whole || words === undefined) return whole
  // What a schema says itself stands, unless both languages are told of this very member.
  if ('description' in whole && MEMBER_WORDS[path] === undefined) return whole
  return { ...whole, description: words }
}
