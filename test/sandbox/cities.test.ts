/** 41 cities with data of their own: windows, organs, promises, fees, residents; each city's own, and the same every day. */
import { afterAll, describe, expect, test } from 'vitest'
import { type Bench, benchFor } from '../../src/conformance/bench.ts'
import { residentOf } from '../../src/sandbox/local.ts'
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import { CITIES } from '../../src/schemas/division.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import { platformOf } from '../conformance/platforms.ts'

const benches = new Map<SimulatedRegionId, { readonly bench: Bench; readonly close: () => void }>()
function benchOf(region: SimulatedRegionId): Bench {
  const known = benches.get(region)
  if (known) return known.bench
  const { region: played, subject } = platformOf(region)
  const bench = benchFor(subject)
  benches.set(region, { bench, close: played.close })
  return bench
}
afterAll(() => {
  for (const { close } of benches.values()) close()
})

const page = { page: 1, pageSize: 100 }
const windowsOf = async ({ region, division }: Pick<(typeof CITIES)[number], 'region' | 'division'>) =>
  (await benchOf(region).link.listWindows?.({ division, ...page }))?.items ?? []
const whole = async ({
  region,
  division,
}: Pick<(typeof CITIES)[number], 'region' | 'division'>): Promise<readonly Matter[]> => {
  const { link } = benchOf(region)
  const { items } = await link.listMatters({ division, ...page })
  return Promise.all(
    items.filter(({ state }) => state !== 'cancelled').map(({ code }) => link.readMatter({ division, code })),
  )
}

test('no two cities answer the same windows, and each window is in its city', async () => {
  const seen = new Map<string, string>()
  for (const city of CITIES) {
    const windows = await windowsOf(city)
    expect([city.zh, windows.length > 0]).toEqual([city.zh, true])
    for (const { address, division, hours } of windows) {
      // Shanghai's stand in its districts.
      const digits = city.region === 'shanghai' ? 2 : 4
      expect([address, division.slice(0, digits)]).toEqual([
        expect.stringContaining(city.zh.slice(0, 2)),
        city.division.slice(0, digits),
      ])
      expect(hours).toBeDefined()
    }
    const said = JSON.stringify(windows.map(({ address, phone, hours }) => [address, phone, hours]))
    expect([city.zh, seen.get(said)]).toEqual([city.zh, undefined])
    seen.set(said, city.zh)
  }
  expect(seen.size).toBe(41)
})

describe('matters', () => {
  test('the organs are the city’s own; promises, fees and what is offered differ from city to city', async () => {
    const promises = new Map<string, Set<number>>()
    const offers = new Map<string, Set<string>>()
    let charging = 0
    for (const city of CITIES) {
      const matters = await whole(city)
      const inUse = matters.filter(({ state }) => state === 'active')
      for (const { agency, id } of inUse)
        if (city.region !== 'shanghai')
          expect([id, agency?.name]).toEqual([id, expect.stringContaining(city.zh.slice(0, 2))])
      for (const { name, commitment } of inUse) {
        const key = `${city.region} ${name.zh}`
        promises.set(key, (promises.get(key) ?? new Set()).add(commitment?.days ?? 0))
      }
      const offered = inUse.map(({ name }) => name.zh).sort()
      offers.set(city.region, (offers.get(city.region) ?? new Set()).add(offered.join()))
      if (inUse.some(({ hasFee }) => hasFee)) charging += 1
    }
    expect([...promises.values()].filter(({ size }) => size > 1).length).toBeGreaterThan(15)
    // Jiangsu’s are the same in all; Zhejiang has one in two areas alone and one not in use in two others; Anhui has most everywhere.
    const sizes = (['jiangsu', 'zhejiang', 'anhui'] as const).map((region) => offers.get(region)?.size ?? 0)
    expect(sizes).toEqual([1, 3, 5])
    expect([charging > 8, charging < 35]).toEqual([true, true])
  })

  test('what a city does not offer is refused there in the words of its contract', async () => {
    const zhejiang = benchOf('zhejiang')
    // 不动产抵押登记 is offered in Jiaxing and Huzhou alone.
    await zhejiang.link.readMatter({ division: '330400', code: '33040100000000099014' })
    await expect(
      zhejiang.link.readMatter({ division: '330300', code: '33030100000000099014' }),
    ).rejects.toMatchObject({ facts: { code: '06' } })
    const anhui = benchOf('anhui')
    await expect(
      anhui.link.readMatter({ division: '340200', code: '3402000000000099911' }),
    ).rejects.toMatchObject({ facts: { code: '404' } })
  })
})

test('each city holds the card and the photo of its own resident, and no other city’s', async () => {
  for (const { division, zh, region } of CITIES.filter((one) => one.region !== 'shanghai')) {
    const { number, name } = residentOf(division, zh)
    expect(number.slice(0, 4)).toBe(division.slice(0, 4))
    const { photos, licences } = benchOf(region).link
    const asked = {
      division,
      holder: { name, idDocument: { type: '111' as const, number } },
      audit: { number: '912345678901234', matterName: '居民身份证', actor: '申请人本人' },
    }
    const [card] = (await licences?.find(asked)) ?? []
    expect([zh, card?.status, card?.number]).toEqual([zh, 'valid', number])
    expect([zh, (await photos?.find({ ...asked, purpose: 'crossProvince' }))?.length]).toEqual([zh, 1])
  }
})

test('each city has a case of its resident, which is listed there and nowhere else', async () => {
  for (const { division, zh, region } of CITIES.filter((one) => one.region !== 'shanghai')) {
    const { number, name } = residentOf(division, zh)
    const { items } = await benchOf(region).link.listCases({
      division,
      holder: { name, idDocument: { type: '111', number } },
      ...page,
      auditNumber: '912345678901234',
    })
    expect([zh, items.length, items[0]?.title?.includes(name) ?? true]).toEqual([zh, 1, true])
  }
})
