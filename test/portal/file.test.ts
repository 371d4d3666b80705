import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../../src/federation/identity/sessions.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import { onDatabase } from '../cases/support.ts'
import { browserOf } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { filledIn, started, versionIn } from './drafting.ts'
import { known, SUZHOU, stranger } from './support.ts'

let gateway: TestGateway
let matter: string

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(SUZHOU)
  const { store } = gateway.gateway.deps
  const found = await store.matters.search({ division: SUZHOU, limit: 50, document: { fileable: true } })
  matter = found.find(({ document }) => JSON.stringify(document).includes('"person"'))?.id ?? ''
})
afterAll(() => gateway.close())

/** Cases in the database, whoever’s. */
const countOfCases = () =>
  onDatabase(gateway, async (sql) => Number((await sql`select count(*) from cases`)[0]?.['count']))

test('a draft asks one question a page, with its number, and goes on where it was left', async () => {
  const browser = await browserOf(await known(gateway), gateway)
  const { path, first } = await started(browser, matter)
  const page = await browser.get(first)
  expect(page.text).toMatch(/第 1 步, 共 \d+ 步/)
  expect(page.text.match(/name="answer"/g)).toHaveLength(1)
  const { location } = await browser.post(`${path}/steps/mobile`, [
    ['answer', '13800000000'],
    ['version', versionIn(page.text)],
  ])
  expect((await browser.get(path)).location).toBe(location)
  expect((await browser.get('/me/drafts')).text).toContain(path)
})

test('of two tabs with one question the later one is told what the other wrote, and nothing is lost', async () => {
  const browser = await browserOf(await stranger(gateway), gateway)
  const { path } = await started(browser, matter)
  const at = `${path}/steps/mobile`
  const version = versionIn((await browser.get(at)).text)
  await browser.post(at, [
    ['answer', '13800000001'],
    ['version', version],
  ])
  const second = await browser.post(at, [
    ['answer', '13800000002'],
    ['version', version],
  ])
  expect(second.status).toBe(422)
  expect(second.text).toContain('13800000001')
  expect(second.text).toContain('value="13800000002"')
  expect((await browser.get(at)).text).toContain('value="13800000001"')
})

test('a wrong answer is told at its field, is escaped, and is kept', async () => {
  const browser = await browserOf(await stranger(gateway), gateway)
  const { path } = await started(browser, matter)
  await browser.get(`${path}/steps/mobile`)
  const wrong = await browser.post(`${path}/steps/mobile`, [['answer', '"><script>alert(1)</script>']])
  expect(wrong.status).toBe(422)
  expect(wrong.text).toMatch(/aria-describedby="[^"]*-error" aria-invalid="true"/)
  expect(wrong.text).not.toContain('<script>alert')
  const long = await browser.post(`${path}/steps/mobile`, [['answer', '𬭎'.repeat(10_000)]])
  expect(long.status).toBe(422)
})

test('a draft is nobody else’s', async () => {
  const { path } = await started(await browserOf(await stranger(gateway), gateway), matter)
  const other = await browserOf(await stranger(gateway), gateway)
  expect((await other.get(`${path}/check`)).status).toBe(404)
})

test('a filing without the declaration is refused in words, and faults lead to their questions', async () => {
  const browser = await browserOf(await stranger(gateway), gateway)
  const { path } = await started(browser, matter)
  await browser.get(`${path}/check`)
  expect((await browser.post(`${path}/check`, [])).text).toContain('请先勾选')
  const faulty = await browser.post(`${path}/check`, [['declared', 'yes']])
  expect(faulty.status).toBe(422)
  expect(faulty.text).toContain(`<a href="${path}/steps/`)
  expect((await browser.get(`${path}/steps/mobile`)).status).toBe(200)
})

test('a double click files once, and both clicks see the receipt of the one case', async () => {
  const person = await known(gateway)
  const browser = await browserOf(person, gateway)
  const { path } = await started(browser, matter)
  await filledIn(browser, person, path, gateway)
  await browser.get(`${path}/check`)
  const before = await countOfCases()
  const clicks = await Promise.all([1, 2, 3].map(() => browser.post(`${path}/check`, [['declared', 'yes']])))
  const receipt = await browser.get(`${path}/receipt`)
  expect(receipt.text, clicks.map(({ text }) => text).join()).toContain('办件编号')
  expect(receipt.text).toContain('<svg')
  expect(await countOfCases()).toBe(before + 1)
  await browser.get(`${path}/check`)
  expect((await browser.post(`${path}/check`, [['declared', 'yes']])).location).toBe(`${path}/receipt`)
})

