/** Following a case in a real browser: what a region tells appears while somebody looks; without script, when they look again. */
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { onDatabase } from '../cases/support.ts'
import { caseOf, clerk, complain, HANGZHOU } from '../follow/support.ts'
import { known } from '../portal/support.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

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
afterEach(() => context.close())

/** A phone on which the sandbox's person has logged in, and a case of theirs. */
async function start(options: { readonly javaScriptEnabled: boolean }) {
  context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', ...options })
  page = await context.newPage()
  await page.goto(`${gateway.url}/log-in/shanghai?kind=person`)
  await page.locator('a', { hasText: '测试通' }).first().click()
  return caseOf(await known(gateway), gateway)
}

const open = (path: string) => page.goto(gateway.url + path)
const head = () => page.locator('[data-part=head]')

/** What axe finds wrong, and what is wider than the phone. */
async function faults(): Promise<readonly string[]> {
  await page.evaluate(AXE)
  return page.evaluate(`(async () => {
    const { violations } = await axe.run(document)
    const { scrollWidth, clientWidth } = document.documentElement
    return [
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
      ...(scrollWidth > clientWidth ? ['wider than the screen'] : []),
    ]
  })()`)
}

test('a callback of the region appears on the open page, is announced, and the rest of the page stays', async () => {
  const { path, number } = await start({ javaScriptEnabled: true })
  await open(path)
  await page.waitForFunction(
    `performance.getEntriesByType('resource').some(({ name }) => name.includes('/assets/'))`,
  )
  await expect.poll(() => gateway.gateway.live.count()).toBe(1)
  await page.evaluate(`document.querySelector('h1').dataset.mark = 'still here'`)
  await page.locator('a', { hasText: '撤回申请' }).focus()
  await clerk(gateway, number, { to: 'ACCEPTED', opinion: '<img src=x onerror=document.title="harmed">' })
  await head().getByText('申请已受理, 开始计算办理时限。').waitFor()
  expect(await page.locator('#told').textContent()).toBe('申请已受理, 开始计算办理时限。')
  expect(await page.locator('.timeline').textContent()).toContain('<img src=x')
  expect(await page.title()).not.toContain('harmed')
  expect(await page.locator('[data-part=clock]').textContent()).toContain('承诺')
  expect(await page.locator('h1').getAttribute('data-mark')).toBe('still here')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('撤回申请')
  expect(await faults()).toEqual([])
})

