/** Filing on a mandate through the pages: the draft is the agent’s, the application the giver’s. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokeMandate } from '../../src/federation/mandates/end.ts'
import { onDatabase } from '../cases/support.ts'
import { browserOf, type Somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { acting, given } from '../support/mandates.ts'
import { type Browser, filledIn, started } from './drafting.ts'
import { known, matterAt, SUZHOU, stranger } from './support.ts'

let gateway: TestGateway
let giver: Somebody
let agent: Somebody
let matter: string
let licensed: string
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(SUZHOU)
  giver = await known(gateway)
  agent = await stranger(gateway)
  matter = await matterAt('不动产登记资料查询', gateway)
  licensed = await matterAt('换领机动车驾驶证', gateway)
})
afterAll(() => gateway.close())

/** Starts for the giver. @returns the draft's path */
async function startedFor(browser: Browser, mandate: string, what = matter): Promise<string> {
  await browser.get(`/apply?matter=${encodeURIComponent(what)}`)
  const { status, location, text } = await browser.post('/apply', [
    ['matter', what],
    ['mandate', mandate],
  ])
  expect([status, text]).toEqual([303, ''])
  return location ?? ''
}

test('whoever holds a mandate chooses for whom, and somebody without one is not asked', async () => {
  const at = `/apply?matter=${encodeURIComponent(matter)}`
  const mandate = await given(giver, agent, gateway)
  const mine = (await (await browserOf(agent, gateway)).get(at)).text
  expect(mine).toContain('为谁办理')
  expect(mine).toContain(`value="${mandate}"`)
  expect(mine).toContain(giver.name)
  expect(mine).not.toContain(giver.idDocument.number)
  const others = (await (await browserOf(await stranger(gateway), gateway)).get(at)).text
  expect(others).not.toContain('为谁办理')
  // One that does not reach the region is not offered.
  const other = await stranger(gateway)
  await given(giver, other, gateway, { regions: ['shanghai'] })
  expect((await (await browserOf(other, gateway)).get(at)).text).not.toContain('为谁办理')
})

test('the draft stays the agent’s, every page says for whom it is, and the case is the giver’s on the mandate', async () => {
  const browser = await browserOf(agent, gateway)
  const mandate = await given(giver, agent, gateway)
  const path = await startedFor(browser, mandate)
  const theirs = await browserOf(giver, gateway)
  expect((await theirs.get(path)).status).toBe(404)
  const first = (await browser.get(path)).location ?? ''
  expect((await browser.get(first)).text).toContain(`为 <strong>${giver.name}</strong> 办理`)
  expect((await browser.get('/me/drafts')).text).toContain(`为 <strong>${giver.name}</strong> 办理`)
  await filledIn(browser, agent, path, gateway)
  const check = (await browser.get(`${path}/check`)).text
  expect(check).toMatch(new RegExp(`申请人</dt><dd><span lang="zh-CN">${giver.name}<`))
  expect(check).toMatch(new RegExp(`经办人 \\(您\\)</dt><dd><span lang="zh-CN">${agent.name}<`))
  expect(check).not.toContain(giver.idDocument.number)
  const { location, text } = await browser.post(`${path}/check`, [['declared', 'yes']])
  expect([location, text]).toEqual([`${path}/receipt`, ''])
  expect((await browser.get(`${path}/receipt`)).text).toContain('办件编号')
  const cases = await onDatabase(gateway, (sql) => sql`select id from cases where mandate_id = ${mandate}`)
  expect(cases).toHaveLength(1)
  // The giver sees who began it and on what ground.
  expect((await theirs.get('/me/accesses')).text).toContain('授权委托')
  expect((await theirs.get(`/me/mandates/${mandate}/uses`)).text).toContain('提交申请')
})

test('the agent’s own papers are neither looked up nor offered for another', async () => {
  const busy = await known(gateway)
  const principal = await stranger(gateway)
  const browser = await browserOf(busy, gateway)
  const path = await startedFor(browser, await given(principal, busy, gateway), licensed)
  const row = (await gateway.gateway.deps.store.matters.current(licensed))?.document as {
    documents: { id: string; exemptedBy: unknown[] }[]
  }
  const document = row.documents.find(({ exemptedBy }) => exemptedBy.length > 0)?.id ?? ''
  const own = await started(browser, licensed)
  expect((await browser.get(`${own.path}/steps/doc.${document}`)).text).toContain('用我的证照')
  expect((await browser.get(`${path}/steps/doc.${document}`)).text).not.toContain('用我的证照')
})

test('a mandate that is revoked while the form is filled in files nothing, and the page says why', async () => {
  const browser = await browserOf(agent, gateway)
  const mandate = await given(giver, agent, gateway)
  const path = await startedFor(browser, mandate)
  await filledIn(browser, agent, path, gateway)
  await browser.get(`${path}/check`)
  const count = async () =>
    onDatabase(gateway, async (sql) => Number((await sql`select count(*) from cases`)[0]?.['count']))
  const before = await count()
  await revokeMandate(mandate, { dryRun: false }, acting(giver), gateway.gateway.deps)
  const refused = await browser.post(`${path}/check`, [['declared', 'yes']])
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('这项授权未生效或已经结束')
  expect(await count()).toBe(before)
})

test('another’s mandate starts nothing', async () => {
  const mandate = await given(giver, agent, gateway)
  const browser = await browserOf(await stranger(gateway), gateway)
  await browser.get(`/apply?matter=${encodeURIComponent(matter)}`)
  const { status } = await browser.post('/apply', [
    ['matter', matter],
    ['mandate', mandate],
  ])
  expect(status).toBeGreaterThanOrEqual(400)
  expect((await browser.get('/me/drafts')).text).toContain('没有没填完的申请')
})
