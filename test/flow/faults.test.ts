/** A region on a bad day: it fails before it acts, after it acted, answers rubbish or drops the line. Nothing is lost or doubled. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { STORIES } from './stories.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** More rounds than any contract has calls in one filing, twice over. */
const MOST_ROUNDS = 40

describe.each(STORIES)('while $region', (story) => {
  let caller: Caller
  const played = () => gateway.region(story.region)
  const filedThere = () =>
    played()
      .region.cases()
      .filter(({ status }) => status !== 'DRAFT').length
  const read = async (id: string) => (await caller('GET', `/api/v1/cases/${id}`)).body
  const untilSent = async (id: string) => {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const shown = await read(id)
      if (shown.dispatch?.state !== 'pending') return shown
      await gateway.dispatch()
    }
    throw new Error('never sent')
  }

  beforeAll(async () => {
    caller = await gateway.as(story.client)
    await gateway.sync(story.division)
  })

  describe.each([
    ['error', 'fails before it acts'],
    ['lost', 'acts, and its answer is lost'],
    ['garbage', 'answers with a page for people'],
    ['drop', 'drops the line'],
  ] as const)('(%s) %s', (kind, _words) => {
    test('an application that was taken arrives once', async () => {
      const body = story.application(await upload(caller, 'a.pdf'))
      const before = filedThere()
      played().faults.add({ kind, operation: '*', times: 2 })
      const filed = await file(caller, body)
      expect([201, 202]).toContain(filed.status)
      const shown = await untilSent(filed.body.id)
      expect(shown).toMatchObject({ id: filed.body.id, caseNumber: expect.any(String) })
      expect(filedThere()).toBe(before + 1)
      played().faults.clear()
      const sent = (await caller('GET', `/api/v1/cases/${filed.body.id}/events`)).body.items
      expect(sent.filter((event: { type: string }) => event.type === 'dispatch')).toHaveLength(1)
    })

    test('a correction that was taken arrives once', async () => {
      const { body } = await file(caller, story.application(await upload(caller, 'a.pdf')))
      const number = body.caseNumber
      const next = () =>
        played()
          .region.cases()
          .find((one) => one.number === number)?.next ?? []
      for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'CORRECTION_REQUIRED'] as const) {
        if (next().includes('CORRECTION_REQUIRED') && to !== 'CORRECTION_REQUIRED') continue
        if (next().includes(to))
          played().region.advance(number, { to, ...(to === 'CORRECTION_REQUIRED' ? story.complaint : {}) })
      }
      await played().region.sendCallbacks()
      const { headers } = await caller('GET', `/api/v1/cases/${body.id}`)
      const answer = story.answer(await upload(caller, 'b.pdf', '%PDF-1.4 better'))
      played().faults.add({ kind, operation: '*', times: 2 })
      const answered = await caller('POST', `/api/v1/cases/${body.id}/correction`, answer, {
        'if-match': headers.get('etag') ?? '',
      })
      expect([200, 202]).toContain(answered.status)
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        if ((await gateway.dispatch()) === 0) break
      }
      played().faults.clear()
      await played().region.sendCallbacks()
      expect((await read(body.id)).status).not.toBe('CORRECTION_REQUIRED')
      expect(
        played()
          .region.cases()
          .find((one) => one.number === number)?.status,
      ).not.toBe('CORRECTION_REQUIRED')
    })
  })

  test('is down for good, the gateway answers 202 at once and shows why, and the application can be seen', async () => {
    played().faults.add({ kind: 'drop', times: 5 })
    const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
    expect(filed.status).toBe(202)
    expect(filed.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(filed.body).toMatchObject({ status: 'SUBMITTED', caseNumber: null })
    expect((await caller('GET', '/api/v1/cases?limit=100')).body.items).toContainEqual(
      expect.objectContaining({ id: filed.body.id }),
    )
    played().faults.clear()
    expect((await untilSent(filed.body.id)).caseNumber).toEqual(expect.any(String))
  })

  test('is not asked again for what it refused', async () => {
    expect(played().region.refusals()).toEqual([])
  })
})

// All four at once, since it is their waiting that takes the time.
test('while a region answers later than anybody wants to wait, the gateway answers 202, and the application arrives once', async () => {
  await Promise.all(
    STORIES.map(async (story) => {
      const caller = await gateway.as(story.client)
      const { faults, region } = gateway.region(story.region)
      const filedThere = () => region.cases().filter(({ status }) => status !== 'DRAFT').length
      const before = filedThere()
      const body = story.application(await upload(caller, 'a.pdf'))
      faults.add({ kind: 'slow', ms: LIMITS.filingWaitMs + 1_500, times: 1 })
      const since = performance.now()
      const filed = await file(caller, body)
      expect(filed.status).toBe(202)
      expect(performance.now() - since).toBeLessThan(LIMITS.filingWaitMs + 1_200)
      const state = async () => (await caller('GET', `/api/v1/cases/${filed.body.id}`)).body.dispatch.state
      await expect.poll(state, { timeout: 20_000 }).toBe('sent')
      expect(filedThere()).toBe(before + 1)
      faults.clear()
    }),
  )
})
