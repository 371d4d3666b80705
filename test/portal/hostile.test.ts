/** What regions write is shown as text, whatever it is: no script, no handler, no turned direction, and never wider than a phone. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openSession } from '../../src/federation/identity/sessions.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import { complain, followed, HANGZHOU } from '../follow/support.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { inDatabase } from '../support/holdings.ts'
import { EDITIONS, pageIn, sidewaysOf, watch } from '../support/page-checks.ts'

/** Closes what it stands in, brings a script and handlers, and turns the direction of what follows. */
const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>\u202Egnp\u2066 javascript:alert(3)`
/** As long as a region's name may be, without a place to break. */
const LONG = `${HOSTILE}${'长a'.repeat(150)}`.slice(0, 300)
const TURNED = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

let gateway: TestGateway
let browser: Browser
let paths: readonly string[]
let cookie: string
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startTestGateway(), startBrowser()])
  await gateway.sync(HANGZHOU)
  await gateway.syncWindows(HANGZHOU)
  const { deps } = gateway.gateway
  const [row] = await deps.store.matters.search({ q: '户籍', division: HANGZHOU, limit: 1, document: {} })
  const matter = row?.document as Matter
  const id = 'zhejiang:330100:hostile'
  await deps.catalogue.put({
    ...matter,
    id,
    baseCode: 'HOSTILE',
    name: { zh: LONG },
    agency: { name: LONG },
    conditions: `${HOSTILE}${'字'.repeat(10_000 - HOSTILE.length)}`,
    flow: 'a'.repeat(10_000),
    resultName: LONG.slice(0, 200),
    phone: HOSTILE.slice(0, 60),
    documents: matter.documents.map((one) => ({ ...one, name: { zh: LONG }, requirement: LONG })),
  })
  const [window] = (await gateway.anyone('GET', `/api/v1/windows?city=${HANGZHOU}&limit=1`)).body.items
  await inDatabase(
    gateway,
    (sql) => sql`update windows set document = document
      || jsonb_build_object('name', ${LONG.slice(0, 200)}::text, 'address', ${LONG}::text, 'phone', ${HOSTILE.slice(0, 60)}::text, 'hall', ${LONG.slice(0, 200)}::text)`,
  )
  const person = await followed(gateway)
  await complain(gateway, person.number, LONG)
  await vi.waitFor(
    async () => expect((await person.browser.get(person.path)).text).toContain('/correction'),
    { timeout: 10_000 },
  )
  await inDatabase(gateway, (sql) => sql`update cases set matter_name = ${LONG} where id = ${person.id}`)
  cookie = `__Host-delta=${await openSession(person.person.authentication, 'test', deps)}`
  const here = encodeURIComponent(id)
  paths = [
    `/matters?to=${HANGZHOU}&q=${encodeURIComponent('script')}`,
    `/matters/${here}`,
    `/matters/${here}/cities`,
    `/preflight?matter=${here}`,
    `/map?city=${HANGZHOU}`,
    `/map?city=${HANGZHOU}&matter=${here}`,
    `/windows/${encodeURIComponent(window.id)}`,
    '/me',
    '/me/cases',
    person.path,
    `${person.path}/correction`,
    `${person.path}/withdrawal`,
  ]
}, 60_000)
afterAll(async () => {
  await browser.close()
  await gateway.close()
})

const read = async (path: string, language: string) => {
  const answer = await fetch(gateway.url + path, {
    headers: { cookie: `${cookie}; delta-reading=${language}` },
  })
  return { status: answer.status, text: await answer.text() }
}

describe.each(['zh', 'en', 'zh.elder'])('in the edition %s', (language) => {
  test('it is escaped, keeps its direction, and a page stays a page', async () => {
    for (const path of paths) {
      const { status, text } = await read(path, language)
      expect([path, status]).toEqual([path, 200])
      expect([path, text.includes('<script>alert'), text.includes('<img src=x')]).toEqual([
        path,
        false,
        false,
      ])
      expect([path, TURNED.test(text)]).toEqual([path, false])
      // Three texts of ten thousand letters at most, and the page around them.
      expect([path, text.length < 120_000]).toEqual([path, true])
    }
  })
})

test('it is there to be read, on every page that names it', async () => {
  const shown = await Promise.all(paths.map(async (path) => (await read(path, 'zh')).text))
  const without = paths.filter((_path, index) => !shown[index]?.includes('&lt;script&gt;alert(1)'))
  expect(without).toEqual([])
})

test('in a browser nothing of it runs, and a phone shows it without scrolling sideways', async () => {
  for (const edition of EDITIONS.slice(0, 2)) {
    const page = await pageIn(edition, browser, gateway.url, [cookie])
    const { troubles } = watch(page, gateway.url)
    page.on('dialog', () => expect.unreachable('a script of a region ran'))
    for (const path of paths) {
      await page.goto(gateway.url + path)
      expect([path, await sidewaysOf(page)]).toEqual([path, 0])
    }
    expect(troubles()).toEqual([])
    await page.context().close()
  }
}, 60_000)
