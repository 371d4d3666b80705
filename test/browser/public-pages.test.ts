/** What anybody may read, at the width of a phone: no page needs sideways scrolling, and residents find the way in. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROBLEMS } from '../../src/errors.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let browser: Browser
let page: Page
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

test('no public page is wider than a phone', async () => {
  const paths = [
    '/',
    '/log-in',
    '/docs',
    '/problems',
    '/oidc/auth?client_id=nobody',
    '/counter',
    '/figures',
    '/operations',
  ]
  const wide: string[] = []
  for (const path of [...paths, ...Object.keys(PROBLEMS).map((code) => `/problems/${code}`)]) {
    await page.goto(gateway.url + path)
    const [needs, has] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )
    if (needs > has) wide.push(`${path}: ${needs} px`)
  }
  expect(wide).toEqual([])
})

test('the start page leads a resident to the log-in', async () => {
  await page.goto(gateway.url)
  await page.locator('nav a', { hasText: /^我的$/ }).click()
  expect(await page.locator('h1').textContent()).toContain('用您所在地区的账号登录')
})
