/** What Shanghai is known to refuse is shown before anything is sent: by a dry run as a refusal, by a conversion beside it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

const story = storyOf('shanghai')
let gateway: TestGateway
let caller: Caller
let good: ReturnType<typeof story.application>
let onPaper: object
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
  good = story.application(await upload(caller, 'a.pdf'))
  // Shanghai wants a file or a licence of each required document; that its clerks cannot take paper, only its adapter knows.
  onPaper = { ...good, documents: [good.documents[0], { id: '003CL02', mode: 'paper' }] }
})
afterAll(() => gateway.close())

const asked = () =>
  gateway.region('shanghai').region.cases().length + gateway.region('shanghai').region.refusals().length
const dryRun = (body: unknown, headers: Record<string, string> = {}) =>
  caller('POST', '/api/v1/cases?dryRun=true', body, { 'idempotency-key': crypto.randomUUID(), ...headers })
const convert = (to: string, content: unknown) =>
  caller('POST', '/api/v1/conversions', { kind: 'application', from: 'canonical', to, content })

test('a dry run of what would be taken refuses nothing', async () => {
  expect((await dryRun(good)).status).toBe(200)
})

test('a dry run shows the refusal, and so does the filing, which leaves nothing behind', async () => {
  const before = asked()
  for (const told of [await dryRun(onPaper), await file(caller, onPaper)]) {
    expect([told.status, told.body.code]).toEqual([422, 'CONVERSION_INCOMPLETE'])
    expect(told.body.errors).toMatchObject([
      { code: 'MISSING', pointer: expect.stringMatching(/^\/documents/) },
    ])
    expect(told.body.errors[0].detail.zh).toContain('003CL02')
  }
  expect(asked()).toBe(before)
  expect((await caller('GET', '/api/v1/cases')).body.items).toEqual([])
})

test('the refusal is told at the place of the caller’s own dialect', async () => {
  const { body: zhejiang } = await convert('zhejiang', onPaper)
  const told = await dryRun(zhejiang.content, { 'content-type': 'application/json; profile=zhejiang' })
  expect(told.body.code).toBe('CONVERSION_INCOMPLETE')
  expect(told.body.errors[0].pointer).toMatch(/^\/suffInfoList/)
})

test('a conversion into Shanghai’s words is made, and names what Shanghai would refuse', async () => {
  const { status, body } = await convert('shanghai', onPaper)
  expect(status).toBe(200)
  expect(body.content.itemCode).toBe('312099003000')
  expect(body.refusals).toMatchObject([{ code: 'MISSING', pointer: expect.stringMatching(/^\/documents/) }])
  expect((await convert('shanghai', good)).body.refusals).toEqual([])
  // Nobody files a matter of Shanghai in Anhui's words with Anhui.
  expect((await convert('zhejiang', onPaper)).body.refusals).toEqual([])
})
