/** A case's page over HTTP: what it says, the promise, reminding, and texts of a region that are out to harm. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayWords } from '../../src/federation/cases/words/dates.ts'
import { today } from '../../src/federation/working-days.ts'
import { at, onDatabase, tell } from '../cases/support.ts'
import { browserOf } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { clerk, complain, followed, HANGZHOU, inEnglish, resident, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())

const deps = () => gateway.gateway.deps

describe('the page', () => {
  test('tells how the case stands, what comes next, what happened, and the region’s own word beside', async () => {
    const { browser, path, number } = await followed(gateway)
    const words = wordsOf((await browser.get(path)).text)
    expect(words).toContain('申请已提交, 等待预审。')
    expect(words).toContain('现在由办理部门处理。办理部门会先预审。您不用做什么。')
    expect(words).toContain('申请已交给我们, 正在转给办理地区。')
    expect(words).toMatch(/办理地区的说法: 已提交待预审/)
    expect(words).toContain(`办件编号${number}`)
    expect(words).toMatch(/咨询电话0571/)
    expect(words).toContain(dayWords(today(new Date())).zh)
  })

  test('leads to the correction while one is awaited, with its last day', async () => {
    const { browser, path, number } = await followed(gateway)
    expect((await browser.get(path)).text).not.toContain(`${path}/correction`)
    await complain(gateway, number)
    await expect.poll(async () => (await browser.get(path)).text).toContain(`${path}/correction`)
    const words = wordsOf((await browser.get(path)).text)
    expect(words).toMatch(/轮到您办.*请补正2项: 填写项“迁入地详址”; 材料“毕业证书”/)
    expect(words).toMatch(/最晚: \d{4}年\d+月\d+日/)
  })

  test('is in English for whoever reads English, but for official names and the department’s words', async () => {
    const { person, path, number, browser } = await followed(gateway)
    await clerk(gateway, number, { to: 'ACCEPTED', opinion: '材料齐全' })
    await expect.poll(async () => (await browser.get(path)).text).toContain('材料齐全')
    const text = await inEnglish(person, gateway, path)
    expect(text).toContain('What happened')
    const ours = text.replaceAll(/<(\w+)[^>]*lang="zh-CN"[^>]*>.*?<\/\1>/gs, '')
    expect(wordsOf(ours)).not.toMatch(/\p{Script=Han}/u)
  })

  test('of another person is not told apart from none, and a malformed address neither', async () => {
    const { path, id } = await followed(gateway)
    const browser = await browserOf(await resident(gateway), gateway)
    const none = `case_${'0'.repeat(25)}`
    for (const more of ['', '/correction', '/withdrawal', '/result', '/result/1', '/stream']) {
      const [theirs, nobodys] = [
        await browser.get(path + more),
        await browser.get(`/me/cases/${none}${more}`),
      ]
      expect([theirs.status, more]).toEqual([404, more])
      const alike = ({ text }: { text: string }, one: string) =>
        text
          .replaceAll(/req_\w+/g, '')
          .replaceAll(one, 'ID')
          .replaceAll(/value="[\w-]{43}"/g, '')
      expect(alike(theirs, id)).toBe(alike(nobodys, none))
    }
    expect((await browser.get('/me/cases/%3Cscript%3E')).status).toBe(404)
  })

  test('says since when a region is silent', async () => {
    const { browser, path, id } = await followed(gateway)
    await onDatabase(
      gateway,
      (sql) => sql`update cases set silent_since = '2026-11-27T10:00:00+08:00' where id = ${id}`,
    )
    expect(wordsOf((await browser.get(path)).text)).toContain('办理地区从2026年11月27日 10:00起没有回音')
  })

  test('leaves one record of each look', async () => {
    const { person, browser, path, id } = await followed(gateway)
    await browser.get(path)
    const rows = await deps().store.accesses.list([deps().sealing.identity(person.idDocument)], { limit: 1 })
    expect(rows[0]?.record).toMatchObject({ act: 'cases.readWhole', caseIds: [id], channel: 'portal' })
  })
})

describe('the promise', () => {
  test('says how many days are used of how many, and where it stood still', async () => {
    const { browser, path, id } = await followed(gateway)
    await onDatabase(
      gateway,
      (sql) => sql`update case_events set occurred_at = '2026-11-19' where case_id = ${id}`,
    )
    await tell(id, '2026-11-20', 'ACCEPTED', deps())
    await tell(id, '2026-11-23', 'SUSPENDED', deps())
    expect(wordsOf((await browser.get(path)).text)).toMatch(
      /已用1 个工作日.*承诺5 个工作日.*还剩4 个工作日.*现在停着, 不计时间/,
    )
    await tell(id, '2026-11-25', 'IN_REVIEW', deps())
    const words = wordsOf((await browser.get(path)).text)
    expect(words).toContain('2026年11月23日起因特别程序 (如鉴定、听证、公示)停止计时, 2026年11月25日恢复')
    expect(words).toContain('承诺最晚 2026年12月1日 办结')
  })

  test('that is broken is said calmly, with what can be done', async () => {
    const { browser, path, id } = await followed(gateway)
    await tell(id, '2026-03-16', 'ACCEPTED', deps())
    const words = wordsOf((await browser.get(path)).text)
    expect(words).toMatch(/已超过\d+ 个工作日.*您没有做错什么, 可以催办/)
  })

  test('is not there before the case is accepted', async () => {
    const { browser, path } = await followed(gateway)
    expect(wordsOf((await browser.get(path)).text)).not.toContain('承诺时限')
  })
})

describe('reminding', () => {
  test('is done once, however often it is clicked, and stands in the timeline', async () => {
    const { browser, path } = await followed(gateway)
    await browser.get(path)
    const clicks = await Promise.all([1, 2, 3].map(() => browser.post(`${path}/reminder`, [])))
    expect(clicks.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(clicks.map(({ location }) => location).toSorted()).toEqual([
      `${path}?done=reminder`,
      `${path}?done=soon`,
      `${path}?done=soon`,
    ])
    const words = wordsOf((await browser.get(`${path}?done=reminder`)).text)
    expect(words).toContain('催办已记下。')
    expect(words).toMatch(/已经催办过, \d{4}年\d+月\d+日 \d\d:\d\d以后可以再催/)
    expect(words.match(/办理地区的系统不接收催办/g)).toHaveLength(1)
  })

  test('is offered while the region has the ball alone', async () => {
    const { browser, path, id } = await followed(gateway)
    expect((await browser.get(path)).text).toContain(`${path}/reminder`)
    await tell(
      id,
      today(new Date()),
      'CORRECTION_REQUIRED',
      at(new Date(Date.now() + 60_000).toISOString(), deps()),
      {
        occurredAt: new Date(Date.now() + 60_000).toISOString(),
      },
    )
    const { text } = await browser.get(path)
    expect(text).not.toContain(`${path}/reminder`)
    // Who had the page open from before is told that it has moved.
    expect((await browser.post(`${path}/reminder`, [])).location).toBe(`${path}?done=moved`)
    expect(wordsOf((await browser.get(`${path}?done=moved`)).text)).toContain('现在不用催')
  })
})

describe('texts of a region', () => {
  const rare = '𠮷野家·㐂𬱖𪚥'
  test.each([
    ['a script', `</li></main><script>alert(1)</script><img src=x onerror=alert(1)>"'\`&`],
    ['rare characters', rare],
    ['ten thousand characters', '很长'.repeat(5_000)],
    ['directions turned round', '\u202e倒过来\u2066'],
  ])('with %s are shown as text, and break nothing', async (_what, note) => {
    const { browser, path, id } = await followed(gateway)
    await tell(id, '2026-11-20', 'ACCEPTED', deps(), {
      note,
      rawStatus: { code: '<b>', label: `<b>${rare}` },
    })
    await onDatabase(
      gateway,
      (sql) => sql`update cases set matter_name = ${note.slice(0, 300)} where id = ${id}`,
    )
    const { status, text } = await browser.get(path)
    expect(status).toBe(200)
    expect(text).toMatch(/<bdi lang="zh-CN"/)
    expect(text).not.toMatch(/<script>|<img|<b>/)
    expect(text.match(/<\/main>/g)).toHaveLength(1)
    expect(text).toContain(`&lt;b&gt;${rare}`)
    expect((await browser.get('/me/cases')).text).not.toMatch(/<script>|<img|<b>/)
  })
})
