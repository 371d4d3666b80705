/** 好差评: who may rate, when, how often; what its region is told, and what becomes of it when the region is silent. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { filedCase } from '../../src/federation/cases/record.ts'
import { tellRatings } from '../../src/federation/cases/tell-ratings.ts'
import { STORIES, type Story } from '../flow/stories.ts'
import { asPerson } from '../support/as-person.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { applicantOf, given, newcomer, onBehalf } from '../support/mandates.ts'
import { at, filedInHangzhou, findingsOf, onDatabase, tell } from './support.ts'

let gateway: TestGateway
let caller: Caller
let id = ''
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(...STORIES.map(({ division }) => division))
  caller = await gateway.as('sandbox-shanghai')
})
afterAll(() => gateway.close())

const rate = (body: object, by = caller, headers: Record<string, string> = {}, query = '') =>
  by('POST', `/api/v1/cases/${id}/rating${query}`, body, headers)
const ratings = async (by = caller) => (await by('GET', `/api/v1/cases/${id}/rating`)).body
const shown = async () => (await caller('GET', `/api/v1/cases/${id}`)).body.rating
const notes = async () => {
  const { body } = await caller('GET', `/api/v1/cases/${id}/events?limit=100`)
  return body.items.flatMap((one: { type: string; via: string; sentence: { zh: string } }) =>
    one.type === 'note' && one.via === 'own' ? [one.sentence.zh] : [],
  )
}
/** The region's clerks end the case, and tell of each step. */
async function conclude(number: string, region: Story['region'] = 'zhejiang') {
  const played = gateway.region(region).region
  for (const to of [
    'PRECHECK_PASSED',
    'RECEIVED',
    'ACCEPTED',
    'IN_REVIEW',
    'APPROVED',
    'COMPLETED',
  ] as const) {
    played.advance(number, { to })
    await played.sendCallbacks()
  }
}
const heldBy = (region: Story['region']): number => {
  const { ratings: held } = gateway.region(region).region.save() as { ratings: object }
  return Object.keys(held).length
}
/** What is owed is told now, whatever its pause. */
async function tellNow() {
  await onDatabase(
    gateway,
    (sql) => sql`update case_ratings set next_attempt_at = now() - interval '1 second', lease_until = null`,
  )
  return tellRatings(gateway.gateway.deps)
}

async function concluded(): Promise<void> {
  const filed = await filedInHangzhou(caller)
  id = filed.id
  await conclude(filed.number)
}

describe.each(STORIES)('of $region', (story) => {
  test('a rating and its follow-up reach the region, each once', async () => {
    const by = await gateway.as(story.client)
    const filed = await file(by, story.application(await upload(by, 'a.pdf')))
    id = filed.body.id
    await conclude(filed.body.caseNumber, story.region)
    const first = await rate({ grade: 'satisfied', comment: '不用跑, 很方便', channel: 'mobile' }, by)
    expect([first.status, first.body]).toEqual([
      201,
      {
        caseId: id,
        items: [
          {
            round: 1,
            grade: 'satisfied',
            ratedAt: expect.stringMatching(/\+08:00$/),
            state: 'told',
            toldAt: expect.stringMatching(/\+08:00$/),
            tags: [],
            comment: '不用跑, 很方便',
          },
        ],
        next: 2,
      },
    ])
    const second = await rate({ grade: 'veryDissatisfied', tags: ['slow', 'attitude'], round: 2 }, by)
    expect([second.status, second.body.next]).toEqual([201, null])
    expect((await by('GET', `/api/v1/cases/${id}`)).body.rating).toMatchObject({ round: 2, state: 'told' })
    expect(heldBy(story.region)).toBe(2)
  })
})

