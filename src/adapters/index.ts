/** The registry: a line a region, a line a city that differs. */
import { anhui } from './anhui/index.ts'
import { jiangsu } from './jiangsu/index.ts'
import type { CityDifference, RegionAdapter } from './kit/contract.ts'
import { shanghai } from './shanghai/index.ts'
import { zhejiang } from './zhejiang/index.ts'

export const adapters: readonly RegionAdapter[] = [shanghai, jiangsu, zhejiang, anhui]

/** Cities whose platform differs from their province's. A city that does not differ is already there. */
export const cities: readonly CityDifference[] = []
