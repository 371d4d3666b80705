/** What the form for calls is not good for: another path, another header, another's browser, or a gateway without a sandbox. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { isOfApi } from '../../src/http/visits.ts'
import { portalRoutes } from '../../src/portal/routes.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { visitor } from '../support/page-reader.ts'
import { fieldsIn, pageOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe('a value in a path', () => {
  test.each([
    '..',
    '.',
    '../../../oidc/token',
    '//example.invalid/',
    '..%2f..%2f__sandbox',
    '\\..\\..',
    '?x=1#y',
    '@example.invalid',
    'a\r\nHost: example.invalid',
    '\u0000',
    '{id}/../..',
  ])('that is %j leads nowhere else', async (division) => {
    const { page, status, html, text } = await pageOf(gateway).call('readCity', { 'path.division': division })
    expect(html).not.toContain('__sandbox/')
    // It is refused before it is sent, or sent as a name that no city has.
    if (page === 422) expect(status).toBe(0)
    else expect([400, 404]).toContain(status || page)
    if (status > 0) expect(text).toContain(`/api/v1/cities/${encodeURIComponent(division.trim())}`)
  })
})

test('a header takes no second line, and is refused in words at its field', async () => {
  const { page, html } = await pageOf(gateway).call('fileCase', {
    'header.Idempotency-Key': 'abc\r\nx-request-id: forged-by-a-reader',
  })
  expect(page).toBe(422)
  expect(html).toContain('role="alert"')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('请求头只能是一行 ASCII 字符')
})

test('fields that the document does not name are not sent', async () => {
  const { text } = await pageOf(gateway).call('listRegions', {
    'header.Authorization': 'Bearer stolen',
    'query.extra': 'yes',
    target: 'http://example.invalid/',
  })
  expect(text).toContain('GET /api/v1/regions traceparent')
  expect(text).not.toMatch(/stolen|extra|example/)
})

test('a body that is no JSON is the API’s to refuse', async () => {
  const { status, code } = await pageOf(gateway).call('fileCase', { body: '{' })
  expect([status, code]).toEqual([400, 'BODY_UNREADABLE'])
})

test('no token is shown, and nobody else can be played', async () => {
  const { html } = await pageOf(gateway).call('readMe')
  expect(html).not.toContain('eyJ')
  expect(html).toContain('Bearer … (person)')
  expect((await pageOf(gateway).call('readMe', { who: 'sandbox-nantong' })).page).toBe(404)
})

test('a call by somebody without the scope is refused as everywhere', async () => {
  const { status, code } = await pageOf(gateway).call('readMe', { who: 'sandbox-hotel' })
  expect([status, code]).toEqual([403, 'SCOPE_MISSING'])
})

test('a form of another browser, or of none, is refused', async () => {
  const [one, other] = [visitor(gateway), visitor(gateway)]
  const fields = fieldsIn(await (await one.send('/docs/operations/listRegions')).text())
  await other.send('/docs/operations/listRegions')
  const at = '/docs/operations/listRegions/call'
  expect((await other.send(at, fields)).status).toBe(403)
  expect((await one.send(at, { ...fields, token: '' })).status).toBe(403)
  expect((await one.send(at, fields)).status).toBe(200)
  expect((await one.send('/docs/operations/nothing/call', fields)).status).toBe(404)
})

test('whoever comes back to the address of an answer is led to the form', async () => {
  const answer = await visitor(gateway).send('/docs/operations/readCity/call')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/docs/operations/readCity'])
})

test('an answer is kept by nobody', async () => {
  const { headers } = await pageOf(gateway).call('listRegions')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('a gateway that plays no regions calls nothing from a page, and says so', async () => {
  const never = () => Promise.reject(new Error('nobody is sent here'))
  const operation = {
    id: 'listRegions',
    tag: 'catalogue',
    method: 'GET',
    path: '/api/v1/regions',
    summary: '地区 · Regions',
    description: '',
    scopes: [],
    parameters: [],
    answers: [],
  }
  const pages = portalRoutes({
    deps: gateway.gateway.deps,
    interactions: { read: never, loggedIn: never, consented: never, refused: never },
    logOut: never,
    limit: (_c, next) => next(),
    live: gateway.gateway.live,
    eventStream: () => new Response(null),
    isSandbox: false,
    api: { tags: [], operations: [operation], schemas: {} },
    visit: undefined,
  })
  const page = await (await pages.request('/docs/operations/listRegions')).text()
  expect(page).toContain('这里没有模拟环境')
  expect(page).not.toContain('<form')
  const body = new URLSearchParams({ who: 'nobody', token: 'x' })
  expect((await pages.request('/docs/operations/listRegions/call', { method: 'POST', body })).status).toBe(
    404,
  )
})

// The last: the server ends the connection of a body that it did not read.
test('a form that is too large is not read', async () => {
  const { page } = await pageOf(gateway).call('fileCase', { body: 'x'.repeat(LIMITS.bodyBytes) })
  expect(page).toBe(413)
})

test.each([
  ['/api/v1/regions', true],
  ['/api/v1/cities/3301%2F..?x=/../', true],
  ['/api/v1/../../oidc/token', false],
  ['/api/v1/cities/..', false],
  ['/api/v1/cities/%2e%2e', false],
  ['//example.invalid/api/v1/regions', false],
  ['/__sandbox/zhejiang/cases', false],
  ['/api/v10/regions', false],
  ['/api/v1/a\r\nb', false],
])('%j is a path of the API: %s', (target, is) => {
  expect(isOfApi(target)).toBe(is)
})
