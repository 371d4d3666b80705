/** 好差评 in a real browser: after the decision the resident rates it, without script too, and no state of the page is a barrier. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { caseOf, clerk, HANGZHOU } from '../follow/support.ts'
import { known } from '../portal/support.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import {
  axeOf,
  EDITIONS,
  screenshot,
  sidewaysOf,
  targetsOf,
  WIDTHS,
  ZOOMED_WIDTH,
} from '../support/page-checks.ts'

let gateway: TestGateway
let browser: Browser
let context: BrowserContext
let page: Page
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})
afterEach(async () => {
  gateway.region('zhejiang').faults.clear()
  await context.close()
})

/** A phone on which a resident has logged in, whose case has just been concluded. */
async function concluded(options: object = {}): Promise<string> {
  context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', ...options })
  page = await context.newPage()
  await page.goto(`${gateway.url}/log-in/shanghai?kind=person`)
  await page.locator('a', { hasText: '测试通' }).first().click()
  const { path, number } = await caseOf(await known(gateway), gateway)
  for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED'] as const)
    clerk(gateway, number, { to })
  await gateway.region('zhejiang').region.sendCallbacks()
  await gateway.poll()
  return path
}

const open = (path: string) => page.goto(gateway.url + path)
const main = async () => (await page.locator('main').textContent()) ?? ''
const send = () => page.locator('main form button').last().click()

test('from the case to the rating, its follow-up, and back, without script', async () => {
  const path = await concluded({ javaScriptEnabled: false })
  await open(path)
  await page.locator('a', { hasText: '评价这次办事' }).click()
  await page.getByLabel('非常不满意').check()
  await send()
  expect(await page.locator('.problems').textContent()).toContain('勾选一项原因')
  expect(await page.getByLabel('非常不满意').isChecked()).toBe(true)
  await page.getByLabel('办事效率低').check()
  await page.getByLabel('想说的话').fill('等了三个星期')
  await send()
  expect(await main()).toContain('谢谢您的评价')
  expect(await main()).toContain('办理地区已收到评价')
  await page.locator('a', { hasText: '看评价, 追评' }).click()
  expect(await main()).toContain('等了三个星期')
  await page.locator('summary', { hasText: '追评一次' }).click()
  await page.getByLabel('满意', { exact: true }).check()
  await send()
  await page.locator('a', { hasText: '看评价' }).click()
  expect(await main()).toContain('您的追评')
  expect(await page.locator('main form').count()).toBe(0)
})

test.each(EDITIONS)('no state of the page has a barrier in the edition $name', async (edition) => {
  const path = await concluded({ colorScheme: edition.isDark ? 'dark' : 'light' })
  await open(`/reading?language=${edition.language}&elder=${edition.isElder ? 1 : 0}`)
  const look = async (state: string) => {
    const wrong = [...(await axeOf(page)), ...(await targetsOf(page, 24))]
    for (const width of [ZOOMED_WIDTH, ...WIDTHS]) {
      await page.setViewportSize({ width, height: 800 })
      if ((await sidewaysOf(page)) > 0) wrong.push(`too wide at ${width}`)
      await screenshot(page, `rating-${state}-${edition.name}-${width}`)
    }
    expect([state, wrong]).toEqual([state, []])
  }
  await open(path)
  await look('case')
  await open(`${path}/rating`)
  await look('form')
  await page.locator('input[value=dissatisfied]').check()
  await send()
  await page.locator('.problems').waitFor()
  await look('fault')
  gateway.region('zhejiang').faults.add({ kind: 'drop', operation: 'rating-push' })
  await page.locator('input[value=slow]').check()
  await page.locator('textarea').fill('等了三个星期')
  await send()
  await page.waitForURL(/done=rating/)
  await look('done')
  await open(`${path}/rating`)
  await look('sending')
})
