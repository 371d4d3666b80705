/** From the first page to a case, as people go: on a phone without script and with it, in 长者版, in English, for a firm; and to a hotel's desk. */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openDesk } from '../../src/federation/identity/desks.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { traveller } from '../support/traveller.ts'

const [HEFEI, SUZHOU] = ['340100', '320500']

let gateway: TestGateway
let browser: Browser
let opened: Awaited<ReturnType<typeof traveller>>[]
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  opened = []
  for (const city of ['310000', HEFEI, SUZHOU]) await gateway.sync(city)
}, 90_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})
afterEach(async () => {
  for (const { context } of opened.splice(0)) await context.close()
})

const start = async (name: string, kind?: Parameters<typeof traveller>[3]) => {
  const one = await traveller(name, browser, gateway.url, kind)
  opened.push(one)
  return one
}

test('a resident without script finds a matter, logs in with her own province, files and follows', async () => {
  const { page, look, main, heading, find, file, logIn, wrong } = await start('no-script', {
    hasScript: false,
  })
  await look()
  await find('社保记录', HEFEI)
  await look()
  expect(await main()).toContain('合肥市办理')
  await file(() => logIn('shanghai', '测试通'))
  expect(await main()).toContain('办件编号')
  await page.locator('main a[href^="/me/cases/"]').first().click()
  await look()
  expect(await heading()).toContain('社会保险个人权益记录单查询')
  await page.goto(`${gateway.url}/me/cases`)
  await look()
  expect(await main()).toContain('社会保险个人权益记录单查询')
  expect(wrong).toEqual([])
}, 120_000)

test('on a phone with script the search suggests, and a suggestion leads on by keyboard alone', async () => {
  const { page, look, main, wrong } = await start('phone')
  await page.locator('#q').focus()
  await page.keyboard.type('hjsx')
  await page.locator('[role=option]').first().waitFor()
  await look()
  await page.keyboard.press('ArrowDown')
  expect(await page.locator('#q').getAttribute('aria-activedescendant')).toBe('suggestion-0')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/matters[?]/)
  expect(await main()).toContain('户籍事项证明')
  await look()
  expect(wrong).toEqual([])
})

test('somebody of 75 switches to large type, and finds and files in it', async () => {
  const { page, look, main, file, logIn, wrong } = await start('elder')
  await page.locator('a', { hasText: '长者版' }).click()
  await look()
  expect(await page.locator('html').getAttribute('class')).toBe('elder')
  await page.locator('a', { hasText: '换工作' }).click()
  await look()
  await page.locator('main .plainlist a', { hasText: '社会保险个人权益记录单查询' }).first().click()
  await look()
  await file(() => logIn('anhui', '测试通'))
  expect(await main()).toContain('办件编号')
  expect(wrong).toEqual([])
}, 120_000)

test('a foreigner with a permanent-residence card reads English from the search to the receipt', async () => {
  const { page, look, heading, find, file, logIn, wrong } = await start('foreigner', {
    locale: 'en-GB',
    hasPapers: true,
  })
  await page.locator('a', { hasText: 'English' }).click()
  await look()
  await find('medical', SUZHOU)
  await look()
  await file(() => logIn('jiangsu', 'MUSTER ANNA'))
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  expect(page.url()).toMatch(/\/receipt$/)
  expect(await heading()).toBe('Filed')
  // Jiangsu's hall has one code for every document that is no resident's card.
  const held = JSON.stringify(gateway.region('jiangsu').region.save())
  expect(held).toContain('320500/99/932276199001010024')
  expect(wrong).toEqual([])
}, 120_000)

test('a firm’s agent files for the firm, and follows what the region says', async () => {
  const { page, look, main, heading, find, file, logIn, wrong } = await start('agent', { width: 1280 })
  await find('营业执照', SUZHOU)
  await look()
  await file(() => logIn('jiangsu', '南京样例贸易有限公司', 'organisation'))
  const [number = ''] = /JSSZ\d+/.exec(await main()) ?? []
  await page.locator('main a[href^="/me/cases/"]').first().click()
  expect(await heading()).toContain('营业执照遗失补领')
  await look()
  for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'ACCEPTED'] as const)
    gateway.region('jiangsu').region.advance(number, { to })
  await page.getByText('申请已受理').first().waitFor()
  await look()
  await page.goto(`${gateway.url}/me`)
  await look()
  expect(await main()).toContain('张测试 正在代表 南京样例贸易有限公司 办事')
  await page.goto(`${gateway.url}/me/cases`)
  await look()
  expect(await main()).toContain('申请已受理')
  expect(wrong).toEqual([])
}, 120_000)

test('a guest shows a code on a phone, and the hotel’s desk reads who it is, once', async () => {
  const guest = await start('guest', { locale: 'en-GB' })
  await guest.page.locator('a', { hasText: 'English' }).click()
  await guest.page.locator('nav a', { hasText: /^Me$/ }).click()
  await guest.logIn('jiangsu', 'MUSTER ANNA')
  await guest.page.clock.install()
  await guest.page.goto(`${gateway.url}/me/code`)
  await guest.look()
  await guest.page.locator('form', { hasText: /hotel/i }).locator('button').click()
  await guest.look()
  const digits = (await guest.page.locator('.digits').textContent()) ?? ''
  const hotel = await start('hotel', { width: 768 })
  const { link } = await openDesk('sandbox-hotel', gateway.gateway.deps)
  await hotel.page.goto(link)
  await hotel.look()
  await hotel.page.locator('main form button').press('Enter')
  await hotel.look()
  await hotel.page.keyboard.type(digits)
  await hotel.page.keyboard.press('Enter')
  await hotel.page.getByText('已核验').waitFor()
  await hotel.look()
  for (const told of ['MUSTER ANNA', '外国人永久居留身份证', '932276199001010024'])
    expect(await hotel.main()).toContain(told)
  await hotel.page.locator('a', { hasText: '下一位' }).click()
  await hotel.page.locator('#code:focus').waitFor()
  await hotel.page.keyboard.type(digits)
  await hotel.page.keyboard.press('Enter')
  await hotel.page.getByText('身份码已被使用').waitFor()
  await hotel.look()
  expect(await hotel.main()).not.toContain('MUSTER')
  // When its minute is over the page on the phone says by itself what became of the code.
  await guest.page.clock.runFor(65_000)
  await guest.page.getByText('It was scanned').waitFor()
  await guest.look()
  expect(await guest.main()).toContain('示例酒店前台')
  expect([...guest.wrong, ...hotel.wrong]).toEqual([])
}, 60_000)
