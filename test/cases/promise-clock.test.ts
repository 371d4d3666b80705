/** The promise clock as callers see it, started and stopped by what regions really post. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { showCases } from '../../src/federation/cases/clock/show-cases.ts'
import { addWorkingDays } from '../../src/federation/working-days.ts'
import { STORIES } from '../flow/stories.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { filedInHangzhou, onDatabase, tell } from './support.ts'

let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(...STORIES.map(({ division }) => division))
  caller = await gateway.as('sandbox-shanghai')
})
afterAll(() => gateway.close())

const clockOf = async (id: string, query = '') =>
  (await caller('GET', `/api/v1/cases/${id}${query}`)).body.clock

describe.each(STORIES)('a case of $region', (story) => {
  test('has no clock before it is accepted, and then the promise of its matter', async () => {
    const { region } = gateway.region(story.region)
    const own = await gateway.as(story.client)
    const filed = await file(own, story.application(await upload(own, 'a.pdf')))
    const { id, caseNumber } = filed.body
    expect(filed.body).toMatchObject({ clock: null, forecast: null, dueOn: null })
    for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'ACCEPTED'])
      if (
        region
          .cases()
          .find(({ number }) => number === caseNumber)
          ?.next.includes(to as never)
      )
        region.advance(caseNumber, { to: to as never })
    await region.sendCallbacks()

    const { body } = await own('GET', `/api/v1/cases/${id}`)
    expect(body.status).toBe('ACCEPTED')
    const { body: matter } = await own('GET', `/api/v1/matters/${story.application('')['matter']}`)
    const { days } = matter.commitment
    const isInstant = matter.handling === 'instant' || days === 0
    expect(body.clock).toMatchObject({
      startedAt: body.acceptedAt,
      basis: isInstant ? 'instant' : 'commitment',
      days: isInstant ? 0 : days,
      daysUsed: 0,
      stops: [],
      overdue: false,
    })
    const ours = isInstant ? null : addWorkingDays(new Date(body.acceptedAt), days).on
    if (ours) expect([body.clock.dueOn, body.clock.computedDueOn]).toContain(ours)
    expect(body.dueOn).toBe(body.clock.dueOn)
    const { body: list } = await own('GET', '/api/v1/cases')
    expect(list.items.find((one: { id: string }) => one.id === id).clock).toEqual(body.clock)
    const spoken = await own('GET', `/api/v1/cases/${id}`, undefined, {
      accept: `application/json; profile=${story.region}`,
    })
    expect(spoken.status).toBe(200)
  })
})

describe('a clock that has run', () => {
  let id = ''
  beforeAll(async () => {
    ;({ id } = await filedInHangzhou(caller))
    const { deps } = gateway.gateway
    // What is told last happened first.
    await tell(id, '2026-03-25', 'IN_REVIEW', deps)
    await tell(id, '2026-03-18', 'SUSPENDED', deps)
    await tell(id, '2026-03-16', 'ACCEPTED', deps, { acceptedAt: '2026-03-16T10:00:00+08:00' })
  })

  test('tells its stops by the time at which they happened', async () => {
    expect(await clockOf(id)).toMatchObject({
      startedAt: '2026-03-16T10:00:00+08:00',
      stops: [{ from: '2026-03-18T10:00:00+08:00', to: '2026-03-25T10:00:00+08:00', because: 'SUSPENDED' }],
      source: 'computed',
      overdue: true,
    })
  })
  test('shows the region’s date as the region’s, with ours beside it, once it is told', async () => {
    const { dueOn } = await clockOf(id)
    await tell(id, '2026-03-26', 'IN_REVIEW', gateway.gateway.deps, {
      type: 'note',
      dueAt: '2099-06-30T23:59:59+08:00',
    })
    const { body } = await caller('GET', `/api/v1/cases/${id}`)
    expect(body.dueOn).toBe('2099-06-30')
    expect(body.clock).toMatchObject({
      dueOn: '2099-06-30',
      source: 'region',
      computedDueOn: dueOn,
      overdue: false,
      provisional: true,
    })
  })
  test('is not moved by our own word that came late', async () => {
    const before = await clockOf(id)
    await tell(id, '2026-03-27', 'CORRECTION_REQUIRED', gateway.gateway.deps, {
      via: 'own',
      key: 'own:late',
      occurredAt: '2026-03-20T10:00:00+08:00',
    })
    expect(await clockOf(id)).toEqual(before)
  })
  test('begins when it was told, where the region dates the acceptance into the future', async () => {
    const one = await filedInHangzhou(caller)
    await tell(one.id, '2026-03-16', 'ACCEPTED', gateway.gateway.deps, {
      occurredAt: '2026-09-01T10:00:00+08:00',
    })
    expect((await clockOf(one.id)).startedAt).toBe('2026-03-16T10:00:00+08:00')
  })
  test('is read as it was known at a moment', async () => {
    const one = await filedInHangzhou(caller)
    const { deps } = gateway.gateway
    await tell(one.id, '2099-03-16', 'ACCEPTED', deps)
    await tell(one.id, '2099-03-18', 'SUSPENDED', deps)
    const seen = (moment: string) => clockOf(one.id, `?asOf=${encodeURIComponent(moment)}`)
    expect(await seen('2099-03-17T12:00:00+08:00')).toMatchObject({ daysUsed: 1, stoppedSince: null })
    expect(await seen('2099-03-20T12:00:00+08:00')).toMatchObject({
      daysUsed: 2,
      stoppedSince: '2099-03-18T10:00:00+08:00',
      dueOn: null,
    })
  })
})

test('a page of cases asks once for all their clocks', async () => {
  const { deps } = gateway.gateway
  let asked = 0
  const clocks: typeof deps.store.clocks = {
    ...deps.store.clocks,
    turnsOf: (ids, more) => {
      asked += 1
      return deps.store.clocks.turnsOf(ids, more)
    },
  }
  const rows = await deps.store.cases.listOwn({ clientId: 'sandbox-shanghai' }, { limit: 10 })
  expect(rows.length).toBeGreaterThan(2)
  const shown = await showCases(rows, { ...deps, store: { ...deps.store, clocks } })
  expect(shown.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  expect(asked).toBe(1)
})

test('a case with more events than a clock is made of has none, rather than a wrong one', async () => {
  const { id } = await filedInHangzhou(caller)
  await tell(id, '2026-03-16', 'ACCEPTED', gateway.gateway.deps)
  expect(await clockOf(id)).not.toBeNull()
  await onDatabase(
    gateway,
    (sql) => sql`update cases set sequence = ${LIMITS.clockEvents + 1} where id = ${id}`,
  )
  expect(await clockOf(id)).toBeNull()
})
