/** 快办 and 好办: the short way where a matter's own data allow it, and questions that lead to the right matter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isQuick, isQuickBy } from '../../src/federation/matters/quick.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import { browserOf } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { started, versionIn } from './drafting.ts'
import { known, matterAt, SUZHOU, stranger } from './support.ts'

const SHANGHAI = '310000'
let gateway: TestGateway
let quick: string
let slow: string
beforeAll(async () => {
  gateway = await startTestGateway()
  for (const city of [SHANGHAI, SUZHOU]) await gateway.sync(city)
  const { store } = gateway.gateway.deps
  const [found] = await store.matters.search({
    q: '社会保障卡应用状态查询',
    division: SHANGHAI,
    limit: 1,
    document: {},
  })
  quick = found?.id ?? ''
  slow = await matterAt('换领机动车驾驶证', gateway)
})
afterAll(() => gateway.close())

const page = async (at: string) => (await fetch(gateway.url + at)).text()

describe('a matter is quick', () => {
  const facts = {
    fileable: true,
    mode: 'online',
    handling: 'instant',
    necessities: ['optional'],
    asksFor: [true, true, true, false],
  }
  test('by what its region says of it', () => expect(isQuickBy(facts)).toBe(true))
  test.each([
    ['cannot be filed', { fileable: false }],
    ['is not done online', { mode: 'onBehalf' }],
    ['is decided later', { handling: 'committed' }],
    ['does not say when it is decided', { handling: null }],
    ['needs a document', { necessities: ['optional', 'required'] }],
    ['asks for much', { asksFor: [true, true, true, true] }],
  ])('and not when it %s', (_name, change) => expect(isQuickBy({ ...facts, ...change })).toBe(false))

  test('alike in the list and on its own page', async () => {
    const { store } = gateway.gateway.deps
    for (const division of [SHANGHAI, SUZHOU]) {
      const rows = await store.matters.search({ division, limit: 100, document: {} })
      for (const { id, document } of rows) {
        const service = await gateway.gateway.deps.finder.serviceOf((document as Matter).name.zh)
        const offer = service?.offers.find((one) => one.id === id)
        // What its region has suspended is in no list.
        if (offer) expect([id, offer.isQuick]).toEqual([id, isQuick(document as Matter)])
      }
    }
  })

  test('and says so, where others do not', async () => {
    expect(await page(`/matters/${encodeURIComponent(quick)}`)).toContain('快办 · 约 3 分钟, 不用材料')
    expect(await page(`/matters/${encodeURIComponent(slow)}`)).not.toContain('快办')
    expect(await page(`/matters?q=${encodeURIComponent('社会保障卡应用状态查询')}`)).toContain('快办')
  })
})

describe('the short way', () => {
  const answers: readonly (readonly [string, string])[] = [
    ['sourceDivision', SUZHOU],
    ['mobile', '13800000000'],
    ['form.cardNo', ''],
    ['delivery', 'download'],
  ]

  test('asks what is open on one page, then comes the page with everything; the next time that at once', async () => {
    const person = await known(gateway)
    const browser = await browserOf(person, gateway)
    const { path, first } = await started(browser, quick)
    expect(first).toBe(`${path}/quick`)
    const { text } = await browser.get(first)
    expect(text).toContain('name="mobile"')
    expect(text).not.toContain('type="file"')
    const bad = await browser.post(first, [
      ['mobile', '"><script>alert(1)</script>'],
      ['version', versionIn(text)],
    ])
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('href="#field-mobile"')
    expect(bad.text).not.toContain('<script>alert')
    const good = await browser.post(first, [...answers, ['version', versionIn(text)]])
    expect(good.location).toBe(`${path}/check`)
    expect((await browser.get(`${path}/check`)).text).toContain('没有选, 可以不交')
    const filed = await browser.post(`${path}/check`, [['declared', 'yes']])
    expect([filed.location, filed.text]).toEqual([`${path}/receipt`, ''])
    // Mobile and city are known now, and their source is told.
    const again = await started(browser, quick)
    const open = (await browser.get(again.first)).text
    expect(open).not.toContain('name="mobile"')
    expect((await browser.get(`${again.path}/check`)).text).toContain('来自 您上次的申请')
  })

  test('tells two tabs of each other', async () => {
    const browser = await browserOf(await stranger(gateway), gateway)
    const { path, first } = await started(browser, quick)
    const version = versionIn((await browser.get(first)).text)
    await browser.post(`${path}/steps/mobile`, [
      ['answer', '13800000001'],
      ['version', version],
    ])
    const late = await browser.post(first, [...answers, ['version', version]])
    // What the other tab answered is not asked here any more: nothing of it is replaced.
    expect(late.status).toBe(303)
    expect((await browser.get(`${path}/check`)).text).toContain('13800000001')
  })

  test('is none for other matters', async () => {
    const browser = await browserOf(await stranger(gateway), gateway)
    const { path, first } = await started(browser, slow)
    expect(first).not.toContain('/quick')
    expect((await browser.get(`${path}/quick`)).location).toBe(first)
  })
})

describe('the questions', () => {
  test('lead from the first page to a matter and the cities that offer it', async () => {
    expect(await page('/')).toContain('href="/guides"')
    expect(await page('/guides')).toContain('href="/guides/identity-card"')
    expect(await page('/guides/identity-card')).toContain('href="/guides/identity-card/never"')
    const end = await page('/guides/identity-card/never')
    expect(end).toContain('首次申领居民身份证')
    expect(end).toMatch(/href="\/matters\/(shanghai|jiangsu)/)
    const english = await fetch(`${gateway.url}/guides/registration/family`, {
      headers: { cookie: 'delta-reading=en' },
    })
    expect(await english.text()).toContain('Husband or wife')
  })

  test('are offered where their matters stand, and a way that there is not is not found', async () => {
    expect(await page(`/matters/${encodeURIComponent(slow)}`)).toContain('href="/guides/driving-licence"')
    expect(await page(`/matters?q=${encodeURIComponent('户口迁移')}`)).toContain(
      'href="/guides/registration"',
    )
    expect(await page(`/matters/${encodeURIComponent(quick)}`)).toContain('/guides/social-card')
    for (const at of ['/guides/none', '/guides/registration/none', '/guides/registration/work/more'])
      expect((await fetch(gateway.url + at)).status).toBe(404)
  })
})
