import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/index.ts'
import { CITIES } from '../../schemas/division.ts'
import { canDeploy } from './can-deploy.ts'
import { schemaChanges } from './schema-diff.ts'

// biome-ignore lint/suspicious/noExplicitAny: a schema is changed in many places at once.
type Loose = any

const dialectOf = (region: string) => {
  const found = adapters.find(({ id }) => id === region)
  if (!found) throw new Error(`no ${region}`)
  return found.dialect
}
const zhejiang = dialectOf('zhejiang')
const changed = (message: 'application' | 'matter', change: (schema: Loose) => void) => {
  const before = zhejiang[message].schema
  const after = structuredClone(JSON.parse(JSON.stringify(before))) as Loose
  change(after)
  return canDeploy('zhejiang', message, [before, after], zhejiang[message].explain(), []).consequences
}
const told = (message: 'application' | 'matter', change: (schema: Loose) => void) =>
  changed(message, change).map(({ verdict, member, change: kind }) => [verdict, kind, member])

test.each(
  adapters.flatMap(({ id, dialect }) =>
    (['application', 'matter', 'case'] as const).map((m) => [id, m, dialect[m]] as const),
  ),
)(
  '%s %s: a document that did not change is safe in every city of the region',
  (region, message, { schema, explain }) => {
    const copy = JSON.parse(JSON.stringify(schema)) as object
    const { isSafe, consequences, cities } = canDeploy(region, message, [schema, copy], explain(), [])
    expect([isSafe, consequences]).toEqual([true, []])
    expect(cities).toHaveLength(CITIES.filter((city) => city.region === region).length)
  },
)

describe('an application, which the gateway writes', () => {
  test('a member that goes takes its content along, and says which', () => {
    const [first] = changed(
      'application',
      ({ properties }) => delete properties.applicantVO.properties.address,
    )
    expect(first).toMatchObject({
      verdict: 'loses',
      member: '/applicantVO/address',
      canonical: ['/applicant/address'],
    })
  })
  test('a new member breaks only where it is required', () => {
    const add = (isRequired: boolean) =>
      told('application', (schema) => {
        schema.properties.riskLevel = { type: 'string' }
        if (isRequired) schema.required.push('riskLevel')
      })
    expect(add(true)).toEqual([['breaks', 'added', '/riskLevel']])
    expect(add(false)).toEqual([['fine', 'added', '/riskLevel']])
  })
  test('another type breaks, a shorter text is watched, a longer one is fine', () => {
    const memo = (schema: object) =>
      told('application', ({ properties }) => {
        properties.memo = schema
      })
    expect(memo({ type: 'integer' })).toEqual([['breaks', 'retyped', '/memo']])
    const { maxLength } = (zhejiang.application.schema as Loose).properties.memo
    expect(memo({ type: 'string', maxLength: 10 })).toEqual([['watch', 'narrowed', '/memo']])
    expect(
      typeof maxLength === 'number'
        ? memo({ type: 'string', maxLength: maxLength * 2 })
        : [['fine', 'widened', '/memo']],
    ).toEqual([['fine', 'widened', '/memo']])
  })
})

describe('a matter, which the gateway reads', () => {
  const required = (zhejiang.matter.schema as Loose).required[0] as string
  test('a required member that goes, or need not come, cannot be read', () => {
    expect(told('matter', ({ properties }) => delete properties[required])[0]).toEqual([
      'breaks',
      'removed',
      `/${required}`,
    ])
    expect(
      told(
        'matter',
        (schema) => (schema.required = schema.required.filter((one: string) => one !== required)),
      ),
    ).toEqual([['breaks', 'optional', `/${required}`]])
  })
  test('an optional member that goes takes its content along; one that is not read takes nothing', () => {
    const { properties, required: must } = zhejiang.matter.schema as Loose
    const isRead = (name: string) => zhejiang.matter.explain().some(({ wire }) => wire.includes(name))
    const optional = Object.keys(properties).filter((name) => !must.includes(name) && isRead(name))
    expect(optional.length).toBeGreaterThan(3)
    for (const name of optional)
      expect(told('matter', (schema) => delete schema.properties[name])).toEqual([
        ['loses', 'removed', `/${name}`],
      ])
    const before = {
      ...(zhejiang.matter.schema as Loose),
      properties: { ...properties, UNREAD: { type: 'string' } },
    }
    const without = canDeploy(
      'zhejiang',
      'matter',
      [before, zhejiang.matter.schema],
      zhejiang.matter.explain(),
      [],
    )
    expect(without.consequences).toMatchObject([{ verdict: 'fine', change: 'removed', canonical: [] }])
  })
  test('a new member is not read, and hurts nobody', () => {
    expect(told('matter', ({ properties }) => (properties.NEW = { type: 'string' }))).toEqual([
      ['fine', 'added', '/NEW'],
    ])
  })
})

test('words that come and go: fewer narrow, more widen, and the way back is the opposite', () => {
  const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
  fc.assert(
    fc.property(words, words, (old, now) => {
      const schema = (list: readonly string[]) => ({ type: 'object', properties: { m: { enum: list } } })
      const kinds = schemaChanges(schema(old), schema(now)).map(({ change }) => change)
      const [gone, come] = [old.some((one) => !now.includes(one)), now.some((one) => !old.includes(one))]
      expect(kinds).toEqual(gone ? ['narrowed'] : come ? ['widened'] : [])
    }),
  )
})

test('a schema that goes deeper than any document is compared as far as a document goes', () => {
  const nested = (depth: number, type: string): Loose =>
    depth === 0 ? { type } : { type: 'object', properties: { n: nested(depth - 1, type) } }
  expect(schemaChanges(nested(5, 'string'), nested(5, 'integer'))).toHaveLength(1)
  expect(schemaChanges(nested(500, 'string'), nested(500, 'integer'))).toEqual([])
})
