/** What others rely on: the description is valid and true, lists page, dialects are spoken, every problem has its page. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCode, resident, scan } from '../counter/support.ts'
import { asPerson } from '../support/as-person.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { ALL_SCOPES, holder, matterId, SUZHOU } from '../support/holdings.ts'
import { applicantOf, given, newcomer, onBehalf } from '../support/mandates.ts'
import { STORIES, storyOf } from './stories.ts'

let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway({ work: true })
  caller = await gateway.as('sandbox-shanghai', 'cases convert events')
  await gateway.sync(...STORIES.map(({ division }) => division))
})
afterAll(() => gateway.close())

const read = async (path: string, headers?: Record<string, string>) =>
  gateway.anyone('GET', path, undefined, headers)

/** A mandate that was used, and its giver. */
async function usedMandate(): Promise<{ person: Caller; mandate: string }> {
  const [giver, agent] = [await applicantOf(gateway), await newcomer(gateway)]
  const mandate = await given(giver, agent, gateway)
  const call = await asPerson(agent, gateway)
  await file(call, await onBehalf(call, agent, mandate))
  return { person: await asPerson(giver, gateway), mandate }
}

/** Somebody with a photo, a licence, a consent and codes for a receiver, and the id of each by the path that names it. */
async function holds(): Promise<{
  own: Caller
  receiver: Caller
  idOf: (path: string) => string | undefined
}> {
  const { own } = await holder(SUZHOU, gateway, ALL_SCOPES)
  const [photo, licence] = [
    (await own('GET', '/api/v1/me/photos?cities=320500')).body.items[0].id,
    (await own('GET', '/api/v1/me/licences?cities=320500')).body.items[0].id,
  ]
  const matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
  const grant = { purpose: 'crossProvince', matter, receiver: 'sandbox-shanghai' }
  const photoGrant = await own('POST', `/api/v1/me/photos/${photo}/grants`, grant)
  const licenceGrant = await own('POST', `/api/v1/me/licences/${licence}/grants`, grant)
  const ids: Readonly<Record<string, string>> = {
    '/api/v1/me/photos/': photo,
    '/api/v1/me/licences/': licence,
    '/api/v1/me/consents/': photoGrant.body.consent,
    '/api/v1/photos/': photoGrant.body.code,
    '/api/v1/licences/': licenceGrant.body.code,
  }
  const receiver = await gateway.as('sandbox-shanghai', 'photos licences')
  return {
    own,
    receiver,
    idOf: (path) => Object.entries(ids).find(([start]) => path.startsWith(start))?.[1],
  }
}

describe('the description', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { body } = await read('/openapi.json')
    const result = await new Validator().validate(body)
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
    expect(body.openapi).toMatch(/^3\.1\./)
  })

  test('names every path with an answer behind it, and the answers fit its schemas', async () => {
    const { body: document } = await read('/openapi.json')
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true, int32: true, int64: true } })
    ajv.addSchema(document, 'openapi')
    const { body: matters } = await read('/api/v1/matters?region=zhejiang&limit=1')
    const filed = await file(caller, storyOf('zhejiang').application(await upload(caller, 'a.pdf')))
    const { person, mandate } = await usedMandate()
    const values: Record<string, string> = {
      division: '330100',
      region: 'zhejiang',
      message: 'application',
      city: '330100',
      code: 'NOT_FOUND',
    }
    // What is a person's own is asked for by a person, who has shown a code and been scanned.
    const shown = await resident(gateway)
    const code = await makeCode(shown)
    await scan(await gateway.as('sandbox-hotel', 'persons:verify'), code.code)
    const holding = await holds()
    // Questions are read by the body that was asked, for itself.
    const asked = await gateway.as('sandbox-shanghai', 'persons')
    const subscribed = await caller('POST', '/api/v1/subscriptions', { url: 'http://127.0.0.1:9/' })
    await gateway.syncWindows('330900')
    let looked = 0
    for (const [path, methods] of Object.entries<Record<string, Described>>(document.paths)) {
      const get = methods['get']
      if (!get || path.endsWith('/result')) continue
      const isCode = path.startsWith('/api/v1/me/codes')
      const own = isCode ? code.id : mandate
      const things = path.includes('/matters/')
        ? encodeURIComponent(matters.items[0].id)
        : path.includes('/windows/')
          ? 'zhejiang:330900:win-330901-1'
          : path.includes('/subscriptions/')
            ? subscribed.body.id
            : filed.body.id
      const held = holding.idOf(path)
      const id = held ?? (path.startsWith('/api/v1/me/') ? own : things)
      const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        held === undefined ? (values[name] ?? id) : id,
      )
      const address = `${place}${requiredQuery(get, values)}`
      const isHolding = held !== undefined || /\/me\/(cases|photos|licences|consents)$/.test(path)
      const holds = path.startsWith('/api/v1/me/') ? holding.own : holding.receiver
      const isBody = path === '/api/v1/questions'
      const who = isBody ? asked : isHolding ? holds : isCode || path.endsWith('/scans') ? shown.api : person
      const told = await (needsPerson(get) || isHolding ? who : caller)('GET', address)
      expect([address, told.status]).toEqual([address, 200])
      const schema = (get.responses['200'] as unknown as { content?: Record<string, { schema: object }> })
        ?.content?.['application/json']?.schema
      if (!schema) continue
      const check = ajv.compile(
        JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')),
      )
      check(told.body)
      expect([address, check.errors ?? []]).toEqual([address, []])
      looked += 1
    }
    expect(looked).toBeGreaterThan(8)
  })
})

