/** 找离我近的, in a real browser: it asks only when told to, and the address tells nobody where somebody stands. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { axeOf, sidewaysOf } from '../support/page-checks.ts'

let gateway: TestGateway
let browser: Browser
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  await gateway.syncWindows('320500')
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

const phone = { viewport: { width: 360, height: 740 }, locale: 'zh-CN' }

test('the nearest windows are found from where the browser is, rounded, and posted', async () => {
  const context = await browser.newContext({
    ...phone,
    permissions: ['geolocation'],
    geolocation: { longitude: 120.585_432_1, latitude: 31.299_876_5 },
  })
  const page = await context.newPage()
  await page.goto(`${gateway.url}/map`)
  const posted = page.waitForRequest((request) => request.method() === 'POST')
  await page.locator('#near button').click()
  expect((await posted).postData()).toBe('lon=120.585&lat=31.3')
  await page.locator('h1', { hasText: '离我近的窗口' }).waitFor()
  expect(page.url()).toBe(`${gateway.url}/map/near`)
  expect(await page.locator('ol.windows li').first().textContent()).toMatch(/约 [\d.]+ (米|公里)/)
  expect(await axeOf(page)).toEqual([])
  expect(await sidewaysOf(page)).toBeLessThanOrEqual(0)
  await context.close()
})

test('who does not say where they are is told to choose a city', async () => {
  const context = await browser.newContext(phone)
  const page = await context.newPage()
  await page.goto(`${gateway.url}/map`)
  await page.locator('#near button').click()
  await page.locator('#near [role=status]', { hasText: '请在上面选城市' }).waitFor()
  await context.close()
})

test('without script no button promises what it cannot do, and the cities are links on the map', async () => {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${gateway.url}/map`)
  expect(await page.locator('#near').isVisible()).toBe(false)
  await page.locator('.citymap a[aria-label^="苏州市"]').focus()
  await page.keyboard.press('Enter')
  await page.locator('h1', { hasText: '苏州市的窗口' }).waitFor()
  await context.close()
})
