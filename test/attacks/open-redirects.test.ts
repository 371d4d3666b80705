/** Where a browser goes on after a log-in or a log-out: never to a stranger. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { safeNext } from '../../src/portal/frame/guard.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { visitor } from '../support/page-reader.ts'
import { counting } from '../support/refusals.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const EVIL = [
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '///evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https:evil.example',
  'https://evil.example',
  'http:/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '%2F%2Fevil.example',
  '/%0d%0aset-cookie:a=b\r\n',
  '/me\r\nlocation: https://evil.example',
  ' //evil.example',
  '@evil.example',
  '.evil.example',
  '/@evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/%5cevil.example',
  '/me?next=//evil.example',
  '',
]
test.each(EVIL)('%j stays in the gateway', (next) => {
  const at = new URL(safeNext(next), gateway.url)
  expect(at.origin).toBe(gateway.url)
  expect(safeNext(next)).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/)
})

test('the log-in page names none of them', async () => {
  for (const next of EVIL) {
    const { bytes } = await gateway.anyone('GET', `/log-in?next=${encodeURIComponent(next)}`)
    const targets = [...bytes.toString().matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, at = '']) => at)
    for (const at of targets.filter((one) => one !== 'tel:12345'))
      expect(new URL(at.replaceAll('&amp;', '&'), gateway.url).origin).toBe(gateway.url)
  }
})

test('whoever is not logged in is led to the log-in page of ours, and back to where it was', async () => {
  const answered = await visitor(gateway).send('/me?a=//evil.example')
  const to = new URL(answered.headers.get('location') ?? '', gateway.url)
  expect([to.origin, to.pathname, to.searchParams.get('next')]).toEqual([
    gateway.url,
    '/log-in',
    '/me?a=//evil.example',
  ])
})

test('after a log-out only to an address of the client', async () => {
  const params = { client_id: 'sandbox-app', post_logout_redirect_uri: 'https://evil.example/' }
  const { told, counted } = await counting(gateway, () =>
    visitor(gateway).send(`/oidc/session/end?${new URLSearchParams(params)}`),
  )
  expect([told.status, told.headers.get('location')]).toEqual([400, null])
  expect(counted).toEqual(['end_session invalid_request'])
})

test('whoever is sent by a stranger sees a page that says so, and a program a problem; both lead to an explanation', async () => {
  const path = `/oidc/auth?${new URLSearchParams({ client_id: 'a-stranger', redirect_uri: 'https://evil.example/' })}`
  const page = await gateway.anyone('GET', path, undefined, { accept: 'text/html' })
  expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
  expect(page.body).toContain('href="/problems/AUTHORIZATION_REFUSED"')
  expect(page.body).not.toContain('evil.example')
  const told = await gateway.anyone('GET', path, undefined, { accept: 'application/json' })
  expect([told.status, told.body.code]).toEqual([400, 'AUTHORIZATION_REFUSED'])
  expect((await gateway.anyone('GET', told.body.type)).status).toBe(200)
})
