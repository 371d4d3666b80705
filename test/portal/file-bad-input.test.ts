/** Whatever is typed, sent or broken off at a step of a filing: nothing is lost, nothing doubled, and the page says what to do. */
import net from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../../src/federation/identity/sessions.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import { onDatabase } from '../cases/support.ts'
import { browserOf, type Somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn } from '../support/page-reader.ts'
import { type Browser, filledIn, started, upload, versionIn } from './drafting.ts'
import { jpeg, known, matterAt, SUZHOU, stranger } from './support.ts'

const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
/** Planes 2 and 3, an extension that GB 18030-2022 brought, and the dot of names that have one. */
const RARE = '𪚥𰻞㐂·买买提·吐尔逊'

let gateway: TestGateway
let id: string
let matter: Matter
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(SUZHOU)
  id = await matterAt('夫妻投靠户口迁移', gateway)
  matter = (await gateway.gateway.deps.store.matters.current(id))?.document as Matter
})
afterAll(() => gateway.close())

async function applied(somebody?: Somebody) {
  const person = somebody ?? (await stranger(gateway))
  const browser = await browserOf(person, gateway)
  return { person, browser, path: (await started(browser, id)).path }
}

const stepsOf = (path: string) => matter.form.fields.map(({ name }) => `${path}/steps/form.${name}`)
const textSteps = (path: string) =>
  matter.form.fields
    .filter(({ type }) => type === 'text' || type === 'textarea')
    .map(({ name }) => `${path}/steps/form.${name}`)

const say = async (browser: Browser, at: string, answer: string) => {
  const { text } = await browser.get(at)
  return browser.post(at, [
    ['answer', answer],
    ['version', versionIn(text)],
  ])
}

const count = (table: 'cases' | 'uploads') =>
  onDatabase(gateway, async (sql) => Number((await sql`select count(*) from ${sql(table)}`)[0]?.['count']))

test('a script in any field is either refused at the field or shown as the words that it is', async () => {
  const { browser, path } = await applied()
  for (const at of [...stepsOf(path), `${path}/steps/mobile`, `${path}/steps/sourceDivision`]) {
    const answer = await say(browser, at, SCRIPT)
    expect([at, [303, 422].includes(answer.status)]).toEqual([at, true])
    for (const page of [answer.text, (await browser.get(at)).text, (await browser.get(`${path}/check`)).text])
      expect(page).not.toMatch(/<script>alert|<img src=x/)
  }
})

test('a name of ten thousand characters is refused at its field, in words, and does not come back whole', async () => {
  const { browser, path } = await applied()
  for (const at of textSteps(path)) {
    const { status, text } = await say(browser, at, '𬭎'.repeat(10_000))
    expect([at, status]).toEqual([at, 422])
    expect(text).toContain('aria-invalid="true"')
    expect(text.length).toBeLessThan(20_000)
    expect((await browser.get(at)).text).not.toContain('𬭎')
  }
})

test('rare characters and the dot of names come back as they were typed, and go to the region', async () => {
  const person = await known(gateway)
  const { browser, path } = await applied(person)
  const [at = ''] = textSteps(path)
  expect((await say(browser, at, RARE)).status).toBe(303)
  expect((await browser.get(at)).text).toContain(`value="${RARE}"`)
  expect((await browser.get(`${path}/check`)).text).toContain(RARE)
  for (const one of matter.form.fields.filter(({ type }) => type === 'idcard'))
    await say(browser, `${path}/steps/form.${one.name}`, '310101199003070000')
  await filledIn(browser, person, path, gateway)
  await browser.get(`${path}/check`)
  const filed = await browser.post(`${path}/check`, [['declared', 'yes']])
  expect([filed.location, filed.text]).toEqual([`${path}/receipt`, ''])
})

test('a double click on a step saves once, and coming back to change it is no other tab', async () => {
  const { browser, path } = await applied()
  const at = `${path}/steps/mobile`
  const { text } = await browser.get(at)
  const fields = [
    ['answer', '13800000000'],
    ['version', versionIn(text)],
  ] as const
  const clicks = await Promise.all([browser.post(at, fields), browser.post(at, fields)])
  expect(clicks.map(({ status }) => status)).toEqual([303, 303])
  // The back button shows the page anew: nothing personal is kept by the browser.
  const back = await fetch(gateway.url + at, { redirect: 'manual' })
  expect(back.headers.get('cache-control')).toContain('no-store')
  expect((await say(browser, at, '13900000000')).status).toBe(303)
  expect((await browser.get(`${path}/check`)).text).toContain('13900000000')
})