describe('a case of Hangzhou', () => {
  beforeEach(concluded)

  test('has no rating before it is rated, and then its newest in every list', async () => {
    expect(await shown()).toBeNull()
    expect(await ratings()).toEqual({ caseId: id, items: [], next: 1 })
    await rate({ grade: 'fairlySatisfied' })
    expect(await shown()).toMatchObject({ round: 1, grade: 'fairlySatisfied', state: 'told' })
    const { body } = await caller('GET', '/api/v1/cases?limit=1')
    expect(body.items[0].rating.grade).toBe('fairlySatisfied')
    const before = new Date(Date.now() - 3_600_000).toISOString().replace('Z', '%2B00:00')
    expect((await caller('GET', `/api/v1/cases/${id}?asOf=${before}`)).status).not.toBe(500)
    expect(await notes()).toEqual(['评价已记下, 正在送往办理地区。', '办理地区已收到评价。'])
  })

  test('of ten ratings at once takes one', async () => {
    const before = heldBy('zhejiang')
    const answers = await Promise.all(Array.from({ length: 10 }, () => rate({ grade: 'satisfied' })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(9).fill(409)])
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(
      Array(9).fill('RATED_ALREADY'),
    )
    expect((await ratings()).items).toHaveLength(1)
    expect(heldBy('zhejiang')).toBe(before + 1)
  })

  test('gives its first answer again for the same key', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await rate({ grade: 'satisfied' }, caller, key)
    const second = await rate({ grade: 'satisfied' }, caller, key)
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
  })

  test('can be tried, and then nothing is left behind', async () => {
    const tried = await rate({ grade: 'satisfied' }, caller, {}, '?dryRun=true')
    expect([tried.status, tried.body.items, tried.body.next]).toEqual([200, [], 1])
    expect(await ratings()).toMatchObject({ items: [], next: 1 })
    const refused = await rate({ grade: 'dissatisfied' }, caller, {}, '?dryRun=true')
    expect(refused.body.code).toBe('RATING_REASON_REQUIRED')
  })

  test.each<[body: object, status: number, code: string, pointer: string | undefined]>([
    [{ grade: 'dissatisfied' }, 422, 'RATING_REASON_REQUIRED', '/tags'],
    [{ grade: 'veryDissatisfied', comment: ' \n ' }, 422, 'RATING_REASON_REQUIRED', '/tags'],
    [{ grade: 'satisfied', round: 2 }, 409, 'RATING_FIRST_MISSING', undefined],
    [{ grade: 5 }, 422, 'BODY_INVALID', '/grade'],
    [{ grade: 'satisfied', round: 3 }, 422, 'BODY_INVALID', '/round'],
    [{ grade: 'satisfied', tags: ['slow', 'slow'] }, 422, 'BODY_INVALID', '/tags'],
    [{ grade: 'satisfied', comment: '好'.repeat(501) }, 422, 'BODY_INVALID', '/comment'],
    [{ grade: 'satisfied', comment: '好\u0000' }, 422, 'BODY_INVALID', '/comment'],
    [{ grade: 'satisfied', more: 1 }, 422, 'BODY_INVALID', '/more'],
    [{}, 422, 'BODY_INVALID', '/grade'],
  ])('refuses %j: %i %s at %s', async (body, status, code, pointer) => {
    const answer = await rate(body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.body.errors?.[0].pointer).toBe(pointer)
    expect(await ratings()).toMatchObject({ items: [] })
  })

  test('is rated once and once more, not a third time', async () => {
    await rate({ grade: 'satisfied' })
    expect((await rate({ grade: 'satisfied' })).body.code).toBe('RATED_ALREADY')
    expect((await rate({ grade: 'satisfied', round: 2 })).status).toBe(201)
    expect((await rate({ grade: 'satisfied', round: 2 })).body.code).toBe('RATED_ALREADY')
    // The timeline still makes the case: a rating moves nothing.
    expect(await findingsOf(id, gateway.gateway.deps)).toEqual([])
  })

  test('of a stranger is like one that is nobody’s', async () => {
    const other = await gateway.as('sandbox-anhui')
    expect((await rate({ grade: 'satisfied' }, other)).body.code).toBe('CASE_NOT_FOUND')
    expect((await other('GET', `/api/v1/cases/${id}/rating`)).body.code).toBe('CASE_NOT_FOUND')
  })
})

