/** Photos, the preview, consents and withdrawing in a real browser: on a narrow phone, without a script; and the camera, with one. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { jpeg, matterAt, SUZHOU } from '../portal/support.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let browser: Browser
let context: BrowserContext
let page: Page
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  await gateway.sync(SUZHOU)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})
beforeEach(async () => {
  await start({ javaScriptEnabled: false })
})
afterEach(() => context.close())

async function start(options: { readonly javaScriptEnabled: boolean }, from = browser) {
  context = await from.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', ...options })
  page = await context.newPage()
  await page.goto(`${gateway.url}/log-in/shanghai?kind=person`)
  await page.locator('a', { hasText: '测试通' }).first().click()
}

const open = (path: string) => page.goto(gateway.url + path)
const main = () => page.locator('main').textContent()

/** A page that a parent can use: one column, one heading, and a name at each field, button and picture. */
async function expectGood() {
  const faults = await page.evaluate(`(() => {
    const faults = []
    const { scrollWidth, clientWidth } = document.documentElement
    // Without fonts nothing is too wide.
    if (document.querySelector('h1').getBoundingClientRect().height < 20) faults.push('text is not drawn')
    if (scrollWidth > clientWidth) faults.push('wider than the screen')
    if (document.querySelectorAll('h1').length !== 1) faults.push('headings')
    for (const one of document.querySelectorAll('input:not([type=hidden]), select'))
      if (!one.labels || one.labels.length === 0 || one.labels[0].textContent.trim() === '') faults.push('no label: ' + one.name)
    for (const one of document.querySelectorAll('a, button, summary, legend'))
      if (one.textContent.trim() === '') faults.push('no words: ' + one.outerHTML)
    for (const one of document.querySelectorAll('img'))
      if (!one.alt) faults.push('no alt')
    for (const one of document.querySelectorAll('[aria-describedby]'))
      for (const id of one.getAttribute('aria-describedby').split(' '))
        if (!document.getElementById(id)) faults.push('described by nothing: ' + id)
    for (const one of document.querySelectorAll('form[method=post]'))
      if (!one.querySelector('input[name=token]')) faults.push('no token: ' + one.action)
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    if (new Set(ids).size < ids.length) faults.push('ids')
    const levels = [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]))
    if (levels.some((level, at) => at > 0 && level > levels[at - 1] + 1)) faults.push('a heading is left out')
    return faults
  })()`)
  expect(faults).toEqual([])
}

test('from the photos to a preview, a consent, and its withdrawal', async () => {
  await open('/me/photos')
  await expectGood()
  await page.locator('a', { hasText: '看照片' }).first().click()
  await expectGood()
  expect(await page.locator('img').count()).toBe(0)
  await page.locator('a', { hasText: '打开照片' }).click()
  await page.waitForLoadState()
  await expectGood()
  expect(await page.evaluate('document.images[0].naturalWidth')).toBeGreaterThan(0)

  await open(`/me/preview?words=${encodeURIComponent('换领机动车驾驶证')}&division=${SUZHOU}`)
  await expectGood()
  await page.locator('main li a').first().click()
  await expectGood()
  await page.locator('button[value=agree]').click()
  expect(await main()).toContain('没有勾选任何一项同意')
  for (const box of await page.locator('input[type=checkbox]').all()) await box.check()
  await page.locator('button[value=agree]').click()
  expect(new URL(page.url()).pathname).toBe('/me/preview/done')
  expect(await main()).toContain('✓ 已准备好')
  await expectGood()

  await page.locator('button', { hasText: '撤回' }).first().click()
  expect(new URL(page.url()).pathname).toBe('/me/consents')
  expect(await main()).toContain('已撤回')
  await expectGood()
})

test('a photo is taken by the file input, judged, and deleted', async () => {
  await open('/me/photos/new')
  await expectGood()
  expect(await page.locator('#camera').isVisible()).toBe(false)
  const file = page.locator('#file')
  expect(await file.getAttribute('capture')).toBe('user')
  await file.setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') })
  await page.locator('form button', { hasText: '上传' }).click()
  expect(await page.locator('#fault').textContent()).toContain('请上传一张照片')
  await expectGood()
  await file.setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer: jpeg() })
  await page.locator('form button', { hasText: '上传' }).click()
  expect(await main()).toContain('我在本网站拍的照片')
  await expectGood()
  await page.locator('summary', { hasText: '删除' }).click()
  await page.locator('button', { hasText: '确定删除' }).click()
  expect(new URL(page.url()).pathname).toBe('/me/photos')
  expect(await main()).not.toContain('我在本网站拍的照片')
})

test.each(['/me/licences', '/me/consents', '/me/consents/guardian', '/me/preview'])(
  '%s fits a narrow phone and names its fields',
  async (path) => {
    await open(path)
    await expectGood()
  },
)

test('a licence is opened from its card', async () => {
  await open('/me/licences')
  await page.locator('a', { hasText: '打开' }).first().click()
  expect(await main()).toContain('这次查看已经记录')
  await expectGood()
})

test('nothing on the pages comes from elsewhere', async () => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).origin))
  const matter = await matterAt('换领机动车驾驶证', gateway)
  for (const path of ['/me/photos', '/me/photos/new', `/me/preview?matter=${encodeURIComponent(matter)}`])
    await open(path)
  expect([...new Set(asked)]).toEqual([gateway.url])
})

test('with a script and a camera that cannot be had, the file input is still there, and the page says so', async () => {
  await context.close()
  await start({ javaScriptEnabled: true })
  await open('/me/photos/new')
  await page.locator('#open').click()
  await page.locator('#told', { hasText: '打不开摄像头' }).waitFor()
  expect(await page.locator('#file').isVisible()).toBe(true)
  await expectGood()
})

test('with a script and a camera a still is taken, looked at, taken again, and sent', async () => {
  const withCamera = await startBrowser([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ])
  try {
    await context.close()
    await start({ javaScriptEnabled: true }, withCamera)
    await open('/me/photos/new')
    await page.locator('#open').click()
    // The played camera shows a figure in plain green, in good light.
    await page.locator('#told', { hasText: '可以拍了' }).waitFor()
    expect(await page.locator('#guide').isVisible()).toBe(true)
    await expectGood()
    await page.locator('#take').click()
    expect(await page.locator('#still').isVisible()).toBe(true)
    expect(await page.locator('#video').isVisible()).toBe(false)
    await page.locator('#again').click()
    await page.locator('#take').click()
    await page.locator('#use').click()
    await page.waitForURL(/photos\/ph_/)
    expect(await main()).toContain('我在本网站拍的照片')
  } finally {
    await context.close()
    await withCamera.close()
  }
})
