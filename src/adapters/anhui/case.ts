import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { wallClock } from '../kit/clock.ts'
import { text } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RawStatus, RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, maybe, none, row, spread, type Table } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { area } from './areas.ts'
import { type WireCase as Wire, WireCase } from './case.wire.ts'
import { RESULT, result } from './case-result.ts'
import { codeFor, rawOf } from './case-values.ts'
import { status } from './codes.ts'
import { correction } from './correct-info.ts'
import { newest, steps } from './nodes.ts'

type C = RecordContext

const table: Table<Wire, RegionalCase, C> = {
  caseNumber: spread(['projid'], '办件编号', {
    name: 'text',
    how: 'copied',
    decode: (wire: Wire) => wire.projid,
    encode: (canon: string): Partial<Wire> => ({ projid: canon }),
  }),
  caseKey: maybe('unid', '申请标识', text),
  region: given('anhui', () => 'anhui' as const),
  division: row('areaCode', '办理地', area),
  sourceDivision: none('安徽的办件查询不返回来源区划'),
  sourceNumber: none('安徽的办件查询不返回来源编号'),
  matterCode: row('sc', '事项编码', text),
  matterName: maybe('serviceName', '事项名称', text),
  title: maybe('projectName', '办件名称', text),
  applicantName: none('安徽的办件查询不返回申请人'),
  status: spread(['handleState'], '办件状态', {
    name: status.name,
    how: 'coded',
    decode: (wire: Wire, context: C) => status.decode(wire.handleState, context),
    encode: (canon: CaseStatus): Partial<Wire> =>
      canon === 'UNKNOWN' ? {} : { handleState: status.encode(canon) },
  }),
  rawStatus: spread(['handleState', 'handleStateName'], '办件状态', {
    name: 'code as it came',
    how: 'copied',
    decode: (wire: Wire) => rawOf(wire.handleState, wire.handleStateName),
    encode: (canon: RawStatus): Partial<Wire> => ({ handleStateName: canon.label }),
  }),
  appliedAt: maybe('applyTime', '申请时间', wallClock),
  acceptedAt: maybe('acceptTime', '受理时间', wallClock),
  dueAt: maybe('promiseEtime', '承诺办结时间', wallClock),
  completedAt: maybe('transactTime', '办结时间', wallClock),
  updatedAt: spread(['nodes'], '最近环节时间', {
    name: 'start of the newest step',
    how: 'derived',
    deep: true,
    decode: (wire: Wire) => newest(wire),
    encode: (canon: string | undefined, _context: C, place: Place): Partial<Wire> => {
      if (canon !== undefined)
        place.notes?.push({
          how: 'dropped',
          wire: [],
          canon: [place.canon],
          label: '最近变化时间',
          rule: 'given',
          reason: '由最近的办理环节得知',
        })
      return {}
    },
  }),
  agency: none('安徽的办件查询在环节中写明部门'),
  correction: spread(['correctInfo'], '补正', correction),
  result: spread([...RESULT], '结果', result),
  steps: spread(['nodes'], '办理环节', steps),
}

const flat = compile<Wire, RegionalCase, C>('anhui/case', table)

/** Members of what is not known yet are `""`, as Anhui has them. */
const codec = {
  ...flat,
  encode: (canon: RegionalCase, context: C, place: Place): Wire => ({
    unid: '',
    serviceName: '',
    projectName: '',
    applyTime: '',
    acceptTime: '',
    promiseEtime: '',
    transactTime: '',
    nodes: [],
    ...flat.encode(canon, context, place),
    handleState: codeFor(canon.status, canon.rawStatus),
  }),
}

export const caseMessage = message<Wire, RegionalCase, C>('anhui/case', WireCase, codec)
