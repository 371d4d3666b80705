/** Jiangsu's cases, read and written. Status and operations together tell the state (5.1). */
import type { CaseResult, CaseStep, CorrectionRequest, RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { asInteger, asText, oneOrMany, text, wallClock } from '../kit/codecs.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import {
  compile,
  given,
  isAbsent,
  leaves,
  maybe,
  type Place,
  ROOT,
  row,
  spread,
  type Table,
} from '../kit/table.ts'
import { six } from './areas.ts'
import { type WireCase as Wire, WireCase, type WireOperation, type WireResult } from './case.wire.ts'
import { decision, effectOf, OPERATIONS, operationFor, rawOf, STATUS_NAMES, stateOf } from './codes.ts'
import { readCorrection, writeCorrection } from './correction.ts'
import { lost } from './traces.ts'

type C = RecordContext

const operationsOf = (wire: Wire): readonly WireOperation[] => oneOrMany<WireOperation>(wire.operations)
const typesOf = (wire: Wire): readonly string[] =>
  operationsOf(wire)
    .toSorted((a, b) => a.operatedate.localeCompare(b.operatedate))
    .map((one) => String(one.operatetype))

/** The canonical state of a case as the query tells it. */
export const stateOfCase = (wire: Wire, context: C): CaseStatus =>
  stateOf(String(wire.status), typesOf(wire), context)

/** Steps, oldest first. What leads nowhere (a fee, an extension) leaves the state as it was. */
function readSteps(operations: readonly WireOperation[], context: C): CaseStep[] {
  let state: CaseStatus = 'DRAFT'
  return operations.map((one) => {
    const code = String(one.operatetype)
    const effect = effectOf(code, context)
    if (effect !== 'none' && effect !== 'unknown') state = effect
    return {
      status: effect === 'unknown' ? 'UNKNOWN' : state,
      rawStatus: { code, label: one.operatename ?? OPERATIONS[code]?.name ?? '' },
      name: one.operatename ?? '',
      occurredAt: wallClock.decode(one.operatedate, {}, ROOT),
      ...(isAbsent(one.operateusername) ? {} : { actor: asText(one.operateusername) }),
      ...(isAbsent(one.ouname) ? {} : { agency: asText(one.ouname) }),
      ...(isAbsent(one.remarks) ? {} : { note: asText(one.remarks) }),
    }
  })
}

const steps = {
  name: 'operations',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseStep[] | undefined => {
    if (isAbsent(wire.operations)) return undefined
    const canon = readSteps(operationsOf(wire), context)
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire.operations, `${place.wire}/operations`),
      canon: leaves(canon, place.canon),
      label: '办理环节',
      rule: 'operations',
    })
    return canon
  },
  encode: (canon: CaseStep[] | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const operations = canon.map((one) => ({
      operatetype: OPERATIONS[one.rawStatus.code]
        ? one.rawStatus.code
        : (operationFor(one.status) ?? one.rawStatus.code.slice(0, 20)),
      operatename: one.name,
      operateusername: one.actor ?? '',
      operatedate: wallClock.encode(one.occurredAt, {}, ROOT),
      remarks: one.note ?? '',
      ouname: one.agency ?? '',
    }))
    const ended = canon.flatMap((one, index) =>
      one.endedAt === undefined ? [] : [`${place.canon}/${index}/endedAt`],
    )
    lost(place, ended, '环节结束时间', '江苏的环节只有一个时间')
    place.notes?.push({
      how: 'derived',
      wire: leaves(operations, `${place.wire}/operations`),
      canon: leaves(canon, place.canon).filter((leaf) => !ended.includes(leaf)),
      label: '办理环节',
      rule: 'operations',
    })
    return { operations }
  },
}