describe('while its region', () => {
  const faults = () => gateway.region('zhejiang').faults
  beforeEach(concluded)
  afterEach(() => faults().clear())

  test.each(['drop', 'error', 'garbage'] as const)(
    'is silent (%s), a rating stays owed, is shown so, and arrives once afterwards',
    async (kind) => {
      const before = heldBy('zhejiang')
      faults().add({ kind, operation: 'rating-push' })
      const { status, body } = await rate({ grade: 'satisfied' })
      expect([status, body.items[0].state]).toEqual([202, 'sending'])
      expect(await tellNow()).toBe(1)
      expect(await shown()).toMatchObject({ state: 'sending' })
      expect(await notes()).toEqual(['评价已记下, 正在送往办理地区。'])
      faults().clear()
      expect(await tellNow()).toBe(1)
      expect(await shown()).toMatchObject({ state: 'told' })
      expect(await notes()).toEqual(['评价已记下, 正在送往办理地区。', '办理地区已收到评价。'])
      expect(heldBy('zhejiang')).toBe(before + 1)
      expect(await tellNow()).toBe(0)
    },
  )

  test('took it, and its answer was lost, the next attempt finds it there', async () => {
    const before = heldBy('zhejiang')
    faults().add({ kind: 'lost', operation: 'rating-push', times: 1 })
    expect((await rate({ grade: 'satisfied' })).status).toBe(202)
    expect(heldBy('zhejiang')).toBe(before + 1)
    await tellNow()
    expect(await shown()).toMatchObject({ state: 'told' })
    expect(heldBy('zhejiang')).toBe(before + 1)
  })

  test('is slow, nobody waits for it, and its answer is taken in when it comes', async () => {
    faults().add({ kind: 'slow', operation: 'rating-push', ms: LIMITS.ratingWaitMs + 800, times: 1 })
    const began = Date.now()
    expect((await rate({ grade: 'satisfied' })).status).toBe(202)
    expect(Date.now() - began).toBeLessThan(LIMITS.ratingWaitMs + 700)
    expect(await tellRatings(gateway.gateway.deps)).toBe(0)
    await expect.poll(shown, { timeout: 5_000 }).toMatchObject({ state: 'told' })
  })

  test('was never asked, since the gateway died after it had stored the rating', async () => {
    await rate({ grade: 'satisfied' })
    const before = heldBy('zhejiang')
    // As it stands between storing and sending: nothing was told, and a dead process has the lease.
    await onDatabase(
      gateway,
      (sql) => sql`with r as (
        update case_ratings set state = 'sending', attempts = 0, lease_token = 'dead', lease_until = now() + interval '5 seconds'
        where case_id = ${id})
        update case_events set key = key || ':test' where case_id = ${id} and key = 'own:rating:1:told'`,
    )
    expect(await tellRatings(gateway.gateway.deps)).toBe(0)
    const later = at(new Date(Date.now() + 6_000).toISOString(), gateway.gateway.deps)
    expect(await tellRatings(later)).toBe(1)
    expect(await shown()).toMatchObject({ state: 'told' })
    expect(heldBy('zhejiang')).toBe(before)
  })

  test('has told of it in the timeline when the gateway dies, the rest is done later, and nothing is told twice', async () => {
    await rate({ grade: 'satisfied' })
    await onDatabase(
      gateway,
      (sql) => sql`update case_ratings set state = 'sending', attempts = 0 where case_id = ${id}`,
    )
    expect(await tellNow()).toBe(1)
    expect(await shown()).toMatchObject({ state: 'told' })
    expect(await notes()).toHaveLength(2)
  })

  test('has a rating from elsewhere already, this one is refused by name, and a follow-up may come', async () => {
    const { deps } = gateway.gateway
    const row = await deps.store.cases.read(id)
    const { link } = deps.directory.at('330100')
    if (!row || !link.rate) throw new Error('Zhejiang takes ratings')
    const rating = { grade: 'satisfied', comment: null, channel: 'window', round: 1 } as const
    await link.rate(await filedCase(row, deps), {
      ...rating,
      tags: [],
      ratedAt: '2026-03-02T09:00:00+08:00',
      sourceDivision: '310000',
    })
    const { status, body } = await rate({ grade: 'dissatisfied', tags: ['slow'] })
    expect([status, body.code]).toEqual([409, 'RATED_ALREADY'])
    expect(await ratings()).toMatchObject({
      items: [{ state: 'refused', refusal: 'RATED_ALREADY' }],
      next: 2,
    })
    expect(await notes()).toContain('评价没有送成: 办理地区没有收下。')
    expect((await rate({ grade: 'satisfied', round: 2 })).status).toBe(201)
  })

  test('does not take it for two weeks, it is given up, and the applicant sees that', async () => {
    faults().add({ kind: 'drop', operation: 'rating-push' })
    await rate({ grade: 'satisfied' })
    const later = at(new Date(Date.now() + 15 * 86_400_000).toISOString(), gateway.gateway.deps)
    expect(await tellRatings(later)).toBe(1)
    expect(await ratings()).toMatchObject({
      items: [{ state: 'refused', refusal: 'REGION_UNAVAILABLE' }],
      next: null,
    })
    expect((await rate({ grade: 'satisfied', round: 2 })).body.code).toBe('RATING_FIRST_MISSING')
  })
})

