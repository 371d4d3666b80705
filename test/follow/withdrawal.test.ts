/** Withdrawing on the page: a reason, "are you sure", and then once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SENT } from '../../src/federation/cases/event-keys.ts'
import { tell } from '../cases/support.ts'
import { note } from '../live/support.ts'
import { browserOf } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { inDatabase } from '../support/holdings.ts'
import { clerk, followed, HANGZHOU, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())

/** A case, and the fields of the page that asks whether one is sure. */
async function nearly(reason = '不需要办了') {
  const one = await followed(gateway)
  await one.browser.get(`${one.path}/withdrawal`)
  const page = await one.browser.post(`${one.path}/withdrawal`, [
    ['step', 'ask'],
    ['reason', 'own'],
    ['own', reason],
  ])
  return { ...one, page, sure: hiddenIn(page.text) }
}

const hiddenIn = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/type="hidden" name="(step|key|etag|reason)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"').replaceAll('&lt;', '<')] as const,
  )
const withdrawals = async (id: string) =>
  (await gateway.gateway.deps.store.cases.events(id, 0, 100)).filter(({ key }) =>
    key.startsWith(SENT.withdraw),
  )

test('asks for a reason, shows what will happen, and does it when one is sure', async () => {
  const { browser, path, page, sure, id } = await nearly('搬家了<b>')
  expect([page.status, wordsOf(page.text).includes('真的要撤回吗')]).toEqual([200, true])
  expect(page.text).toContain('搬家了&lt;b&gt;')
  expect(await withdrawals(id)).toHaveLength(0)
  const done = await browser.post(`${path}/withdrawal`, sure)
  expect([done.status, done.location]).toEqual([303, `${path}?done=withdrawal`])
  const words = wordsOf((await browser.get(done.location ?? '')).text)
  expect(words).toContain('撤回请求已记下')
  expect(words).toContain('办理地区已收到撤回请求')
})

test('is done once, however often it is clicked, and by the back button', async () => {
  const { browser, path, sure, id } = await nearly()
  const clicks = await Promise.all([1, 2, 3].map(() => browser.post(`${path}/withdrawal`, sure)))
  clicks.push(await browser.post(`${path}/withdrawal`, sure))
  expect(clicks.map(({ location }) => location)).toEqual(clicks.map(() => `${path}?done=withdrawal`))
  expect(await withdrawals(id)).toHaveLength(1)
})

test.each([
  ['', '请选一个原因'],
  ['长'.repeat(201), '原因至多 200 个字'],
])('a reason that cannot be is told at its place: %#', async (reason, words) => {
  const { page } = await nearly(reason)
  expect(page.status).toBe(422)
  expect(page.text).toMatch(/class="problems"[^>]*role="alert".*href="#reasons"/s)
  expect(/id="reasons-error">([^<]+)/.exec(page.text)?.[1]).toContain(words)
  expect(page.text).toContain(`>${reason}</textarea>`)
})

test('of a case that has moved is asked again, with its reason kept', async () => {
  const { browser, path, sure, id } = await nearly('搬家了')
  await note(id, gateway.gateway)
  const again = await browser.post(`${path}/withdrawal`, sure)
  expect([again.status, wordsOf(again.text).includes('刚刚有了变化')]).toEqual([409, true])
  expect(again.text).toContain('value="搬家了"')
  expect((await browser.post(`${path}/withdrawal`, hiddenIn(again.text))).status).toBe(303)
  expect(await withdrawals(id)).toHaveLength(1)
})

test('comes too late for a case that has ended', async () => {
  const { browser, path, sure, id } = await nearly()
  await tell(id, '2099-01-01', 'COMPLETED', gateway.gateway.deps)
  for (const { status, text } of [
    await browser.post(`${path}/withdrawal`, sure),
    await browser.get(`${path}/withdrawal`),
  ])
    expect([status, wordsOf(text).includes('现在不能撤回了')]).toEqual([409, true])
  expect((await browser.get(path)).text).not.toContain(`${path}/withdrawal`)
})

test('a key that no page gave, or another form’s, is none', async () => {
  const { browser, path, sure } = await nearly()
  const withKey = (key: string) => sure.map(([name, value]) => [name, name === 'key' ? key : value] as const)
  expect((await browser.post(`${path}/withdrawal`, withKey('x'))).status).toBe(403)
  const other = await nearly()
  await other.browser.post(`${other.path}/withdrawal`, other.sure)
  const key = other.sure.find(([name]) => name === 'key')?.[1] ?? ''
  const refused = await browser.post(`${path}/withdrawal`, withKey(key))
  expect([refused.status, refused.text.includes('IDEMPOTENCY_KEY_REUSED')]).toEqual([422, true])
})

test.each(['zh', 'en'] as const)(
  'a region that does not take it is told with its reason and code, in %s',
  async (language) => {
    const { person, path, id, number } = await nearly()
    for (const to of ['ACCEPTED', 'IN_REVIEW', 'APPROVED'] as const) await clerk(gateway, number, { to })
    const { store } = gateway.gateway.deps
    await expect.poll(async () => (await store.cases.read(id))?.status, { timeout: 10_000 }).toBe('APPROVED')
    // The gateway has not heard of what the region did.
    await inDatabase(gateway, (sql) => sql`update cases set status = 'SUBMITTED' where id = ${id}`)
    const browser = await browserOf(person, gateway, language)
    await browser.get(`${path}/withdrawal`)
    const page = await browser.post(`${path}/withdrawal`, [
      ['step', 'ask'],
      ['reason', 'own'],
      ['own', '不需要办了'],
    ])
    const { status, text } = await browser.post(`${path}/withdrawal`, hiddenIn(page.text))
    expect(status).toBe(409)
    expect(wordsOf(text)).toContain(
      language === 'zh' ? '没有撤回: 浙江省没有接受' : 'Not withdrawn: Zhejiang did not take it',
    )
    expect(text).toContain('<code>C-AFFAIR-STATE-CONFLICT</code>')
    expect(text).toContain(`href="${path}"`)
  },
)
