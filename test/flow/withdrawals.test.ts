/** What a case shows as soon as its own withdrawal was taken: the region's time where its answer tells one, ours where not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { STORIES, type Story } from './stories.ts'

let gateway: TestGateway
const callers: Record<string, Caller> = {}
beforeAll(async () => {
  gateway = await startTestGateway()
  for (const { client, division } of STORIES) {
    callers[client] ??= await gateway.as(client)
    await gateway.sync(division)
  }
})
afterAll(() => gateway.close())

const callerOf = ({ client }: Story): Caller => {
  const found = callers[client]
  if (!found) throw new Error(`no caller for ${client}`)
  return found
}

async function withdrawn(story: Story) {
  const caller = callerOf(story)
  const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
  expect(filed.status).toBe(201)
  return caller(
    'POST',
    `/api/v1/cases/${filed.body.id}/withdrawal`,
    { reason: '不再需要' },
    { 'if-match': filed.headers.get('etag') ?? '', 'idempotency-key': crypto.randomUUID() },
  )
}

test.each(STORIES.map((story) => [story.region, story] as const))(
  'a case withdrawn in %s has its end and its result at once',
  async (_region, story) => {
    const { status, body } = await withdrawn(story)
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'WITHDRAWN', result: { decision: 'withdrawn', documents: [] } })
    expect(body.completedAt).toMatch(/^\d{4}-\d\d-\d\dT.*\+08:00$/)
    // Shanghai alone tells the time in its answer (opTime); the others' time is ours until they tell theirs.
    expect(body.completedAtSource).toBe(story.region === 'shanghai' ? undefined : 'gateway')
    if (story.region === 'zhejiang') expect(body.result.text).toBe('申请人撤回')
    const told = await callerOf(story)('GET', `/api/v1/cases/${body.id}/result`)
    expect([told.status, told.body.code]).toEqual([404, 'RESULT_WITHOUT_DOCUMENT'])
  },
)
