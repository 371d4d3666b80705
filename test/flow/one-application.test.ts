/** The main job: one application, from filing over a correction to the result, with each region, over real HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsOf } from '../cases/support.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { STORIES } from './stories.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe.each(STORIES)('an application from $client handled in $region', (story) => {
  let caller: Caller
  let id = ''
  let number = ''
  const region = () => gateway.region(story.region).region
  const move = async (to: string, more: object = {}) => {
    region().advance(number, { to: to as never, ...more })
    await region().sendCallbacks()
    return (await caller('GET', `/api/v1/cases/${id}`)).body
  }

  beforeAll(async () => {
    caller = await gateway.as(story.client)
    await gateway.sync(story.division)
  })

  test('is filed, and the region has a number for it', async () => {
    const filed = await file(caller, story.application(await upload(caller, '毕业证书.pdf')))
    expect(filed.body).toMatchObject({ status: expect.any(String), region: story.region })
    expect(filed.status).toBe(201)
    ;({ id, caseNumber: number } = filed.body)
    expect(
      region()
        .cases()
        .map((one) => one.number),
    ).toContain(number)
    expect(filed.headers.get('location')).toBe(`/api/v1/cases/${id}`)
  })

  test('is asked for a correction, answers it, and is accepted', async () => {
    await walk(
      region()
        .cases()
        .find((one) => one.number === number)?.next ?? [],
      'CORRECTION_REQUIRED',
    )
    const asked = await move('CORRECTION_REQUIRED', story.complaint)
    expect(asked).toMatchObject({ status: 'CORRECTION_REQUIRED', ball: 'applicant' })
    expect(asked.correction.documents).toEqual(
      story.complaint.materials.map((material) => expect.objectContaining({ id: material })),
    )
    const { headers } = await caller('GET', `/api/v1/cases/${id}`)
    const answered = await caller(
      'POST',
      `/api/v1/cases/${id}/correction`,
      story.answer(await upload(caller, '毕业证书2.pdf', '%PDF-1.4 better')),
      { 'if-match': headers.get('etag') ?? '' },
    )
    expect(answered.body).not.toHaveProperty('errors')
    expect(answered.status).toBe(200)
    expect(answered.body).toMatchObject({ correction: null })
    expect(await move('ACCEPTED')).toMatchObject({ status: 'ACCEPTED', ball: 'region' })
  })

  test('is decided, and its result can be fetched', async () => {
    for (const to of ['IN_REVIEW', 'APPROVED', 'COMPLETED']) await move(to)
    const done = await caller('GET', `/api/v1/cases/${id}`)
    expect(done.body).toMatchObject({ status: 'COMPLETED', ball: 'nobody' })
    expect(done.body.completedAt).toMatch(/\+08:00$/)
    const result = await caller('GET', `/api/v1/cases/${id}/result`)
    expect(result.status).toBe(200)
    expect(result.headers.get('content-type')).toBe('application/pdf')
    expect(result.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('has a timeline in order, a ledger that is whole, and no request was refused', async () => {
    const { body } = await caller('GET', `/api/v1/cases/${id}/events`)
    const sequences = body.items.map((event: { sequence: number }) => event.sequence)
    expect(sequences).toEqual(sequences.map((_: number, index: number) => index + 1))
    expect(await findingsOf(id, gateway.gateway.deps)).toEqual([])
    const ledger = await caller('GET', `/api/v1/cases/${id}/ledger`)
    const accounted = new Set(ledger.body.entries.flatMap((entry: { source: string[] }) => entry.source))
    for (const leaf of leavesOf(story.application('u'))) expect([...accounted]).toContain(leaf)
    expect(region().refusals()).toEqual([])
  })

  /** The clerk's way to a state, over the states between that the region insists on. */
  async function walk(next: readonly string[], to: string): Promise<void> {
    if (next.includes(to)) return
    for (const between of ['PRECHECK_PASSED', 'RECEIVED'])
      if (
        region()
          .cases()
          .find((one) => one.number === number)
          ?.next.includes(between as never)
      )
        await move(between)
  }
})

/** JSON Pointers of all values. */
function leavesOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${at}/${name}`))
}
