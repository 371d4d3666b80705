/** The pages of mandates, as a browser without a script sees them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserOf, type Somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { given, inDays, newcomer, offering } from '../support/mandates.ts'

let gateway: TestGateway
let giver: Somebody
let receiver: Somebody
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  giver = await newcomer(gateway)
  receiver = await newcomer(gateway)
})
afterAll(() => gateway.close())

const day = (days: number) => inDays(days).slice(0, 10)
const linkIn = (text: string) => /href="[^"]*(\/me\/mandates\/accept\?code=[\w-]{43})"/.exec(text)?.[1] ?? ''

describe('the form of an offer', () => {
  test('finds matters by words, keeps what was chosen, and gives the code as link and QR code', async () => {
    const browser = await browserOf(giver, gateway)
    await browser.get('/me/mandates/new')
    const searched = await browser.post('/me/mandates/new', [
      ['words', '户口'],
      ['region', 'zhejiang'],
      ['until', day(20)],
      ['do', 'search'],
    ])
    expect(searched.status).toBe(200)
    const [, value = ''] = /name="matter" value="([^"*]+)"/.exec(searched.text) ?? []
    expect(value).not.toBe('')
    expect(searched.text).toContain('value="zhejiang" checked')
    const chosen = await browser.post('/me/mandates/new', [
      ['words', '没有这样的事项'],
      ['matter', value],
      ['do', 'search'],
    ])
    expect(chosen.text).toContain(`value="${value}" checked`)
    const offered = await browser.post('/me/mandates/new', [
      ['matter', value],
      ['region', 'zhejiang'],
      ['until', day(20)],
      ['do', 'offer'],
    ])
    expect(offered.status).toBe(200)
    expect(offered.text).toMatch(/<svg[^>]+viewBox/)
    expect(linkIn(offered.text)).not.toBe('')
    const [row] = await gateway.gateway.deps.store.mandates.list({
      sides: { giverId: giver.principal.personId },
      limit: 1,
    })
    expect([row?.matters, row?.regions]).toEqual([[value], ['zhejiang']])
    // The last day counts as a whole.
    expect(row?.validUntil).toEqual(new Date(`${day(21)}T00:00:00+08:00`))
  })

  test('says what is wrong and keeps the rest', async () => {
    const browser = await browserOf(giver, gateway)
    await browser.get('/me/mandates/new')
    const told = await browser.post('/me/mandates/new', [
      ['matter', '*'],
      ['region', 'anhui'],
      ['until', day(500)],
      ['do', 'offer'],
    ])
    expect(told.status).toBe(422)
    expect(told.text).toContain('<a href="#until">结束日期</a>: 授权期限不超过一年')
    expect(told.text).toContain('value="anhui" checked')
  })

  test('shows what was typed as text', async () => {
    const browser = await browserOf(giver, gateway)
    await browser.get('/me/mandates/new')
    const { text } = await browser.post('/me/mandates/new', [
      ['words', '"><script>alert(1)</script>'],
      ['matter', '"><script>alert(2)</script>'],
      ['do', 'search'],
    ])
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toContain('<script')
  })

  test('that comes from another site is refused', async () => {
    const browser = await browserOf(giver, gateway)
    const told = await browser.post('/me/mandates/new', [['do', 'offer']], 'x'.repeat(43))
    expect([told.status, told.text.includes('FORM_FOREIGN')]).toEqual([403, true])
  })
})

describe('the link', () => {
  test('leads over the log-in page back to itself', async () => {
    const { link } = await offering(giver, gateway)
    const answer = await fetch(link, { redirect: 'manual' })
    const { pathname, search } = new URL(link)
    expect(answer.headers.get('location')).toBe(`/log-in?next=${encodeURIComponent(pathname + search)}`)
  })

  test('shows who asks and for what, and accepts at a press', async () => {
    const { link, mandate } = await offering(giver, gateway, { regions: ['anhui'] })
    const browser = await browserOf(receiver, gateway)
    const shown = await browser.get(link.slice(gateway.url.length))
    for (const words of [giver.name, '全部事项', '安徽省']) expect(shown.text).toContain(words)
    const [, code = ''] = /name="code" value="([^"]+)"/.exec(shown.text) ?? []
    const pressed = await browser.post('/me/mandates/accept', [
      ['code', code],
      ['answer', 'accept'],
    ])
    expect([pressed.status, pressed.location]).toEqual([303, '/me/mandates'])
    const row = await gateway.gateway.deps.store.mandates.read(mandate.id)
    expect(row?.receiverId).toBe(receiver.principal.personId)
    expect((await browser.get(link.slice(gateway.url.length))).text).toContain('MANDATE_CODE_INVALID')
  })

  test('declines at the other press', async () => {
    const { code, mandate } = await offering(giver, gateway)
    const browser = await browserOf(receiver, gateway)
    await browser.get(`/me/mandates/accept?code=${code}`)
    await browser.post('/me/mandates/accept', [
      ['code', code],
      ['answer', 'decline'],
    ])
    expect((await gateway.gateway.deps.store.mandates.read(mandate.id))?.declinedAt).toBeInstanceOf(Date)
  })

  test('can be typed', async () => {
    const browser = await browserOf(receiver, gateway)
    const { text } = await browser.get('/me/mandates/accept')
    expect(text).toMatch(/<form method="get"[^>]*>.*name="code"/s)
  })
})

describe('the list', () => {
  test('shows both sides, revokes at a press, and shows what was done', async () => {
    const id = await given(giver, receiver, gateway)
    const { principal } = receiver
    const use = {
      mandateId: id,
      receiverId: principal.personId,
      clientId: 'portal',
      act: 'withdraw',
      matterId: null,
      caseId: 'case_1',
      at: new Date(),
    }
    await gateway.gateway.deps.store.mandates.use(use, [])
    const [theirs, own] = [await browserOf(receiver, gateway), await browserOf(giver, gateway)]
    expect((await theirs.get('/me/mandates')).text).toContain(`/me/mandates/${id}/decline`)
    const list = await own.get('/me/mandates')
    expect(list.text).toContain(receiver.name)
    const uses = await own.get(`/me/mandates/${id}/uses`)
    expect(uses.text).toContain('撤回')
    expect(uses.text).toContain('case_1')
    expect((await theirs.get(`/me/mandates/${id}/uses`)).status).toBe(404)
    await own.get('/me/mandates')
    expect((await own.post(`/me/mandates/${id}/revoke`, [])).location).toBe('/me/mandates')
    const after = await theirs.get('/me/mandates')
    expect(after.text).toContain('已收回')
    expect(after.text).not.toContain(`/me/mandates/${id}/decline`)
  })

  test('is laid down at a press', async () => {
    const id = await given(giver, receiver, gateway)
    const browser = await browserOf(receiver, gateway)
    await browser.get('/me/mandates')
    await browser.post(`/me/mandates/${id}/decline`, [])
    expect((await gateway.gateway.deps.store.mandates.read(id))?.declinedAt).toBeInstanceOf(Date)
  })

  test('goes on behind a link', async () => {
    const person = await newcomer(gateway)
    for (let i = 0; i < 21; i += 1) await offering(person, gateway)
    const browser = await browserOf(person, gateway)
    const first = await browser.get('/me/mandates')
    const [, older = ''] = /href="(\/me\/mandates\?giver=[^"]+)"/.exec(first.text) ?? []
    const second = await browser.get(older)
    const revocable = (text: string) => [...text.matchAll(/mandates\/(mdt_\w+)\/revoke/g)].map(([, id]) => id)
    expect(new Set([...revocable(first.text), ...revocable(second.text)]).size).toBe(21)
  })
})

test('every page fits a phone and loads nothing from elsewhere', async () => {
  const browser = await browserOf(giver, gateway)
  for (const at of ['/me/mandates', '/me/mandates/new', '/me/mandates/accept']) {
    const { text } = await browser.get(at)
    expect(text).toContain('width=device-width')
    const loaded = [...text.matchAll(/<(?:link|script|img)[^>]* (?:href|src)="([^"]+)"/g)]
    expect(loaded.length).toBeGreaterThan(0)
    for (const [, path = ''] of loaded) expect(path).toMatch(/^\/assets\//)
  }
})
