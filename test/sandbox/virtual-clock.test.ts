/** Days that pass in a moment: callbacks, repetitions and due dates come when they would. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellOverdue } from '../../src/federation/cases/clock/tell-overdue.ts'
import { virtualClock } from '../../src/sandbox/clock.ts'
import { filedInHangzhou } from '../cases/support.ts'
import { STORIES, type Story } from '../flow/stories.ts'
import { postAs, testClient } from '../support/clients.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { holder, proof } from '../support/proofs.ts'

const clock = virtualClock()
const strict = testClient('strict', { dpop_bound_access_tokens: true })
let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway({ clock, clients: [strict.entry] })
  await gateway.sync(...STORIES.map(({ division }) => division))
  caller = await gateway.as('sandbox-shanghai')
})
afterAll(() => gateway.close())

const jump = (body: object) => gateway.anyone('POST', '/__sandbox/clock', body)

/** Files the story's application. */
async function filed(story: Story): Promise<{ caller: Caller; id: string; number: string }> {
  const client = await gateway.as(story.client)
  const told = await file(client, story.application(await upload(client, 'a.pdf')))
  if (told.status !== 201) throw new Error(`filing: ${told.status} ${JSON.stringify(told.body)}`)
  return { caller: client, id: told.body.id, number: told.body.caseNumber }
}

test.each(STORIES)('$region: a callback that the gateway refused comes again at its time', async (story) => {
  const { caller: client, id, number } = await filed(story)
  const { region } = gateway.region(story.region)
  const [next] = region.cases().find((one) => one.number === number)?.next ?? []
  if (next === undefined) throw new Error('a case that was filed goes on')
  // What the filing itself caused was taken before.
  await region.sendCallbacks()
  const eventsBefore = new Set(region.callbacks().map(({ eventId }) => eventId))
  const mine = () =>
    region.callbacks().find((one) => one.caseNumber === number && !eventsBefore.has(one.eventId))
  const actedAt = clock.now().getTime()
  // The gateway is away when the clerk acts, and for the first two repetitions, after 1 and 5 minutes.
  gateway.mail.held = true
  region.advance(number, { to: next })
  expect((await jump({ minutes: 7 })).status).toBe(200)
  expect(mine()).toMatchObject({ attempts: 3, acknowledged: false })
  gateway.mail.held = false
  await jump({ hours: 2 })
  expect(mine()).toMatchObject({ attempts: 4, acknowledged: true })
  const { items } = (await client('GET', `/api/v1/cases/${id}/events`)).body
  const told = items.find(({ status }: { status: string }) => status === next)
  // The third repetition comes half an hour after the second; times of receipt are told in whole seconds.
  const minutes = (Date.parse(told.receivedAt) - actedAt) / 60_000
  expect(minutes).toBeGreaterThan(35.9)
  expect(minutes).toBeLessThan(38)
})

test('after twenty working days a case is overdue', async () => {
  const { id, number } = await filedInHangzhou(caller)
  gateway.region('zhejiang').region.advance(number, { to: 'ACCEPTED' })
  await gateway.region('zhejiang').region.sendCallbacks()
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
