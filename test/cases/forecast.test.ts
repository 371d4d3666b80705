/** How long a matter takes: from real concluded cases, and not a word before there are thirty. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { measured } from '../../src/federation/cases/clock/forecast.ts'
import { showCase } from '../../src/federation/cases/clock/show-cases.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { at, filedInHangzhou, onDatabase, tell } from './support.ts'

const MATTER = 'zhejiang:330100:33010100000000099002'
let gateway: TestGateway
let caller: Caller
let id = ''
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  caller = await gateway.as('sandbox-shanghai')
  ;({ id } = await filedInHangzhou(caller))
})
afterAll(() => gateway.close())

/** Concluded cases like the one that was filed, accepted on a Monday in March, each a working day longer than the one before. */
const concluded = (first: number, last: number, status = 'COMPLETED', division = '330106') =>
  onDatabase(gateway, async (sql) => {
    await sql`create temp table t as select * from cases where id = ${id}`
    for (let n = first; n <= last; n += 1) {
      // Days 1 to 5 are the first week, behind which a weekend lies.
      const completed = new Date(
        Date.parse('2026-03-16T15:00:00+08:00') + (n + 2 * Math.floor(n / 5)) * 86_400_000,
      )
      await sql`update t set id = ${`case_${status}${division}${n}`}, source_number = ${`s${status}${division}${n}`}, case_number = null,
        case_key = null, status = ${status}, division = ${division}, accepted_at = '2026-03-16T10:00:00+08:00', completed_at = ${completed}`
      await sql`insert into cases select * from t`
    }
  })
const later = (ms: number) => at(new Date(Date.now() + ms).toISOString(), gateway.gateway.deps)
const read = async (query: string, matter = MATTER) =>
  gateway.anyone('GET', `/api/v1/matters/${encodeURIComponent(matter)}/forecast${query}`)

test('of 29 cases nothing is told, nor that there are 29; of 30 it is, when it is measured again', async () => {
  await concluded(0, 28)
  await concluded(0, 9, 'WITHDRAWN')
  await concluded(0, 9, 'COMPLETED', '330206')
  const none = await read('?city=330100')
  expect([none.status, none.body]).toEqual([200, { matter: MATTER, city: '330100', forecast: null }])
  expect((await caller('GET', `/api/v1/cases/${id}`)).body.forecast).toBeNull()

  await concluded(29, 29)
  expect((await read('?city=330100')).body.forecast).toBeNull()
  const row = await gateway.gateway.deps.store.cases.read(id)
  if (!row) throw new Error('gone')
  const shown = await showCase(row, later(LIMITS.forecastMs + 1_000))
  expect(shown.forecast).toEqual({ halfDays: 14, mostDays: 25, cases: 30, halfOn: null, mostOn: null })
})

test('has its dates once the case is accepted, and ends with the case', async () => {
  const deps = later(2 * LIMITS.forecastMs)
  const show = async () => {
    const row = await deps.store.cases.read(id)
    if (!row) throw new Error('gone')
    return (await showCase(row, deps)).forecast
  }
  await tell(id, '2026-03-16', 'ACCEPTED', deps)
  expect(await show()).toMatchObject({ halfDays: 14, halfOn: '2026-04-03', mostOn: '2026-04-21' })
  await tell(id, '2026-03-17', 'COMPLETED', deps)
  expect(await show()).toBeNull()
})

describe('a question', () => {
  test.each([
    ['', 400, 'PARAMETER_INVALID'],
    ['?city=', 404, 'DIVISION_UNKNOWN'],
    ['?city=110000', 404, 'DIVISION_UNKNOWN'],
    ["?city=3301'--", 404, 'DIVISION_UNKNOWN'],
  ])('%s: %s %s', async (query, status, code) => {
    const answer = await read(query)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
  test('about a matter that nobody has', async () => {
    expect((await read('?city=330100', 'nothing')).body.code).toBe('MATTER_NOT_FOUND')
  })
  test('about a district is one about its city', async () => {
    expect((await read('?city=330106')).body.city).toBe('330100')
  })
})

describe('what durations give', () => {
  test('is the one within which half, and nine in ten, were', () => {
    expect(measured(Array.from({ length: 100 }, (_one, index) => 100 - index))).toEqual({
      halfDays: 50,
      mostDays: 90,
      cases: 100,
    })
    expect(measured(Array(30).fill(3))).toEqual({ halfDays: 3, mostDays: 3, cases: 30 })
    expect(measured(Array(29).fill(3))).toBeNull()
  })
})

test('reads no more than its newest cases, by an index', async () => {
  const plan = await onDatabase(gateway, async (sql) => {
    await sql`set enable_seqscan = off`
    await sql`set enable_bitmapscan = off`
    return JSON.stringify(
      await sql`explain select accepted_at from cases where matter_id = ${MATTER}
        and (case region when 'shanghai' then '3100' else left(division, 4) end) = ${'3301'}
        and status in ('COMPLETED', 'DELIVERED') and accepted_at is not null and completed_at is not null
        order by completed_at desc limit 500`,
    )
  })
  expect(plan).toContain('cases_concluded')
  expect(plan).not.toContain('Sort')
})