test('a page that nobody looks at holds no stream, and has caught up when somebody looks again', async () => {
  const { path, number } = await start({ javaScriptEnabled: true })
  await open(path)
  const { live } = gateway.gateway
  await expect.poll(() => live.count()).toBe(1)
  const hide = (isHidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} })
      document.dispatchEvent(new Event('visibilitychange'))`)
  await hide(true)
  await expect.poll(() => live.count()).toBe(0)
  await clerk(gateway, number, { to: 'ACCEPTED' })
  expect(await head().textContent()).not.toContain('申请已受理')
  await hide(false)
  await head().getByText('申请已受理, 开始计算办理时限。').waitFor()
})

test('the page falls silent when the session ends, and says so', async () => {
  const { path, id } = await start({ javaScriptEnabled: true })
  await open(path)
  await expect.poll(() => gateway.gateway.live.count()).toBe(1)
  await context.clearCookies()
  const ended = page.getByText('登录已结束, 这一页不再自动更新。')
  const { live } = gateway.gateway
  // The next event finds nobody logged in.
  await clerk(gateway, (await gateway.gateway.deps.store.cases.read(id))?.caseNumber ?? '', {
    to: 'ACCEPTED',
  })
  await ended.waitFor()
  expect(await ended.isVisible()).toBe(true)
  expect(await head().textContent()).not.toContain('申请已受理')
  await expect.poll(() => live.count()).toBe(0)
})

test('without script the page is as true when it is loaded again', async () => {
  const { path, number } = await start({ javaScriptEnabled: false })
  await open(path)
  expect(await head().textContent()).toContain('申请已提交')
  await clerk(gateway, number, { to: 'ACCEPTED' })
  await expect.poll(async () => (await page.reload()) && (await head().textContent())).toContain('申请已受理')
})

test('without script cases are found, corrected and withdrawn by their pages alone', async () => {
  const { path, number } = await start({ javaScriptEnabled: false })
  await complain(gateway, number)
  await expect
    .poll(async () => (await open('/me/cases')) && page.locator('main').textContent())
    .toContain('轮到您办')
  await page.locator(`a[href="${path}"]`).click()
  await page.locator('a', { hasText: '去补正' }).click()
  await page.locator('input[name="f.toAddress"]').fill('测试路2号201室')
  await page.locator('button', { hasText: '提交补正' }).click()
  expect(await page.locator('.problems').textContent()).toContain('请选择要交的文件')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '毕业证.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4 new'),
    })
  await page.locator('button', { hasText: '提交补正' }).click()
  expect(await page.locator('main').textContent()).toContain('补正已记下')
  await page.locator('a', { hasText: '撤回申请' }).click()
  await page.getByLabel('不需要办了').check()
  await page.locator('button', { hasText: '下一步' }).click()
  await page.locator('button', { hasText: '确认撤回' }).click()
  expect(await page.locator('main').textContent()).toContain('撤回请求已记下')
})

test('a form outlives its log-in: it is not sent into the void, and goes after a new one', async () => {
  const { path, number } = await start({ javaScriptEnabled: true })
  await complain(gateway, number)
  await expect
    .poll(async () => (await open(path)) && page.locator('main').innerHTML())
    .toContain('/correction')
  await open(`${path}/correction`)
  await page.locator('input[name="f.toAddress"]').fill('测试路2号201室')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '毕业证.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4 new'),
    })
  await context.clearCookies()
  const send = page.locator('button', { hasText: '提交补正' })
  await send.click()
  await page.getByText('登录已经结束, 还没有提交。').waitFor()
  expect(await faults()).toEqual([])
  const other = await context.newPage()
  await other.goto(`${gateway.url}/log-in/shanghai?kind=person`)
  await other.locator('a', { hasText: '测试通' }).first().click()
  await other.close()
  await send.click()
  await page.getByText('补正已记下').waitFor()
})

test('cities are asked by themselves once a day, and by the button, without leaving the page', async () => {
  await start({ javaScriptEnabled: true })
  const { sealing } = gateway.gateway.deps
  const { idDocument } = await known(gateway)
  const key = sealing.identity(idDocument)
  await onDatabase(gateway, (sql) => sql`delete from case_answers where holder_key = ${key}`)
  await open('/me/cases')
  await page.evaluate(`document.querySelector('h1').dataset.mark = 'still here'`)
  await page.getByText('座城市今天已答复').first().waitFor()
  expect(await page.locator('#told').textContent()).toContain('座城市今天已答复')
  const asked = () =>
    onDatabase(gateway, (sql) => sql`select max(as_of) as at from case_answers where holder_key = ${key}`)
  const [before] = await asked()
  await page.reload()
  await page.evaluate(`document.querySelector('h1').dataset.mark = 'still here'`)
  expect(await asked()).toEqual([before])
  await page.locator('button', { hasText: '座城市查询' }).click()
  await expect.poll(async () => (await asked())[0]?.['at'] > before?.['at']).toBe(true)
  expect(await page.locator('h1').getAttribute('data-mark')).toBe('still here')
})

test.each(['zh', 'zh.elder', 'en'])('no page has a barrier, as it is read in %s', async (reading) => {
  const { path, number } = await start({ javaScriptEnabled: true })
  await complain(gateway, number)
  await expect
    .poll(async () => (await open(path)) && page.locator('main').innerHTML())
    .toContain('/correction')
  const [language, elder] = reading.split('.')
  await open(`/reading?language=${language}&elder=${elder ? 1 : 0}`)
  for (const more of ['', '/correction', '/withdrawal', '/result']) {
    await open(path + more)
    expect([more, await faults()]).toEqual([more, []])
  }
  await open('/me/cases?asked=yes')
  expect(await faults()).toEqual([])
  await open(`${path}/correction`)
  await page.locator('main form button').last().click()
  await page.locator('.problems').waitFor()
  expect(await faults()).toEqual([])
})
