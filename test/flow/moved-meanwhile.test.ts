/** An act that comes too late, since the region has moved the case and its letter is still under way. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

const story = storyOf('zhejiang')
let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
})
afterAll(() => gateway.close())

/** Files a case and has the region move it; only the last move's letter is held back. */
async function moved(...steps: readonly string[]) {
  const { region } = gateway.region('zhejiang')
  const { body } = await file(caller, story.application(await upload(caller, 'a.pdf')))
  for (const [index, to] of steps.entries()) {
    gateway.mail.held = index === steps.length - 1
    region.advance(body.caseNumber, { to: to as never, fields: ['toAddress'] })
    await region.sendCallbacks()
  }
  gateway.mail.held = false
  const { headers } = await caller('GET', `/api/v1/cases/${body.id}`)
  return { id: body.id as string, etag: headers.get('etag') ?? '' }
}
const acting = (id: string, etag: string, act: string, content: object) =>
  caller('POST', `/api/v1/cases/${id}/${act}`, content, {
    'if-match': etag,
    'idempotency-key': crypto.randomUUID(),
  })

test.each<readonly [string, string, object, readonly string[]]>([
  ['a withdrawal', 'withdrawal', { reason: '不再需要' }, ['NOT_ACCEPTED']],
  ['a correction', 'correction', { form: { toAddress: '新址' } }, ['CORRECTION_REQUIRED', 'NOT_ACCEPTED']],
])('%s in conflict shows at once how the case stands', async (_name, act, content, steps) => {
  const { id, etag } = await moved(...steps)
  expect(await acting(id, etag, act, content)).toMatchObject({
    status: 409,
    body: { code: 'STATE_CONFLICT' },
  })
  expect((await caller('GET', `/api/v1/cases/${id}`)).body.status).toBe('NOT_ACCEPTED')
})
