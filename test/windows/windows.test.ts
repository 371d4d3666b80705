/** The service windows of 41 cities, from their regions into the store and out by the API. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CITIES } from '../../src/schemas/division.ts'
import { validator } from '../../src/schemas/validate.ts'
import { FoundWindow, WindowPage } from '../../src/schemas/window.ts'
import { pool } from '../../src/store/connection.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

type Found = FoundWindow
type Page = { items: Found[]; nextCursor: string | null; completeness: { [state: string]: unknown } }

let gateway: TestGateway
const ask = async (query: string): Promise<{ status: number; body: Page }> => {
  const { status, body } = await gateway.anyone('GET', `/api/v1/windows${query}`)
  return { status, body: body as unknown as Page }
}
/** All pages of a question. */
async function all(query: string, limit = 100): Promise<Found[]> {
  const found: Found[] = []
  for (let cursor = ''; ; ) {
    const { status, body } = await ask(`?limit=${limit}${query}${cursor && `&cursor=${cursor}`}`)
    expect(status).toBe(200)
    expect(validator(WindowPage)(body)).toBeUndefined()
    found.push(...body.items)
    if (body.nextCursor === null) return found
    cursor = body.nextCursor
  }
}

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('310000', '320500', '330900', '340100')
  await gateway.syncWindows(...CITIES.map(({ division }) => division))
}, 120_000)
afterAll(() => gateway.close())

describe('every city', () => {
  test('has windows, cross-region ones among them, each once over the pages', async () => {
    const found = await all('', 17)
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
    for (const { division } of CITIES) {
      const here = found.filter(({ city }) => city === division)
      expect(
        here.some(({ isCrossRegion }) => isCrossRegion),
        division,
      ).toBe(true)
      if (division !== '330900') expect(here.length, division).toBeGreaterThan(1)
    }
  })

  test('is said to be complete', async () => {
    const { body } = await ask('')
    expect(body.completeness).toMatchObject({ asked: 41, fresh: 41, cached: 0, failed: 0 })
  })

  test('can be asked for alone, or by a district of it', async () => {
    const suzhou = await all('&city=320500')
    expect(new Set(suzhou.map(({ city }) => city))).toEqual(new Set(['320500']))
    expect((await all('&city=320583')).map(({ id }) => id)).toEqual(suzhou.map(({ id }) => id))
    expect((await all('&city=320500&crossRegion=true')).every(({ isCrossRegion }) => isCrossRegion)).toBe(
      true,
    )
  })
})

test('every window stands within a hundred kilometres of its city', async () => {
  for (const { division, lon, lat } of CITIES) {
    const { body } = await ask(`?city=${division}&near=${lon},${lat}&limit=100`)
    for (const { id, distance } of body.items) expect(distance, id).toBeLessThan(100_000)
  }
})

describe('one window', () => {
  test('is read by its id, with hours, place and matters of ours', async () => {
    const { status, body } = await gateway.anyone('GET', '/api/v1/windows/shanghai:310000:W31011801')
    expect(status).toBe(200)
    expect(validator(FoundWindow)(body)).toBeUndefined()
    expect(body).toMatchObject({
      region: 'shanghai',
      city: '310000',
      division: '310118',
      name: '青浦区政务服务中心长三角专窗(示例)',
      isCrossRegion: true,
      distance: null,
      lon: 121.124178,
      lat: 31.150681,
      phone: '021-00001181',
      hours: { text: '周一至周五 09:00-11:30,13:30-17:00;周六 09:00-11:30' },
    })
    const { matters } = body as unknown as Found
    expect(matters.map(({ code }) => code)).toEqual(['312099003000', '312099004000', '312099012000'])
    expect(matters[0]).toMatchObject({
      code: expect.any(String),
      id: expect.stringMatching(/^shanghai:310000:/),
    })
  })

  test.each(['320500', '330900', '340100'])(
    'of %s names its matters as its own catalogue does',
    async (city) => {
      const windows = await all(`&city=${city}&crossRegion=true`)
      const known = windows.flatMap(({ matters }) => matters)
      expect(known.length).toBeGreaterThan(0)
      expect(known.filter(({ id }) => id === undefined)).toEqual([])
    },
  )

  test('that is not there is not found', async () => {
    const { status, body } = await gateway.anyone('GET', '/api/v1/windows/shanghai:310000:nothing')
    expect([status, body['code']]).toEqual([404, 'WINDOW_NOT_FOUND'])
  })
})

describe('near a place', () => {
  test('the nearest come first, in metres, over the pages', async () => {
    const found = await all('&near=121.1242,31.1507', 9)
    const distances = found.map(({ distance }) => distance ?? Number.POSITIVE_INFINITY)
    expect(distances).toEqual(distances.toSorted((a, b) => a - b))
    expect(new Set(found.map(({ id }) => id)).size).toBe((await all('')).length)
    const suzhou = found.find(({ city }) => city === '320500')
    expect(suzhou?.distance).toBeGreaterThan(10_000)
  })

  test('a distance is that of the great circle', async () => {
    const { body } = await ask('?near=121.473,31.23&city=320500&limit=100')
    const a01 = body.items.find(({ number }) => number === 'A01')
    const rad = Math.PI / 180
    const [lon, lat] = [a01?.lon ?? 0, a01?.lat ?? 0]
    const metres =
      6_371_008.8 *
      Math.acos(
        Math.sin(31.23 * rad) * Math.sin(lat * rad) +
          Math.cos(31.23 * rad) * Math.cos(lat * rad) * Math.cos((lon - 121.473) * rad),
      )
    expect(Math.abs((a01?.distance ?? 0) - metres)).toBeLessThan(2)
  })

  test('where somebody stands is kept by no cache', async () => {
    const { headers } = await gateway.anyone('GET', '/api/v1/windows?near=121.4,31.2')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['31.23,121.47', 'swapped'],
    ['121.47', 'not a position'],
    ['121.47,31.23,5', 'not a position'],
    ['200,31', 'not a position'],
    ['1e2,31', 'not a position'],
    ['NaN,31', 'not a position'],
    ['', 'not a position'],
  ])('near=%s is refused', async (near, reason) => {
    const { status, body } = await gateway.anyone('GET', `/api/v1/windows?near=${near}`)
    expect([status, body['code']]).toEqual([400, 'POSITION_INVALID'])
    expect(JSON.stringify(body)).toContain(reason)
  })
})

