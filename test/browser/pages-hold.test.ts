/** What holds on every page, in every edition: add a path, and it is looked at. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { type NamedPath, type OwnPages, ownPages } from '../support/own-pages.ts'
import {
  axeOf,
  clippedOf,
  EDITIONS,
  type Edition,
  pageIn,
  screenshot,
  sidewaysOf,
  targetsOf,
  WIDTHS,
  watch,
  weightOf,
  wordsOf,
  ZOOMED_WIDTH,
} from '../support/page-checks.ts'

const SUZHOU = '320500'
const [NORMAL] = EDITIONS as [Edition]
/** There are many pages of one's own: two walks see every word in Chinese and in English, large letters and the dark. */
const OWN_EDITIONS: readonly Edition[] = [
  NORMAL,
  { name: 'english-elder-dark', language: 'en', isElder: true, isDark: true },
]
/** A reader who has set letters twice as large in the browser's own settings (WCAG 1.4.4). */
const LARGE_LETTERS = ['--blink-settings=defaultFontSize=32,defaultFixedFontSize=26']
const LEAST_TARGET = 24
/** `PICTURES=1` keeps a picture of every page: that takes as long as all checks of it. The journeys always keep theirs. */
const IS_PICTURED = process.env['PICTURES'] === '1'
const FIRST_VISIT_BYTES = 60 * 1024

let gateway: TestGateway
let browser: Browser
let paths: readonly NamedPath[]
let own: OwnPages
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  await gateway.sync(SUZHOU)
  await gateway.syncWindows(SUZHOU)
  const { items } = (await gateway.anyone('GET', `/api/v1/matters?city=${SUZHOU}&limit=1`)).body
  const matter = encodeURIComponent(items[0].id)
  const windows = (await gateway.anyone('GET', `/api/v1/windows?city=${SUZHOU}&limit=1`)).body.items
  paths = [
    ['home', '/'],
    ['matters', '/matters?q=%E5%85%AC%E7%A7%AF%E9%87%91'],
    ['matters-none', '/matters?q=zzzz'],
    ['matter', `/matters/${matter}`],
    ['matter-cities', `/matters/${matter}/cities`],
    ['preflight', `/preflight?matter=${matter}`],
    ['guides', '/guides'],
    ['guide-question', '/guides/registration/family'],
    ['guide-end', '/guides/registration/family/spouse'],
    ['map', '/map'],
    ['map-city', `/map?city=${SUZHOU}&matter=${matter}`],
    ['map-words', '/map?what=%E5%85%AC%E7%A7%AF%E9%87%91'],
    ['window', `/windows/${encodeURIComponent(windows[0].id)}?matter=${matter}`],
    ['not-there', '/matters/nothing'],
    ['log-in', '/log-in'],
    ['docs', '/docs'],
    ['docs-operation', '/docs/operations/fileCase'],
    ['docs-region', '/docs/regions/zhejiang'],
    ['problems', '/problems'],
    ['problem', '/problems/INTERNAL'],
    ['figures', '/figures'],
    ['guide', '/guides/registration'],
    ['logged-out', '/logged-out'],
  ]
  own = await ownPages(gateway)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

/** Looks at each page in this edition. @returns what is wrong */
async function walk(
  edition: Edition,
  pages: readonly NamedPath[],
  cookies: readonly string[] = [],
): Promise<readonly string[]> {
  const page = await pageIn(edition, browser, gateway.url, cookies)
  const watched = watch(page, gateway.url)
  const wrong: string[] = []
  for (const [name, path] of pages) {
    await page.setViewportSize({ width: WIDTHS[0], height: 800 })
    const answer = await page.goto(gateway.url + path)
    if (answer?.status() !== (name === 'not-there' ? 404 : 200)) wrong.push(`${path}: ${answer?.status()}`)
    if (page.url() !== gateway.url + path) wrong.push(`${path}: leads to ${page.url()}`)
    wrong.push(...(await axeOf(page)).map((one) => `${path}: ${one}`))
    wrong.push(...(await targetsOf(page, LEAST_TARGET)).map((one) => `${path}: too small: ${one}`))
    for (const width of [ZOOMED_WIDTH, ...WIDTHS]) {
      await page.setViewportSize({ width, height: 800 })
      const sideways = await sidewaysOf(page)
      if (sideways > 0) wrong.push(`${path}: ${sideways} px too wide at ${width}`)
      if (IS_PICTURED) await screenshot(page, `${name}-${edition.name}-${width}`)
    }
    wrong.push(...watched.troubles().map((one) => `${path}: ${one}`))
  }
  await page.context().close()
  return wrong
}

