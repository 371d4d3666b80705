/** The region's way of speaking, by its id. */

import type { AnhuiConfig } from '../../adapters/anhui/config.ts'
import type { JiangsuConfig } from '../../adapters/jiangsu/config.ts'
import type { RegionConfig } from '../../adapters/kit/contract.ts'
import type { ZhejiangConfig } from '../../adapters/zhejiang/config.ts'
import type { JudgedRegion } from '../model.ts'
import { anhuiSpeech } from './anhui.ts'
import { jiangsuSpeech } from './jiangsu.ts'
import { shanghaiSpeech } from './shanghai.ts'
import type { Speech } from './speech.ts'
import { zhejiangSpeech } from './zhejiang.ts'

const SPEECHES: Readonly<Record<JudgedRegion, (config: RegionConfig) => Speech>> = {
  shanghai: () => shanghaiSpeech,
  // Each configuration was checked against its region's schema.
  jiangsu: (config) => jiangsuSpeech(config as unknown as JiangsuConfig),
  zhejiang: (config) => zhejiangSpeech(config as unknown as ZhejiangConfig),
  anhui: (config) => anhuiSpeech(config as unknown as AnhuiConfig),
}

export const speechOf = (region: JudgedRegion, config: RegionConfig): Speech => SPEECHES[region](config)
