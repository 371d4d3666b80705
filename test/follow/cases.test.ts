/** 我的办件 over HTTP: what is known at once, what the cities say when they are asked, and what is theirs whose mandate one has. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeMandate } from '../../src/federation/mandates/end.ts'
import { onDatabase, tell } from '../cases/support.ts'
import { asPerson, browserOf, somebody } from '../support/as-person.ts'
import { file, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { acting, applicantOf, given, onBehalf } from '../support/mandates.ts'
import { caseOf, complain, followed, HANGZHOU, inEnglish, resident, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())

/** A browser asks all cities, and the list as it is then. */
async function asked(browser: Awaited<ReturnType<typeof browserOf>>): Promise<string> {
  await browser.get('/me/cases')
  const { status, location } = await browser.post('/me/cases', [])
  expect(status).toBe(303)
  return wordsOf((await browser.get(location ?? '')).text)
}

describe('the list', () => {
  test('says of each case how it stands, whose move it is and by when; what waits for the reader is first', async () => {
    const { person, browser, number, path } = await followed(gateway)
    const other = await caseOf(person, gateway)
    await tell(other.id, '2026-11-20', 'ACCEPTED', gateway.gateway.deps)
    await complain(gateway, number)
    const words = () => browser.get('/me/cases').then(({ text }) => wordsOf(text))
    await expect.poll(words).toContain('轮到您办')
    const { text } = await browser.get('/me/cases')
    expect(text.indexOf(path)).toBeLessThan(text.indexOf(other.path))
    expect(wordsOf(text)).toMatch(/轮到您办.*需要补正材料.*最晚 \d{4}年\d+月\d+日/)
    expect(wordsOf(text)).toMatch(/办理部门在办.*申请已受理.*承诺 2026年11月27日前办结/)
    expect(text).not.toContain(person.idDocument.number)
  })

  test('is divided by whose move it is, and by city', async () => {
    const { browser, path, id } = await followed(gateway)
    const has = async (query: string) => (await browser.get(`/me/cases${query}`)).text.includes(path)
    expect(await Promise.all(['', '?stage=underWay', `?city=${HANGZHOU}`].map(has))).toEqual([
      true,
      true,
      true,
    ])
    expect(await Promise.all(['?stage=mine', '?stage=ended', '?city=330200'].map(has))).toEqual([
      false,
      false,
      false,
    ])
    await tell(id, '2099-01-01', 'COMPLETED', gateway.gateway.deps)
    expect(await Promise.all(['?stage=underWay', '?stage=ended'].map(has))).toEqual([false, true])
    expect(wordsOf((await browser.get('/me/cases')).text)).toContain('全部 1要我办 0办理中 0已办完 1')
    // What nobody could have asked for is as if it were not there.
    expect(await has('?stage=x&city=999999&after=x')).toBe(true)
  })

  test('goes on on a next page, and each case is on one of them', async () => {
    const { person, browser, id } = await followed(gateway)
    await onDatabase(gateway, async (sql) => {
      await sql`create temp table copies as select * from cases where id = ${id}`
      for (let n = 0; n < 24; n += 1) {
        const own = `case_copy${String(n).padStart(3, '0')}${person.principal.personId.slice(-8)}`
        await sql`update copies set id = ${own}, source_number = ${own}, case_number = ${own}, case_key = null`
        await sql`insert into cases select * from copies`
      }
    })
    const first = (await browser.get('/me/cases')).text
    const next = /href="(\/me\/cases\?after=[^"]+)"/.exec(first)?.[1] ?? ''
    const second = (await browser.get(next)).text
    const ids = (text: string) => [...text.matchAll(/href="\/me\/cases\/(case_\w+)"/g)].map(([, one]) => one)
    expect([ids(first).length, ids(second).length]).toEqual([20, 5])
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(25)
  })

  test('is in English for whoever reads English, but for official names', async () => {
    const { person } = await followed(gateway)
    const text = await inEnglish(person, gateway, '/me/cases')
    expect(text).toContain('With the department')
    const ours = text.replaceAll(/<(\w+)[^>]*lang="zh-CN"[^>]*>.*?<\/\1>/gs, '')
    expect(wordsOf(ours)).not.toMatch(/\p{Script=Han}/u)
  })

  test('is for somebody who is logged in, and no cache keeps it', async () => {
    const answer = await fetch(`${gateway.url}/me/cases?stage=mine`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toBe('/log-in?next=%2Fme%2Fcases%3Fstage%3Dmine')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('asks no city and leaves one record of the look', async () => {
    const { person, browser, id } = await followed(gateway)
    const before = gateway.region('jiangsu').region.refusals().length
    await browser.get('/me/cases')
    expect(gateway.region('jiangsu').region.refusals()).toHaveLength(before)
    const { body } = await (await asPerson(person, gateway))('GET', '/api/v1/me/accesses?limit=1')
    expect(body.items[0]).toMatchObject({ act: 'cases.list', channel: 'portal', caseIds: [id] })
  })
})

describe('how far the list is all there is', () => {
  test('is not claimed before the cities were asked', async () => {
    const { browser } = await followed(gateway)
    expect(wordsOf((await browser.get('/me/cases')).text)).toContain('还没有城市答复过')
    expect(await asked(browser)).toMatch(/41 座城市今天已答复。/)
  })

  test('names cities that are silent, with the day of their last answer, and never takes silence for none', async () => {
    const { person, browser } = await followed(gateway)
    await asked(browser)
    const key = gateway.gateway.deps.sealing.identity(person.idDocument)
    await onDatabase(
      gateway,
      (sql) => sql`update case_answers set as_of = as_of - interval '1 day' where holder_key = ${key}`,
    )
    const { faults } = gateway.region('jiangsu')
    faults.add({ kind: 'error' })
    await expect.poll(() => asked(browser)).toMatch(/28 座城市今天已答复, 13 座用的是昨天的答复。/)
    const words = wordsOf((await browser.get('/me/cases')).text)
    expect(words).toMatch(/苏州市: 上次答复是\d{4}年/)
    await onDatabase(
      gateway,
      (sql) => sql`delete from case_answers where holder_key = ${key} and place like '3202%'`,
    )
    const after = await asked(browser)
    faults.clear()
    expect(after).toMatch(/12 座用的是昨天的答复, 1 座没有答复。 没有答复不等于没有办件/)
    expect(after).toContain('无锡市: 没有答复')
  })

  test('cannot be asked by a log-in that is not assured enough, and the page says so', async () => {
    const weak = await resident(gateway, { loa: 1 })
    const { status, text } = await (await browserOf(weak, gateway)).get('/me/cases')
    expect([status, wordsOf(text).includes('实名等级不够')]).toEqual([200, true])
    expect(text).not.toContain('座城市查询')
  })

  test('brings what was filed elsewhere into the list', async () => {
    const { browser, id } = await followed(gateway)
    await onDatabase(gateway, async (sql) => {
      for (const table of ['case_events', 'dispatches', 'outbox'])
        await sql`delete from ${sql(table)} where case_id = ${id}`
      await sql`delete from cases where id = ${id}`
    })
    expect(wordsOf((await browser.get('/me/cases')).text)).toContain('现在没有已知的办件')
    expect(await asked(browser)).toContain('在当地办的')
  })
})

describe('cases of somebody else', () => {
  test('are shown as theirs to whoever has their mandate, and no longer when it has ended', async () => {
    const [giver, agent] = [await applicantOf(gateway), await resident(gateway)]
    const mandate = await given(giver, agent, gateway)
    const call = await asPerson(agent, gateway)
    const filed = await file(call, await onBehalf(call, agent, mandate))
    expect(filed.status).toBe(201)
    const [theirs, mine] = [await browserOf(agent, gateway), await browserOf(giver, gateway)]
    expect(wordsOf((await theirs.get('/me/cases')).text)).toContain('替 测试甲 办')
    expect(wordsOf((await theirs.get(`/me/cases/${filed.body.id}`)).text)).toContain('替 测试甲 办')
    expect(wordsOf((await mine.get('/me/cases')).text)).not.toContain('替 测试甲')
    await revokeMandate(mandate, { dryRun: false }, acting(giver), gateway.gateway.deps)
    expect((await theirs.get('/me/cases')).text).not.toContain(filed.body.id)
    expect((await theirs.get(`/me/cases/${filed.body.id}`)).status).toBe(404)
    expect((await mine.get(`/me/cases/${filed.body.id}`)).status).toBe(200)
  })

  test('a firm’s are seen by its log-in, and not by the person alone', async () => {
    const { person, id } = await followed(gateway)
    const firm = { name: '杭州示例有限公司', number: '91330100MA9TEXT19M' }
    const { sealing } = gateway.gateway.deps
    const key = sealing.identity({ type: '001', number: firm.number })
    await onDatabase(gateway, (sql) => sql`update cases set holder_key = ${key} where id = ${id}`)
    const alone = await browserOf(person, gateway)
    const theirs = { name: person.name, number: person.idDocument.number, firm }
    const agent = await browserOf(await somebody(theirs, gateway), gateway)
    expect((await agent.get('/me/cases')).text).toContain(id)
    expect((await alone.get('/me/cases')).text).not.toContain(id)
  })
})