test.each(EDITIONS)(
  'every public page holds in the edition $name',
  async (edition) => {
    expect(await walk(edition, paths)).toEqual([])
  },
  120_000,
)

test.each(OWN_EDITIONS)(
  'every page of a person, a clerk, a counter and an operator holds in the edition $name',
  async (edition) => {
    expect(await walk(edition, own.paths, own.cookies)).toEqual([])
  },
  120_000,
)

/** What becomes of pages that are made larger on a desk screen. @param width a part of 1280: 640 is 200 %, as browsers enlarge whole pages */
async function lostAt(width: number, pages: readonly NamedPath[], cookies: readonly string[] = []) {
  const page = await pageIn(NORMAL, browser, gateway.url, cookies)
  const lost: string[] = []
  for (const [, path] of pages) {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(gateway.url + path)
    const large = await wordsOf(page)
    await page.setViewportSize({ width, height: Math.round((800 * width) / 1280) })
    const small = new Set(await wordsOf(page))
    lost.push(...large.filter((word) => !small.has(word)).map((word) => `${path}: ${word} at ${width}`))
    if ((await sidewaysOf(page)) > 0) lost.push(`${path}: too wide at ${width}`)
    lost.push(...(await clippedOf(page)).map((one) => `${path}: cut at ${width}: ${one}`))
  }
  await page.context().close()
  return lost
}

test.each([640, ZOOMED_WIDTH])(
  'enlarged until a desk screen has %i px, no page loses a word',
  async (width) => {
    expect(await lostAt(width, paths)).toEqual([])
    expect(await lostAt(width, own.paths, own.cookies)).toEqual([])
  },
)

test('with letters of twice the size alone, no page is too wide for a desk or a phone, or cut off', async () => {
  const large = await startBrowser(LARGE_LETTERS)
  const page = await pageIn(NORMAL, large, gateway.url, own.cookies)
  const wrong: string[] = []
  for (const [, path] of [...paths, ...own.paths]) {
    await page.goto(gateway.url + path)
    for (const width of [1280, WIDTHS[0]]) {
      await page.setViewportSize({ width, height: 800 })
      const sideways = await sidewaysOf(page)
      if (sideways > 0) wrong.push(`${path}: ${sideways} px too wide at ${width}`)
      wrong.push(...(await clippedOf(page)).map((one) => `${path}: cut at ${width}: ${one}`))
    }
  }
  expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('34px')
  await large.close()
  expect(wrong).toEqual([])
}, 120_000)

test('a first visit to any page weighs at most 60 kB', async () => {
  const heavy: string[] = []
  for (const [pages, cookies] of [
    [paths, []],
    [own.paths, own.cookies],
  ] as const) {
    const page = await pageIn(NORMAL, browser, gateway.url, cookies)
    for (const [, path] of pages) {
      const bytes = await weightOf(page, gateway.url + path)
      if (bytes > FIRST_VISIT_BYTES) heavy.push(`${path}: ${bytes}`)
    }
    await page.context().close()
  }
  expect(heavy).toEqual([])
})

test('the checks see what is wrong', async () => {
  const page = await pageIn(NORMAL, browser, gateway.url)
  const watched = watch(page, gateway.url)
  await page.setContent(
    `<html lang="zh"><title>x</title><main><h1>x</h1><img src="https://example.invalid/x.png"><button style="width:9px;height:9px;padding:0"></button><div style="width:900px">x</div><p style="overflow:hidden;width:9px;height:9px">cut</p></main>`,
  )
  const found = await axeOf(page)
  expect(found.some((one) => one.startsWith('image-alt'))).toBe(true)
  expect(found.some((one) => one.startsWith('button-name'))).toBe(true)
  expect(await targetsOf(page, LEAST_TARGET)).toEqual(['button : 9 × 9'])
  expect(await sidewaysOf(page)).toBeGreaterThan(500)
  expect(await clippedOf(page)).toEqual(['p ' + 'cut'])
  expect(watched.troubles()).toContain('asks https://example.invalid')
  await page.context().close()
})