const correction = {
  name: 'buzhenginfo: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CorrectionRequest | undefined => {
    const canon = readCorrection(wire.buzhenginfo)
    if (wire.buzhenginfo !== undefined)
      place.notes?.push(
        canon
          ? {
              how: 'split',
              wire: ['/buzhenginfo'],
              canon: leaves(canon, place.canon),
              label: '补正',
              rule: 'buzhenginfo: JSON in a string',
            }
          : {
              how: 'dropped',
              wire: ['/buzhenginfo'],
              canon: [],
              label: '补正',
              rule: 'absent',
              reason: '空值: 没有内容可转换',
            },
      )
    return canon
  },
  encode: (canon: CorrectionRequest | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { buzhenginfo: '' }
    const fields = canon.fields.length > 0 ? leaves(canon.fields, `${place.canon}/fields`) : []
    lost(place, fields, '表单项', '江苏的补正信息不点明表单项')
    place.notes?.push({
      how: 'merged',
      wire: ['/buzhenginfo'],
      canon: leaves(canon, place.canon).filter((leaf) => !fields.includes(leaf)),
      label: '补正',
      rule: 'buzhenginfo: JSON in a string',
    })
    return { buzhenginfo: writeCorrection(canon) }
  },
}

const ENDED: Readonly<Record<string, NonNullable<CaseResult['decision']>>> = {
  '97': 'notAccepted',
  '98': 'withdrawn',
  '99': 'voided',
}

/** The decision of a case: `banjieresult`, or what an early end says by itself (5.12). */
export function decisionOf(raw: string, banjieresult: unknown): CaseResult['decision'] | undefined {
  if (ENDED[raw]) return ENDED[raw]
  return isAbsent(banjieresult) ? undefined : decision.find(String(banjieresult))
}

const readDocument = (one: WireResult) => ({
  ref: one.attachguid,
  kind: 'result',
  name: one.attachname,
  ...(isAbsent(one.attachlength) ? {} : { size: asInteger(one.attachlength) }),
})

const RESULT_WIRES = ['banjieresult', 'resultlist'] as const

const result = {
  name: 'banjieresult and resultlist',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CaseResult | undefined => {
    const told = decisionOf(String(wire.status), wire.banjieresult)
    const files = oneOrMany<WireResult>(wire.resultlist)
    const from = RESULT_WIRES.flatMap((member) => leaves(wire[member], `${place.wire}/${member}`))
    if (told === undefined && files.length === 0) {
      if (from.length > 0)
        place.notes?.push({
          how: 'dropped',
          wire: from,
          canon: [],
          label: '结果',
          rule: 'no decision yet',
          reason: '尚未作出决定',
        })
      return undefined
    }
    const number = files.find((one) => !isAbsent(one.resultno))?.resultno
    const name = files.find((one) => !isAbsent(one.resultname))?.resultname
    const canon: CaseResult = {
      decision: told ?? null,
      ...(number ? { number } : {}),
      ...(name ? { text: name } : {}),
      documents: files.map(readDocument),
    }
    place.notes?.push({
      how: 'derived',
      wire: from,
      canon: leaves(canon, place.canon),
      label: '结果',
      rule: 'banjieresult and resultlist',
    })
    return canon
  },
  encode: (canon: CaseResult | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { banjieresult: '', resultlist: [] }
    const wire = {
      banjieresult:
        canon.decision === 'granted' || canon.decision === 'forwarded'
          ? decision.codeOf('granted')
          : canon.decision === 'denied'
            ? decision.codeOf('denied')
            : '',
      resultlist: canon.documents.map((one, index) => ({
        attachguid: one.ref.slice(0, 64),
        attachname: one.name,
        attachlength: one.size === undefined ? '' : one.size,
        resultname: index === 0 ? (canon.text ?? '').slice(0, 300) : '',
        resultno: index === 0 ? (canon.number ?? '') : '',
      })),
    }
    const nowhere = [
      ...(canon.documents.length === 0
        ? (['number', 'text'] as const).flatMap((member) =>
            canon[member] === undefined ? [] : [`${place.canon}/${member}`],
          )
        : []),
      ...canon.documents.flatMap((one, index) =>
        one.digest === undefined ? [] : [`${place.canon}/documents/${index}/digest`],
      ),
    ]
    lost(place, nowhere, '结果', '江苏的办件在结果文件之外没有这一项')
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire, place.wire),
      canon: leaves(canon, place.canon).filter((leaf) => !nowhere.includes(leaf)),
      label: '结果',
      rule: 'banjieresult and resultlist',
    })
    return wire
  },
}

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
    decode: (wire: Wire, context: C) => stateOfCase(wire, context),
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
    const types = operations.map((one) => String(one.operatetype))
    const at = canon.updatedAt ?? canon.acceptedAt ?? canon.appliedAt
    const telling = operationFor(canon.status)
    if (stateOf(status, types, {}) === canon.status || telling === undefined || at === undefined) return named
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
