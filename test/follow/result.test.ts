/** The result of a case: what was decided, and its documents as the region has them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentIds } from '../../src/federation/cases/result-documents.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { asPerson } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { clerk, followed, HANGZHOU, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())

/** A case that has gone all its way. */
async function concluded(last: 'APPROVED' | 'DENIED' = 'APPROVED') {
  const one = await followed(gateway)
  for (const to of ['ACCEPTED', 'IN_REVIEW', last, 'COMPLETED'] as const)
    await clerk(gateway, one.number, { to })
  await expect
    .poll(async () => (await one.browser.get(one.path)).text, { timeout: 10_000 })
    .toContain(`${one.path}/result`)
  return one
}

test('tells the decision and lists the documents; each is downloaded as it is, and kept by no cache', async () => {
  const { person, browser, path, id } = await concluded()
  const { status, text } = await browser.get(`${path}/result`)
  expect(status).toBe(200)
  expect(wordsOf(text)).toMatch(/决定准予/)
  const at = /href="([^"]+\/result\/[0-9a-f]{24})"/.exec(text)?.[1] ?? ''
  const cookie = `__Host-delta=${await openSession(person.authentication, 'test', gateway.gateway.deps)}`
  const answer = await fetch(gateway.url + at, { headers: { cookie } })
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w%.!~-]+$/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(0, 4).toString()).toBe('%PDF')
  const api = await (await asPerson(person, gateway))('GET', `/api/v1/cases/${id}/result`)
  expect(bytes.equals(api.bytes)).toBe(true)
  expect((await browser.get(`${path}/result/${'0'.repeat(24)}`)).status).toBe(404)
  expect((await browser.get(`${path}/result/1`)).status).toBe(404)
  expect((await browser.get(`${path}/result/x`)).status).toBe(404)
})

test('of a case that has not ended there is none yet, and that is said', async () => {
  const { browser, path } = await followed(gateway)
  const { status, text } = await browser.get(`${path}/result`)
  expect([status, wordsOf(text).includes('尚无结果文书')]).toEqual([200, true])
  expect(text).not.toMatch(/\/result\/\w/)
})

test('a region that does not answer, or sends other bytes than it promised, is told on a page with a way back', async () => {
  const { browser, path } = await concluded()
  const at =
    /href="([^"]+\/result\/[0-9a-f]{24})"/.exec((await browser.get(`${path}/result`)).text)?.[1] ?? ''
  const { faults } = gateway.region('zhejiang')
  faults.add({ kind: 'error' })
  const { status, text } = await browser.get(at)
  faults.clear()
  expect(status).toBeGreaterThanOrEqual(500)
  expect(text).toMatch(/<h1>/)
})

test('a document keeps its address when the region lists another before it, and two of one name have two', () => {
  const { deps } = gateway.gateway
  const [one] = documentIds('case_1', ['证明.pdf'], deps)
  expect(documentIds('case_1', ['决定书.pdf', '证明.pdf'], deps)[1]).toBe(one)
  expect(new Set(documentIds('case_1', ['证明.pdf', '证明.pdf'], deps)).size).toBe(2)
  expect(documentIds('case_2', ['证明.pdf'], deps)[0]).not.toBe(one)
})
