/** The page 谁看了我的材料 on a phone: plain words, no sideways scrolling, no script, in the dark as well. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { storyOf } from '../flow/stories.ts'
import { startBrowser } from '../support/browser.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { holder } from '../support/holdings.ts'

let gateway: TestGateway
let browser: Browser
let page: Page
let shanghai: Caller
let caseId: string

beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  await gateway.sync('320500')
  shanghai = await gateway.as('sandbox-shanghai')
  const application = storyOf('jiangsu').application(await upload(shanghai, 'paper.pdf'))
  caseId = (await file(shanghai, application)).body.id
  const { name, idDocument } = application['applicant'] as { name: string; idDocument: { number: string } }
  const { person, own } = await holder({ name, number: idDocument.number }, gateway)
  await own('GET', `/api/v1/cases/${caseId}`)
  for (let i = 0; i < 24; i += 1) await shanghai('GET', `/api/v1/cases/${caseId}`)
  await (await gateway.as('sandbox-anhui'))('GET', `/api/v1/cases/${caseId}`)
  const secret = await openSession(person.authentication, 'test', gateway.gateway.deps)
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'zh-CN',
    javaScriptEnabled: false,
  })
  await context.addCookies([
    {
      name: '__Host-delta',
      value: secret,
      domain: new URL(gateway.url).hostname,
      path: '/',
      secure: true,
      httpOnly: true,
    },
  ])
  page = await context.newPage()
  page.setDefaultTimeout(4_000)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

/** Goes where a link leads: whether its text is drawn is the machine's fonts' affair. */
const follow = async (link: Locator) =>
  page.goto(new URL((await link.getAttribute('href')) ?? '', gateway.url).href)

const isWide = async () =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')

test('it tells in plain words who looked, for what, on which ground, what they saw and how it ended', async () => {
  await page.goto(`${gateway.url}/me/accesses`)
  const cards = page.locator('section.card')
  expect(await cards.count()).toBe(20)
  const refused = await cards.nth(0).textContent()
  for (const part of [
    '安徽接入系统',
    '已拒绝',
    '办件 · 查看',
    '接入系统',
    '系统接口',
    '依法履行职责',
    '办理办件',
    caseId,
    '无',
  ])
    expect(refused).toContain(part)
  const granted = await cards.nth(1).textContent()
  for (const part of ['上海接入系统', '已提供', '办理状态', '为什么查我']) expect(granted).toContain(part)
  expect(await isWide()).toBe(false)
})

test('older ones follow behind a link, and one’s own behind another', async () => {
  await page.goto(`${gateway.url}/me/accesses`)
  expect(await page.locator('section.card', { hasText: '本人' }).count()).toBe(0)
  await follow(page.getByText('更早的'))
  expect(await page.locator('section.card').count()).toBe(6)
  expect(await page.locator('section.card', { hasText: '申请内容' }).count()).toBe(1)
  await page.goto(`${gateway.url}/me/accesses`)
  await follow(page.getByText('也看本人的'))
  await follow(page.getByText('更早的'))
  expect(await page.locator('section.card').count()).toBe(7)
  await follow(page.getByText('只看已拒绝的'))
  expect(await page.locator('section.card').count()).toBe(1)
  expect(await isWide()).toBe(false)
})

test('a question is asked without script, and stands in the card', async () => {
  await page.goto(`${gateway.url}/me/accesses`)
  const card = page.locator('section.card').nth(1)
  await card.locator('summary').click()
  expect(await isWide()).toBe(false)
  await card.locator('input[name=text]').fill(`为什么<b>查我</b>?${'长'.repeat(200)}`)
  await card.locator('button').click()
  expect(new URL(page.url()).pathname).toBe('/me/accesses')
  const asked = page.locator('section.card', { hasText: '您问' })
  expect(await asked.count()).toBe(1)
  expect(await asked.textContent()).toContain('为什么<b>查我</b>?')
  expect(await asked.textContent()).toContain('前答复')
  expect(await asked.locator('summary').count()).toBe(0)
  expect(await isWide()).toBe(false)
})

test('in the dark it is dark', async () => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${gateway.url}/me/accesses`)
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 24, 29)')
})

test('the list is a link on every page', async () => {
  await page.goto(`${gateway.url}/me`)
  await follow(page.locator('nav a', { hasText: '谁看了' }))
  expect(await page.locator('h1').textContent()).toBe('谁看了我的材料')
})

test('the English edition says all of it in English', async () => {
  await page.goto(`${gateway.url}/reading?language=en&next=/me/accesses`)
  expect(await page.locator('h1').textContent()).toBe('Who looked at what is mine')
  const granted = await page.locator('section.card').nth(1).textContent()
  for (const part of ['given', 'status of the case', 'a statutory duty']) expect(granted).toContain(part)
  // Names stay as they are, and are marked as Chinese.
  const rest = await page.evaluate<string>(
    `(() => { const all = document.querySelector('main').cloneNode(true); for (const one of all.querySelectorAll('[lang="zh-CN"]')) one.remove(); return all.textContent })()`,
  )
  expect(rest).not.toMatch(/办件|已提供|依据|提问/)
  await page.goto(`${gateway.url}/reading?language=zh`)
})
