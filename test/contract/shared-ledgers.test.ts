/** Documents of one shape share a ledger: it must be the one that each of them would have got alone. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import type { RegionAdapter } from '../../src/adapters/kit/contract.ts'
import { conversions } from '../../src/federation/conversions/convert.ts'
import { shapeTree } from '../../src/federation/conversions/shapes.ts'
import type { Application } from '../../src/schemas/application.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import { leaves } from '../../src/schemas/pointers.ts'

const filed = { sourceNumber: 'CSJ20260302AAAAAAAAAAAA', appliedAt: '2026-03-02T09:05:00+08:00' }

const matterOf = (adapter: RegionAdapter): Matter => ({
  id: `${adapter.id}:test`,
  kind: 'matter',
  name: { zh: '户籍事项证明' },
  region: adapter.id,
  divisions: [adapter.id === 'shanghai' ? '310000' : `${adapter.place.division.slice(0, 2)}0100`],
  regional: { code: '312099003000', version: '3' },
  equivalents: [],
  subjects: ['person', 'enterprise'],
  mode: 'online',
  handling: 'committed',
  form: {
    fields: (['text', 'area', 'date'] as const).map((type) => ({
      name: type,
      label: { zh: type },
      type,
      required: false,
    })),
  },
  documents: ['D1', 'D2'].map((id) => ({
    id,
    name: { zh: id },
    necessity: 'optional',
    exemptedBy: [],
    modes: ['upload', 'licence', 'later', 'paper'],
  })),
  deliveryModes: ['pickup', 'post'],
  state: 'active',
  availability: [],
  fileable: true,
  loa: 2,
  source: 'test',
  confidence: 'high',
})

const optionally = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const card = fc.record({
  type: fc.constantFrom('111', '414', '516', '511', '553', '990'),
  number: fc.constantFrom('310101190001010011', '810000199001010014', 'E12345678', '911330', ''),
})
const mobile = fc.constantFrom('10000000000', '10000000001')
const name = fc.constantFrom('测试甲', '测试乙', 'A·B')
const person = fc.record({
  kind: fc.constant('person' as const),
  name,
  idDocument: card,
  mobile: optionally(mobile),
  address: optionally(fc.constantFrom('示例路1号', '')),
  postcode: optionally(fc.constant('200000')),
})
const firm = fc.record({
  kind: fc.constant('organisation' as const),
  name,
  idDocument: fc.constantFrom(
    { type: '001', number: '91330100MA9TEXT19M' },
    { type: '001', number: '92330100MA9TEXT19M' },
  ),
  legalRepresentative: optionally(name),
  legalRepresentativeId: optionally(card),
})
const documents = fc.uniqueArray(
  fc.oneof(
    fc.record({
      id: fc.constantFrom('D1', 'D2'),
      mode: fc.constantFrom('upload' as const, 'scan' as const),
      uploads: fc.array(fc.constantFrom('up_a', 'up_b'), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ id: fc.constantFrom('D1', 'D2'), mode: fc.constant('licence' as const), licence: name }),
    fc.record({
      id: fc.constantFrom('D1', 'D2'),
      mode: fc.constantFrom('later' as const, 'paper' as const),
    }),
  ),
  { selector: (one) => one.id },
)
const applications = (matter: Matter): fc.Arbitrary<Application> =>
  fc
    .record({
      matter: fc.constant(matter.id),
      division: fc.constant(matter.divisions[0] ?? ''),
      sourceDivision: fc.constantFrom('310000', '320500', '330100'),
      applicant: fc.oneof(person, firm),
      agent: optionally(fc.record({ name, idDocument: card, mobile, mandate: optionally(name) })),
      form: fc.record(
        {
          text: fc.constantFrom('一', '', '{"x":1}'),
          area: fc.constantFrom('320500', '320500000000', '苏州'),
          date: fc.constantFrom('2026-03-02', ''),
        },
        { requiredKeys: [] },
      ),
      documents,
      delivery: optionally(
        fc.record({ mode: fc.constantFrom('pickup' as const, 'post' as const), name: optionally(name) }),
      ),
      note: optionally(fc.constantFrom('备注', '')),
    })
    // What is absent is absent, as in a document that was parsed.
    .map((one) => JSON.parse(JSON.stringify(one)) as Application)

/** Other people's documents are not as ours: some texts are empty, some say what others say, and some say something new. */
const twists = fc.array(
  fc.tuple(
    fc.nat(200),
    fc.constantFrom('', '测试甲', '测试丁', '10000000000', '1', '111', '01', '320500000000'),
  ),
  { minLength: 2, maxLength: 6 },
)

