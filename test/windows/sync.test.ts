/** Reading the windows of a city: whole or not at all, whatever its region does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RegionLink, WindowsPage } from '../../src/adapters/kit/contract.ts'
import { GatewayError } from '../../src/errors.ts'
import type { Deps } from '../../src/federation/deps.ts'
import { listWindows, readWindow } from '../../src/federation/windows/list-windows.ts'
import { syncWindows } from '../../src/federation/windows/sync-windows.ts'
import type { RegionalWindow } from '../../src/schemas/window.ts'
import { pool } from '../../src/store/connection.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const CITY = '330200'
let gateway: TestGateway
let now = new Date('2026-03-02T10:00:00+08:00')

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())
beforeEach(async () => {
  const sql = pool(gateway.databaseUrl, 1)
  await sql`truncate windows, window_syncs, alarms`
  await sql.end()
  now = new Date('2026-03-02T10:00:00+08:00')
})

const window = (n: number, more: Partial<RegionalWindow> = {}): RegionalWindow => ({
  code: `w${String(n).padStart(5, '0')}`,
  division: CITY,
  name: `窗口${n}`,
  lon: 121.5 + n / 100_000,
  lat: 29.8,
  isCrossRegion: n % 2 === 0,
  matterCodes: [],
  ...more,
})

/** A region that lists these windows, page by page. */
const listing =
  (windows: readonly RegionalWindow[], more: Partial<WindowsPage> = {}): RegionLink['listWindows'] =>
  async ({ page, pageSize }) => ({
    items: windows.slice((page - 1) * pageSize, page * pageSize),
    total: windows.length,
    unreadable: [],
    ...more,
  })

/** The gateway beside a region that lists its windows in this way. */
function beside(list: RegionLink['listWindows']): Deps {
  const { directory } = gateway.gateway.deps
  return {
    ...gateway.gateway.deps,
    directory: {
      ...directory,
      at: (division) => {
        const connection = directory.at(division)
        const { listWindows: _own, ...link } = connection.link
        return { ...connection, link: { ...link, ...(list ? { listWindows: list } : {}) } }
      },
    },
  }
}
const sync = (list: RegionLink['listWindows']) => syncWindows(CITY, beside(list))
const known = async (more: { city?: string } = { city: CITY }) =>
  listWindows({ ...more, limit: 100 }, gateway.gateway.deps)
const codes = async () => (await known()).items.map(({ code }) => code)
const alarms = async () => {
  const sql = pool(gateway.databaseUrl, 1)
  const rows = await sql`select table_name, code from alarms order by code`
  await sql.end()
  return rows.map(({ table_name, code }) => `${table_name}: ${code}`)
}

test('a window that its region no longer lists is gone, and a new one is there', async () => {
  await sync(listing([window(1), window(2)]))
  expect(await codes()).toEqual(['w00001', 'w00002'])
  await sync(listing([window(2), window(3)]))
  expect(await codes()).toEqual(['w00002', 'w00003'])
})

describe('a region that fails', () => {
  const many = Array.from({ length: 250 }, (_one, n) => window(n))
  const breaks =
    (at: number): RegionLink['listWindows'] =>
    async (ask) => {
      if (ask.page === at) throw new GatewayError('REGION_UNAVAILABLE', { region: 'zhejiang' })
      return (await listing(many)?.(ask)) as WindowsPage
    }

  test('half-way changes nothing, and its windows stay with their time', async () => {
    await sync(listing([window(1)]))
    now = new Date('2026-03-02T11:00:00+08:00')
    await expect(sync(breaks(3))).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
    expect(await codes()).toEqual(['w00001'])
    const { completeness, items } = await known()
    expect(completeness.cities).toEqual([
      { division: CITY, state: 'cached', asOf: '2026-03-02T10:00:00+08:00', reason: 'REGION_UNAVAILABLE' },
    ])
    expect(items[0]?.asOf).toBe('2026-03-02T10:00:00+08:00')
  })

  test('since the first time is known, and over once it answers', async () => {
    const since = async () =>
      (await gateway.gateway.deps.store.windows.syncs([CITY])).map(({ failedAt }) => failedAt?.toISOString())
    await expect(sync(breaks(1))).rejects.toThrow()
    expect((await known()).completeness).toMatchObject({
      failed: 1,
      cities: [{ state: 'failed', asOf: null }],
    })
    now = new Date('2026-03-02T12:00:00+08:00')
    await expect(sync(breaks(1))).rejects.toThrow()
    expect(await since()).toEqual(['2026-03-02T02:00:00.000Z'])
    await sync(listing(many))
    expect(await since()).toEqual([undefined])
    expect((await known()).completeness).toMatchObject({ fresh: 1, failed: 0 })
  })

  test('by telling fewer than it counts is not believed', async () => {
    await sync(listing([window(1)]))
    await expect(sync(listing([window(2)], { total: 5 }))).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'fewer than its total' },
    })
    expect(await codes()).toEqual(['w00001'])
  })

  test('by telling without an end is stopped', async () => {
    let pages = 0
    const endless: RegionLink['listWindows'] = async ({ page, pageSize }) => {
      pages += 1
      const items = Array.from({ length: pageSize }, (_one, n) => window(page * pageSize + n))
      return { items, total: 999_999_999, unreadable: [] }
    }
    await expect(sync(endless)).rejects.toMatchObject({ facts: { reason: 'too many' } })
    expect(pages).toBe(201)
    expect(await codes()).toEqual([])
  })

  test('for real, by HTTP, leaves what was known', async () => {
    await gateway.syncWindows(CITY)
    const before = await codes()
    gateway.region('zhejiang').faults.add({ operation: 'window-list', kind: 'error' })
    await expect(gateway.syncWindows(CITY)).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
    gateway.region('zhejiang').faults.clear()
    expect(before.length).toBe(2)
    expect(await codes()).toEqual(before)
  })

  test('has no windows where its configuration has no address for them', async () => {
    await expect(sync(undefined)).rejects.toMatchObject({ code: 'REGION_NOT_CONNECTED' })
    expect((await known()).completeness.cities[0]).toMatchObject({
      state: 'failed',
      reason: 'REGION_NOT_CONNECTED',
    })
  })
})

