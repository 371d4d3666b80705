/** All cases of a person in 41 cities: filed here and elsewhere, each once, with a statement of what is known. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rebuildCases } from '../../src/federation/cases/rebuild-cases.ts'
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import type { Case } from '../../src/schemas/case.ts'
import { STORIES, storyOf } from '../flow/stories.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { badPlace, holder } from '../support/holdings.ts'
import { onDatabase } from './support.ts'

const HANGING = ['320100', '320300', '330200', '340200', '340300']
const FAILING = ['320400', '330300', '340800']

/** A person of a story, the API as they see it, and a case of theirs that their region has. */
async function filedBy(gateway: TestGateway, region: SimulatedRegionId) {
  const story = storyOf(region)
  await gateway.sync(story.division)
  const caller = await gateway.as(story.client)
  const application = story.application(await upload(caller, 'a.pdf'))
  const filed = await file(caller, application)
  if (filed.status !== 201) throw new Error(`filing: ${filed.status} ${JSON.stringify(filed.body)}`)
  const { name, idDocument } = application['applicant'] as { name: string; idDocument: { number: string } }
  const { own } = await holder({ name, number: idDocument.number, region }, gateway)
  return { own, id: filed.body.id as string, number: filed.body.caseNumber as string }
}

/** The gateway never heard of a case: its region has it all the same. */
const forget = (gateway: TestGateway, id: string) =>
  onDatabase(gateway, async (sql) => {
    for (const table of ['case_events', 'dispatches', 'outbox'])
      await sql`delete from ${sql(table)} where case_id = ${id}`
    await sql`delete from cases where id = ${id}`
  })

type Item = Pick<Case, 'id' | 'caseNumber' | 'status'>
const ofNumber = (items: readonly Item[], number: string) => items.filter((one) => one.caseNumber === number)

/** The list, once every region has answered: the first question of all logs in. */
async function whole(own: Caller, path = '/api/v1/me/cases') {
  await expect
    .poll(async () => (await own('GET', path)).body.completeness.failed, { timeout: 20_000, interval: 100 })
    .toBe(0)
  return (await own('GET', path)).body
}

describe.each(STORIES)('a case of $region that was filed elsewhere', ({ region, division }) => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  }, 60_000)
  afterAll(() => gateway.close())

  test('is one case, however often it is listed, and goes the way of all cases', async () => {
    const { own, id, number } = await filedBy(gateway, region)
    await forget(gateway, id)
    const path = `/api/v1/me/cases?cities=${division}`
    // As many at once as one person may ask for in a minute, and some to spare.
    const all = await Promise.all(Array.from({ length: 20 }, () => own('GET', path)))
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200))
    const { items, completeness } = await whole(own, path)
    expect(completeness).toMatchObject({ asked: 1, fresh: 1 })
    const [listed, ...more] = ofNumber(items, number)
    expect(more).toEqual([])
    expect(listed).toMatchObject({ origin: 'listed', region, dispatch: { state: 'sent' } })
    const read = await own('GET', `/api/v1/cases/${listed?.id}`)
    expect(read.body).toEqual(listed)
    const { body } = await own('GET', `/api/v1/cases/${listed?.id}/events`)
    expect(body.items).toHaveLength(1)
    expect(body.items[0]).toMatchObject({ sequence: 1, via: 'list', status: read.body.status })
    expect((await own('GET', '/api/v1/cases')).body.items).toContainEqual(listed)
    const refused = await own(
      'POST',
      `/api/v1/cases/${listed?.id}/withdrawal`,
      { reason: '不办了' },
      { 'if-match': '*', 'idempotency-key': crypto.randomUUID() },
    )
    expect([refused.status, refused.body.code]).toEqual([409, 'CASE_FILED_ELSEWHERE'])
  })

  test('moves when its region lists it in another state, and its row can be made of its timeline', async () => {
    const { own, id, number } = await filedBy(gateway, region)
    await forget(gateway, id)
    const path = `/api/v1/me/cases?cities=${division}`
    const [before] = ofNumber((await whole(own, path)).items, number)
    const desk = gateway.region(region).region
    const next = desk.cases().find((one) => one.number === number)?.next[0]
    if (!before || !next) throw new Error('no case, or nothing that could follow')
    desk.advance(number, { to: next, silent: true })
    const [after] = ofNumber((await whole(own, path)).items, number)
    expect(after).toMatchObject({ id: before.id, status: next })
    expect(next).not.toBe(before.status)
    const { deps } = gateway.gateway
    const rebuild = (dryRun: boolean) => rebuildCases({ caseId: before.id, dryRun }, () => undefined, deps)
    expect(await rebuild(true)).toMatchObject({ cases: 1, events: 2, different: 0, broken: 0 })
    await onDatabase(gateway, (sql) => sql`update cases set status = 'DRAFT' where id = ${before.id}`)
    expect(await rebuild(false)).toMatchObject({ different: 1 })
    expect((await own('GET', `/api/v1/cases/${before.id}`)).body.status).toBe(next)
  })

  test('one that was filed here is listed once, as filed', async () => {
    const { own, id, number } = await filedBy(gateway, region)
    const { items } = await whole(own, `/api/v1/me/cases?cities=${division}`)
    expect(ofNumber(items, number)).toMatchObject([{ id, origin: 'filed' }])
  })
})

