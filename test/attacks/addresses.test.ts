/** What a request claims about the gateway's own address, and what every answer tells browsers. */
import { request } from 'node:http'
import type { JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertionOf } from '../../src/cli/token.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { visitor } from '../support/page-reader.ts'
import { logIn, residentNumber } from '../support/person-token.ts'
import { askToken } from '../support/tokens.ts'
import { APP, asked } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

interface Raw {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request whose every header is as given: `fetch` would set some itself. */
const raw = (
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: object; body?: string } = {},
): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const sending = request(gateway.url + path, { method, headers: { ...headers } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    sending.on('error', reject)
    sending.end(body)
  })

const ELSEWHERE = [
  { host: 'elsewhere.invalid' },
  { 'x-forwarded-host': 'elsewhere.invalid' },
  { 'x-forwarded-proto': 'gopher' },
  { forwarded: 'host=elsewhere.invalid;proto=https' },
]

describe.each(ELSEWHERE)('a request that says %j', (headers) => {
  test('changes no address of the discovery document', async () => {
    const path = '/.well-known/openid-configuration'
    expect((await raw(path, { headers })).body).toBe((await raw(path)).body)
  })

  test('leads no browser elsewhere', async () => {
    const by = visitor(
      gateway,
      (await logIn(gateway, { name: '测试乙', number: residentNumber(501) })).cookie,
    )
    const { address } = await asked(gateway)
    const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const first = await raw(address, { headers: { ...headers, cookie } })
    expect(first.status).toBe(303)
    for (const cookie of first.headers['set-cookie'] ?? []) {
      const [pair = ''] = cookie.split(';')
      by.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const second = await raw(String(first.headers['location']), {
      headers: { ...headers, cookie: [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    expect(second.status).toBe(303)
    expect(new URL(String(second.headers['location']), gateway.url).origin).toBe(gateway.url)
  })
})

test('an assertion that a client made for another server does not count here, whatever host is named', async () => {
  const other = 'http://elsewhere.invalid'
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: 'cases',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(
      other,
      'sandbox-shanghai',
      gateway.clients.keys['sandbox-shanghai'] as JWK,
    ),
  }).toString()
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }
  for (const headers of ELSEWHERE) {
    const { status } = await raw('/oidc/token', { method: 'POST', headers: { ...form, ...headers }, body })
    expect(status).toBe(401)
  }
})

const PATHS = [
  '/oidc/jwks',
  '/oidc/auth',
  '/oidc/auth?client_id=sandbox-app',
  '/oidc/session/end',
  '/oidc/nothing',
  '/.well-known/openid-configuration',
  '/log-in',
  '/log-in/shanghai',
  '/me',
  '/counter',
  '/sso/sh/callback?state=x&access_token=y',
  '/api/v1/me',
  '/nothing',
]

test.each(PATHS)(
  '%s tells browsers to keep it out of frames, to guess no type and to send no referrer',
  async (path) => {
    const { headers } = await raw(path)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-request-id']).toMatch(/^req_/)
  },
)

test.each(['/me', '/me/code', '/me/scans', '/log-out', '/counter', '/sso/sh/callback?state=x'])(
  '%s is kept by no cache, with a session and without',
  async (path) => {
    const { cookie } = await logIn(gateway, { name: '测试乙', number: residentNumber(502) })
    for (const headers of [{}, { cookie }])
      for (const method of ['GET', 'HEAD'])
        expect((await raw(path, { method, headers })).headers['cache-control']).toContain('no-store')
  },
)

describe('a request out of all measure', () => {
  test.each<[string, string, object]>([
    ['a query of 12 000 characters', `/log-in?next=/${'a'.repeat(12_000)}`, {}],
    ['a region’s answer of 12 000 characters', `/sso/sh/callback?state=${'a'.repeat(12_000)}`, {}],
    ['thousands of cookies', '/me', { cookie: Array.from({ length: 1500 }, (_, i) => `c${i}=1`).join('; ') }],
    ['a cookie that is none', '/me', { cookie: '__Host-delta=%E0%A4%A; __Host-delta; =; ;;' }],
    ['a session of 8 000 characters', '/me', { cookie: `__Host-delta=${'a'.repeat(8000)}` }],
    ['Chinese in next', `/log-in?next=${encodeURIComponent('/我的')}`, {}],
    ['half a character in next', '/log-in?next=%E6%88', {}],
    ['a zero in next', '/log-in/shanghai?next=/me%00', {}],
    [
      'a zero in the state',
      '/sso/sh/callback?state=%00&access_token=%00',
      { cookie: '__Host-delta-log-in=x' },
    ],
    ['a request of a client with a zero', '/oidc/auth?client_id=%00&request_uri=%00', {}],
    ['an interaction with a zero', '/oidc/interaction/%00', {}],
    ['a code with a zero', '/me/code/%00', {}],
    ['a link with a zero', '/counter/link/%00', {}],
  ])('%s is answered, and not by a failure', async (_name, path, headers) => {
    const { status } = await raw(path, { headers })
    expect(status).toBeLessThan(500)
  })

  test.each([
    { grant_type: 'authorization_code', code: '\0', redirect_uri: 'x', code_verifier: '\0' },
    { grant_type: 'refresh_token', refresh_token: '\0' },
    { grant_type: 'client_credentials', scope: '\0' },
  ])('%j is refused', async (fields) => {
    expect((await askToken(gateway, APP, fields)).status).toBe(400)
  })

  test('a client’s state with a zero is refused', async () => {
    const by = visitor(gateway)
    const { address } = await asked(gateway, { state: '\0' })
    const { url } = await by.follow(address)
    expect(url.searchParams.get('error')).toBe('invalid_request')
  })

  test('what is too long for a head is refused before it is read', async () => {
    expect((await raw(`/log-in?next=/${'a'.repeat(40_000)}`)).status).toBe(431)
  })
})

test.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])(
  '%s changes nothing and is no failure',
  async (method) => {
    const { cookie } = await logIn(gateway, { name: '测试乙', number: residentNumber(503) })
    for (const path of ['/log-out', '/me', '/oidc/token', '/oidc/auth', '/log-in/shanghai', '/counter'])
      expect((await raw(path, { method, headers: { cookie } })).status).toBeLessThan(500)
    expect((await raw('/me', { headers: { cookie } })).status).toBe(200)
  },
)