test('a window that cannot be read this time is kept as it was', async () => {
  await sync(listing([window(1), window(2)]))
  const told = await sync(listing([window(1, { name: '新名' })], { total: 2, unreadable: ['w00002'] }))
  expect(told).toMatchObject({ windows: 2, unreadable: 1 })
  expect((await known()).items.map(({ name }) => name)).toEqual(['新名', '窗口2'])
})

describe('a matter code that the catalogue does not have', () => {
  test('is kept, shown and alarmed', async () => {
    await gateway.sync(CITY)
    const told = await sync(listing([window(1, { matterCodes: ['33020100000000099001', 'unheard of'] })]))
    expect(told.unknownMatters).toBe(1)
    const { matters } = await readWindow(`zhejiang:${CITY}:w00001`, gateway.gateway.deps)
    expect(matters).toEqual([
      { code: '33020100000000099001', id: `zhejiang:${CITY}:33020100000000099001`, name: expect.any(Object) },
      { code: 'unheard of' },
    ])
    expect(await alarms()).toContain('zhejiang/window/matter: unheard of')
  })

  test('is no alarm while the catalogue of the city was never read', async () => {
    const told = await syncWindows(
      '330300',
      beside(listing([window(1, { matterCodes: ['33030100000000099001'] })])),
    )
    expect(told.unknownMatters).toBe(0)
    expect(await alarms()).toEqual([])
  })
})

test('two readings of one city at once leave one of the two, whole', async () => {
  const one = Array.from({ length: 120 }, (_one, n) => window(n))
  const other = Array.from({ length: 110 }, (_one, n) => window(n, { name: '另一次' }))
  await Promise.allSettled([sync(listing(one)), sync(listing(other))])
  const { items } = await known()
  expect(items.length).toBe(100)
  expect(new Set(items.map(({ name }) => name === '另一次')).size).toBe(1)
})

test('ten thousand windows of one city come in bounded pages, nearest first, each once', async () => {
  await sync(
    listing(Array.from({ length: 10_000 }, (_one, n) => window(n, { matterCodes: ['a', 'b', 'c'] }))),
  )
  const seen = new Set<string>()
  let cursor: string | undefined
  let slowest = 0
  do {
    const started = performance.now()
    const page = await listWindows(
      { city: CITY, near: { lon: 121.55, lat: 29.8 }, limit: 100, cursor },
      gateway.gateway.deps,
    )
    slowest = Math.max(slowest, performance.now() - started)
    expect(page.items.length).toBe(100)
    for (const { id } of page.items) seen.add(id)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(seen.size).toBe(10_000)
  expect(slowest).toBeLessThan(2_000)
})

test('a window without a place comes last, without a distance', async () => {
  const { lon: _lon, lat: _lat, ...nowhere } = window(1)
  await sync(listing([nowhere, window(2), window(3)]))
  const { items } = await listWindows(
    { city: CITY, near: { lon: 121.5, lat: 29.8 }, limit: 10 },
    gateway.gateway.deps,
  )
  expect(items.map(({ code, distance }) => [code, distance === null])).toEqual([
    ['w00002', false],
    ['w00003', false],
    ['w00001', true],
  ])
})
