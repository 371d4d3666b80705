/** Filing in a real browser: papers that are chosen in their step, a log-in that ends, a double click, the back button, and the receipt on paper. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { jpeg, matterAt, SUZHOU } from '../portal/support.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { axeOf, screenshot, sidewaysOf, targetsOf } from '../support/page-checks.ts'

const SHANGHAI = '310000'

let gateway: TestGateway
let browser: Browser
let context: BrowserContext
let page: Page
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  for (const city of [SHANGHAI, SUZHOU]) await gateway.sync(city)
}, 90_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})
afterEach(() => context.close())

async function loggedIn(account = '测试通', isElder = false): Promise<void> {
  context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
  })
  page = await context.newPage()
  page.setDefaultTimeout(8_000)
  await page.goto(`${gateway.url}/log-in/shanghai?kind=person`)
  await page.locator('a', { hasText: account }).first().click()
  if (isElder) await page.goto(`${gateway.url}/reading?elder=1&next=/me`)
}

/** The links of every page's frame are as high as a finger, and as wide as their two characters. */
const OF_THE_FRAME = /^a .{1,4}: \d+ × (?:4[4-9]|[5-9]\d)$/

/** What is wrong with a page as it stands; its picture is kept. */
async function faultsOf(name: string, target = 44): Promise<string[]> {
  await screenshot(page, `filing-${name}`)
  const wide = await sidewaysOf(page)
  return [
    ...(await axeOf(page)),
    ...(await targetsOf(page, target)).filter((one) => !OF_THE_FRAME.test(one)),
    ...(wide > 0 ? [`${wide} px too wide`] : []),
  ].map((one) => `${name}: ${one}`)
}

/** Starts an application. @returns the draft's address */
async function started(matter: string): Promise<string> {
  await page.goto(`${gateway.url}/apply?matter=${encodeURIComponent(matter)}`)
  await page.locator('main form button').click()
  return page.url().replace(/\/(steps|quick|check).*$/, '')
}

const driving = () => matterAt('换领机动车驾驶证', gateway)
const quickOne = async () => {
  const { store } = gateway.gateway.deps
  const [found] = await store.matters.search({
    q: '社会保障卡应用状态查询',
    division: SHANGHAI,
    limit: 1,
    document: {},
  })
  return found?.id ?? ''
}

/** The addresses of the documents' steps, from the page with everything. */
async function documentSteps(draft: string): Promise<readonly string[]> {
  await page.goto(`${draft}/check`)
  const links = await page.locator('main dl a[href*="/steps/doc."]').all()
  return Promise.all(links.map(async (one) => `${gateway.url}${await one.getAttribute('href')}`))
}

test.each([
  ['the standard edition', false, 44],
  ['长者版', true, 60],
] as const)(
  'a licence and a photo are agreed to in their own steps, in %s',
  async (_name, isElder, target) => {
    await loggedIn('测试通', isElder)
    const draft = await started(await driving())
    const name = isElder ? 'elder' : 'plain'
    const wrong: string[] = []
    for (const [index, step] of (await documentSteps(draft)).entries()) {
      await page.goto(step)
      wrong.push(...(await faultsOf(`${name}-document-${index}`, target)))
      const form = page.locator('form', { has: page.locator('button[value=standIn]') }).first()
      if ((await form.count()) === 0) continue
      const tick = form.locator('input[name=agree]')
      if ((await tick.count()) > 0) await tick.check()
      await form.locator('button').click()
      await page.waitForURL((url) => url.href !== step)
    }
    await page.goto(`${draft}/check`)
    wrong.push(...(await faultsOf(`${name}-check`, target)))
    const told = (await page.locator('main dl').textContent()) ?? ''
    expect(told).toContain('电子证照: 机动车驾驶证')
    expect(told).toContain('照片: ')
    expect(wrong).toEqual([])
  },
)

