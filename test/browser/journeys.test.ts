/** From the first page to a case, as people go: on a phone without script and with it, in 长者版, in English, for a firm. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { axeOf, screenshot, sidewaysOf } from '../support/page-checks.ts'

const [HEFEI, SUZHOU] = ['340100', '320500']
const MOST_STEPS = 30

let gateway: TestGateway
let browser: Browser
let context: BrowserContext
let page: Page
/** What axe finds on the pages of a journey, and pages that are too wide. */
let wrong: string[]
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  for (const city of ['310000', HEFEI, SUZHOU]) await gateway.sync(city)
}, 90_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})
afterEach(() => context.close())

/** A phone whose every page is looked at. */
async function phone(name: string, { hasScript = true, locale = 'zh-CN' } = {}) {
  context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: hasScript,
    locale,
  })
  page = await context.newPage()
  page.setDefaultTimeout(8_000)
  wrong = []
  let shot = 0
  const look = async () => {
    shot += 1
    const at = new URL(page.url()).pathname
    // Where no script runs, none of ours can look either.
    if (hasScript) wrong.push(...(await axeOf(page)).map((one) => `${at}: ${one}`))
    if ((await sidewaysOf(page)) > 0) wrong.push(`${at}: wider than the phone`)
    await screenshot(page, `${name}-${String(shot).padStart(2, '0')}`)
  }
  await page.goto(gateway.url)
  return look
}

const heading = async () => (await page.locator('h1').textContent())?.trim() ?? ''
const main = async () => (await page.locator('main').textContent()) ?? ''

const inOneMinute = (type: string) =>
  ({ date: '2025-03-01', tel: '13800000000', email: 'a@example.invalid', number: '1' })[type] ?? '测试'

/** Answers whatever one page asks, as somebody would who wants to be done. */
async function answer() {
  const form = page
    .locator('main form')
    .filter({ has: page.locator('button') })
    .first()
  for (const name of await namesOf(form.locator('input[type=radio]')))
    await form.locator(`input[type=radio][name="${name}"]`).first().check()
  for (const select of await form.locator('select').all())
    await select.selectOption({ index: (await select.locator('option').count()) > 1 ? 1 : 0 })
  for (const input of await form
    .locator('input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), textarea')
    .all())
    if ((await input.inputValue()) === '')
      await input.fill(inOneMinute((await input.getAttribute('type')) ?? ''))
}

async function namesOf(inputs: ReturnType<Page['locator']>): Promise<readonly string[]> {
  const names = await Promise.all((await inputs.all()).map((one) => one.getAttribute('name')))
  return [...new Set(names.filter((name) => name !== null))]
}

/** From the button on a matter to the receipt. */
async function file(look: () => Promise<void>, logIn: () => Promise<void>): Promise<void> {
  await page.locator('main a[href^="/apply"]').first().click()
  if (page.url().includes('/log-in')) {
    await look()
    await logIn()
  }
  for (let step = 0; step < MOST_STEPS && !page.url().endsWith('/receipt'); step += 1) {
    await look()
    if (page.url().endsWith('/check')) await page.locator('main input[type=checkbox]').last().check()
    else await answer()
    // What need not be brought is not.
    const withoutPaper = page.locator('main button[value=leaveOut]')
    const onward = page.locator('main form button:not(.plain):not(.danger)')
    const button = ((await withoutPaper.count()) > 0 ? withoutPaper : onward).first()
    // A form asks first whether its log-in still holds, and is sent then.
    await Promise.all([page.waitForEvent('load'), button.click()])
  }
  await look()
}

const logIn =
  (region: string, account: string, kind = 'person') =>
  async () => {
    await page.locator(`a[href^="/log-in/${region}?kind=${kind}"]`).click()
    await page.locator('a', { hasText: account }).first().click()
  }

const opened = async (words: string, city: string) => {
  await page.locator('#q').fill(words)
  await page.locator('#to').selectOption(city)
  await page.locator('main form[role=search] button').click()
  await page.locator('main .plainlist a').first().click()
}

test('a resident without script finds a matter, logs in with her own province, files and follows', async () => {
  const look = await phone('no-script', { hasScript: false })
  await look()
  await opened('社保记录', HEFEI)
  await look()
  expect(await main()).toContain('合肥市办理')
  await file(look, logIn('shanghai', '测试通'))
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
  const look = await phone('phone')
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
  const look = await phone('elder')
  await page.locator('a', { hasText: '长者版' }).click()
  await look()
  expect(await page.locator('html').getAttribute('class')).toBe('elder')
  await page.locator('a', { hasText: '换工作' }).click()
  await look()
  await page.locator('main .plainlist a', { hasText: '社会保险个人权益记录单查询' }).first().click()
  await look()
  await file(look, logIn('anhui', '测试通'))
  expect(await main()).toContain('办件编号')
  expect(wrong).toEqual([])
}, 120_000)

test('a foreigner reads English from the search to the receipt', async () => {
  const look = await phone('english', { locale: 'en-GB' })
  await page.locator('a', { hasText: 'English' }).click()
  await look()
  await opened('social insurance', HEFEI)
  await look()
  expect(await heading()).toBe('Record of one’s social insurance rights')
  await file(look, logIn('shanghai', '测试通'))
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  expect(page.url()).toMatch(/\/receipt$/)
  expect(wrong).toEqual([])
}, 120_000)