interface Described {
  readonly security?: readonly { readonly oauth2?: readonly string[] }[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly responses: Record<string, never>
}
/** What an operation cannot be asked without, of the values at hand. */
function requiredQuery({ parameters = [] }: Described, values: Readonly<Record<string, string>>): string {
  const asked = parameters.filter((one) => one.in === 'query' && one.required)
  return asked.length === 0 ? '' : `?${asked.map(({ name }) => `${name}=${values[name] ?? ''}`).join('&')}`
}
const needsPerson = (operation: Described) => operation.security?.[0]?.oauth2?.includes('persons') === true

describe('the catalogue', () => {
  test('has the seed’s matters, each with its source and confidence, and none of them can be filed', async () => {
    interface Found {
      readonly id: string
      readonly source?: string
      readonly confidence?: string
      readonly fileable: boolean
      readonly region?: string
    }
    const all = async (): Promise<readonly Found[]> => {
      const found: Found[] = []
      for (let at: string | null = '/api/v1/matters?limit=100'; at !== null; ) {
        const { body, headers }: Awaited<ReturnType<Caller>> = await read(at)
        found.push(...body.items)
        at = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null
      }
      return found.filter((matter) => matter.region === undefined)
    }
    await expect.poll(async () => (await all()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(119)
    const seeds = await all()
    for (const seed of seeds) {
      expect(seed.source).toBeTruthy()
      expect(['high', 'medium', 'low']).toContain(seed.confidence)
      expect(seed.fileable).toBe(false)
    }
  })

  test('a matter of the seed is refused by name', async () => {
    const { body } = await read('/api/v1/matters?limit=100&q=证')
    const seed = body.items.find((matter: { region?: string }) => matter.region === undefined)
    const application = { ...storyOf('zhejiang').application('x'), matter: seed.id, documents: [] }
    expect((await file(caller, application)).body).toMatchObject({
      code: 'MATTER_NOT_FILEABLE',
      errors: [{ pointer: '/matter' }],
    })
  })

  test('a matter is spoken in every dialect, and an unknown one is refused with the known ones', async () => {
    const id = encodeURIComponent(String(storyOf('zhejiang').application('')['matter']))
    const { body: canonical, headers } = await read(`/api/v1/matters/${id}`)
    expect(canonical.form.fields.length).toBeGreaterThan(0)
    expect(headers.get('vary')).toMatch(/accept/i)
    const zhejiang = await read(`/api/v1/matters/${id}`, { accept: 'application/json; profile=zhejiang' })
    expect(zhejiang.body).toMatchObject({ QL_INNER_CODE: '33010100000000099002' })
    expect(zhejiang.headers.get('content-type')).toContain('profile=zhejiang')
    const unknown = await read(`/api/v1/matters/${id}`, { accept: 'application/json; profile=fujian' })
    expect([unknown.status, unknown.body.code]).toEqual([406, 'PROFILE_NOT_ACCEPTABLE'])
    expect(unknown.body.facts.known).toContain('zhejiang')
  })

  test('a matter before its first version is not found, and with a time it is the version of that time', async () => {
    const id = encodeURIComponent(String(storyOf('zhejiang').application('')['matter']))
    expect((await read(`/api/v1/matters/${id}?asOf=2001-01-01T00:00:00Z`)).body.code).toBe('MATTER_NOT_FOUND')
    const now = encodeURIComponent(new Date().toISOString())
    expect((await read(`/api/v1/matters/${id}?asOf=${now}`)).status).toBe(200)
  })
})

test('a list of cases pages without repeating or leaving out', async () => {
  const ids: string[] = []
  for (let i = 0; i < 5; i += 1) {
    const { body } = await file(caller, storyOf('zhejiang').application(await upload(caller, 'a.pdf')))
    ids.push(body.id)
  }
  const seen: string[] = []
  for (let at: string | null = '/api/v1/cases?limit=2'; at !== null; ) {
    const { body, headers }: Awaited<ReturnType<Caller>> = await caller('GET', at)
    seen.push(...body.items.map((one: { id: string }) => one.id))
    at = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null
    expect(body.nextCursor === null).toBe(at === null)
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toEqual(expect.arrayContaining(ids))
  const one = await caller('GET', '/api/v1/cases?status=COMPLETED&city=330100')
  expect(one.body.items).toEqual([])
})

test('an answer has the request’s id, ours or the caller’s, and never a script’s', async () => {
  expect((await read('/healthz', { 'x-request-id': 'caller-given-1' })).headers.get('x-request-id')).toBe(
    'caller-given-1',
  )
  const odd = await read('/healthz', { 'x-request-id': '<script>' })
  expect(odd.headers.get('x-request-id')).toMatch(/^req_[0-9a-z]+$/)
})

test('pages ask nothing of other hosts, and run no script but files of ours', async () => {
  for (const path of ['/', '/docs', '/problems', '/__sandbox']) {
    const { body, headers } = await read(path)
    expect(body).not.toMatch(/https?:\/\/(?!127\.0\.0\.1|localhost)/)
    expect(body).not.toMatch(/<script(?! type="module" src="\/assets\/[\w-]{12}\/[a-z]+[.]js"><\/script>)/)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(body).toMatch(/<html lang="zh-CN"/)
  }
})
