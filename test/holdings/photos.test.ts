/** One question to the photo libraries of 41 cities: merged by source, complete or said not to be, and each look recorded. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findHoldings } from '../../src/federation/holdings/find.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { badPlace, HEFEI, holder, inDatabase, SUZHOU } from '../support/holdings.ts'

const HANGING = ['320100', '320300', '330200', '340200', '340300']
const FAILING = ['320400', '330300', '340800']

describe('with eight cities that have platforms of their own, five hanging and three failing', () => {
  let gateway: TestGateway
  let close: () => Promise<void>
  let own: Caller

  beforeAll(async () => {
    const [hanging, failing] = [await badPlace('hangs'), await badPlace('fails')]
    close = async () => void (await Promise.all([hanging.close(), failing.close()]))
    gateway = await startTestGateway({
      directory: (directory) => ({
        ...directory,
        cities: Object.fromEntries([
          ...HANGING.map((city) => [city, { baseUrl: hanging.url }]),
          ...FAILING.map((city) => [city, { baseUrl: failing.url }]),
        ]),
      }),
    })
    own = (await holder(SUZHOU, gateway)).own
  }, 60_000)
  afterAll(async () => {
    await gateway.close()
    await close()
  })

  test('the statement names each of the 41, and what the others hold is there', async () => {
    // The first question logs in at each region; on a machine with other work that alone may take a place's time.
    await expect
      .poll(async () => (await own('GET', '/api/v1/me/photos')).body.completeness.fresh, {
        timeout: 20_000,
        interval: 100,
      })
      .toBe(33)
    const { status, body } = await own('GET', '/api/v1/me/photos')
    expect(status).toBe(200)
    expect(body.completeness).toMatchObject({ asked: 41, fresh: 33, cached: 0, failed: 8 })
    const failed = body.completeness.cities.filter((one: { state: string }) => one.state === 'failed')
    expect(failed.map((one: { division: string }) => one.division).toSorted()).toEqual(
      [...HANGING, ...FAILING].toSorted(),
    )
    for (const city of failed) expect(city).toMatchObject({ reason: 'REGION_UNAVAILABLE', asOf: null })
    expect(body.items).toMatchObject([
      { takenFor: 'idCard', source: { region: 'jiangsu', division: '320500' } },
    ])
  })

  test('a hanging city costs its limit of time and no more', async () => {
    const started = performance.now()
    const { body } = await own('GET', '/api/v1/me/licences')
    const took = performance.now() - started
    expect(body.completeness.asked).toBe(41)
    // The limit is 0.9 s. Whatever waited for one place after another would take five times that.
    expect(took).toBeLessThan(2_500)
  })
})

describe('with all regions well', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  }, 60_000)
  afterAll(() => gateway.close())

  test('a photo keeps its id when it is asked for again, and no answer tells where the person is not known', async () => {
    const { own } = await holder(SUZHOU, gateway)
    const first = await own('GET', '/api/v1/me/photos?cities=320500')
    const second = await own('GET', '/api/v1/me/photos?cities=home')
    expect(first.body.items).toHaveLength(1)
    expect(second.body.items[0].id).toBe(first.body.items[0].id)
    expect(first.body.completeness.asked).toBe(1)
    expect(second.body.completeness.asked).toBe(13)
  })

  test('a city that falls silent is cached with the time of its last answer, and its photo stays', async () => {
    const { own } = await holder({ name: '李样例', number: '320102190102030028', region: 'jiangsu' }, gateway)
    const before = await own('GET', '/api/v1/me/photos?cities=320100,320200')
    expect(before.body).toMatchObject({
      items: [{ takenFor: 'socialSecurityCard' }],
      completeness: { fresh: 2 },
    })
    gateway.region('jiangsu').faults.add({ kind: 'error', operation: 'photo-query' })
    const silent = await own('GET', '/api/v1/me/photos?cities=320100,320200')
    gateway.region('jiangsu').faults.clear()
    expect(silent.body.completeness).toMatchObject({ fresh: 0, cached: 2, failed: 0 })
    expect(silent.body.completeness.cities[0]).toMatchObject({
      state: 'cached',
      asOf: before.body.completeness.cities[0].asOf,
      reason: 'REGION_UNAVAILABLE',
    })
    expect(silent.body.items[0].id).toBe(before.body.items[0].id)
  })

  test('an answer that comes too late for its question is there at the next one', async () => {
    const { own } = await holder({ name: '赵虚构', number: '320203190304050045', region: 'jiangsu' }, gateway)
    gateway.region('jiangsu').faults.add({ kind: 'slow', operation: 'photo-query', ms: 1_300, times: 1 })
    const late = await own('GET', '/api/v1/me/photos?cities=320200')
    expect(late.body).toMatchObject({ items: [], completeness: { failed: 1 } })
    gateway.region('jiangsu').faults.add({ kind: 'error', operation: 'photo-query' })
    await expect
      .poll(async () => (await own('GET', '/api/v1/me/photos?cities=320200')).body.completeness.cached, {
        timeout: 5_000,
      })
      .toBe(1)
    gateway.region('jiangsu').faults.clear()
  })

  test('a photo that its region holds no more is gone from the next answer', async () => {
    const { own, person } = await holder(
      { name: '王示范', number: '320602190203040038', region: 'jiangsu' },
      gateway,
    )
    const { body } = await own('GET', '/api/v1/me/photos?cities=320600')
    expect(body.items).toHaveLength(1)
    // As if the region had named another photo at that time: what it does not name now must go.
    await inDatabase(
      gateway,
      (sql) => sql`update holdings set key = 'another' where person_id = ${person.principal.personId}`,
    )
    const again = await own('GET', '/api/v1/me/photos?cities=320600')
    expect(again.body.items).toHaveLength(1)
    expect(again.body.items[0].id).not.toBe(body.items[0].id)
    expect((await own('GET', `/api/v1/me/photos/${body.items[0].id}/fitness`)).body.code).toBe(
      'PHOTO_NOT_FOUND',
    )
  })

  test('another person’s photo is not told apart from none', async () => {
    const [mine, theirs] = [await holder(SUZHOU, gateway), await holder(HEFEI, gateway)]
    const { body } = await mine.own('GET', '/api/v1/me/photos?cities=320500')
    const id = body.items[0].id
    for (const path of [`/${id}/fitness`, `/${id}/picture`, '/ph_0000000000000000000000000/fitness']) {
      const refused = await theirs.own('GET', `/api/v1/me/photos${path}`)
      expect(refused).toMatchObject({ status: 404, body: { code: 'PHOTO_NOT_FOUND' } })
    }
    const [taken, none] = await Promise.all(
      [id, 'ph_0000000000000000000000000'].map((one) =>
        theirs.own('POST', `/api/v1/me/photos/${one}/grants`, {
          purpose: 'identityCheck',
          matter: 'nothing',
          receiver: 'sandbox-shanghai',
        }),
      ),
    )
    expect(taken?.status).toBe(none?.status)
    expect(taken?.bytes.length).toBe(none?.bytes.length)
  })

  test.each([
    ['photos', 'persons', 'SCOPE_MISSING'],
    ['licences', 'photos', 'SCOPE_MISSING'],
  ])('%s are not for a token with the scope %s', async (list, scope, code) => {
    const { own } = await holder(SUZHOU, gateway, scope)
    expect((await own('GET', `/api/v1/me/${list}`)).body.code).toBe(code)
  })

  test('a client for itself has no photos', async () => {
    const client = await gateway.as('sandbox-jiangsu', 'photos')
    expect((await client('GET', '/api/v1/me/photos')).body.code).toBe('PERSON_REQUIRED')
  })

  test('whoever only gave a number sees nothing', async () => {
    const { own } = await holder({ ...SUZHOU, loa: 1 }, gateway)
    expect((await own('GET', '/api/v1/me/photos')).body.code).toBe('ASSURANCE_TOO_LOW')
  })

  test.each(['999999', '320500,110000', 'nearby'])('the cities %s are refused', async (cities) => {
    const { own } = await holder(SUZHOU, gateway)
    expect(await own('GET', `/api/v1/me/photos?cities=${cities}`)).toMatchObject({
      body: { code: 'DIVISION_UNKNOWN' },
    })
  })

  test('questions are counted, since each is a look in the books of many places', async () => {
    const { own, person } = await holder(
      { name: '钱演示', number: '320302190405060057', region: 'jiangsu' },
      gateway,
    )
    const codes: number[] = []
    for (let asked = 0; asked < 62; asked += 1)
      codes.push((await own('GET', '/api/v1/me/photos?cities=320300')).status)
    // The minute may turn between: then the count begins anew.
    expect(codes.filter((status) => status === 429).length).toBeGreaterThan(0)
    // Thirty in a minute that does not turn. The counts are those of a store.
    const { deps } = gateway.gateway
    const now = deps.now()
    const still = { ...deps, store: { ...deps.store }, now: () => now }
    const actor = { clientId: 'sandbox-app', requestId: 'req_test', principal: person.principal }
    const ask = () => findHoldings('photo', { scope: ['320300'] }, actor, still)
    for (let asked = 0; asked < 30; asked += 1) await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
