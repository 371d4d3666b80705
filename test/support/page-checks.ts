/** What must hold on every page, looked at in a real browser: each check answers with short sentences, none when all is well. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { source as axeSource } from 'axe-core'
import type { Browser, Page } from 'playwright-core'

/** Chinese or English, standard or 长者版, light or dark. */
export interface Edition {
  readonly name: string
  readonly language: 'zh' | 'en'
  readonly isElder: boolean
  readonly isDark: boolean
}
export const EDITIONS: readonly Edition[] = [
  { name: 'normal', language: 'zh', isElder: false, isDark: false },
  { name: 'elder', language: 'zh', isElder: true, isDark: false },
  { name: 'english', language: 'en', isElder: false, isDark: false },
  { name: 'dark', language: 'zh', isElder: false, isDark: true },
]
/** A small phone, a tablet, a desk; and a desk at 400 %, as WCAG 1.4.10 counts it. */
export const WIDTHS = [360, 768, 1280] as const
export const ZOOMED_WIDTH = 320

const HEIGHT = 800
const ARTEFACTS = path.join(import.meta.dirname, '../../test-artefacts')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A page in its own browser context that reads in this edition. @param cookies of somebody who is logged in: `name=value` */
export async function pageIn(
  edition: Edition,
  browser: Browser,
  url: string,
  cookies: readonly string[] = [],
) {
  const context = await browser.newContext({
    viewport: { width: WIDTHS[0], height: HEIGHT },
    locale: edition.language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: edition.isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const reading = `delta-reading=${edition.language}${edition.isElder ? '.elder' : ''}`
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  for (const cookie of [reading, ...cookies]) {
    const at = cookie.indexOf('=')
    // A name with the prefix `__Host-` is kept only as secure, of this address and not of a domain, and of the whole path.
    const parts = { name: cookie.slice(0, at), value: cookie.slice(at + 1), url, path: '/', secure: true }
    await session.send('Network.setCookie', parts)
  }
  await session.detach()
  return page
}

/** Runs an expression in the page through the debugger, which no content policy forbids. */
async function ask<T>(page: Page, expression: string): Promise<T> {
  await page.waitForLoadState('domcontentloaded')
  const session = await page.context().newCDPSession(page)
  try {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as T
  } finally {
    await session.detach()
  }
}

/** WCAG 2.2 A and AA and axe's own good habits: which rule is broken, where, and what is wrong. */
export async function axeOf(page: Page): Promise<string[]> {
  await ask(page, `if (!globalThis.axe) { ${axeSource} }`)
  return ask(
    page,
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        id + ' at ' + target.join(' ') + ': ' + failureSummary.split('\\n').slice(1).join(' ').trim().slice(0, 160))))`,
  )
}

/** By how many pixels the page is wider than its window. */
export const sidewaysOf = (page: Page): Promise<number> =>
  ask(page, 'document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** Elements whose words are cut off where nobody can scroll to them. Fields scroll by themselves, or shorten the name of a file. */
export const clippedOf = (page: Page): Promise<string[]> =>
  ask(
    page,
    `[...document.querySelectorAll('main *, header *, footer *')].flatMap((one) => {
      const { overflowX, overflowY } = getComputedStyle(one)
      if (one.closest('svg, .unseen, .skip') || one.localName === 'input' || one.clientWidth === 0) return []
      const cut = (overflow, needs, has) => /hidden|clip/.test(overflow) && needs > has + 1
      const isCut = cut(overflowX, one.scrollWidth, one.clientWidth) || cut(overflowY, one.scrollHeight, one.clientHeight)
      return isCut ? [one.localName + ' ' + one.textContent.trim().slice(0, 30)] : []
    })`,
  )

/** Words that the page shows, whatever the width: to compare one width with another. */
export const wordsOf = (page: Page): Promise<string[]> =>
  ask(page, "document.querySelector('main').innerText.split(/\\s+/).filter(Boolean).toSorted()")

/** Things to press that are smaller than this, beside links in running text and shapes of a drawing. @param pixels 24, 44 or 60 */
export const targetsOf = (page: Page, pixels: number): Promise<string[]> =>
  ask(
    page,
    `[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].flatMap((one) => {
      if (one.closest('svg') || one.matches('.skip, .unseen')) return []
      const isInText = one.localName === 'a' && getComputedStyle(one).display === 'inline'
      const box = (one.closest('label') ?? one.labels?.[0] ?? one).getBoundingClientRect()
      const own = one.getBoundingClientRect()
      const [width, height] = [Math.max(box.width, own.width), Math.max(box.height, own.height)]
      if (own.width === 0 || isInText || (width >= ${pixels} - 0.5 && height >= ${pixels} - 0.5)) return []
      return [one.localName + ' ' + (one.textContent.trim() || one.name).slice(0, 30) + ': ' + Math.round(width) + ' × ' + Math.round(height)]
    })`,
  )

/** Bytes over the line of a first visit to a page, with all that it fetches. */
export async function weightOf(page: Page, url: string): Promise<number> {
  const session = await page.context().newCDPSession(page)
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(url, { waitUntil: 'load' })
  // Answers come in order: after this one, nothing of the visit is outstanding.
  await session.send('Network.disable')
  await session.detach()
  return bytes
}

/** Notes what a page complains of and whom it asks beside us, until `troubles` is read. */
export function watch(page: Page, url: string): { readonly troubles: () => string[] } {
  let troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // A page that is told to be not there is a page as well: its status is the walk's to judge.
    const isOfPage = message.location().url === page.url() && /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isOfPage) troubles.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== url) troubles.push(`asks ${origin}`)
  })
  return {
    troubles: () => {
      const told = troubles
      troubles = []
      return told
    },
  }
}

/** Keeps a picture of the whole page beside the tests, outside git. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true })
  await page.screenshot({ path: path.join(ARTEFACTS, `${name}.png`), fullPage: true })
}