test('a filing that somebody left behind is found again, under its key; a live one is waited for', async () => {
  const person = await known(gateway)
  const browser = await browserOf(person, gateway)
  const { path } = await started(browser, matter)
  await filledIn(browser, person, path, gateway)
  const id = path.split('/').at(-1) ?? ''
  await onDatabase(
    gateway,
    (sql) =>
      sql`update drafts set filing = version, lease_token = 'dead', lease_until = now() - interval '1 s' where id = ${id}`,
  )
  const before = await countOfCases()
  await browser.get(`${path}/check`)
  expect((await browser.post(`${path}/check`, [['declared', 'yes']])).location).toBe(`${path}/receipt`)
  expect(await countOfCases()).toBe(before + 1)
  // Whoever had it comes back to life: what came of it stays.
  await onDatabase(gateway, (sql) => sql`update drafts set lease_token = 'other' where id = ${id}`)
  expect((await browser.post(`${path}/check`, [['declared', 'yes']])).location).toBe(`${path}/receipt`)
  expect(await countOfCases()).toBe(before + 1)
})

test('a document is taken only in a way that the matter allows', async () => {
  const person = await known(gateway)
  const browser = await browserOf(person, gateway)
  const { path } = await started(browser, matter)
  const { store } = gateway.gateway.deps
  const found = (await store.matters.current(matter))?.document as Matter
  const strict = found.documents.find(({ necessity }) => necessity === 'required')
  if (!strict) throw new Error('every document of this matter can be left out')
  const at = `${path}/steps/doc.${strict.id}`
  for (const mode of ['leaveOut', 'later']) {
    const { text } = await browser.get(at)
    const answer = await browser.post(at, [
      ['mode', mode],
      ['version', versionIn(text)],
    ])
    expect([mode, answer.status]).toEqual([mode, 422])
    expect(answer.text).toContain('这份材料不能这样交')
  }
})

/** Sends a step's form without a log-in, as a browser whose session has ended does. */
const late = (at: string, fields: Record<string, string>) =>
  fetch(gateway.url + at, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) })

test('a form that comes after the log-in has ended leads to the log-in, and back to its step with what was typed', async () => {
  const person = await known(gateway)
  const browser = await browserOf(person, gateway)
  const { path } = await started(browser, matter)
  const at = `${path}/steps/mobile`
  const answer = await late(at, { answer: '13811112222' })
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `/log-in?next=${encodeURIComponent(at)}`,
  ])
  const kept = answer.headers.get('set-cookie') ?? ''
  expect(kept).toMatch(/^__Secure-delta-typed=.*HttpOnly/)
  expect(kept).toContain(`Path=${at}`)
  expect(kept).not.toContain('13811112222')
  const secret = await openSession(person.authentication, 'test', gateway.gateway.deps)
  const cookie = `__Host-delta=${secret}; ${kept.split(';')[0]}`
  const back = await fetch(gateway.url + at, { headers: { cookie } })
  expect(back.headers.get('set-cookie')).toContain('__Secure-delta-typed=;')
  const text = await back.text()
  expect(text).toContain('value="13811112222"')
  expect(text).toContain('您刚才填的还在这里')
  // It is for its own step, and nothing was saved.
  const elsewhere = await fetch(`${gateway.url}${path}/steps/sourceDivision`, { headers: { cookie } })
  expect(await elsewhere.text()).not.toContain('13811112222')
  expect((await browser.get(`${path}/check`)).text).not.toContain('13811112222')
})

test('what is too long for a browser to keep, or is none of ours, is left alone', async () => {
  const person = await known(gateway)
  const browser = await browserOf(person, gateway)
  const { path } = await started(browser, matter)
  const at = `${path}/steps/mobile`
  const long = await late(at, { answer: '长'.repeat(10_000) })
  expect([long.status, long.headers.get('set-cookie')]).toEqual([303, null])
  const secret = await openSession(person.authentication, 'test', gateway.gateway.deps)
  const headers = { cookie: `__Host-delta=${secret}; __Secure-delta-typed=made-up` }
  expect((await fetch(gateway.url + at, { headers })).status).toBe(200)
})
