/** The public figures over HTTP: made of real cases, told without small numbers. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFigures } from '../../src/federation/operations/make-figures.ts'
import { filedInHangzhou, onDatabase } from '../cases/support.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let template = ''
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  ;({ id: template } = await filedInHangzhou(await gateway.as('sandbox-shanghai')))
  await onDatabase(gateway, (sql) => sql`update cases set applied_at = now() - interval '2 years'`)
})
afterAll(() => gateway.close())

let ordinal = 0
/** Cases of a city, filed here or listed as filed elsewhere, concluded after so many days where they are. */
const cases = (
  count: number,
  division: string,
  more: { origin?: 'listed'; days?: number; corrected?: boolean; region?: string } = {},
) =>
  onDatabase(gateway, async (sql) => {
    await sql`create temp table t as select * from cases where id = ${template}`
    for (let n = 0; n < count; n += 1) {
      ordinal += 1
      const id = `case_f${ordinal}`
      await sql`update t set id = ${id}, source_number = ${`s${ordinal}`}, case_number = null, case_key = null, division = ${division},
        region = ${more.region ?? 'zhejiang'}, origin = ${more.origin ?? 'filed'}, applied_at = now() - interval '30 days',
        status = ${more.days === undefined ? 'ACCEPTED' : 'COMPLETED'}, accepted_at = now() - interval '30 days',
        completed_at = ${more.days === undefined ? null : sql`now() - interval '30 days' + ${more.days} * interval '1 day'`}`
      await sql`insert into cases select * from t`
      if (more.corrected)
        await sql`insert into case_events (case_id, sequence, id, key, type, status, occurred_at, received_at, via, late)
          values (${id}, 1, ${`evt_${ordinal}`}, 'k', 'status', 'CORRECTION_REQUIRED', now(), now(), 'poll', false)`
    }
  })

const read = async () => (await gateway.anyone('GET', '/api/v1/figures')).body
const make = () => makeFigures(gateway.gateway.deps)
const page = async (cookie = '') => (await fetch(`${gateway.url}/figures`, { headers: { cookie } })).text()

test('before they were made there are none, and the page says so', async () => {
  expect(await read()).toEqual({ since: null, until: null, fewest: 10, total: null, regions: [] })
  expect(await page()).toContain('数据尚未生成')
})

test('cases, online share, median days and corrections, of the last twelve months alone', async () => {
  await cases(12, '330106', { days: 4 })
  await cases(12, '330106', { days: 8, corrected: true })
  await cases(16, '330106', { origin: 'listed' })
  await make()
  const { total, regions } = await read()
  const zhejiang = regions.find((one: { place: string }) => one.place === 'zhejiang')
  const hangzhou = zhejiang.cities.find((one: { place: string }) => one.place === '330100')
  const figures = {
    cases: 40,
    onlinePercent: 60,
    medianDays: 6,
    correctionPercent: 30,
    goodRatingPercent: null,
  }
  for (const one of [total, zhejiang, hangzhou]) expect(one).toMatchObject(figures)
  expect(regions.flatMap((one: { cities: object[] }) => one.cities)).toHaveLength(41)
})

test('a small city is not told, nor what would give it away', async () => {
  await cases(9, '330200')
  await make()
  const { total, regions } = await read()
  const of = (place: string) =>
    regions
      .flatMap((one: { cities: object[] }) => [one, ...one.cities])
      .find((one: { place: string }) => one.place === place)
  expect([of('330200').cases, of('330100').cases]).toEqual([null, null])
  expect([of('330200').onlinePercent, of('330100').medianDays]).toEqual([null, null])
  // A region's sum is told, and what has no case is told too.
  expect([of('zhejiang').cases, total.cases, of('330300').cases]).toEqual([49, 49, 0])
  const kept = await onDatabase(
    gateway,
    (sql) => sql`select * from figures where place in ('330200', '330100')`,
  )
  expect(kept.map((row) => row['cases'])).toEqual([null, null])
})

test('a share that tells of few is not told where the cases are', async () => {
  await cases(20, '320500', { region: 'jiangsu' })
  await cases(3, '320500', { region: 'jiangsu', origin: 'listed' })
  await make()
  const jiangsu = (await read()).regions.find((one: { place: string }) => one.place === 'jiangsu')
  expect(jiangsu).toMatchObject({ cases: 23, onlinePercent: null, correctionPercent: 0, medianDays: null })
})

/** Rates so many cases of a city that nobody has rated. */
const rate = (division: string, grade: string, count: number) =>
  onDatabase(
    gateway,
    (sql) => sql`
      insert into case_ratings (case_id, round, grade, rating_sealed, rated_at, state, attempts, next_attempt_at)
      select id, 1, ${grade}, '', now(), 'told', 1, now() from cases c
      where division = ${division} and applied_at > now() - interval '1 year'
        and not exists (select from case_ratings r where r.case_id = c.id)
      order by id limit ${count}`,
  )

test('the good-rating rate counts each rated case once, by its newest rating, and tells of few nothing', async () => {
  await cases(60, '310000', { region: 'shanghai' })
  const of = async (place: string) => {
    await make()
    const { total, regions } = await read()
    return [total, ...regions].find((one: { place: string }) => one.place === place).goodRatingPercent
  }
  await rate('310000', 'fairlySatisfied', 9)
  expect(await of('shanghai')).toBeNull()
  await rate('310000', 'verySatisfied', 11)
  expect(await of('shanghai')).toBe(100)
  await rate('310000', 'dissatisfied', 9)
  // Nine bad ones would be known of a share.
  expect(await of('shanghai')).toBeNull()
  await rate('310000', 'veryDissatisfied', 11)
  expect(await of('shanghai')).toBe(50)
  expect(await of('delta')).toBe(50)
  // A follow-up takes the place of the first.
  const changed = await onDatabase(
    gateway,
    (db) => db`
      insert into case_ratings (case_id, round, grade, rating_sealed, rated_at, state, attempts, next_attempt_at)
      select case_id, 2, 'satisfied', '', now(), 'told', 1, now() from case_ratings where grade = 'veryDissatisfied' and round = 1
      order by case_id limit 10 returning case_id`,
  )
  expect(changed).toHaveLength(10)
  expect(await of('shanghai')).toBe(75)
  expect(await page()).toContain('<dt>好评率</dt><dd>75%</dd>')
})

test('the page shows a drawing with a name, a table beside it, in both languages and without small numbers', async () => {
  const zh = await page()
  expect(zh).toMatch(/<svg class="chart" role="img" aria-labelledby="regions-cases-title regions-cases-told"/)
  expect(zh).toContain('<th scope="row">浙江省</th><td>49 件</td>')
  expect(zh).toContain('<th scope="row">宁波</th><td>不公布</td>')
  expect(zh).not.toMatch(/>9 件</)
  expect(zh).not.toContain('style=')
  expect(await page('delta-reading=en')).toContain('<th scope="row">Zhejiang</th><td>49</td>')
})

test('a round of the gateway makes them', async () => {
  const { sharedRounds } = await import('../../src/work.ts')
  const round = sharedRounds(gateway.gateway.deps).find(({ name }) => name === 'figures')
  await onDatabase(gateway, (sql) => sql`delete from figures`)
  await round?.run('')
  expect((await read()).total.cases).toBe(132)
})