/** The document with its `n`th text changed. */
function twisted(document: unknown, n: number, value: string): unknown {
  const pointers = leaves(document)
  const path = (pointers[n % pointers.length] ?? '').split('/').slice(1)
  const copy = structuredClone(document) as Record<string, unknown>
  let at = copy
  for (const token of path.slice(0, -1)) at = at[token] as Record<string, unknown>
  const last = path.at(-1) ?? ''
  if (typeof at[last] === 'string') at[last] = value
  return copy
}

const bound = (matter: Matter) =>
  conversions({
    adapters,
    options: () => ({}),
    book: { find: () => Promise.resolve({ matter, version: 1 }) },
  })

/** A document that cannot be converted has no ledger, shared or not. */
const ledgerIn = async (
  made: ReturnType<typeof bound>,
  from: RegionAdapter,
  to: RegionAdapter,
  content: unknown,
) => {
  try {
    return (await made.convertApplication(from.id, to.id, content, filed)).ledger
  } catch {
    return undefined
  }
}

describe.each(adapters.flatMap((from) => adapters.map((to) => [from.id, to.id, from, to] as const)))(
  '%s → %s',
  (_from, _to, from, to) => {
    test('a shared ledger is the ledger of each document that shares it', async () => {
      const matter = matterOf(to)
      const shared = bound(matter)
      let converted = 0
      await fc.assert(
        fc.asyncProperty(applications(matter), twists, async (application, twist) => {
          let content: unknown
          try {
            content = JSON.parse(JSON.stringify(shared.writeApplication(from.id, application, matter, filed)))
          } catch {
            return
          }
          const variants = twist.map(([at, value]) => twisted(content, at, value))
          for (const variant of [content, ...variants, ...variants.map((one) => twisted(one, 7, '测试戊'))]) {
            const alone = await ledgerIn(bound(matter), from, to, variant)
            if (alone) converted += 1
            expect(await ledgerIn(shared, from, to, variant)).toEqual(alone)
          }
        }),
        { numRuns: Number(process.env['RUNS'] ?? 50) },
      )
      expect(converted).toBeGreaterThan(3)
    })
  },
)

describe('a tree of shapes', () => {
  const kept = () => {
    const tree = shapeTree<object>(100)
    return (value: unknown) => tree.keep(['word'], [], [value], () => ({}))
  }

  test.each([
    ['texts', { a: 'x' }, { a: 'y' }],
    ['numbers', { a: 1 }, { a: 2 }],
    ['lists of one length', ['x', 'y'], ['z', 'y']],
  ])('%s that differ share what is kept', (_name, one, other) => {
    const at = kept()
    expect(at(one)).toBe(at(other))
  })

  test.each([
    ['a name', { a: 'x' }, { b: 'x' }],
    ['an empty text', { a: 'x' }, { a: '' }],
    ['a length', ['x'], ['x', 'y']],
    ['nothing', { a: 'x' }, { a: null }],
    ['the order of members', { a: 'x', b: '' }, { b: '', a: 'x' }],
    ['depth', { a: { b: 'x' } }, { a: 'x', b: 'x' }],
    ['a list for an object', [], {}],
  ])('%s makes another shape', (_name, one, other) => {
    const at = kept()
    expect(at(one)).not.toBe(at(other))
  })

  test('shapes under the same words are told apart, in whichever order they come', () => {
    const tree = shapeTree<object>(10_000)
    const at = (value: unknown) => tree.keep(['word'], [], [value], () => ({}))
    const shapes = Array.from({ length: 20 }, (_, n) => ({ [`member${n}`]: ['x'], last: 'x' }))
    const kept = shapes.map(at)
    expect(new Set(kept).size).toBe(20)
    fc.assert(
      fc.property(fc.array(fc.nat(19)), (order) => {
        for (const n of order) expect(at(shapes[n])).toBe(kept[n])
      }),
    )
  })

  test('of many shapes under the same words the one that comes often stays', () => {
    const tree = shapeTree<object>(10_000)
    const at = (value: unknown) => tree.keep(['word'], [], [value], () => ({}))
    at({ first: 'x' })
    const often = at({ often: 'x' })
    expect(at({ often: 'x' })).toBe(often)
    const rare = Array.from({ length: 100 }, (_, n) => at({ [`rare${n}`]: 'x' }))
    expect(at({ often: 'x' })).toBe(often)
    expect(at({ rare50: 'x' })).toBe(rare[50])
    expect(at({ rare80: 'x' })).not.toBe(rare[80])
  })

  test('strange shapes without end do not fill the memory: the tree starts anew', () => {
    const at = kept()
    const first = at({ a: 'x' })
    expect(at({ a: 'x' })).toBe(first)
    for (let n = 0; n < 100; n += 1) at({ [`strange${n}`]: 'x' })
    expect(at({ a: 'x' })).not.toBe(first)
  })
})