describe('a matter that no catalogue names', () => {
  test('is shown by its code, and its region is asked about it by lists alone', async () => {
    const gateway = await startTestGateway()
    try {
      const { own, id, number } = await filedBy(gateway, 'jiangsu')
      await forget(gateway, id)
      await onDatabase(gateway, (sql) => sql`delete from matters where region = 'jiangsu'`)
      const [listed] = ofNumber((await whole(own, '/api/v1/me/cases?cities=320500')).items, number)
      const code = '1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f'
      expect(listed).toMatchObject({ matter: { id: code, name: { zh: code } } })
      const rows = await onDatabase(
        gateway,
        (sql) => sql`select next_ask_at from cases where case_number = ${number}`,
      )
      expect(rows).toEqual([{ next_ask_at: null }])
    } finally {
      await gateway.close()
    }
  }, 60_000)
})

describe('with all regions well', () => {
  let gateway: TestGateway
  let own: Caller
  let number = ''
  beforeAll(async () => {
    gateway = await startTestGateway()
    ;({ own, number } = await filedBy(gateway, 'jiangsu'))
  }, 60_000)
  afterAll(() => gateway.close())

  test('41 cities are asked, filters narrow what is shown, and a page after the first asks nobody', async () => {
    const { items, completeness } = await whole(own)
    expect(completeness).toMatchObject({ asked: 41, fresh: 41 })
    const [one] = ofNumber(items, number)
    const filtered = (query: string) => own('GET', `/api/v1/me/cases?${query}`)
    expect(ofNumber((await filtered(`city=320500&status=${one?.status}`)).body.items, number)).toHaveLength(1)
    expect((await filtered('city=320500&status=DELIVERED')).body.items).toEqual([])
    expect((await filtered('city=330100')).body.items).toEqual([])
    await file(
      await gateway.as('sandbox-shanghai'),
      storyOf('jiangsu').application(await upload(await gateway.as('sandbox-shanghai'), 'b.pdf')),
    )
    const first = await filtered('limit=1')
    gateway.region('jiangsu').faults.add({ kind: 'error', operation: 'case-list' })
    const second = await filtered(`limit=1&cursor=${first.body.nextCursor}`)
    gateway.region('jiangsu').faults.clear()
    expect(second.body.items).toHaveLength(1)
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id)
    expect(second.body.completeness).toMatchObject({ asked: 41, fresh: 0, cached: 41 })
    expect(second.body.completeness.cities[0]).not.toHaveProperty('reason')
  })

  test('a city that falls silent is cached with the time of its last answer, and its cases stay', async () => {
    const before = await whole(own, '/api/v1/me/cases?cities=320500,320100')
    gateway.region('jiangsu').faults.add({ kind: 'error', operation: 'case-list' })
    const { body } = await own('GET', '/api/v1/me/cases?cities=320500,320100')
    gateway.region('jiangsu').faults.clear()
    expect(body.completeness).toMatchObject({ fresh: 0, cached: 2, failed: 0 })
    expect(body.completeness.cities[1]).toMatchObject({
      state: 'cached',
      asOf: before.completeness.cities[1].asOf,
      reason: 'REGION_UNAVAILABLE',
    })
    expect(body.items).toEqual(before.items)
  })

  test('a list that comes too late for its question is there at the next one', async () => {
    const { own: late, id, number: lateNumber } = await filedBy(gateway, 'anhui')
    await forget(gateway, id)
    await whole(late, '/api/v1/me/cases?cities=340200')
    gateway.region('anhui').faults.add({ kind: 'slow', operation: 'case-list', ms: 900, times: 1 })
    const slow = await late('GET', '/api/v1/me/cases?cities=340100')
    expect(slow.body.completeness).toMatchObject({ fresh: 0 })
    expect(ofNumber(slow.body.items, lateNumber)).toEqual([])
    gateway.region('anhui').faults.add({ kind: 'error', operation: 'case-list' })
    await expect
      .poll(
        async () =>
          ofNumber((await late('GET', '/api/v1/me/cases?cities=340100')).body.items, lateNumber).length,
        { timeout: 5_000 },
      )
      .toBe(1)
    gateway.region('anhui').faults.clear()
  })

  test('what is asked wrongly is refused by its name', async () => {
    const refusal = async (query: string, caller = own) =>
      (await caller('GET', `/api/v1/me/cases?${query}`)).body.code
    expect(await refusal('cities=999999')).toBe('DIVISION_UNKNOWN')
    expect(await refusal('city=999999')).toBe('DIVISION_UNKNOWN')
    expect(await refusal('status=LOST')).toBe('PARAMETER_INVALID')
    expect(await refusal('limit=0')).toBe('PARAMETER_INVALID')
    expect(await refusal('cursor=x')).toBe('PARAMETER_INVALID')
    expect(await refusal('', await gateway.as('sandbox-shanghai'))).toBe('PERSON_REQUIRED')
    expect(await refusal('', gateway.anyone)).toBe('TOKEN_MISSING')
  })

  test('the look is recorded with the cases that were shown', async () => {
    const { items } = await whole(own, '/api/v1/me/cases?cities=320500')
    const { body } = await own('GET', '/api/v1/me/accesses')
    expect(body.items[0]).toMatchObject({
      act: 'cases.list',
      caseIds: items.map(({ id }: { id: string }) => id),
    })
  })
})

test('with five cities that hang and three that fail, the others answer in time', async () => {
  const [hanging, failing] = [await badPlace('hangs'), await badPlace('fails')]
  const gateway = await startTestGateway({
    directory: (directory) => ({
      ...directory,
      cities: Object.fromEntries([
        ...HANGING.map((city) => [city, { baseUrl: hanging.url }]),
        ...FAILING.map((city) => [city, { baseUrl: failing.url }]),
      ]),
    }),
  })
  try {
    const { own, number } = await filedBy(gateway, 'jiangsu')
    await expect
      .poll(async () => (await own('GET', '/api/v1/me/cases')).body.completeness.fresh, {
        timeout: 20_000,
        interval: 100,
      })
      .toBe(33)
    const started = performance.now()
    const { body } = await own('GET', '/api/v1/me/cases')
    // The limit of each is 0.65 s: whatever waited for one after another would take five times that.
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(body.completeness).toMatchObject({ asked: 41, fresh: 33, cached: 0, failed: 8 })
    expect(ofNumber(body.items, number)).toHaveLength(1)
  } finally {
    await gateway.close()
    await Promise.all([hanging.close(), failing.close()])
  }
}, 60_000)
