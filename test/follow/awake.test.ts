/** What keeps a log-in awake under somebody who writes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserOf } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { resident } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

test('it tells a page the value of its forms, and nobody else anything', async () => {
  const browser = await browserOf(await resident(gateway), gateway)
  const page = await browser.get('/me/cases')
  const token = /name="token" value="([^"]+)"/.exec(page.text)?.[1]
  expect(JSON.parse((await browser.get('/me/awake')).text)).toEqual({ token })
  const nobody = await fetch(`${gateway.url}/me/awake`, {
    redirect: 'manual',
    headers: { origin: 'https://evil.example' },
  })
  expect([nobody.status, nobody.headers.get('access-control-allow-origin')]).toEqual([303, null])
  expect(nobody.headers.get('cache-control')).toBe('no-store')
})