test('a phone offers its camera beside its files, and what it takes is the document', async () => {
  await loggedIn()
  const draft = await started(await driving())
  const [, certificate = ''] = await documentSteps(draft)
  await page.goto(certificate)
  const camera = page.locator('input[capture=environment]')
  expect(await camera.isVisible()).toBe(true)
  await camera.setInputFiles({ name: 'shot.jpg', mimeType: 'image/jpeg', buffer: jpeg() })
  await page.locator('button[value=upload]').click()
  await page.waitForURL((url) => url.href !== certificate)
  await page.goto(`${draft}/check`)
  expect(await page.locator('main dl').textContent()).toContain('上传: shot.jpg')
})

test('a log-in that ends under a question loses nothing: the page says so, and the answer is saved after a new one', async () => {
  await loggedIn()
  const draft = await started(await driving())
  const step = `${draft}/steps/mobile`
  await page.goto(step)
  await page.locator('input[type=tel]').fill('13812345678')
  const cookies = await context.cookies()
  await context.clearCookies()
  await page.locator('main form button').click()
  await page.locator('[data-over]').waitFor({ state: 'visible' })
  expect(await page.locator('input[type=tel]').inputValue()).toBe('13812345678')
  await context.addCookies(cookies)
  await page.locator('main form button').click()
  await page.waitForURL((url) => url.href !== step)
  await page.goto(`${draft}/check`)
  expect(await page.locator('main dl').textContent()).toContain('13812345678')
})

test('the button that was pressed is what is done, with a script as without', async () => {
  await loggedIn()
  const draft = await started(await quickOne())
  const [document = ''] = await documentSteps(draft)
  await page.goto(document)
  await page.locator('button[value=leaveOut]').click()
  await page.waitForURL((url) => url.href !== document)
  await page.goto(`${draft}/check`)
  expect(await page.locator('main dl').textContent()).toContain('不交')
})

test('the short way: a double click files once, the back button leads to the receipt, and paper looks like paper', async () => {
  await loggedIn()
  const draft = await started(await quickOne())
  const wrong = await faultsOf('quick')
  expect(page.url()).toBe(`${draft}/quick`)
  await page.locator('main select').first().selectOption(SUZHOU)
  await page.locator('input[type=tel]').fill('13812345678')
  await page.locator('input[type=radio][value=download]').check()
  await page.locator('main form button').dblclick()
  await page.waitForURL(`${draft}/check`)
  wrong.push(...(await faultsOf('quick-check')))
  await page.locator('#declared').check()
  await page.locator('main form button').dblclick()
  await page.waitForURL(`${draft}/receipt`)
  wrong.push(...(await faultsOf('receipt')))
  expect(wrong).toEqual([])
  await page.goBack()
  await page.waitForURL(`${draft}/receipt`)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await screenshot(page, 'filing-receipt-print')
  const paper = await page.evaluate(`(() => {
    const { color, backgroundColor } = getComputedStyle(document.body)
    const seen = [...document.querySelectorAll('nav, footer, button, .button')].filter((one) => one.getClientRects().length > 0)
    return { color, backgroundColor, seen: seen.length, width: document.querySelector('.code svg').getBoundingClientRect().width }
  })()`)
  expect(paper).toMatchObject({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)', seen: 0 })
  expect(Number((paper as { width: number }).width)).toBeLessThan(200)
})

test('the questions that lead to a matter can be walked by keyboard alone', async () => {
  await loggedIn()
  await page.goto(`${gateway.url}/guides`)
  const wrong = await faultsOf('guides')
  await page.locator('a[href="/guides/identity-card"]').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/identity-card$/)
  wrong.push(...(await faultsOf('guide-question')))
  await page.locator('a[href$="/never"]').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/never$/)
  wrong.push(...(await faultsOf('guide-end')))
  expect(await page.locator('main').textContent()).toContain('首次申领居民身份证')
  expect(wrong).toEqual([])
})
