/** Every operation is called from its own page, with what stands in its form. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { fieldsIn, pageOf } from './support.ts'

interface Described {
  readonly operationId: string
  readonly responses: object
}

let gateway: TestGateway
/** What the document says that each operation may answer. */
let answers: ReadonlyMap<string, readonly string[]>
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('310000', '330100', '320500')
  await gateway.syncWindows('330900')
  const { body } = await gateway.anyone('GET', '/openapi.json')
  const operations = Object.values<Record<string, Described>>(body.paths).flatMap((methods) =>
    Object.values(methods),
  )
  answers = new Map(operations.map(({ operationId, responses }) => [operationId, Object.keys(responses)]))
})
afterAll(() => gateway.close())

test('each of them succeeds with the example of its form, and answers what the document says', async () => {
  const page = pageOf(gateway)
  const failed: string[] = []
  for (const [id, statuses] of answers) {
    const { status, code, text } = await page.call(id)
    const isGood = status >= 200 && status < 300 && statuses.includes(String(status))
    if (!isGood) failed.push(`${id}: ${status} ${code} ${text}`)
  }
  expect(answers.size).toBeGreaterThan(70)
  expect(failed).toEqual([])
}, 60_000)

test('what had to be there first is told in its order, and stands in the form for the next call', async () => {
  const page = pageOf(gateway)
  const { html, text } = await page.call('correctCase')
  expect(text).toMatch(
    /事先为您做了: 提交申请 sandbox-shanghai · 201 模拟地区的经办人: CORRECTION_REQUIRED 一个办件/,
  )
  const [, id] = /POST \/api\/v1\/cases\/(case_\w+)\/correction/.exec(text) ?? []
  expect(fieldsIn(html)['path.id']).toBe(id)
  // Its version is another one now: the same call again would overwrite what it did not see.
  const again = await page.call('correctCase', fieldsIn(html))
  expect([again.status, again.code]).toEqual([412, 'PRECONDITION_FAILED'])
})

test('a call that is repeated with its key files once', async () => {
  const page = pageOf(gateway)
  const key = crypto.randomUUID()
  const [first, second] = [
    await page.call('fileCase', { 'header.Idempotency-Key': key }),
    await page.call('fileCase', { 'header.Idempotency-Key': key }),
  ]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.text).toContain('idempotency-replayed true')
  expect(first.text).not.toContain('idempotency-replayed')
})

test('the answer is told with its headers, its body, how long it took and its numbers', async () => {
  const { text } = await pageOf(gateway).call('readCity')
  expect(text).toMatch(/200 成功 用时 \d+ 毫秒/)
  expect(text).toMatch(/traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01/)
  expect(text).toMatch(/x-request-id req_\w+/)
  expect(text).toContain('"division": "330100"')
})
