/** What one process ends is over in the others: a session at once, a token when they have read what ended. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createGateway, type Gateway } from '../../src/gateway.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn, visitor } from '../support/page-reader.ts'
import { logIn, personToken, residentNumber } from '../support/person-token.ts'

let first: TestGateway
let second: Gateway
beforeAll(async () => {
  first = await startTestGateway()
  second = await createGateway(
    readConfig({ DATABASE_URL: first.databaseUrl, DATA_DIR: first.dataDir, PUBLIC_URL: first.url }),
    first.gateway.deps.log,
    { directory: first.sandbox.directory, clients: first.clients.directory, control: undefined },
  )
})
afterAll(async () => {
  await second.close()
  await first.close()
})

test('a log-out in one process ends session and token in the other', async () => {
  const { cookie, principal } = await logIn(first, { name: '测试乙', number: residentNumber(901) })
  const token = await personToken(first, principal)
  const me = async () =>
    (await second.app.request('/api/v1/me', { headers: { authorization: `Bearer ${token}` } })).status
  const page = async () => (await second.app.request('/me', { headers: { cookie } })).status
  expect([await me(), await page()]).toEqual([200, 200])

  const by = visitor(first, cookie)
  const sent = await by.send('/log-out', { token: formTokenIn(await (await by.send('/me')).text()) ?? '' })
  expect(sent.status).toBe(303)
  expect(await page()).toBe(303)
  await second.deps.endings.refresh()
  expect(await me()).toBe(401)
})

test('a form of a page of one process is taken by the other', async () => {
  const { cookie } = await logIn(first, { name: '测试乙', number: residentNumber(902) })
  const page = await (await second.app.request('/me', { headers: { cookie } })).text()
  expect((await visitor(first, cookie).send('/log-out', { token: formTokenIn(page) ?? '' })).status).toBe(303)
})
