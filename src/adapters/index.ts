/** The registry: a line a region, a line a city that differs. */
import { REGION_IDS, type RegionId } from '../schemas/regions.ts'
import { anhui } from './anhui/index.ts'
import { jiangsu } from './jiangsu/index.ts'
import type { CityDifference, RegionAdapter } from './kit/contract.ts'
import { shanghai } from './shanghai/index.ts'
import { zhejiang } from './zhejiang/index.ts'

const byRegion: Readonly<Record<RegionId, RegionAdapter>> = {
  shanghai,
  jiangsu,
  zhejiang,
  anhui,
}

/** In the order in which the regions are named. */
export const adapters: readonly RegionAdapter[] = REGION_IDS.map((id) => byRegion[id])

/** Cities whose platform differs from their province's. A city that does not differ is already there. */
export const cities: readonly CityDifference[] = []
