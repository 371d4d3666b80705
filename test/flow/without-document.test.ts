/** Asking for a result: what may still come is told apart from what never will. */
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

/** Files a case and has the region move it. */
async function moved(...steps: readonly string[]): Promise<string> {
  const { region } = gateway.region('zhejiang')
  const { body } = await file(caller, story.application(await upload(caller, 'a.pdf')))
  for (const to of steps) {
    region.advance(body.caseNumber, { to: to as never })
    await region.sendCallbacks()
  }
  return body.id
}
const resultOf = (id: string) => caller('GET', `/api/v1/cases/${id}/result`)

test.each([
  ['filed a moment ago', []],
  ['under review', ['ACCEPTED', 'IN_REVIEW']],
  ['approved, the conclusion to come', ['ACCEPTED', 'IN_REVIEW', 'APPROVED']],
  ['denied, the conclusion to come', ['ACCEPTED', 'IN_REVIEW', 'DENIED']],
])('a case that is %s has no document yet: ask again', async (_name, steps) => {
  const told = await resultOf(await moved(...steps))
  expect(told).toMatchObject({ status: 409, body: { code: 'RESULT_NOT_READY', retry: true } })
})

test.each([
  ['not accepted', ['NOT_ACCEPTED']],
  ['voided', ['ACCEPTED', 'IN_REVIEW', 'VOIDED']],
  ['withdrawn over the counter', ['WITHDRAWN']],
])('a case that was %s in Zhejiang never has a document: do not ask again', async (_name, steps) => {
  const told = await resultOf(await moved(...steps))
  expect(told).toMatchObject({ status: 404, body: { code: 'RESULT_WITHOUT_DOCUMENT', retry: false } })
  expect(told.body.detail).toContain('窗口')
})
