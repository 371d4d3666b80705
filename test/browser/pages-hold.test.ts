/** What holds on every page that anybody may read, in every edition: add a path, and it is looked at. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import {
  axeOf,
  EDITIONS,
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
const LEAST_TARGET = 24
const FIRST_VISIT_BYTES = 60 * 1024

let gateway: TestGateway
let browser: Browser
let paths: readonly (readonly [name: string, path: string])[]
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
    ['problems', '/problems'],
  ]
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

test.each(EDITIONS)(
  'every public page holds in the edition $name',
  async (edition) => {
    const page = await pageIn(edition, browser, gateway.url)
    const watched = watch(page, gateway.url)
    const wrong: string[] = []
    for (const [name, path] of paths) {
      await page.setViewportSize({ width: WIDTHS[0], height: 800 })
      const answer = await page.goto(gateway.url + path)
      if (answer?.status() !== (name === 'not-there' ? 404 : 200)) wrong.push(`${path}: ${answer?.status()}`)
      wrong.push(...(await axeOf(page)).map((one) => `${path}: ${one}`))
      wrong.push(...(await targetsOf(page, LEAST_TARGET)).map((one) => `${path}: too small: ${one}`))
      for (const width of [ZOOMED_WIDTH, ...WIDTHS]) {
        await page.setViewportSize({ width, height: 800 })
        const sideways = await sidewaysOf(page)
        if (sideways > 0) wrong.push(`${path}: ${sideways} px too wide at ${width}`)
        if (width === WIDTHS[0] || (edition.name === 'normal' && width !== ZOOMED_WIDTH))
          await screenshot(page, `${name}-${edition.name}-${width}`)
      }
      wrong.push(...watched.troubles().map((one) => `${path}: ${one}`))
    }
    await page.context().close()
    expect(wrong).toEqual([])
  },
  60_000,
)

test('enlarged to a fifth of a desk screen, no page loses a word', async () => {
  const page = await pageIn(EDITIONS[0] as (typeof EDITIONS)[0], browser, gateway.url)
  for (const [, path] of paths) {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(gateway.url + path)
    const large = await wordsOf(page)
    await page.setViewportSize({ width: ZOOMED_WIDTH, height: 400 })
    expect(await wordsOf(page), path).toEqual(large)
  }
  await page.context().close()
})

test('a first visit to any public page weighs at most 60 kB', async () => {
  for (const [, path] of paths) {
    const page = await pageIn(EDITIONS[0] as (typeof EDITIONS)[0], browser, gateway.url)
    expect(await weightOf(page, gateway.url + path), path).toBeLessThanOrEqual(FIRST_VISIT_BYTES)
    await page.context().close()
  }
})

test('the checks see what is wrong', async () => {
  const page = await pageIn(EDITIONS[0] as (typeof EDITIONS)[0], browser, gateway.url)
  const watched = watch(page, gateway.url)
  await page.setContent(
    `<html lang="zh"><title>x</title><main><h1>x</h1><img src="https://example.invalid/x.png"><button style="width:9px;height:9px;padding:0"></button><div style="width:900px">x</div></main>`,
  )
  const found = await axeOf(page)
  expect(found.some((one) => one.startsWith('image-alt'))).toBe(true)
  expect(found.some((one) => one.startsWith('button-name'))).toBe(true)
  expect(await targetsOf(page, LEAST_TARGET)).toEqual(['button : 9 × 9'])
  expect(await sidewaysOf(page)).toBeGreaterThan(500)
  expect(watched.troubles()).toContain('asks https://example.invalid')
  await page.context().close()
})
