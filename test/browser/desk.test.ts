/** A clerk in 崇明 for 启东 and for 苏州, and the owner's clerks, in a real browser by keyboard and mouse: every state is accessible. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addClerk } from '../../src/federation/desk/clerks.ts'
import { portrait } from '../../src/sandbox/pictures.ts'
import {
  agreed,
  certifiable,
  chosen,
  clerkAt,
  codeAt,
  digitsOf,
  documentIn,
  filledIn,
  scanned,
  takenIn,
} from '../desk/support.ts'
import { known } from '../portal/support.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const [NANTONG, SUZHOU] = ['320600', '320500']
/** Where pictures are kept, for whoever wants to look. */
const PICTURES = process.env['DESK_PICTURES']

let gateway: TestGateway
let browser: Browser
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  await gateway.sync(NANTONG, SUZHOU)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

const faults: string[] = []
/** What axe finds wrong in a state, and what is wider than the screen. */
async function look(page: Page, state: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${state}.png`), fullPage: true })
  await page.evaluate(AXE)
  const found = await page.evaluate<string[]>(`(async () => {
    const { violations } = await axe.run(document)
    const { scrollWidth, clientWidth } = document.documentElement
    return [
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
      ...(scrollWidth > clientWidth ? ['wider than the screen'] : []),
    ]
  })()`)
  faults.push(...found.map((one) => `${state}: ${one}`))
}

/** A clerk who opens the link and sets the authenticator up. */
async function clerk(client: string, name: string, division: string, width: number) {
  const { link } = await addClerk({ client, name, division }, gateway.gateway.deps)
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(link)
  await look(page, `${name}-link`)
  await page.locator('button', { hasText: '是我' }).press('Enter')
  await look(page, `${name}-enrol`)
  const key = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '')
  await page.locator('#code').fill(codeAt(key, new Date()))
  await page.locator('#code').press('Enter')
  await page.waitForURL('**/desk')
  return { context, page }
}

/** The sandbox's person on their phone: they agree. */
async function agree(context: BrowserContext): Promise<void> {
  const phone = await context.newPage()
  await phone.goto(`${gateway.url}/log-in/shanghai?kind=person`)
  await phone.locator('a', { hasText: '测试通' }).first().click()
  await phone.goto(`${gateway.url}/me`)
  await phone.locator('a', { hasText: '有窗口在等您确认' }).click()
  await look(phone, 'phone-list')
  await phone.locator('main .plainlist a').first().click()
  await look(phone, 'phone-agree')
  await phone.locator('button', { hasText: '同意, 让窗口继续' }).click()
  await phone.getByText('您已同意, 请窗口继续。').waitFor()
  await look(phone, 'phone-agreed')
}

test('a clerk in 崇明 takes papers in for 启东, and the owner confirms them', async () => {
  const { page } = await clerk('sandbox-chongming', '陈一', '310151', 1280)
  const second = (await clerk('sandbox-chongming', '林二', '310151', 768)).page
  const owner = (await clerk('sandbox-nantong', '周三', '320681', 360)).page
  await look(page, 'desk')
  await page.locator('#code').fill(await digitsOf(await known(gateway), gateway))
  await page.locator('#code').press('Enter')
  await page.waitForURL('**/desk/cases/*')
  const at = new URL(page.url()).pathname
  await page.locator('#city').selectOption(NANTONG)
  await page.locator('#q').fill('无犯罪记录')
  await page.locator('#q').press('Enter')
  await look(page, 'matter')
  await page.locator('button', { hasText: '选择' }).click()
  await look(page, 'consent')
  await agree(await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' }))
  await page.locator('button', { hasText: '看看同意了没有' }).click()
  await look(page, 'form')
  await page.locator('[id="/applicant/mobile"]').fill('13800000000')
  for (const input of await page.locator('#form input[type=date]').all()) await input.fill('2026-01-05')
  for (const input of await page.locator('#form input[type=text]').all()) await input.fill('出国工作')
  await page.locator('#form button').click()
  await page
    .locator('#papers input[type=file]')
    .first()
    .setInputFiles(
      [1, 2].map((number) => ({
        name: `${number}.jpg`,
        mimeType: 'image/jpeg',
        buffer: portrait(number).bytes,
      })),
    )
  await page.locator('#papers form[enctype] button').first().click()
  await look(page, 'scanned')
  await second.goto(gateway.url + at)
  await look(second, 'certify')
  await second.locator('button', { hasText: '与原件核对无异' }).click()
  await page.goto(gateway.url + at)
  await page.locator('button', { hasText: '登记: 窗口收到纸质材料' }).click()
  await page.locator('button', { hasText: '以本人名义提交' }).click()
  await look(page, 'handed-over')
  await page.locator('input[name=courier]').fill('中国邮政速递')
  await page.locator('input[name=courierNumber]').fill('ex123456789cn')
  await page.locator('button', { hasText: '登记: 寄往办理地' }).click()
  await look(page, 'sent')
  await owner.goto(`${gateway.url}/desk/incoming`)
  await look(owner, 'incoming')
  await owner.locator('main a').first().click()
  await owner.locator('button', { hasText: '确认收到纸质材料' }).click()
  await owner.getByText('办理地收到').waitFor()
  await look(owner, 'arrived')
  await page.goto(`${gateway.url}/desk`)
  expect(await page.locator('#retyped').textContent()).toBe('0')
  expect(faults).toEqual([])
}, 120_000)

/** Papers that 崇明 has sent to 苏州. @returns the path of the case at their desk */
async function sentToSuzhou(): Promise<string> {
  const [first, second] = [
    await clerkAt('sandbox-chongming', '钱七', '310151', gateway),
    await clerkAt('sandbox-chongming', '孙八', '310151', gateway),
  ]
  const person = await known(gateway)
  const at = await takenIn(first, person, gateway)
  await chosen(first, at, '开具无犯罪记录证明', SUZHOU)
  await agreed(person, at, gateway, [])
  await filledIn(first, at)
  await scanned(first, at, documentIn(await first.page(at), '居民身份证'), [portrait(1).bytes])
  const [certify = ''] = certifiable(await second.page(at))
  await second.post(at, certify)
  await first.post(at, `${at}/custody`, { step: 'received' })
  await first.post(at, `${at}/hand-over`)
  const courier = { courier: '中国邮政速递', courierNumber: 'EX987654321CN' }
  await first.post(at, `${at}/custody`, { step: 'sent', ...courier })
  return at
}

test('the owner’s clerk in Suzhou finds what was sent, and confirms it by keyboard alone, in large type on a dark screen', async () => {
  const at = await sentToSuzhou()
  const { page, context } = await clerk('sandbox-suzhou', '吴九', '320505', 768)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('a', { hasText: '长者版' }).press('Enter')
  await page.locator('nav a', { hasText: '转来的件' }).press('Enter')
  await look(page, 'suzhou-incoming')
  const queue = page.locator('main .plainlist a')
  expect(await queue.count()).toBe(1)
  await queue.press('Enter')
  await look(page, 'suzhou-case')
  const told = await page.locator('main').textContent()
  for (const words of ['EX987654321CN', '孙八', '崇明', '测试通']) expect(told).toContain(words)
  expect(told).not.toContain((await known(gateway)).idDocument.number)
  await page.locator('button', { hasText: '确认收到纸质材料' }).press('Enter')
  await page.getByText('办理地收到').waitFor()
  await look(page, 'suzhou-arrived')
  expect(await page.locator('button', { hasText: '确认收到纸质材料' }).count()).toBe(0)
  // The other owner has nothing of it.
  const nantong = await clerkAt('sandbox-nantong', '郑十', '320681', gateway)
  expect(await nantong.page('/desk/incoming')).not.toContain(at.split('/').at(-1))
  expect(faults).toEqual([])
  await context.close()
}, 60_000)

test('a page with somebody’s data goes away when nobody touches it, and stays while somebody does', async () => {
  const { page, context } = await clerk('sandbox-chongming', '王五', '310151', 1280)
  await page.clock.install()
  await page.locator('#code').fill(await digitsOf(await known(gateway), gateway))
  await page.locator('#code').press('Enter')
  await page.waitForURL('**/desk/cases/*')
  await page.waitForLoadState('load')
  await page.clock.runFor(200_000)
  await page.locator('#q').pressSequentially('无')
  await page.clock.runFor(280_000)
  expect(await page.locator('[role=alert]').textContent()).toContain('半分钟后收起此页')
  expect(page.url()).toContain('/desk/cases/')
  await page.clock.runFor(30_000)
  await page.waitForURL('**/desk/away')
  expect(await page.textContent('body')).not.toContain('测试通')
  await context.close()
})

test('without script it goes away all the same', async () => {
  const { page, context } = await clerk('sandbox-chongming', '赵六', '310151', 1280)
  await page.locator('#code').fill(await digitsOf(await known(gateway), gateway))
  await page.locator('#code').press('Enter')
  await page.waitForURL('**/desk/cases/*')
  const text = await (await context.request.get(page.url())).text()
  expect(text).toContain('<noscript><meta http-equiv="refresh" content="300; url=/desk/away"></noscript>')
  await context.close()
})
