/** The clerk's way in, and who stays outside. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addClerk, relinkClerk, revokeClerk } from '../../src/federation/desk/clerks.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn, visitor } from '../support/page-reader.ts'
import { type AtWork, clerkAt, codeAt, enrolled, movable, STEP_MS } from './support.ts'

const clock = movable()
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: clock.now })
})
afterAll(() => gateway.close())

const chongming = (name: string) => clerkAt('sandbox-chongming', name, '310151', gateway)
const logIn = (clerk: AtWork, code: string) =>
  clerk.post('/desk/log-in', '/desk/log-in', { code, next: '/desk/incoming' })
const next = (clerk: AtWork): string => {
  clock.pass(STEP_MS)
  return codeAt(clerk.key, clock.now())
}

test('a link lets a clerk in once, with the first code of the authenticator', async () => {
  const { id, link } = await addClerk(
    { client: 'sandbox-chongming', name: '测试甲', division: '310151' },
    gateway.gateway.deps,
  )
  clock.pass(1_000)
  const clerk = await enrolled(link, gateway)
  expect(await clerk.page('/desk')).toContain('上海市崇明区跨省通办专窗')
  expect((await visitor(gateway).send(new URL(link).pathname)).status).toBe(403)
  const acts = await gateway.gateway.deps.store.clerks.actsOf(id)
  expect(acts.map(({ act, outcome }) => [act, outcome])).toEqual([
    ['desk.enrol', 'granted'],
    ['clerks.add', 'granted'],
  ])
})

test('the key of the codes is sealed, and no secret stands in the database', async () => {
  const clerk = await chongming('测试封')
  const row = await gateway.gateway.deps.store.clerks.read(clerk.id)
  expect(row?.totpSealed.includes(clerk.key)).toBe(false)
  expect(JSON.stringify(row)).not.toContain(clerk.browser.cookies.get('__Host-delta-clerk-device'))
})

test('each log-in needs the device and a new code', async () => {
  const clerk = await chongming('测试乙')
  await clerk.post('/desk', '/desk/log-out')
  expect((await clerk.browser.send('/desk')).headers.get('location')).toBe('/desk/log-in?next=%2Fdesk')
  const code = next(clerk)
  const { status, headers } = await logIn(clerk, code)
  expect([status, headers.get('location')]).toEqual([303, '/desk/incoming'])
  const stranger = visitor(gateway)
  expect((await stranger.send('/desk/log-in')).status).toBe(403)
})

test('a code that was used lets nobody in again, not even at once', async () => {
  const clerk = await chongming('测试丙')
  const code = next(clerk)
  const token = formTokenIn(await clerk.page('/desk/log-in')) ?? ''
  const tries = await Promise.all([1, 2, 3].map(() => clerk.browser.send('/desk/log-in', { token, code })))
  expect(tries.map(({ status }) => status).toSorted()).toEqual([303, 422, 422])
})

test('wrong codes are counted, and after five the right one does not help for a quarter of an hour', async () => {
  const clerk = await chongming('测试丁')
  const wrong = async () => (await logIn(clerk, '000000')).status
  const first = []
  for (let tried = 0; tried < 6; tried += 1) first.push(await wrong())
  expect(first).toEqual([422, 422, 422, 422, 422, 429])
  expect((await logIn(clerk, next(clerk))).status).toBe(429)
  clock.pass(15 * 60_000)
  expect((await logIn(clerk, next(clerk))).status).toBe(303)
})

test('a session ends after half an hour at rest, and after ten hours at work', async () => {
  const clerk = await chongming('测试戊')
  clock.pass(31 * 60_000)
  expect((await clerk.browser.send('/desk')).status).toBe(303)
  await logIn(clerk, next(clerk))
  for (let quarter = 0; quarter < 39; quarter += 1) {
    clock.pass(15 * 60_000)
    expect((await clerk.browser.send('/desk')).status).toBe(200)
  }
  clock.pass(16 * 60_000)
  expect((await clerk.browser.send('/desk')).status).toBe(303)
})

test('a revoked clerk is out at once, and does not come in again', async () => {
  const clerk = await chongming('测试己')
  await revokeClerk(clerk.id, gateway.gateway.deps)
  expect((await clerk.browser.send('/desk')).headers.get('location')).toContain('/desk/log-in')
  expect((await clerk.browser.send('/desk/log-in')).status).toBe(403)
})

test('a new link takes the old device and the old key away', async () => {
  const clerk = await chongming('测试庚')
  const { link } = await relinkClerk(clerk.id, gateway.gateway.deps)
  expect((await clerk.browser.send('/desk')).status).toBe(303)
  const again = await enrolled(link, gateway)
  expect(again.key).not.toBe(clerk.key)
})

test('a form of another site does nothing', async () => {
  const clerk = await chongming('测试辛')
  expect((await clerk.browser.send('/desk/log-out', { token: 'foreign' })).status).toBe(403)
  expect((await clerk.browser.send('/desk')).status).toBe(200)
})

test('a client without a window has no clerks', async () => {
  const adding = (client: string, division = '310151') =>
    addClerk({ client, name: '测试', division }, gateway.gateway.deps)
  await expect(adding('sandbox-hotel')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
  await expect(adding('nobody')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
  await expect(adding('sandbox-chongming', '110101')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
})
