/** The readings of the four regions. */
import type { SimulatedRegionId } from '../../../src/sandbox/simulated.ts'
import { anhuiCases } from './anhui.ts'
import { anhuiLibrary } from './anhui-library.ts'
import { jiangsuCases } from './jiangsu.ts'
import { jiangsuLibrary } from './jiangsu-library.ts'
import type { Reading } from './reading.ts'
import { shanghaiCases } from './shanghai.ts'
import { shanghaiLibrary } from './shanghai-library.ts'
import { zhejiangCases } from './zhejiang.ts'
import { zhejiangLibrary } from './zhejiang-library.ts'

export const READINGS: Readonly<Record<SimulatedRegionId, Reading>> = {
  shanghai: { ...shanghaiCases, ...shanghaiLibrary },
  jiangsu: { ...jiangsuCases, ...jiangsuLibrary },
  zhejiang: { ...zhejiangCases, ...zhejiangLibrary },
  anhui: { ...anhuiCases, ...anhuiLibrary },
}
