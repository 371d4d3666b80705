/** What Anhui knows better than the gateway: a letter before an answer, a complaint in no letter, a state, a version. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

const story = storyOf('anhui')
let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
})
afterAll(() => gateway.close())

const played = () => gateway.region('anhui')
const read = async (id: string) => (await caller('GET', `/api/v1/cases/${id}`)).body
const newest = () => {
  const found = played()
    .region.cases()
    .filter(({ division }) => division === story.division)
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .at(-1)
  if (!found) throw new Error('nothing was filed')
  return found
}
/** The letters of a case that were not taken with `01`. */
const untaken = (number: string) =>
  played()
    .region.callbacks()
    .filter((one) => one.caseNumber === number && !one.acknowledged)

test('a letter that comes before the answer to the filing is for a case that we know, and stands', async () => {
  played().faults.add({ kind: 'lost', operation: 'apply-submit', times: 1 })
  const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
  expect(filed.status).toBe(202)
  const { number } = newest()
  played().region.advance(number, { to: 'PRECHECK_PASSED' })
  await played().region.sendCallbacks()
  expect(untaken(number)).toEqual([])
  expect(await read(filed.body.id)).toMatchObject({ status: 'PRECHECK_PASSED', caseNumber: number })

  played().faults.clear()
  await gateway.dispatch()
  expect(await read(filed.body.id)).toMatchObject({
    status: 'PRECHECK_PASSED',
    caseNumber: number,
    dispatch: { state: 'sent' },
  })
})

test('what a returned pre-check complains of is not in the letter, and is found by asking', async () => {
  const { body } = await file(caller, story.application(await upload(caller, 'a.pdf')))
  played().region.advance(body.caseNumber, { to: 'PRECHECK_RETURNED', ...story.complaint })
  await played().region.sendCallbacks()
  expect(await read(body.id)).toMatchObject({ status: 'PRECHECK_RETURNED', correction: { documents: [] } })
  await gateway.poll()
  const { correction } = await read(body.id)
  expect(correction.documents.map((one: { id: string }) => one.id)).toEqual(story.complaint.materials)
  const events = async () => (await caller('GET', `/api/v1/cases/${body.id}/events`)).body.items.length
  const count = await events()
  await gateway.poll()
  expect(await events()).toBe(count)
})

test('a withdrawal that comes too late shows where the case is', async () => {
  const { body, headers } = await file(caller, story.application(await upload(caller, 'a.pdf')))
  for (const to of ['RECEIVED', 'ACCEPTED', 'APPROVED'] as const)
    played().region.advance(body.caseNumber, { to, silent: true })
  const refused = await caller(
    'POST',
    `/api/v1/cases/${body.id}/withdrawal`,
    { reason: '申请人要求撤回' },
    { 'if-match': headers.get('etag') ?? '' },
  )
  expect([refused.status, refused.body.code]).toEqual([409, 'STATE_CONFLICT'])
  expect(await read(body.id)).toMatchObject({ status: 'APPROVED', rawStatus: { code: '11' } })
})

test('a matter in a version that is over is refused, read anew, and filed', async () => {
  const body = story.application(await upload(caller, 'a.pdf'))
  const id = String(body['matter'])
  const { catalogue } = gateway.gateway.deps
  const known = await catalogue.read(id)
  await catalogue.put({
    ...known,
    regional: { ...known.regional, code: known.regional?.code ?? '', version: '1' },
  })
  const refused = await file(caller, body)
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/matter'])
  expect((await catalogue.read(id)).regional).toEqual(known.regional)
  expect((await file(caller, body)).status).toBe(201)
})
