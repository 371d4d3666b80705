/** What Lighthouse says of the pages, as a phone sees them over a slow network: four scores and when the largest part is there. */

import lighthouse, { type Flags } from 'lighthouse'
import { startBrowser } from '../test/support/browser.ts'
import { freePort } from '../test/support/free-port.ts'
import { APPLICATION } from './application.ts'
import { withGateway } from './gateway.ts'
import { OWN_PAGES, publicPages } from './page-list.ts'
import { peopleOf } from './people.ts'
import { untilAnswered } from './processes.ts'

const LEAST_SCORE = 95
const MOST_LCP_MS = 1_500
/** Other work on the machine shows as work of the page: of so many visits the middle one counts. */
const VISITS = Number(process.env['VISITS'] ?? 3)

/**
 * Lighthouse's own profile of a phone: 1.6 Mbit/s, 150 ms, a processor four times slower, by simulation. Nothing is switched off.
 * There is no HTTPS on this machine, and Lighthouse takes its own address for as good.
 */
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const

type Row = Record<(typeof CATEGORIES)[number] | 'LCP (ms)', number>

interface Visit {
  readonly name: string
  readonly url: string
  readonly cookie?: string
}

/** The visit in the middle, by its performance. */
async function middle(visit: Visit, port: number): Promise<Row> {
  const rows: Row[] = []
  while (rows.length < VISITS) rows.push(await visited(visit, port))
  const sorted = rows.toSorted((one, other) => one.performance - other.performance)
  return sorted[Math.floor(VISITS / 2)] as Row
}

/** Looks at one page, and prints which audits it failed. */
async function visited({ name, url }: Visit, port: number): Promise<Row> {
  const flags: Flags = {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: [...CATEGORIES],
  }
  const result = await lighthouse(url, flags)
  if (!result) throw new Error(`no result for ${name}`)
  const { categories, audits, runtimeError, finalDisplayedUrl } = result.lhr
  if (runtimeError) throw new Error(`${name}: ${runtimeError.message}`)
  if (finalDisplayedUrl !== url) throw new Error(`${name}: led to ${finalDisplayedUrl}`)
  const scoreOf = (id: string) => Math.round((categories[id]?.score ?? 0) * 100)
  for (const id of CATEGORIES)
    for (const { id: audit } of categories[id]?.auditRefs.filter(({ weight }) => weight > 0) ?? [])
      if ((audits[audit]?.score ?? 1) < 0.9)
        console.log(`${name}: ${audit}: ${audits[audit]?.displayValue ?? audits[audit]?.title}`)
  return {
    performance: scoreOf('performance'),
    accessibility: scoreOf('accessibility'),
    'best-practices': scoreOf('best-practices'),
    seo: scoreOf('seo'),
    'LCP (ms)': Math.round(audits['largest-contentful-paint']?.numericValue ?? Number.NaN),
  }
}

/** A name with the prefix `__Host-` is kept only as secure, of this address and of the whole path. */
const cookiesOf = (header: string, url: string) =>
  header.split('; ').map((cookie) => {
    const at = cookie.indexOf('=')
    return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url, path: '/', secure: true }
  })

/** Prints the table. */
export async function benchLighthouse(): Promise<void> {
  await withGateway(async (bench) => {
    await untilAnswered(`${bench.url}/api/v1/matters/${APPLICATION.matter}`)
    const [person] = (await peopleOf(bench)).filter((one) => one.case)
    if (!person) throw new Error('nobody has a case')
    const visits: readonly Visit[] = [
      ...(await publicPages(bench)).map((path) => ({
        name: decodeURIComponent(path),
        url: bench.url + path,
      })),
      ...Object.entries(OWN_PAGES).map(([name, pathOf]) => ({
        name,
        url: bench.url + pathOf(person),
        cookie: person.cookie,
      })),
    ]
    const port = await freePort()
    const browser = await startBrowser([`--remote-debugging-port=${port}`])
    const rows: Record<string, Row> = {}
    const session = await browser.newBrowserCDPSession()
    try {
      for (const visit of visits) {
        // The browser's own cookie: what a script of the page asks must be asked by the same person.
        if (visit.cookie)
          await session.send('Storage.setCookies', { cookies: cookiesOf(visit.cookie, bench.url) })
        rows[visit.name] = await middle(visit, port)
      }
    } finally {
      await browser.close()
    }
    console.log('\nLighthouse, a phone on a slow network')
    console.table(rows)
    const short = Object.entries(rows).filter(
      ([, row]) => CATEGORIES.some((id) => row[id] < LEAST_SCORE) || row['LCP (ms)'] > MOST_LCP_MS,
    )
    console.log(
      short.length === 0 ? 'None falls short.' : `Fall short: ${short.map(([name]) => name).join(', ')}`,
    )
  })
}
