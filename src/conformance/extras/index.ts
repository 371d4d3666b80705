/** What each region's contract has besides what adapters ask. */
import type { JudgedRegion } from '../model.ts'
import { ANHUI_EXTRAS } from './anhui.ts'
import type { Extra } from './extra.ts'
import { JIANGSU_EXTRAS } from './jiangsu.ts'
import { SHANGHAI_EXTRAS } from './shanghai.ts'

const EXTRAS: Readonly<Record<JudgedRegion, readonly Extra[]>> = {
  shanghai: SHANGHAI_EXTRAS,
  jiangsu: JIANGSU_EXTRAS,
  zhejiang: [],
  anhui: ANHUI_EXTRAS,
}

export const extrasOf = (region: JudgedRegion): readonly Extra[] => EXTRAS[region]
