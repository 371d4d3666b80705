/** No page holds a style or a script of its own, and no browser finds one that breaks our policy. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let browser: Browser
let page: Page
const broken: string[] = []
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) broken.push(`${page.url()}: ${message.text()}`)
  })
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

const PUBLIC = [
  '/',
  '/log-in',
  '/logged-out',
  '/docs',
  '/problems',
  '/problems/INTERNAL',
  '/problems/NOBODY_KNOWS',
  '/counter',
  '/oidc/auth?client_id=nobody',
  '/__sandbox',
]
const OWN = [
  '/me',
  '/me/code',
  '/me/scans',
  '/me/photos',
  '/me/photos/new',
  '/me/licences',
  '/me/consents',
  '/me/consents/guardian',
  '/me/preview',
  '/me/mandates',
  '/me/mandates/new',
  '/me/mandates/accept',
  '/me/accesses',
]

/** What a page holds that stands in the page itself instead of in a file. */
const INLINE = `[...document.querySelectorAll('style, script:not([src]), [style]')].map((one) => one.outerHTML.slice(0, 80))`

async function walk(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await page.goto(gateway.url + path)
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect([path, policy.includes("default-src 'self'"), policy.includes('unsafe')]).toEqual([
      path,
      true,
      false,
    ])
    expect([path, await page.evaluate(INLINE)]).toEqual([path, []])
    expect([path, await page.evaluate('document.styleSheets.length')]).toEqual([path, 1])
  }
}

test('a style in a page is refused by the browser', async () => {
  await page.goto(`${gateway.url}/log-in`)
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p id="red" style="color:red">x</p>')`)
  expect(await page.evaluate(`getComputedStyle(document.querySelector('#red')).color`)).not.toBe(
    'rgb(255, 0, 0)',
  )
  expect(broken.splice(0)).toHaveLength(1)
})

test('pages for everybody hold none', async () => {
  await walk(PUBLIC)
  expect(broken).toEqual([])
})

test('neither do those of somebody who logs in, which leads out and back, and out again at the end', async () => {
  await page.goto(`${gateway.url}/log-in`)
  await page.locator('main a.button').first().click()
  await page.locator('main a').first().click()
  await page.waitForURL(/\/me$/)
  await walk(OWN)
  await page.goto(`${gateway.url}/me`)
  await page.locator('form[action="/log-out"] button').click()
  await page.waitForURL(/logged-out|log-?out/i)
  expect(broken).toEqual([])
})
