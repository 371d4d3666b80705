/** One key, one application: repeated, at once, with other content, after a failure. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

let gateway: TestGateway
let caller: Caller
const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const application = async (content?: string) =>
  storyOf('zhejiang').application(await upload(caller, 'a.pdf', content))
const there = () =>
  gateway
    .region('zhejiang')
    .region.cases()
    .filter(({ sourceNumber }) => sourceNumber !== undefined && sourceNumber !== '').length

beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as('sandbox-shanghai')
  await gateway.sync('330100')
})
afterAll(() => gateway.close())

test('the key is required, and has a shape', async () => {
  const body = await application()
  expect((await caller('POST', '/api/v1/cases', body)).body.code).toBe('IDEMPOTENCY_KEY_REQUIRED')
  const told = await caller('POST', '/api/v1/cases', body, { 'idempotency-key': 'x'.repeat(300) })
  expect(told.status).toBe(400)
})

test('a repetition gets the first answer again, and files nothing', async () => {
  const [body, header] = [await application(), key()]
  const first = await file(caller, body, header)
  expect(first.status).toBe(201)
  const count = there()
  const second = await file(caller, body, header)
  expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
  expect(second.bytes.equals(first.bytes)).toBe(true)
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
  expect(there()).toBe(count)
})

test('another body under the same key is refused', async () => {
  const [body, header] = [await application(), key()]
  await file(caller, body, header)
  const count = there()
  const told = await file(caller, { ...body, note: 'another' }, header)
  expect([told.status, told.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  expect(there()).toBe(count)
})

test('thirty at once under one key file one application', async () => {
  const [body, header, count] = [await application(), key(), there()]
  const told = await Promise.all(Array.from({ length: 30 }, () => file(caller, body, header)))
  const taken = told.filter(({ status }) => status < 300)
  expect(taken.map(({ status }) => status)).toContain(201)
  // Whoever comes while the first is under way hears that it is stored and being sent, or to come again.
  expect(new Set(taken.map(({ body: { id } }) => id)).size).toBe(1)
  for (const one of told.filter(({ status }) => status >= 300))
    expect([one.status, one.body.code]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE'])
  expect(there()).toBe(count + 1)
})

test('a refused application may be corrected and filed under the same key', async () => {
  const [body, header, count] = [await application(), key(), there()]
  expect((await file(caller, { ...body, division: '999999' }, header)).status).toBeGreaterThanOrEqual(400)
  expect((await file(caller, body, header)).status).toBe(201)
  expect(there()).toBe(count + 1)
})

test('a change needs the case’s ETag, and an old one is refused', async () => {
  const { body } = await file(caller, await application(), key())
  const at = `/api/v1/cases/${body.id}/withdrawal`
  expect((await caller('POST', at, { reason: 'x' })).body.code).toBe('PRECONDITION_REQUIRED')
  const old = await caller('POST', at, { reason: 'x' }, { 'if-match': '"0"' })
  expect([old.status, old.body.code]).toEqual([412, 'PRECONDITION_FAILED'])
  const { headers } = await caller('GET', `/api/v1/cases/${body.id}`)
  const done = await caller('POST', at, { reason: '不办了' }, { 'if-match': headers.get('etag') ?? '' })
  expect(done.body).toMatchObject({ status: 'WITHDRAWN', ball: 'nobody' })
  const seen = gateway
    .region('zhejiang')
    .region.cases()
    .find((one) => one.number === body.caseNumber)
  expect(seen?.status).toBe('WITHDRAWN')
})

test('a correction that nobody asked for is a conflict', async () => {
  const { body, headers } = await file(caller, await application(), key())
  const told = await caller(
    'POST',
    `/api/v1/cases/${body.id}/correction`,
    { form: { toAddress: '测试路3号' } },
    { 'if-match': headers.get('etag') ?? '' },
  )
  expect([told.status, told.body.code]).toEqual([409, 'STATE_CONFLICT'])
})
