/** The operations page over HTTP: who gets in, who does not, and what it shows. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { countOverdue } from '../../src/federation/operations/count-overdue.ts'
import { linkOperator, revokeOperators } from '../../src/federation/operations/operators.ts'
import { filedInHangzhou, onDatabase } from '../cases/support.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn, type Visitor, visitor } from '../support/page-reader.ts'

let gateway: TestGateway
let passed = 0
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => new Date(Date.now() + passed) })
})
afterAll(() => gateway.close())
afterEach(() => {
  passed = 0
})

const deps = () => gateway.gateway.deps
const makeLink = () => linkOperator({ account: 'ying' }, deps())

/** Presses the button behind a link. */
async function press(browser: Visitor, link: string) {
  const page = await browser.send(link)
  const token = formTokenIn(await page.text()) ?? ''
  return { status: page.status, answer: await browser.send(link, { token }) }
}

/** A browser that was let in. */
async function letIn() {
  const { link, id } = await makeLink()
  const browser = visitor(gateway)
  await press(browser, link)
  return { browser, id, link }
}
const statusOf = async (browser: Visitor) => (await browser.send('/operations')).status
const pageOf = async (browser: Visitor) => (await browser.send('/operations')).text()

describe('the door', () => {
  test('without a cookie there is nothing to see but how to get in', async () => {
    const answer = await visitor(gateway).send('/operations')
    const text = await answer.text()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([403, 'no-store'])
    expect(text).toContain('delta operators link')
    expect(text).not.toContain('熔断')
  })

  test('a made-up cookie, and the secret of a link in its place, open nothing', async () => {
    const { link } = await makeLink()
    for (const secret of ['x'.repeat(43), link.split('/').at(-1), ''])
      expect(await statusOf(visitor(gateway, `__Host-delta-operator=${secret}`))).toBe(403)
  })

  test('a link opens one browser, with a cookie that scripts and other sites do not have, for eight hours', async () => {
    const { link } = await makeLink()
    const { answer } = await press(visitor(gateway), link)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/operations'])
    const [cookie = ''] = answer.headers.getSetCookie().filter((line) => line.includes('delta-operator'))
    for (const part of ['__Host-', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(part)
    const until = Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '')
    expect(Math.abs(until - Date.now() - LIMITS.operatorMs)).toBeLessThan(10_000)
    const secret = /operator=([^;]+)/.exec(cookie)?.[1] ?? ''
    const rows = await onDatabase(gateway, (sql) => sql`select * from operator_sessions`)
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(JSON.stringify(rows)).not.toContain(link.split('/').at(-1))
  })

  test('looking at a link does not use it up, pressing the button does', async () => {
    const { link } = await makeLink()
    expect([(await fetch(link)).status, (await fetch(link)).status]).toEqual([200, 200])
    expect((await press(visitor(gateway), link)).answer.status).toBe(303)
    const second = visitor(gateway)
    const { status, answer } = await press(second, link)
    expect([status, answer.status]).toEqual([403, 403])
    expect(await statusOf(second)).toBe(403)
  })

  test('of browsers that press at once one gets in', async () => {
    const { link } = await makeLink()
    const browsers = Array.from({ length: 5 }, () => visitor(gateway))
    const tokens = await Promise.all(
      browsers.map(async (one) => formTokenIn(await (await one.send(link)).text()) ?? ''),
    )
    const answers = await Promise.all(browsers.map((one, n) => one.send(link, { token: tokens[n] ?? '' })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 403, 403, 403, 403])
  })

  test('another site cannot press the button, nor end a session', async () => {
    const { link } = await makeLink()
    const browser = visitor(gateway)
    await browser.send(link)
    expect((await browser.send(link, { token: 'x' })).status).toBe(403)
    expect((await press(browser, link)).answer.status).toBe(303)
    expect((await browser.send('/operations/leave', { token: 'x' })).status).toBe(403)
    expect(await statusOf(browser)).toBe(200)
  })

  test('a link that nobody opened in ten minutes is over', async () => {
    const { link } = await makeLink()
    passed = LIMITS.operatorLinkMs + 1_000
    expect((await fetch(link)).status).toBe(403)
  })

  test('a session ends after eight hours whatever the browser keeps', async () => {
    const { browser } = await letIn()
    passed = LIMITS.operatorMs - 60_000
    expect(await statusOf(browser)).toBe(200)
    passed = LIMITS.operatorMs + 1_000
    expect(await statusOf(browser)).toBe(403)
  })

  test('a revoked session is over at once, and so is a revoked link', async () => {
    const { browser, id } = await letIn()
    const { link, id: unused } = await makeLink()
    expect(await revokeOperators(id, deps())).toBe(1)
    expect(await statusOf(browser)).toBe(403)
    expect(await revokeOperators(unused, deps())).toBe(1)
    expect((await press(visitor(gateway), link)).answer.status).toBe(403)
    expect(await revokeOperators(id, deps())).toBe(0)
  })

  test('all can be ended together', async () => {
    const browsers = [await letIn(), await letIn()]
    await revokeOperators(undefined, deps())
    for (const { browser } of browsers) expect(await statusOf(browser)).toBe(403)
  })

  test('an operator ends it where it was opened', async () => {
    const { browser } = await letIn()
    const token = formTokenIn(await pageOf(browser)) ?? ''
    expect((await browser.send('/operations/leave', { token })).status).toBe(303)
    expect(browser.cookies.has('__Host-delta-operator')).toBe(false)
    expect(await statusOf(browser)).toBe(403)
  })

  test('who was let in stays on record, and in the log', async () => {
    const { id } = await letIn()
    await revokeOperators(id, deps())
    const row = (await deps().store.operators.list(100)).find((one) => one.id === id)
    expect(row).toMatchObject({ account: 'ying', browser: expect.any(String), revokedAt: expect.any(Date) })
    expect(gateway.told).toContainEqual(
      expect.objectContaining({
        facts: { operator: id, account: 'ying' },
        message: 'an operator was let in',
      }),
    )
  })
})

/** What was read for operators is kept for seconds. */
const later = () => {
  passed += LIMITS.operationsMs + 1
}

describe('the page', () => {
  let day = 0
  // A day of its own for each, so that none reads what was kept for another.
  beforeEach(() => {
    day += 1
    passed = day * 86_400_000
  })
  const rowOf = (page: string, city: string) =>
    new RegExp(`<tr><th scope="row">${city}</th>.*?</tr>`).exec(page)?.[0] ?? ''

  test('has a row for each city, and comes again by itself without script', async () => {
    const page = await pageOf((await letIn()).browser)
    const [, table = ''] = /<table class="tight">(.*?)<\/table>/s.exec(page) ?? []
    expect(table.match(/<tr><th scope="row">/g)).toHaveLength(41)
    expect(page).toContain('<noscript><meta http-equiv="refresh" content="60; url=/operations"></noscript>')
    expect(page).not.toMatch(/<script>|style=/)
  })

  test('tells a city that answers from one that does not, with its breaker', async () => {
    const { browser } = await letIn()
    await gateway.sync('340100')
    later()
    const up = rowOf(await pageOf(browser), '合肥')
    expect(up).toMatch(/class="good">正常.*<td>\d+ ms<\/td><td>通<\/td>/)
    const { faults } = gateway.region('anhui')
    faults.add({ kind: 'drop', operation: '*', times: 100 })
    for (let n = 0; n < 20; n += 1)
      await deps()
        .directory.at('340100')
        .link.health('340100')
        .catch(() => undefined)
    later()
    const down = rowOf(await pageOf(browser), '合肥')
    expect(down).toMatch(/class="bad">不通.*<td>断开<\/td>/)
    faults.clear()
  })

  test('counts what waits, what is overdue, strange or parked, and names nobody', async () => {
    const { browser } = await letIn()
    await onDatabase(gateway, async (sql) => {
      await sql`insert into alarms values ('anhui', 'case-status', 'Z9', 3, now(), now())`
      await sql`insert into drifts (case_id, region, division, member, count, first_at, last_at) values ('case_x', 'jiangsu', '320500', 'status', 1, now(), now())`
      await sql`insert into strays (region, key, news_sealed, received_at, tries, next_try_at) values ('shanghai', 'k', '', now(), 0, now())`
      await sql`insert into deliveries values ('c', 's', '1', 1, 'case_x', 1, 'parked', 9, now(), now(), 'x')`
      await sql`insert into dispatches (case_id, number, kind, state, work_sealed, attempts, next_attempt_at, created_at) values ('case_x', 1, 'submit', 'pending', '', 0, now(), now())`
      await sql`insert into case_ratings (case_id, round, grade, rating_sealed, rated_at, state, attempts, next_attempt_at) values ('case_x', 1, 'satisfied', '', now(), 'sending', 0, now()), ('case_x', 2, 'satisfied', '', now(), 'told', 0, now())`
    })
    later()
    const page = await pageOf(browser)
    for (const part of [
      '<td>case-status</td><td><code>Z9</code></td><td>3</td>',
      '江苏省: 与地区不一致 (<code>status</code>) 1',
      '上海市: 无主消息 (等待) 1',
      '<th scope="row">停放的事件推送</th><td>1</td>',
      '<th scope="row">待送地区</th><td>1</td>',
      '<th scope="row">待送评价</th><td>1</td>',
      '安徽省 0.1.0:',
    ])
      expect(page).toContain(part)
    expect(page).not.toContain('case_x')
  })

  test('has overdue cases by city, as a round counted them', async () => {
    const { browser } = await letIn()
    await gateway.sync('330100')
    const { id } = await filedInHangzhou(await gateway.as('sandbox-shanghai'))
    await onDatabase(
      gateway,
      (
        sql,
      ) => sql`insert into case_events (case_id, sequence, id, key, type, status, occurred_at, received_at, via, late)
        values (${id}, 900, 'evt_o', 'own:overdue:2026-01-01', 'reminder', 'ACCEPTED', now(), now(), 'own', false)`,
    )
    await countOverdue(deps())
    later()
    expect(rowOf(await pageOf(browser), '杭州')).toMatch(/<td>1<\/td><\/tr>$/)
    await onDatabase(gateway, (sql) => sql`update cases set status = 'COMPLETED' where id = ${id}`)
    await countOverdue(deps())
    later()
    expect(rowOf(await pageOf(browser), '杭州')).toMatch(/<td>0<\/td><\/tr>$/)
  })

  test('has an English edition', async () => {
    const { browser } = await letIn()
    browser.cookies.set('delta-reading', 'en')
    const page = await pageOf(browser)
    expect(page).toContain('Parked webhooks')
    expect(page.replace(/lang="zh-CN">中文版/, '')).not.toMatch(/[\u4e00-\u9fff]/)
  })
})
