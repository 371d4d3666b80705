/** The map of the 41 cities: whole, light, and readable by voices. */
import { statSync } from 'node:fs'
import { geoContains } from 'd3-geo'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import { expect, test } from 'vitest'
import data from '../../data/boundaries.json' with { type: 'json' }
import type { Reader } from '../../src/portal/frame/reader.ts'
import { cityMap, type Shade } from '../../src/portal/map/city-map.ts'
import { sheet } from '../../src/portal/map/outlines.ts'
import { CITIES } from '../../src/schemas/division.ts'

const chinese: Reader = { language: 'zh', isElder: false, say: (zh) => zh, name: ({ zh }) => zh }
const shades: readonly Shade[] = ['good', 'part', 'none', 'unknown']
const words = { good: '能办', part: '要到窗口办', none: '没有', unknown: '不知道' }
const drawn = (city?: string) =>
  String(
    cityMap(chinese, {
      title: '四地 41 座城市',
      colourOf: (division) => shades[Number(division.slice(2, 4)) % shades.length] ?? 'unknown',
      words,
      link: (division) => `/matters/310000:123456789012/cities?to=${division}&more=<`,
      city,
      points: [{ lon: 120.6, lat: 31.3, number: '1', name: '<b>窗口</b>', link: '#window-1' }],
    }),
  )

test('the outlines are of the 41 cities and of nothing else, and are small', () => {
  expect(Object.keys(data.objects).toSorted()).toEqual(CITIES.map(({ division }) => division).toSorted())
  expect(statSync(new URL('../../data/boundaries.json', import.meta.url)).size).toBeLessThan(150_000)
})

test("each city's seat lies in its own outline and in no other", () => {
  const topology = data as unknown as Topology
  const homes = CITIES.map((city) => [
    city.division,
    CITIES.filter(({ division }) => {
      const outline = topology.objects[division]
      return outline && geoContains(feature(topology, outline), [city.lon, city.lat])
    }).map(({ division }) => division),
  ])
  expect(homes).toEqual(CITIES.map(({ division }) => [division, [division]]))
})

test('places that ready-made outlines miss are in: 建德 in 杭州, 兰溪 in 金华, 崇明 in 上海', () => {
  const topology = data as unknown as Topology
  for (const [division, lon, lat] of [
    ['330100', 119.28, 29.475],
    ['330700', 119.46, 29.21],
    ['310000', 121.4, 31.627],
  ] as const) {
    const outline = topology.objects[division]
    expect(outline && geoContains(feature(topology, outline), [lon, lat]), division).toBe(true)
  }
})

test('the whole map is at most 40 kB, and each city is a link that tells its meaning in words', () => {
  const map = drawn()
  expect(Buffer.byteLength(map)).toBeLessThanOrEqual(40_000)
  const labels = [...map.matchAll(/<a href="[^"]*" aria-label="([^"]+)"/g)].map(([, label]) => label)
  expect(labels).toHaveLength(41)
  expect(labels).toContain('南京市: 要到窗口办')
  expect(map).toContain('示意图')
  expect(map).not.toContain('&more=<')
})

test('a city is shown large with its points, whose names are escaped', () => {
  const map = drawn('320500')
  expect(map).toContain('aria-current="true"')
  expect(map).toContain('aria-label="1: &lt;b&gt;窗口&lt;/b&gt;"')
  const [x, y] = sheet('320500').placeOf({ lon: 120.6, lat: 31.3 })
  expect(map).toContain(`<circle cx="${x}" cy="${y}"`)
})

test('the scale bar is as long as it says', () => {
  for (const city of [undefined, '320500', '330900']) {
    const { bar, placeOf } = sheet(city)
    const [from, to] = [placeOf({ lon: 120.5, lat: 31.3 }), placeOf({ lon: 120.6, lat: 31.3 })]
    // A tenth of a degree of longitude there is 9.51 km.
    const kmOfUnit = 9.51 / Math.hypot(to[0] - from[0], to[1] - from[1])
    expect(Math.abs(bar.length * kmOfUnit - bar.km) / bar.km, city).toBeLessThan(0.06)
  }
})