test('a name of a file is shown as the words that it is, and what is no document is refused at its field', async () => {
  const { person, browser, path } = await applied()
  const at = `${path}/steps/doc.${matter.documents[0]?.id}`
  const { text } = await browser.get(at)
  const picture = new File([new Uint8Array(jpeg())], '"><script>alert(1)<script>.jpg', { type: 'image/jpeg' })
  expect((await upload(person, at, text, gateway, picture)).status).toBe(303)
  for (const page of [(await browser.get(at)).text, (await browser.get(`${path}/check`)).text])
    expect(page).not.toContain('<script>alert')
  const program = new File([new Uint8Array([77, 90, 0, 0])], 'paper.pdf', { type: 'application/pdf' })
  const refused = await upload(person, at, (await browser.get(at)).text, gateway, program)
  expect([refused.status, refused.text.includes('id="fault"')]).toEqual([422, true])
  const none = await upload(person, at, (await browser.get(at)).text, gateway, new File([], ''))
  expect([none.status, none.text.includes('没有收到文件')]).toEqual([422, true])
})

/** Sends the head of an upload and a part of it, and breaks off. */
async function brokenOff(person: Somebody, at: string): Promise<void> {
  const secret = await openSession(person.authentication, 'test', gateway.gateway.deps)
  const cookie = `__Host-delta=${secret}`
  const token = formTokenIn(await (await fetch(gateway.url + at, { headers: { cookie } })).text())
  const { hostname, port } = new URL(gateway.url)
  const socket = net.connect(Number(port), hostname)
  const body = `--b\r\ncontent-disposition: form-data; name="token"\r\n\r\n${token}\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n`
  socket.write(
    `POST ${at} HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${cookie}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 5000000\r\n\r\n${body}`,
  )
  await new Promise<void>((resolve) => socket.write(Buffer.alloc(60_000, 0xff), () => resolve()))
  socket.destroy()
}

test('an upload that is broken off leaves no file, and the step takes the next one', async () => {
  const { person, browser, path } = await applied()
  const at = `${path}/steps/doc.${matter.documents[0]?.id}`
  const before = await count('uploads')
  await brokenOff(person, at)
  const { status, text } = await browser.get(at)
  expect([status, await count('uploads')]).toEqual([200, before])
  expect((await upload(person, at, text, gateway)).status).toBe(303)
  expect(await count('uploads')).toBe(before + 1)
})

test('a region that fails at the last step has the case later: the receipt says so, and nothing is filed twice', async () => {
  const person = await stranger(gateway)
  const { browser, path } = await applied(person)
  for (const one of matter.form.fields.filter(({ type }) => type === 'idcard'))
    await say(browser, `${path}/steps/form.${one.name}`, '310101199003070000')
  await filledIn(browser, person, path, gateway)
  await browser.get(`${path}/check`)
  const before = await count('cases')
  const { faults } = gateway.region('jiangsu')
  faults.add({ kind: 'drop', times: 50 })
  const filed = await browser.post(`${path}/check`, [['declared', 'yes']])
  expect([filed.location, filed.text]).toEqual([`${path}/receipt`, ''])
  const receipt = await browser.get(`${path}/receipt`)
  expect(receipt.text).toContain('已收下, 正在送往办理地区')
  expect(receipt.text).toContain('不用再提交一次')
  expect((await browser.post(`${path}/check`, [['declared', 'yes']])).location).toBe(`${path}/receipt`)
  expect(await count('cases')).toBe(before + 1)
  // Nothing of a filed draft can be changed or thrown away any more.
  const late = await browser.post(`${path}/steps/mobile`, [['answer', '13900000000']])
  expect(late.location).toBe(`${path}/receipt`)
  expect((await browser.get(`${path}/steps/mobile`)).location).toBe(`${path}/receipt`)
  expect((await browser.post(`${path}/removal`, [])).status).toBeGreaterThanOrEqual(400)
  faults.clear()
})