describe('open at a moment', () => {
  const openAt = (time: string) => all(`&city=310000&openAt=${encodeURIComponent(`${time}:00+08:00`)}`)

  test('only windows that are open then are told, and they say so', async () => {
    const monday = await openAt('2026-03-02T10:00')
    expect(monday.length).toBeGreaterThan(40)
    expect(monday.every(({ isOpen }) => isOpen)).toBe(true)
    const sunday = await openAt('2026-03-08T10:00')
    expect(sunday.length).toBeGreaterThan(0)
    expect(sunday.every(({ name }) => name.includes('自助服务区'))).toBe(true)
  })

  test('a Sunday that is worked is like a weekday, and a holiday like none', async () => {
    expect((await openAt('2026-01-04T10:00')).length).toBe((await openAt('2026-03-02T10:00')).length)
    expect(await openAt('2026-10-01T10:00')).toEqual([])
  })

  test('hours that cannot be read are shown as text, and are open at no moment that is asked for', async () => {
    const odd = (await all('')).filter(({ hours }) => hours && !hours.weekly)
    expect(new Set(odd.map(({ region }) => region))).toEqual(new Set(['jiangsu', 'zhejiang']))
    for (const one of odd) expect([one.isOpen, one.nextOpening]).toEqual([null, null])
    const open = await all('&openAt=2026-03-02T02:00:00Z')
    expect(open.some(({ id }) => odd.some((one) => one.id === id))).toBe(false)
  })

  test.each(['soon', '2026-03-02', '2026-03-02T10:00:00', '2026-13-02T10:00:00Z', ''])(
    'openAt=%s is refused',
    async (at) => {
      const { status, body } = await gateway.anyone('GET', `/api/v1/windows?openAt=${at}`)
      expect([status, body['code']]).toEqual([400, 'OPENING_TIME_INVALID'])
    },
  )
})

describe('for a matter', () => {
  /** A matter of Suzhou that a matter of Shanghai is the equivalent of. */
  const matterOf = async (city: string) => {
    const windows = await all(`&city=${city}&crossRegion=true`)
    for (const { id } of windows.flatMap(({ matters }) => matters)) {
      const { body } = await gateway.anyone('GET', `/api/v1/matters/${id}`)
      const { equivalents } = body as unknown as { equivalents: { region: string; id: string }[] }
      const other = equivalents.find(({ region }) => region === 'shanghai')
      if (id && other) return { here: id, there: other.id }
    }
    throw new Error('no pair')
  }

  test('windows take it by its own id, and by an equivalent’s for another city', async () => {
    const { here, there } = await matterOf('320500')
    const byOwn = await all(`&city=320500&matter=${here}`)
    expect(byOwn.length).toBeGreaterThan(0)
    expect(byOwn.every(({ matters }) => matters.some(({ id }) => id === here))).toBe(true)
    const byOther = await all(`&city=320500&matter=${there}`)
    expect(byOther.map(({ id }) => id)).toEqual(byOwn.map(({ id }) => id))
    const both = new Set((await all(`&matter=${there}`)).map(({ region }) => region))
    expect([...both]).toEqual(expect.arrayContaining(['shanghai', 'jiangsu']))
  })

  test('windows that do not take it are not told', async () => {
    const { here } = await matterOf('320500')
    const others = (await all('&city=320500')).filter(({ matters }) => matters.length === 0)
    const found = await all(`&city=320500&matter=${here}`)
    expect(others.length).toBeGreaterThan(0)
    expect(found.some(({ id }) => others.some((one) => one.id === id))).toBe(false)
  })
})

test.each([
  ['?city=999999', 404, 'DIVISION_UNKNOWN'],
  ['?city=suzhou', 404, 'DIVISION_UNKNOWN'],
  ['?matter=nothing', 404, 'MATTER_NOT_FOUND'],
  ['?cursor=zzz', 400, 'PARAMETER_INVALID'],
  [`?cursor=${Buffer.from('[-1,"a"]').toString('base64url')}`, 400, 'PARAMETER_INVALID'],
  [`?cursor=${Buffer.from('[1,"\\u0000"]').toString('base64url')}`, 400, 'PARAMETER_INVALID'],
  ['?limit=101', 400, 'PARAMETER_INVALID'],
  ['?crossRegion=maybe', 400, 'PARAMETER_INVALID'],
])('%s is refused', async (query, status, code) => {
  const told = await gateway.anyone('GET', `/api/v1/windows${query}`)
  expect([told.status, told.body['code']]).toEqual([status, code])
})

test('no alarm was raised by a region that keeps to its contract', async () => {
  const sql = pool(gateway.databaseUrl, 1)
  const alarms = await sql`select table_name, code from alarms where table_name like '%window%'`
  await sql.end()
  expect([...alarms]).toEqual([])
})
