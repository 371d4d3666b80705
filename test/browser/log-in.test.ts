/** The four log-ins in a real browser: the page, the region's own page, back, and out again. No script is needed anywhere. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Cookie, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let browser: Browser
let context: BrowserContext
let page: Page
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})
beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
    locale: 'zh-CN',
  })
  page = await context.newPage()
})
afterEach(() => context.close())

const PEOPLE = [
  ['shanghai', '测试通', '上海示例科技有限公司', '测试戊'],
  ['jiangsu', '测试通', '南京样例贸易有限公司', '钱演示'],
  ['zhejiang', '测试通', '长三角测试科技(杭州)有限公司', '测试丁'],
  ['anhui', '测试通', '芜湖示例制造有限公司', '测试己'],
] as const

const open = (path: string) => page.goto(gateway.url + path)
const heading = () => page.locator('h1').textContent()
const isNarrow = () =>
  // Without script of its own the page is measured from outside.
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')
const clickAccount = (name: string) => page.locator('a', { hasText: name }).first().click()
const logIn = async (region: string, account: string, kind: 'person' | 'organisation' = 'person') => {
  await open('/me')
  await page.locator(`a[href^="/log-in/${region}?kind=${kind}"]`).click()
  await clickAccount(account)
}

describe.each(PEOPLE)('with %s', (region, person, firm, unnamed) => {
  test('a person logs in, is known by name, sees the session and logs out', async () => {
    await open('/me')
    expect(await heading()).toContain('用您所在地区的账号登录')
    expect(await isNarrow()).toBe(true)
    await page.locator(`a[href^="/log-in/${region}?kind=person"]`).click()
    expect(page.url().startsWith(gateway.url)).toBe(false)
    expect(await isNarrow()).toBe(true)
    await clickAccount(person)
    expect(new URL(page.url()).pathname).toBe('/me')
    expect(await heading()).toBe(person)
    expect(await isNarrow()).toBe(true)
    const cookies = await context.cookies(gateway.url)
    expect(cookies.find(({ name }) => name === '__Host-delta')).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
    })
    await page.locator('form[action="/log-out"] button').click()
    expect(await heading()).toContain('您已退出登录')
    await open('/me')
    expect(await heading()).toContain('用您所在地区的账号登录')
  })

  test('an agent logs in for an organisation', async () => {
    await logIn(region, firm, 'organisation')
    expect(await page.locator('main').textContent()).toContain(firm)
  })

  test('an account without a real name is told so, and what to do', async () => {
    await logIn(region, unnamed)
    expect(await heading()).toBe('该账号尚未实名')
    expect(await page.locator('main').textContent()).toContain('REAL_NAME_REQUIRED')
    expect(await isNarrow()).toBe(true)
  })
})

test('whoever gives up at Shanghai comes back to a page that says so', async () => {
  await open('/log-in/shanghai?kind=person')
  await clickAccount('放弃')
  expect(await heading()).toBe('登录已取消')
})

test('a locked account is told so', async () => {
  await logIn('shanghai', '测试辛')
  expect(await heading()).toBe('该账号已被其平台锁定')
})

test('a log-in that another browser started is refused: nobody is logged in with somebody else’s ticket', async () => {
  await open('/log-in/anhui?kind=person')
  const theirs = await page.locator('a', { hasText: '测试甲' }).first().getAttribute('href')
  const victim = await browser.newContext()
  const other = await victim.newPage()
  await other.goto(new URL(theirs ?? '', page.url()).href)
  expect(await other.locator('h1').textContent()).toBe('登录已过期或不是从这里开始的')
  expect(await victim.cookies(gateway.url)).toEqual([])
  await victim.close()
})

test('the address of a finished log-in does not work a second time', async () => {
  let back = ''
  page.on('request', (request) => {
    if (request.url().includes('/sso/')) back = request.url()
  })
  await logIn('jiangsu', '测试通')
  expect(back).toContain('ticket=')
  await page.goto(back)
  expect(await heading()).toBe('登录已过期或不是从这里开始的')
})

test('another device’s session is ended from the list', async () => {
  await logIn('shanghai', '测试通')
  const sessions = page.locator('form[action^="/me/sessions/"]')
  const before = await sessions.count()
  const phone = await browser.newContext()
  const other = await phone.newPage()
  await other.goto(`${gateway.url}/log-in/anhui?kind=person`)
  await other.locator('a', { hasText: '测试通' }).first().click()
  expect(await other.locator('h1').textContent()).toBe('测试通')

  await open('/me')
  expect(await sessions.count()).toBe(before + 1)
  // Last used first: the phone stands before all others but this browser.
  await sessions.filter({ hasNotText: '本机' }).first().locator('button').click()
  await other.reload()
  expect(await other.locator('h1').textContent()).toContain('用您所在地区的账号登录')
  await open('/me')
  expect(await heading()).toBe('测试通')
  await phone.close()
})

test('a new log-in ends the session before it: a planted cookie is worth nothing afterwards', async () => {
  const cookie = async () =>
    (await context.cookies(gateway.url)).find(({ name }) => name === '__Host-delta') as Cookie
  await logIn('shanghai', '测试通')
  const first = await cookie()
  await page.goto(`${gateway.url}/log-in/zhejiang?kind=person`)
  await clickAccount('测试通')
  expect((await cookie()).value).not.toBe(first.value)
  await context.addCookies([first])
  await open('/me')
  expect(await heading()).toContain('用您所在地区的账号登录')
})

test('a form from another site is refused', async () => {
  await logIn('shanghai', '测试通')
  const site: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<form method="post" action="${gateway.url}/log-out"><button>go</button></form>`)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => site.once('listening', resolve))
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  await page.locator('button').click()
  expect(await heading()).toBe('表单不是从本站页面提交的')
  await open('/me')
  expect(await heading()).toBe('测试通')
  site.close()
})

test.each([
  '//elsewhere.invalid',
  '/\\elsewhere.invalid',
  'https://elsewhere.invalid',
  '/%0d%0aset-cookie:x',
  'javascript:alert(1)',
])('nobody is led to %s after the log-in', async (next) => {
  await open(`/log-in?next=${encodeURIComponent(next)}`)
  await page.locator('a[href^="/log-in/shanghai?kind=person"]').click()
  await clickAccount('测试通')
  expect(page.url()).toBe(`${gateway.url}/me`)
})