test('a follow-up waits until the first one is told', async () => {
  await concluded()
  const { faults } = gateway.region('zhejiang')
  faults.add({ kind: 'drop', operation: 'rating-push' })
  await rate({ grade: 'satisfied' })
  await rate({ grade: 'satisfied', round: 2 })
  expect(await tellNow()).toBe(1)
  faults.clear()
  expect(await tellNow()).toBe(1)
  expect(await tellNow()).toBe(1)
  expect((await ratings()).items.map(({ state }: { state: string }) => state)).toEqual(['told', 'told'])
})

test.each(['SUBMITTED', 'CORRECTION_REQUIRED', 'WITHDRAWN', 'VOIDED'] as const)(
  'nothing is rated before it is decided, or when it was given up: %s',
  async (status) => {
    ;({ id } = await filedInHangzhou(caller))
    if (status !== 'SUBMITTED') await tell(id, '2099-03-16', status, gateway.gateway.deps)
    const answer = await rate({ grade: 'satisfied' })
    expect([answer.status, answer.body.code, answer.body.facts]).toEqual([409, 'STATE_CONFLICT', { status }])
    expect((await ratings()).next).toBeNull()
  },
)

test('an agent reads the rating and gives none; giver and agent see who tried', async () => {
  const [giver, agent] = [await applicantOf(gateway), await newcomer(gateway)]
  const [own, theirs] = [await asPerson(giver, gateway), await asPerson(agent, gateway)]
  const mandate = await given(giver, agent, gateway)
  const filed = await file(theirs, await onBehalf(theirs, agent, mandate))
  id = filed.body.id
  await conclude(filed.body.caseNumber)
  const refused = await rate({ grade: 'satisfied' }, theirs)
  expect([refused.status, refused.body.code]).toEqual([403, 'RATING_BY_APPLICANT'])
  expect((await ratings(theirs)).next).toBeNull()
  expect((await rate({ grade: 'satisfied' }, own)).status).toBe(201)
  const { body } = await own('GET', '/api/v1/me/accesses')
  const acts = body.items.map(({ act, outcome }: { act: string; outcome: string }) => [act, outcome])
  expect(acts).toContainEqual(['cases.rate', 'RATING_BY_APPLICANT'])
  expect(acts).toContainEqual(['cases.rate', 'granted'])
  expect(acts).toContainEqual(['cases.readRating', 'granted'])
})

test('a region that takes no ratings is sent none, and that is said', async () => {
  const other = await startTestGateway({
    directory: (directory) => {
      delete directory.regions.zhejiang.options.icCodes.rating
      return directory
    },
  })
  try {
    await other.sync('330100')
    const by = await other.as('sandbox-shanghai')
    const filed = await filedInHangzhou(by)
    await tell(filed.id, '2099-03-16', 'COMPLETED', other.gateway.deps)
    const path = `/api/v1/cases/${filed.id}/rating`
    const { status, body } = await by('POST', path, { grade: 'satisfied' })
    expect([status, body.items[0].state, body.next]).toEqual([201, 'notOffered', 2])
    expect(await tellRatings(other.gateway.deps)).toBe(0)
    const { body: events } = await by('GET', `/api/v1/cases/${filed.id}/events?limit=100`)
    expect(events.items.at(-1).sentence.zh).toBe('评价已记下; 办理地区的系统不接收评价, 没有送去。')
  } finally {
    await other.close()
  }
})

test('a gateway tells by itself what its region did not take at first', async () => {
  const other = await startTestGateway({ work: true })
  try {
    await other.sync('330100')
    const by = await other.as('sandbox-shanghai')
    const filed = await filedInHangzhou(by)
    await tell(filed.id, '2099-03-16', 'COMPLETED', other.gateway.deps)
    other.region('zhejiang').faults.add({ kind: 'drop', operation: 'rating-push', times: 1 })
    const path = `/api/v1/cases/${filed.id}/rating`
    expect((await by('POST', path, { grade: 'satisfied' })).body.items[0].state).toBe('sending')
    const stateNow = async () => (await by('GET', path)).body.items[0].state
    await expect.poll(stateNow, { timeout: 15_000 }).toBe('told')
  } finally {
    await other.close()
  }
}, 40_000)
