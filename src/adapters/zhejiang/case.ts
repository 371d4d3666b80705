/** Zhejiang's cases, read and written: the state is phase and action together; `proStatus` is too coarse and never read. */
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { text } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RawStatus, RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { area } from './areas.ts'
import { type WireCase as Wire, WireCase } from './case.wire.ts'
import { pairFor, pairOf, rawOf } from './case-times.ts'
import { phase } from './codes.ts'
import { correction } from './correction.ts'
import { result } from './outcome.ts'
import { steps } from './steps.ts'

type C = RecordContext

const extInfo = (
  wire: Wire,
): { sourceRegion?: string | null; sourceProjectNo?: string | null; sourceAreaCode?: string | null } =>
  typeof wire.extInfo === 'object' && wire.extInfo !== null ? wire.extInfo : {}

const table: Table<Wire, RegionalCase, C> = {
  caseNumber: spread(['projId'], '办件编号', {
    name: 'text',
    how: 'copied',
    decode: (wire: Wire) => wire.projId,
    encode: (canon: string): Partial<Wire> => ({ projId: canon }),
  }),
  caseKey: none('浙江的办件只有一个编号'),
  region: given('zhejiang', () => 'zhejiang' as const),
  division: row('areaCode', '所属辖区', area),
  sourceDivision: spread(['extInfo'], '来源区划', {
    name: 'extInfo.sourceAreaCode or sourceRegion',
    how: 'derived',
    deep: true,
    decode: (wire: Wire, _context: C, place: Place) => {
      const { sourceAreaCode, sourceRegion } = extInfo(wire)
      const value = sourceAreaCode || sourceRegion
      if (!value) return undefined
      place.notes?.push({
        how: 'derived',
        wire: leaves(
          {
            ...(sourceAreaCode === undefined ? {} : { sourceAreaCode }),
            ...(sourceRegion === undefined ? {} : { sourceRegion }),
          },
          `${place.wire}/extInfo`,
        ),
        canon: [place.canon],
        label: '来源区划',
        rule: 'extInfo',
      })
      return value
    },
    encode: (canon: string | undefined, _context: C, place: Place): Partial<Wire> => {
      if (canon !== undefined)
        place.notes?.push({
          how: 'derived',
          wire: [`${place.wire}/extInfo/sourceAreaCode`, `${place.wire}/extInfo/sourceRegion`],
          canon: [place.canon],
          label: '来源区划',
          rule: 'extInfo',
        })
      return {}
    },
  }),
  sourceNumber: spread(['extInfo'], '来源办件编号', {
    name: 'extInfo.sourceProjectNo',
    how: 'copied',
    deep: true,
    decode: (wire: Wire, _context: C, place: Place) => {
      const number = extInfo(wire).sourceProjectNo
      if (isAbsent(number)) return undefined
      place.notes?.push({
        how: 'copied',
        wire: [`${place.wire}/extInfo/sourceProjectNo`],
        canon: [place.canon],
        label: '来源办件编号',
        rule: 'text',
      })
      return number as string
    },
    encode: (canon: string | undefined, _context: C, place: Place): Partial<Wire> => {
      if (canon !== undefined)
        place.notes?.push({
          how: 'copied',
          wire: [`${place.wire}/extInfo/sourceProjectNo`],
          canon: [place.canon],
          label: '来源办件编号',
          rule: 'text',
        })
      return {}
    },
  }),
  matterCode: row('matterCode', '事项编码', text),
  matterName: none('浙江的办件查询不返回事项名称'),
  title: maybe('projectName', '办件名称', text),
  applicantName: none('浙江的办件查询不返回申请人'),
  status: spread(['phaseCode', 'doAction'], '环节与动作', {
    name: phase.name,
    how: 'coded',
    decode: (wire: Wire, context: C) => phase.decode(pairOf(wire), context),
    encode: (canon: CaseStatus): Partial<Wire> => {
      if (canon === 'UNKNOWN') return {}
      const [phaseCode = '', doAction = ''] = phase.encode(canon).split('/')
      return { phaseCode, doAction: Number(doAction) }
    },
  }),
  rawStatus: spread(['phaseCode', 'doAction'], '环节与动作', {
    name: 'codes as they came',
    how: 'copied',
    decode: (wire: Wire) => rawOf(pairOf(wire), wire.nodeName),
    encode: (canon: RawStatus): Partial<Wire> => ({ nodeName: canon.label }),
  }),
  appliedAt: maybe('gmtApply', '申请时间', wallClock),
  acceptedAt: maybe('gmtAccept', '受理时间', wallClock),
  dueAt: maybe('promiseTime', '承诺办结时间', wallClock),
  completedAt: maybe('gmtService', '办结时间', wallClock),
  updatedAt: maybe('gmtUpdate', '最近变化时间', wallClock),
  agency: none('浙江的办件查询在环节中写明部门'),
  correction: spread(['correctInfo'], '补正', correction),
  result: spread(['result', 'resultDesc', 'resultCode'], '结果', result),
  steps: spread(['nodes'], '办理环节', steps),
}

const flat = compile<Wire, RegionalCase, C>('zhejiang/case', table)

/** `extInfo` is written whole, and a status without a code keeps the one that it came with. */
const codec = {
  ...flat,
  encode: (canon: RegionalCase, context: C, place: Place): Wire => {
    const wire = flat.encode(canon, context, place)
    const [phaseCode, doAction] = pairFor(canon.status, canon.rawStatus)
    return {
      ...wire,
      phaseCode,
      doAction,
      extInfo: {
        sourceRegion: canon.sourceDivision ? `${canon.sourceDivision.slice(0, 2)}0000` : '',
        sourceProjectNo: canon.sourceNumber ?? '',
        ...(canon.sourceDivision ? { sourceAreaCode: canon.sourceDivision } : {}),
      },
    }
  },
}

export const caseMessage = message<Wire, RegionalCase, C>('zhejiang/case', WireCase, codec)
