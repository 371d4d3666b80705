/** Values that a schema lets in, and values that it hardly does. */
import fc, { type Arbitrary } from 'fast-check'
import type { OpenApi, Schema } from './document.ts'

/** Deeper than this a value is null: schemas may hold themselves. */
const DEEPEST = 6

/** What breaks careless readers: empty, long, other scripts, controls, what looks like code or like a number. */
const NASTY: readonly unknown[] = [
  '',
  ' ',
  'x'.repeat(5_000),
  '测试𠮷',
  '\u0000',
  '\u202e',
  "' or 1=1 --",
  '<script>',
  '../../etc/passwd',
  '%00',
  '{{7*7}}',
  '__proto__',
  '1e999',
  -1,
  0,
  1.5,
  2 ** 53,
  1e308,
  null,
  true,
  [],
  {},
  [[[[]]]],
]
export const nasty: Arbitrary<unknown> = fc.constantFrom(...NASTY)

/** @param known values of this system by member or parameter name, so that requests come through the first door */
export function valuesOf({ components }: OpenApi, known: Readonly<Record<string, readonly unknown[]>>) {
  const resolve = (schema: Schema): Schema => {
    const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined
    return name === undefined ? schema : (components.schemas[name] ?? {})
  }

  const value = (given: Schema, name: string, depth: number): Arbitrary<unknown> => {
    const schema = resolve(given)
    const fitting = plain(schema, name, depth)
    const held = known[name]
    return held && depth > 0
      ? fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...held) },
          { weight: 3, arbitrary: fitting },
          { weight: 1, arbitrary: nasty },
        )
      : fc.oneof({ weight: 24, arbitrary: fitting }, { weight: 1, arbitrary: nasty })
  }

  const plain = (schema: Schema, name: string, depth: number): Arbitrary<unknown> => {
    if (depth > DEEPEST) return fc.constant(null)
    if ('const' in schema) return fc.constant(schema['const'])
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum'])
    const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined
    if (choices) return fc.oneof(...choices.map((one) => value(one, name, depth + 1)))
    const parts = schema['allOf'] as readonly Schema[] | undefined
    if (parts)
      return fc
        .tuple(...parts.map((one) => value(one, name, depth)))
        .map((all) => Object.assign({}, ...all.filter((one) => typeof one === 'object')))
    return ofType(schema, name, depth)
  }

  const ofType = (schema: Schema, name: string, depth: number): Arbitrary<unknown> => {
    switch ([schema['type']].flat()[0]) {
      case 'string':
        return text(schema)
      case 'integer':
        return fc.integer(within(schema, 1_000))
      case 'number':
        return fc.double({ min: -1e6, max: 1e6, noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(value((schema['items'] ?? {}) as Schema, name, depth + 1), {
          minLength: Number(schema['minItems'] ?? 0),
          maxLength: Math.max(Number(schema['minItems'] ?? 0), 3),
        })
      case 'object':
        return object(schema, depth)
      default:
        return fc.jsonValue({ maxDepth: 2 })
    }
  }

  const object = (schema: Schema, depth: number): Arbitrary<unknown> => {
    const members = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
    const required = (schema['required'] ?? []) as string[]
    const model = Object.fromEntries(
      Object.entries(members).map(([name, one]) => [name, value(one, name, depth + 1)]),
    )
    const whole = fc.record(model, { requiredKeys: required.filter((name) => name in model) })
    const lacking = fc.record(model, { requiredKeys: [] })
    const more = fc.tuple(whole, fc.constantFrom('extra', 'name', 'id'), nasty)
    return fc.oneof(
      { weight: 16, arbitrary: whole },
      { weight: 1, arbitrary: lacking },
      { weight: 1, arbitrary: more.map(([all, name, one]) => ({ ...all, [name]: one })) },
    )
  }

  return {
    value: (schema: Schema, name: string) => value(schema, name, 1),
    body: (schema: Schema) => value(schema, '', 0),
  }
}

const within = (schema: Schema, most: number) => {
  const min = Math.max(Number(schema['minimum'] ?? -most), -most)
  return { min, max: Math.max(min, Math.min(Number(schema['maximum'] ?? most), most)) }
}

const MOMENTS = ['2026-01-01T00:00:00+08:00', '2001-01-01T00:00:00Z', '2999-12-31T23:59:59.999+08:00']

function text(schema: Schema): Arbitrary<string> {
  if (schema['format'] === 'date-time') return fc.constantFrom(...MOMENTS)
  if (schema['format'] === 'date') return fc.constantFrom('2026-01-01', '1900-02-29')
  if (schema['format'] === 'uri') return fc.constantFrom('http://127.0.0.1:9/', 'https://example.org/hook')
  if (typeof schema['pattern'] === 'string') return matching(schema['pattern'])
  const minLength = Number(schema['minLength'] ?? 0)
  return fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(Number(schema['maxLength'] ?? 30), 30)),
  })
}

/** A pattern with a lookaround or a class of letters is more than the generator reads: any text then stands for it. */
function matching(pattern: string): Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern), { maxLength: 40 })
  } catch {
    return fc.string()
  }
}
