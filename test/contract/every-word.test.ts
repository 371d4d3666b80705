/**
 * Every word of the canonical matter can be said in every dialect, or is told as a loss with its reason: no word of an optional
 * member stops a conversion.
 */
import type { TSchema } from 'typebox'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import type { Note } from '../../src/adapters/kit/trace.ts'
import whole from '../../src/adapters/shanghai/fixtures/household-certificate.matter.json' with {
  type: 'json',
}
import { Matter } from '../../src/schemas/matter.ts'
import { leaves } from '../../src/schemas/pointers.ts'
import { validator } from '../../src/schemas/validate.ts'

type Path = readonly (string | number)[]
interface Word {
  readonly path: Path
  readonly word: string
  readonly value: unknown
}

/** Words of one region alone, or of the gateway's own book-keeping, which no dialect carries. */
const OWN = new Set(['kind', 'region', 'confidence', 'equivalents/0/region', 'equivalents/0/by'])

/** Every word that the schema knows, with the place where it stands. */
function wordsOf(schema: TSchema, path: Path = []): readonly Word[] {
  const {
    enum: known,
    properties,
    items,
  } = schema as {
    enum?: readonly string[]
    properties?: Readonly<Record<string, TSchema>>
    items?: TSchema
  }
  if (known) return known.map((word) => ({ path, word, value: word }))
  if (properties)
    return Object.entries(properties).flatMap(([name, inner]) => wordsOf(inner, [...path, name]))
  if (!items) return []
  const inner = wordsOf(items, [...path, 0])
  // A list of words is tried with one word, and with all of them.
  const isPlain = 'enum' in items
  return isPlain ? [...inner, { path, word: 'all', value: (items as { enum: string[] }).enum }] : inner
}

/** The matter with one value put in its place. */
function having(matter: object, path: Path, value: unknown): Matter {
  const copy = structuredClone(matter) as Record<string | number, unknown>
  let at: Record<string | number, unknown> = copy
  for (const token of path.slice(0, -1)) {
    at[token] ??= []
    at = at[token] as Record<string | number, unknown>
  }
  at[path.at(-1) ?? ''] = value
  // What stands there fits the schema, which the test looks at.
  return copy as unknown as Matter
}

const isAt = (leaf: string, pointer: string) => leaf === pointer || leaf.startsWith(`${pointer}/`)

const words = wordsOf(Matter).filter(({ path }) => !OWN.has(path.join('/')))
const check = validator(Matter)

test('the schema has words to try', () => {
  expect(words.length).toBeGreaterThan(50)
  expect(check(whole)).toBeUndefined()
})

/** Notes that speak of a place or of what stands in it. */
const notesAt = (notes: readonly Note[], pointer: string) =>
  notes.filter(({ canon }) => canon.some((one) => isAt(one, pointer) || isAt(pointer, one)))

describe.each(adapters.map((adapter) => [adapter.id, adapter] as const))(
  'in the dialect of %s',
  (_id, adapter) => {
    test.each(words.map((one) => [one.path.join('/'), one.word, one] as const))(
      '%s: %s',
      (_path, _word, { path, value }) => {
        const matter = having(whole, path, value)
        expect(check(matter)).toBeUndefined()
        const notes: Note[] = []
        const wire = adapter.dialect.matter.write(matter, { options: {} }, notes)
        const pointer = `/${path.join('/')}`
        const told = notesAt(notes, pointer)
        const entered = told.flatMap(({ canon }) => canon)
        for (const leaf of leaves(value, pointer))
          expect(
            entered.some((one) => isAt(leaf, one)),
            leaf,
          ).toBe(true)
        for (const { how, reason } of told) if (how === 'dropped') expect(reason ?? '').not.toBe('')
        // What is said to be somewhere is there.
        const written = leaves(wire)
        for (const note of told.filter(({ how }) => how !== 'dropped')) {
          expect(note.wire).not.toEqual([])
          for (const target of note.wire)
            expect(
              written.some((one) => isAt(one, target)),
              target,
            ).toBe(true)
        }
        const back = adapter.dialect.matter.read(JSON.parse(JSON.stringify(wire)), { options: {} })
        expect(check(back)).toBeUndefined()
      },
    )
  },
)
