/** Jiangsu's cases, read and written. Status and operations together tell the state (5.1). */
import type { RegionalCase } from '../../schemas/case.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, text } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, isAbsent, maybe, row, spread, type Table } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import { six } from './areas.ts'
import { type WireCase as Wire, WireCase } from './case.wire.ts'
import { result } from './case-result.ts'
import { correction, operationsOf, steps } from './case-steps.ts'
import { OPERATIONS, operationFor, rawOf, STATUS_NAMES, stateOf } from './codes.ts'

type C = RecordContext

/** The types of the operations in the order of the list, which is what tells 30, 40 and 90 apart. */
const typesOf = (wire: Wire): readonly string[] => operationsOf(wire).map((one) => String(one.operatetype))

const table: Table<Wire, RegionalCase, C> = {
  caseNumber: spread(['flowsn'], '办件编号', {
    name: 'text',
    how: 'copied',
    decode: (wire: Wire) => wire.flowsn ?? '',
    encode: (canon: string): Partial<Wire> => ({ flowsn: canon }),
  }),
  caseKey: maybe('projectguid', '办件标识', text),
  region: given('jiangsu', () => 'jiangsu' as const),
  division: row('areacode', '城市', six),
  sourceDivision: maybe('sourceareacode', '来源区划', six),
  sourceNumber: maybe('sourceprojectno', '来源办件编号', text),
  matterCode: row('taskguid', '事项标识', text),
  matterName: maybe('taskname', '事项名称', text),
  title: maybe('projectname', '办件名称', text),
  applicantName: maybe('applyername', '申请人', text),
  status: spread(['status', 'operations'], '办件状态', {
    name: 'jiangsu/status with operations',
    how: 'coded',
    decode: (wire: Wire, context: C) => stateOf(String(wire.status), typesOf(wire), context),
    encode: (): Partial<Wire> => ({}),
  }),
  rawStatus: spread(['status', 'statustext'], '办件状态', {
    name: 'code and name as they came',
    how: 'copied',
    decode: (wire: Wire) => ({
      code: String(wire.status),
      label: isAbsent(wire.statustext) ? (STATUS_NAMES[String(wire.status)] ?? '') : asText(wire.statustext),
    }),
    encode: (): Partial<Wire> => ({}),
  }),
  appliedAt: maybe('applydate', '申请时间', wallClock),
  acceptedAt: maybe('acceptdate', '受理时间', wallClock),
  dueAt: maybe('promiseenddate', '承诺办结时间', wallClock),
  completedAt: maybe('banjiedate', '办结时间', wallClock),
  updatedAt: spread(['operations'], '最近操作时间', {
    name: 'last of operations',
    how: 'derived',
    decode: (wire: Wire) => {
      const last = operationsOf(wire)
        .map((one) => one.operatedate)
        .toSorted()
        .at(-1)
      return last === undefined ? undefined : wallClock.decode(last, {}, ROOT)
    },
    encode: (): Partial<Wire> => ({}),
  }),
  agency: maybe('ouname', '部门', text),
  correction: spread(['buzhenginfo'], '补正', correction),
  result: spread(['banjieresult', 'resultlist'], '结果', result),
  steps: spread(['operations'], '办理环节', steps),
}

const codec = compile<Wire, RegionalCase, C>('jiangsu/case', table, [
  {
    wire: 'iseval',
    label: '是否已评价',
    rule: 'rating',
    dropped: '评价由网关另行记录',
    value: () => '0',
  },
])

/** A date that is not known yet is the empty text, never absent (1.3); so are the other members of the answer. */
const UNKNOWN_YET = { ouname: '', acceptdate: '', promiseenddate: '', banjiedate: '', operations: [] }

/** States that share a code are told by an operation, so one is added where the steps do not tell it already. */
const whole = {
  ...codec,
  encode: (canon: RegionalCase, context: C, place: Place): Wire => {
    const wire: Wire = { ...UNKNOWN_YET, ...codec.encode(canon, context, place) }
    if (canon.status === 'UNKNOWN')
      return { ...wire, status: canon.rawStatus.code, statustext: canon.rawStatus.label }
    const status = rawOf(canon.status, canon.acceptedAt !== undefined, canon.result?.decision === 'denied')
    const named = { ...wire, status, statustext: STATUS_NAMES[status] ?? '' }
    const operations = operationsOf(named)
    const at = canon.updatedAt ?? canon.acceptedAt ?? canon.appliedAt
    const telling = operationFor(canon.status)
    if (stateOf(status, typesOf(named), {}) === canon.status || telling === undefined || at === undefined)
      return named
    place.notes?.push({
      how: 'defaulted',
      wire: [`${place.wire}/operations/${operations.length}/operatetype`],
      canon: [],
      label: '办理环节',
      rule: 'the operation that tells the state',
    })
    return {
      ...named,
      operations: [
        ...operations,
        {
          operatetype: telling,
          operatename: OPERATIONS[telling]?.name ?? '',
          operateusername: '',
          operatedate: wallClock.encode(at, {}, ROOT),
          remarks: '',
          ouname: canon.agency ?? '',
        },
      ],
    }
  },
}

export const caseMessage = message<Wire, RegionalCase, C>('jiangsu/case', WireCase, whole)
