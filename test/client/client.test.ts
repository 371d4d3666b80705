/** The typed client against a gateway: tokens, lists, keys, webhooks, and what happens when the way is bad. */

import { type ClientOptions, createClient, type GatewayClient, GatewayProblem } from 'delta-gateway/client'
import type { JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storyOf } from '../flow/stories.ts'
import { testClient } from '../support/clients.ts'
import { startWithEvents, type WithEvents } from '../support/events.ts'

const strict = testClient('strict-client', { dpop_bound_access_tokens: true })
const story = storyOf('zhejiang')
let world: WithEvents
let client: GatewayClient
beforeAll(async () => {
  world = await startWithEvents({ clients: [strict.entry] })
  client = made()
})
afterAll(() => world.gateway.close())

/** A client of the sandbox's, which waits for nothing. */
function made(over: Partial<ClientOptions> = {}): GatewayClient {
  return createClient({
    url: world.gateway.url,
    clientId: story.client,
    key: world.gateway.clients.keys[story.client] as JWK,
    scope: 'cases convert events',
    pause: async () => undefined,
    ...over,
  })
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** A `fetch` on which some requests fail; it keeps what was sent. */
function badWay(fails: (request: Request, count: number) => Promise<Response> | undefined) {
  const sent: Request[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const isToken = request.url.endsWith('/oidc/token')
    if (!isToken) sent.push(request.clone())
    return (isToken ? undefined : fails(request, sent.length)) ?? globalThis.fetch(request)
  }
  return { sent, fetch }
}
const lost = () => Promise.reject(new TypeError('fetch failed'))
const refusing = async (status: number, body: object, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers })

const fileOne = async (by = client) => {
  const uploadId = await by.upload('a.pdf', Buffer.from('%PDF-1.4 a'))
  return by.post('/api/v1/cases', { body: story.application(uploadId) as never })
}
const problemOf = async (call: Promise<unknown>): Promise<GatewayProblem> => {
  const problem = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (problem instanceof GatewayProblem) return problem
  throw new Error(`no problem: ${String(problem)}`)
}

