/** Divisions (行政区划, GB/T 2260): four regions, 41 cities. The code is the only key: two pairs of cities share their pinyin. */
import data from '../../data/cities.json' with { type: 'json' }
import { REGION_IDS, REGIONS, type RegionId } from './regions.ts'

/** One city with the point of its seat, WGS-84. */
export interface City {
  readonly division: string
  readonly zh: string
  readonly en: string
  readonly region: RegionId
  readonly lon: number
  readonly lat: number
}

const knownRegion = (text: string): RegionId => {
  const region = REGION_IDS.find((id) => id === text)
  if (!region) throw new Error(`data/cities.json names a region that does not exist: ${text}`)
  return region
}

/** The 41 cities, in the order of their codes. */
export const CITIES: readonly City[] = data.cities.map((city) => ({
  ...city,
  region: knownRegion(city.region),
}))

const byCode = new Map(CITIES.map((city) => [city.division, city]))

/** Whether a code is one of the 41 cities. */
export const isCity = (division: string): boolean => byCode.has(division)

/** The city of a division: itself, or the city that a district or county belongs to; nothing outside the Delta. */
export function cityOf(division: string): string | undefined {
  if (!/^\d{6}$/.test(division)) return undefined
  const city = division.startsWith('31') ? '310000' : `${division.slice(0, 4)}00`
  return byCode.has(city) ? city : undefined
}

/** The region of a division, by its first two digits. */
export const regionOf = (division: string): RegionId | undefined =>
  REGIONS.find((region) => region.division.slice(0, 2) === division.slice(0, 2))?.id

/** Names of a city. */
export const cityName = (division: string): { zh: string; en: string } | undefined => {
  const city = byCode.get(division)
  return city && { zh: city.zh, en: city.en }
}
