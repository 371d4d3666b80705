/** Any region in, any region out: matters, applications and cases over HTTP, each with a ledger that is all of its source. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { STORIES } from './stories.ts'

const DIALECTS = ['canonical', ...adapters.map(({ id }) => id)]
const PAIRS = DIALECTS.flatMap((from) => DIALECTS.map((to) => [from, to] as const))
const HOW = new Set(['copied', 'coded', 'derived', 'split', 'merged', 'defaulted', 'dropped'])

let gateway: TestGateway
let caller: Caller
/** One filed case a region, and the application that it was filed with. */
const filed = new Map<string, { id: string; application: object; matter: string }>()

beforeAll(async () => {
  gateway = await startTestGateway()
  for (const story of STORIES) {
    caller = await gateway.as(story.client)
    await gateway.sync(story.division)
    const application = story.application(await upload(caller, 'a.pdf'))
    const { body } = await file(caller, application)
    filed.set(story.region, { id: body.id, application, matter: String(application['matter']) })
  }
})
afterAll(() => gateway.close())

const leavesOf = (value: unknown, at = ''): string[] => {
  if (typeof value !== 'object' || value === null) return [at]
  const entries = Object.entries(value)
  if (entries.length === 0) return [at]
  return entries.flatMap(([name, inner]) =>
    leavesOf(inner, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}

/** The text at a pointer; nothing for an empty list or object. */
function valueAt(value: unknown, pointer: string): string | null | undefined {
  let at = value
  for (const token of pointer.split('/').slice(1))
    at = (at as Record<string, unknown>)[token.replaceAll('~1', '/').replaceAll('~0', '~')]
  return typeof at === 'object' || at === undefined ? null : String(at)
}

interface Entry {
  readonly how: string
  readonly source: readonly string[]
  readonly target: readonly string[]
  readonly rule: string
  readonly reason: string | null
}

async function convert(kind: string, from: string, to: string, content: unknown) {
  const { status, body } = await caller('POST', '/api/v1/conversions', { kind, from, to, content })
  expect(body.errors ?? []).toEqual([])
  expect(status).toBe(200)
  return body as {
    content: object
    ledger: { entries: Entry[]; losses: { source: string[]; reason: string }[] }
  }
}

/** Every leaf of the source stands in the ledger, nothing else does, and what was dropped says why. */
function expectWhole(source: unknown, { content, ledger }: Awaited<ReturnType<typeof convert>>): void {
  const leaves = new Set(leavesOf(source))
  const told = new Set(ledger.entries.flatMap((entry) => entry.source))
  expect([...leaves].filter((leaf) => !told.has(leaf))).toEqual([])
  expect([...told].filter((leaf) => !leaves.has(leaf))).toEqual([])
  const written = new Set(leavesOf(content))
  for (const entry of ledger.entries) {
    expect(HOW).toContain(entry.how)
    if (entry.how === 'dropped') expect(entry.reason ?? '').toMatch(/[一-鿿]/)
    for (const target of entry.target) expect([...written].some((leaf) => leaf.startsWith(target))).toBe(true)
  }
  // What was empty, or what the other side knows by itself, is dropped as well, but nobody loses anything by it.
  const dropped = ledger.entries
    .filter((entry) => entry.how === 'dropped' && entry.rule !== 'given')
    .flatMap((entry) => entry.source)
    .filter((leaf) => !['', null, undefined].includes(valueAt(source, leaf)))
  expect(ledger.losses.flatMap((loss) => loss.source).toSorted()).toEqual(dropped.toSorted())
}

describe.each(STORIES.map(({ region, client }) => [region, client] as const))(
  'what belongs to %s',
  (region, client) => {
    const own = () => {
      const found = filed.get(region)
      if (!found) throw new Error(region)
      return found
    }
    beforeAll(async () => {
      caller = await gateway.as(client)
    })

    test.each(PAIRS)('an application, from %s to %s', async (from, to) => {
      const source =
        from === 'canonical'
          ? own().application
          : (await convert('application', 'canonical', from, own().application)).content
      const made = await convert('application', from, to, source)
      expectWhole(source, made)
    })

    test.each(PAIRS)('its matter, from %s to %s', async (from, to) => {
      const spoken = async (profile: string) =>
        (
          await gateway.anyone('GET', `/api/v1/matters/${encodeURIComponent(own().matter)}`, undefined, {
            ...(profile === 'canonical' ? {} : { accept: `application/json; profile=${profile}` }),
          })
        ).body
      const source = await spoken(from)
      const made = await convert('matter', from, to, source)
      expectWhole(source, made)
    })

    test.each(PAIRS.filter(([from]) => from !== 'canonical'))('its case, from %s to %s', async (from, to) => {
      const { body: source } = await caller('GET', `/api/v1/cases/${own().id}`, undefined, {
        accept: `application/json; profile=${from}`,
      })
      const made = await convert('case', from, to, source)
      expectWhole(source, made)
    })
  },
)

test('a thing that the target needs and the source has not is refused in the caller’s own words', async () => {
  const { application } = filed.get('zhejiang') ?? { application: {} }
  const { form: _form, ...without } = application as { form: object }
  const { status, body } = await caller('POST', '/api/v1/conversions', {
    kind: 'application',
    from: 'canonical',
    to: 'zhejiang',
    content: without,
  })
  expect([status, body.code]).toEqual([422, 'BODY_INVALID'])
  expect(body.errors[0].pointer).toBe('/content/form')
})