describe('an application', () => {
  test('is filed, read with its version, and stands in the list', async () => {
    const { data, status } = await fileOne()
    expect(status).toBe(201)
    const read = await client.get('/api/v1/cases/{id}', { params: { path: { id: data.id } } })
    expect(read.data.status).toBe('SUBMITTED')
    expect(read.etag).toMatch(/^"/)
    const listed = await all(client.list('/api/v1/cases'))
    expect(listed.map(({ id }) => id)).toContain(data.id)
  })

  test('is filed once when its answer is lost on the way', async () => {
    const before = await all(client.list('/api/v1/cases'))
    const way = badWay((request, count) =>
      request.method === 'POST' && request.url.endsWith('/cases') && count === 2
        ? globalThis.fetch(request).then(lost)
        : undefined,
    )
    const { data, response } = await fileOne(made({ fetch: way.fetch }))
    expect(response.headers.get('idempotency-replayed')).toBe('true')
    const after = await all(client.list('/api/v1/cases'))
    expect(after).toHaveLength(before.length + 1)
    expect(after.map(({ id }) => id)).toContain(data.id)
    const keys = way.sent
      .filter(({ url }) => url.endsWith('/cases'))
      .map((one) => one.headers.get('idempotency-key'))
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  test('is tried without leaving anything behind', async () => {
    const before = await all(client.list('/api/v1/cases'))
    const application = story.application(await client.upload('a.pdf', Buffer.from('%PDF-1.4 a')))
    const { data } = await client.dryRun('/api/v1/cases', { body: application as never })
    expect([data.dryRun, Object.keys(data)]).toEqual([true, expect.arrayContaining(['content', 'ledger'])])
    expect(await all(client.list('/api/v1/cases'))).toHaveLength(before.length)
  })

  test('that does not fit is refused with its code and the places in it', async () => {
    const application = { ...story.application('none'), applicant: undefined }
    const problem = await problemOf(client.post('/api/v1/cases', { body: application as never }))
    expect([problem.code, problem.status]).toEqual(['BODY_INVALID', 422])
    expect(problem.errors[0]?.pointer).toBe('/applicant')
    expect(problem.errors[0]?.detail.zh).toBeTruthy()
    expect(problem.requestId).toMatch(/^req_/)
  })
})

describe('a list', () => {
  test('is walked through page by page, and no further than the caller goes', async () => {
    const way = badWay(() => undefined)
    const reader = made({ fetch: way.fetch })
    const ids: string[] = []
    for await (const { id } of reader.list('/api/v1/matters', { query: { limit: 2 } })) {
      ids.push(id)
      if (ids.length === 5) break
    }
    expect(new Set(ids).size).toBe(5)
    expect(way.sent).toHaveLength(3)
  })

  test('of events goes to the end of the feed, and on from a cursor', async () => {
    await fileOne()
    await world.visible()
    const whole = await all(client.events({ limit: 2 }))
    expect(whole.length).toBeGreaterThan(2)
    const last = whole.at(-1)?.cursor ?? ''
    expect(await all(client.events({ after: last }))).toEqual([])
    const { data } = await fileOne()
    await world.visible()
    const next = await all(client.events({ after: last }))
    expect(new Set(next.map(({ event }) => event.caseId))).toEqual(new Set([data.id]))
  })
})

describe('a token', () => {
  test('is asked for once by requests that start together, and anew when it is not taken any more', async () => {
    let asked = 0
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (String(input).endsWith('/oidc/token')) asked += 1
      return globalThis.fetch(input, init)
    }
    let isRefused = false
    const way: typeof globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!isRefused && !url.endsWith('/oidc/token')) {
        isRefused = true
        return refusing(401, { code: 'TOKEN_INVALID', status: 401 })
      }
      return fetch(input, init)
    }
    const together = made({ fetch: way })
    await Promise.all([together.get('/api/v1/cases'), together.get('/api/v1/cases')])
    expect(asked).toBe(2)
  })

  test('is bound to a key where the gateway wants that', async () => {
    const bound = made({ clientId: 'strict-client', key: strict.key, scope: 'cases' })
    expect((await bound.get('/api/v1/cases')).data.items).toEqual([])
    const willing = made({ dpop: true })
    expect((await willing.get('/api/v1/cases')).status).toBe(200)
  })

  test('for another key is refused in the words of OAuth', async () => {
    const other = made({ key: world.gateway.clients.keys['sandbox-anhui'] as JWK })
    expect((await problemOf(other.get('/api/v1/cases'))).code).toBe('invalid_client')
  })

  test('is not needed for what is public', async () => {
    const anyone = createClient({ url: world.gateway.url })
    expect((await anyone.get('/api/v1/regions')).data.items.map(({ id }) => id)).toHaveLength(4)
  })
})

describe('a request that fails', () => {
  const busy = { code: 'REGION_BUSY', status: 503, retry: true }

  test('is sent again after the pause that the gateway names, and not for ever', async () => {
    const pauses: number[] = []
    const way = badWay(() => refusing(503, busy, { 'retry-after': '7' }))
    const patient = made({
      fetch: way.fetch,
      attempts: 3,
      pause: async (ms) => void pauses.push(ms),
    })
    expect((await problemOf(patient.get('/api/v1/cases'))).status).toBe(503)
    expect(way.sent).toHaveLength(3)
    expect(pauses).toEqual([7_000, 7_000])
  })

  test('is not sent again when the pause is longer than the caller waits', async () => {
    const way = badWay(() =>
      refusing(429, { code: 'REMINDED', status: 429, retry: true }, { 'retry-after': '80000' }),
    )
    await problemOf(made({ fetch: way.fetch }).get('/api/v1/cases'))
    expect(way.sent).toHaveLength(1)
  })

  test('is not sent again when it is wrong, or might be done twice', async () => {
    const wrong = badWay(() => refusing(409, { code: 'CASE_STATE', status: 409, retry: false }))
    await problemOf(made({ fetch: wrong.fetch }).get('/api/v1/cases'))
    expect(wrong.sent).toHaveLength(1)
    const unkeyed = badWay(() => refusing(503, busy))
    await problemOf(
      made({ fetch: unkeyed.fetch }).post('/api/v1/subscriptions', { body: { url: 'http://127.0.0.1:9/' } }),
    )
    expect(unkeyed.sent).toHaveLength(1)
  })

  test('on the way is told as what it is when nobody answers at all', async () => {
    const way = badWay(lost)
    await expect(made({ fetch: way.fetch }).get('/api/v1/cases')).rejects.toThrow('fetch failed')
    expect(way.sent).toHaveLength(4)
  })
})
