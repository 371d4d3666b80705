/** Shanghai's cases, read and written. `status` counts; `onLineStatus` is never read as a state (trap 7). */
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { wallClock } from '../kit/clock.ts'
import { text } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, maybe, none, row, spread, type Table } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { type WireCase as Wire, WireCase } from './case.wire.ts'
import { status } from './codes.ts'
import { correction } from './correction.ts'
import { result } from './result.ts'
import { steps } from './steps.ts'

type C = RecordContext

const table: Table<Wire, RegionalCase, C> = {
  caseNumber: spread(['applyNo'], '办件编号', {
    name: 'text',
    how: 'copied',
    decode: (wire: Wire) => wire.applyNo,
    encode: (canon: string): Partial<Wire> => ({ applyNo: canon }),
  }),
  caseKey: none('上海的办件只有一个编号'),
  region: given('shanghai', () => 'shanghai' as const),
  division: given('上海只有一座城市', () => '310000'),
  sourceDivision: none('上海的办件查询不返回来源区划'),
  sourceNumber: none('上海的办件查询不返回来源编号'),
  matterCode: row('itemCode', '事项编码', text),
  matterName: maybe('itemName', '事项名称', text),
  title: none('上海的办件没有标题这一项'),
  applicantName: maybe('targetName', '申请人', text),
  status: spread(['status'], '办件状态', {
    name: 'shanghai/status',
    how: 'coded',
    decode: (wire: Wire, context: C) => status.decode(wire.status, context),
    encode: (canon: CaseStatus): Partial<Wire> =>
      canon === 'UNKNOWN' ? {} : { status: status.encode(canon) },
  }),
  rawStatus: spread(['status'], '办件状态', {
    name: 'word as it came',
    how: 'copied',
    decode: (wire: Wire) => ({ code: wire.status, label: wire.status }),
    // A status that nobody knows goes on as it came.
    encode: (): Partial<Wire> => ({}),
  }),
  appliedAt: maybe('sbTime', '申报时间', wallClock),
  acceptedAt: maybe('acceptTime', '受理时间', wallClock),
  dueAt: maybe('commitmentTime', '承诺办结时间', wallClock),
  completedAt: maybe('finishTime', '办结时间', wallClock),
  updatedAt: maybe('opTime', '最近办理时间', wallClock),
  agency: maybe('opDepartName', '办理部门', text),
  correction: spread(['correction'], '补正', correction),
  result: spread(['result', 'resultView', 'documents'], '结果', result),
  steps: spread(['processes'], '办理过程', steps),
}

const codec = compile<Wire, RegionalCase, C>('shanghai/case', table)

/** A status without a word here keeps the word that it came with. */
const whole = {
  ...codec,
  encode: (canon: RegionalCase, context: C, place: Place): Wire => {
    const wire = codec.encode(canon, context, place)
    return {
      ...wire,
      status: canon.status === 'UNKNOWN' ? canon.rawStatus.code : wire.status,
      onLineStatus: '',
    }
  },
}

export const caseMessage = message<Wire, RegionalCase, C>('shanghai/case', WireCase, whole)
