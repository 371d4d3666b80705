/** Days that pass in a moment: callbacks, repetitions and due dates come when they would. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellOverdue } from '../../src/federation/cases/clock/tell-overdue.ts'
import { virtualClock } from '../../src/sandbox/clock.ts'
import { filedInHangzhou } from '../cases/support.ts'
import { postAs, testClient } from '../support/clients.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { holder, proof } from '../support/proofs.ts'

const clock = virtualClock()
const strict = testClient('strict', { dpop_bound_access_tokens: true })
let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway({ clock, clients: [strict.entry] })
  await gateway.sync('330100')
  caller = await gateway.as('sandbox-shanghai')
})
afterAll(() => gateway.close())

const jump = (body: object) => gateway.anyone('POST', '/__sandbox/clock', body)

test('a callback that the gateway refused comes again at its time, and after twenty working days the case is overdue', async () => {
  const { id, number } = await filedInHangzhou(caller)
  const filedAt = clock.now().getTime()
  // The gateway is away when the clerk accepts, and for the first two repetitions, after 1 and 5 minutes.
  gateway.mail.held = true
  const { region } = gateway.region('zhejiang')
  region.advance(number, { to: 'ACCEPTED' })
  expect((await jump({ minutes: 7 })).status).toBe(200)
  expect(region.callbacks().find(({ caseNumber }) => caseNumber === number)).toMatchObject({
    attempts: 3,
    acknowledged: false,
  })
  gateway.mail.held = false
  await jump({ hours: 2 })
  expect(region.callbacks().find(({ caseNumber }) => caseNumber === number)).toMatchObject({
    attempts: 4,
    acknowledged: true,
  })
  const { items } = (await caller('GET', `/api/v1/cases/${id}/events`)).body
  const accepted = items.find(({ status }: { status: string }) => status === 'ACCEPTED')
  // The third repetition comes half an hour after the second.
  const minutes = (Date.parse(accepted.receivedAt) - filedAt) / 60_000
  // Times of receipt are told in whole seconds.
  expect(minutes).toBeGreaterThan(35.9)
  expect(minutes).toBeLessThan(38)

  const before = (await caller('GET', `/api/v1/cases/${id}`)).body
  expect(before).toMatchObject({ status: 'ACCEPTED', clock: { overdue: false } })
  await jump({ workingDays: 20 })
  await tellOverdue(gateway.gateway.deps)
  expect((await caller('GET', `/api/v1/cases/${id}`)).body).toMatchObject({ clock: { overdue: true } })
})

test('a duplicate and a late callback leave one event each, in the order of the region', async () => {
  const { id, number } = await filedInHangzhou(caller)
  const { region, faults } = gateway.region('zhejiang')
  faults.add({ kind: 'late-callback', times: 1, ms: 60_000 })
  faults.add({ kind: 'duplicate-callback' })
  region.advance(number, { to: 'ACCEPTED' })
  region.advance(number, { to: 'IN_REVIEW' })
  await region.sendCallbacks()
  faults.clear()
  const letters = gateway.mail.letters.filter(({ body }) => String(body).includes(number))
  expect(letters.length).toBe(4)
  const { items } = (await caller('GET', `/api/v1/cases/${id}/events`)).body
  const seen = items.map(({ status }: { status: string }) => status)
  expect(seen.filter((one: string) => one === 'ACCEPTED')).toHaveLength(1)
  expect(seen.filter((one: string) => one === 'IN_REVIEW')).toHaveLength(1)
  expect((await caller('GET', `/api/v1/cases/${id}`)).body.status).toBe('IN_REVIEW')
})

test('a token and its proof are good after a jump: they live by the machine’s clock', async () => {
  await jump({ days: 30 })
  const again = await gateway.as('sandbox-shanghai')
  expect((await again('GET', '/api/v1/cases')).status).toBe(200)
  expect((await caller('GET', '/api/v1/cases')).status).toBe(200)

  const own = await holder()
  const token = await postAs(
    gateway,
    strict,
    '/oidc/token',
    { grant_type: 'client_credentials', scope: 'cases' },
    { dpop: await proof(own, { method: 'POST', url: `${gateway.url}/oidc/token` }) },
  )
  const bound = token.body.access_token
  const url = `${gateway.url}/api/v1/cases`
  const told = await gateway.anyone('GET', '/api/v1/cases', undefined, {
    authorization: `DPoP ${bound}`,
    dpop: await proof(own, { method: 'GET', url, token: bound }),
  })
  expect(told.status).toBe(200)
})
