/** Somebody's way through the pages in a real browser: what they do on a page, and what is wrong with each page that they see. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { axeOf, screenshot, sidewaysOf } from './page-checks.ts'

const PAPER = { name: '材料.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 paper') }
/** More pages than any filing has. */
const MOST_STEPS = 30

export interface Traveller {
  readonly page: Page
  readonly context: BrowserContext
  /** What axe found on the pages that were looked at, and pages that are too wide. */
  readonly wrong: string[]
  /** Looks at the page as it stands, and keeps a picture of it. */
  readonly look: () => Promise<void>
  readonly heading: () => Promise<string>
  readonly main: () => Promise<string>
  /** Searches on the first page, and opens the first matter that is found. */
  readonly find: (words: string, city: string, audience?: 'organisation') => Promise<void>
  /** Chooses an account on the region's own page. */
  readonly logIn: (region: string, account: string, kind?: 'person' | 'organisation') => Promise<void>
  /** From the button on a matter to the receipt. */
  readonly file: (logIn: () => Promise<void>) => Promise<void>
}

/** Who travels: by default somebody with a phone that runs scripts, and Chinese. */
interface Kind {
  readonly hasScript?: boolean
  readonly locale?: string
  readonly width?: number
  /** Whoever has no electronic licences hands the papers in. */
  readonly hasPapers?: boolean
}

/** Opens the first page. @param name of the pictures */
export async function traveller(
  name: string,
  browser: Browser,
  url: string,
  { hasScript = true, locale = 'zh-CN', width = 360, hasPapers = false }: Kind = {},
): Promise<Traveller> {
  const context = await browser.newContext({
    viewport: { width, height: 740 },
    javaScriptEnabled: hasScript,
    locale,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  const wrong: string[] = []
  let shot = 0
  const look = async () => {
    shot += 1
    const at = new URL(page.url()).pathname
    // Where no script runs, none of ours can look either.
    if (hasScript) wrong.push(...(await axeOf(page)).map((one) => `${at}: ${one}`))
    if ((await sidewaysOf(page)) > 0) wrong.push(`${at}: wider than the screen`)
    await screenshot(page, `${name}-${String(shot).padStart(2, '0')}`)
  }
  await page.goto(url)
  const text = async (selector: string) => (await page.locator(selector).textContent())?.trim() ?? ''
  return {
    page,
    context,
    wrong,
    look,
    heading: () => text('h1'),
    main: () => text('main'),
    find: (words, city, audience) => found(page, words, city, audience),
    logIn: (region, account, kind) => chosen(page, region, account, kind),
    file: (logIn) => filed(page, look, logIn, hasPapers),
  }
}

async function found(page: Page, words: string, city: string, audience?: string): Promise<void> {
  await page.locator('#q').fill(words)
  await page.locator('#to').selectOption(city)
  await page.locator('main form[role=search] button').click()
  if (audience) await page.locator(`main a[href*="subject=${audience}"]`).first().click()
  await page.locator('main .plainlist a').first().click()
}

async function chosen(page: Page, region: string, account: string, kind = 'person'): Promise<void> {
  await page.locator(`a[href^="/log-in/${region}?kind=${kind}"]`).click()
  await page.locator('a', { hasText: account }).first().click()
}

async function filed(
  page: Page,
  look: () => Promise<void>,
  logIn: () => Promise<void>,
  hasPapers: boolean,
): Promise<void> {
  await page.locator('main a[href^="/apply"]').first().click()
  if (page.url().includes('/log-in')) {
    await look()
    await logIn()
  }
  for (let step = 0; step < MOST_STEPS && !page.url().endsWith('/receipt'); step += 1) {
    await look()
    await onward(page, hasPapers)
  }
  await look()
}

/** Whatever one page of a filing asks. */
async function onward(page: Page, hasPapers: boolean): Promise<void> {
  const withoutPaper = page.locator('main button[value=leaveOut]')
  const file = page.locator('#file')
  if (!hasPapers && (await withoutPaper.count()) > 0) return pressed(page, withoutPaper)
  if (page.url().endsWith('/check')) await page.locator('main input[type=checkbox]').last().check()
  else if ((await file.count()) > 0) await file.setInputFiles(PAPER)
  else await answer(page)
  await pressed(page, page.locator('main form button:not(.plain):not(.danger)').first())
}

/** A form that asks first whether the log-in still holds is sent a moment after the click. */
async function pressed(page: Page, button: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('load'), button.click()])
}

const inOneMinute = (type: string) =>
  ({ date: '2025-03-01', tel: '13800000000', email: 'a@example.invalid', number: '1' })[type] ?? '测试'

/** Answers whatever one page asks, as somebody would who wants to be done. */
async function answer(page: Page): Promise<void> {
  const form = page
    .locator('main form')
    .filter({ has: page.locator('button') })
    .first()
  for (const name of await namesOf(form.locator('input[type=radio]')))
    await form.locator(`input[type=radio][name="${name}"]`).first().check()
  for (const select of await form.locator('select').all())
    await select.selectOption({ index: (await select.locator('option').count()) > 1 ? 1 : 0 })
  for (const input of await form
    .locator('input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), textarea')
    .all())
    if ((await input.inputValue()) === '')
      await input.fill(inOneMinute((await input.getAttribute('type')) ?? ''))
}

async function namesOf(inputs: Locator): Promise<readonly string[]> {
  const names = await Promise.all((await inputs.all()).map((one) => one.getAttribute('name')))
  return [...new Set(names.filter((name) => name !== null))]
}
