/** Callbacks and answers cross: a region calls back before its answer has come, and a decision comes after a newer one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Caller,
  file,
  type Letter,
  startTestGateway,
  type TestGateway,
  upload,
} from '../support/gateway.ts'
import { STORIES } from './stories.ts'

const story = STORIES.find(({ region }) => region === 'shanghai') as (typeof STORIES)[number]

let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
})
afterAll(() => gateway.close())

const played = () => gateway.region('shanghai')
const read = async (id: string) => (await caller('GET', `/api/v1/cases/${id}`)).body
const filed = async () => file(caller, story.application(await upload(caller, 'a.pdf')))

/** Moves the case while the mail is held, and gives the letters of it, each once. */
async function written(number: string, ...steps: readonly string[]): Promise<readonly Letter[]> {
  const before = gateway.mail.letters.length
  gateway.mail.held = true
  for (const to of steps) played().region.advance(number, { to: to as never })
  await played().region.sendCallbacks()
  gateway.mail.held = false
  return gateway.mail.letters.slice(before)
}

describe('an application whose answer was lost', () => {
  test('is known to callbacks already, and they count', async () => {
    played().faults.add({ kind: 'lost', operation: 'apply-submit', times: 1 })
    const { status, body } = await filed()
    expect(status).toBe(202)
    const [{ number = '' } = {}] = played()
      .region.cases()
      .filter((one) => one.status === 'SUBMITTED')
      .slice(-1)
    for (const letter of await written(number, 'RECEIVED', 'CORRECTION_REQUIRED'))
      expect(await gateway.mail.send(letter)).toEqual({ status: 200, body: '{"isSuccess":true}' })
    expect(await read(body.id)).toMatchObject({ caseNumber: number, status: 'CORRECTION_REQUIRED' })
    await gateway.dispatch()
    expect(await read(body.id)).toMatchObject({
      status: 'CORRECTION_REQUIRED',
      dispatch: { state: 'sent' },
      correction: { documents: [{ id: '003CL01' }, { id: '003CL02' }] },
    })
  })

  test('learns its notice from a callback that says what the answer said', async () => {
    played().faults.add({ kind: 'lost', operation: 'apply-submit', times: 1 })
    const { body } = await filed()
    const [{ number = '' } = {}] = played()
      .region.cases()
      .filter((one) => one.status === 'SUBMITTED')
      .slice(-1)
    const letters = await written(number, 'RECEIVED', 'CORRECTION_REQUIRED')
    await gateway.dispatch()
    expect(await read(body.id)).toMatchObject({ status: 'CORRECTION_REQUIRED', correction: null })
    for (const letter of letters) await gateway.mail.send(letter)
    expect((await read(body.id)).correction).toMatchObject({ reason: '请补正材料' })
  })
})

describe('a decision', () => {
  test('that comes late does not displace a newer one', async () => {
    const { body } = await filed()
    const letters = await written(body.caseNumber, 'RECEIVED', 'ACCEPTED', 'APPROVED', 'COMPLETED', 'VOIDED')
    for (const letter of letters.toReversed()) expect((await gateway.mail.send(letter)).status).toBe(200)
    expect(await read(body.id)).toMatchObject({ status: 'VOIDED', result: { decision: 'voided' } })
  })

  test('that comes late is taken when none is known', async () => {
    const { body } = await filed()
    const letters = await written(body.caseNumber, 'RECEIVED', 'ACCEPTED', 'DENIED', 'DELIVERED')
    for (const letter of letters.toReversed()) await gateway.mail.send(letter)
    expect(await read(body.id)).toMatchObject({ status: 'DELIVERED', result: { decision: 'denied' } })
  })
})

test('a case tells its promise in a dialect too', async () => {
  const { body } = await filed()
  for (const letter of await written(body.caseNumber, 'RECEIVED', 'ACCEPTED')) await gateway.mail.send(letter)
  const told = await caller('GET', `/api/v1/cases/${body.id}`, undefined, {
    accept: 'application/json; profile=shanghai',
  })
  expect(told.body.commitmentTime.slice(0, 10)).toBe((await read(body.id)).dueOn)
})
