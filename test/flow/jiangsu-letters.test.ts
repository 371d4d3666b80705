/** What a strict Jiangsu sees of the gateway's day: steps within a state, corrections with the same file, late letters. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

const story = storyOf('jiangsu')
let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
})
afterAll(() => gateway.close())

const region = () => gateway.region('jiangsu').region

test('a corrected material may be the same upload, and a late letter of the request does not undo the answer', async () => {
  const uploadId = await upload(caller, 'a.pdf')
  const filed = await file(caller, story.application(uploadId))
  const { id, caseNumber } = filed.body
  gateway.mail.held = true
  region().advance(caseNumber, { to: 'PRECHECK_RETURNED', materials: [...story.complaint.materials] })
  await region().sendCallbacks()
  await gateway.poll()
  const asked = await caller('GET', `/api/v1/cases/${id}`)
  expect(asked.body.status).toBe('PRECHECK_RETURNED')
  const answered = await caller('POST', `/api/v1/cases/${id}/correction`, story.answer(uploadId), {
    'if-match': asked.headers.get('etag') ?? '',
    'idempotency-key': crypto.randomUUID(),
  })
  expect([answered.status, answered.body.status]).toEqual([200, 'SUBMITTED'])
  gateway.mail.held = false
  await region().sendCallbacks()
  expect((await caller('GET', `/api/v1/cases/${id}`)).body.status).toBe('SUBMITTED')
})

test('a result’s documents are found by asking, when only a letter told of the end', async () => {
  const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
  const { id, caseNumber } = filed.body
  for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'ACCEPTED', 'APPROVED', 'COMPLETED'] as const)
    region().advance(caseNumber, { to })
  await region().sendCallbacks()
  const result = async () => (await caller('GET', `/api/v1/cases/${id}`)).body.result
  expect(await result()).toEqual({ decision: 'granted', documents: [] })
  await gateway.poll()
  expect(await result()).toMatchObject({ decision: 'granted', documents: [{ kind: 'result' }] })
})

test('what the platform posts beside the configured path is answered as its bus does', async () => {
  const stranger = await gateway.anyone('POST', '/js/callback/other', {})
  expect([stranger.status, stranger.body.errcode]).toEqual([401, '1001'])
})
