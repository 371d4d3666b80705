/** Shanghai's cases, read and written. `status` counts; `onLineStatus` is never read as a state (trap 7). */
import type { CaseResult, CaseStep, CorrectionRequest, RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { asInteger, oneOrMany, text, wallClock } from '../kit/codecs.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import {
  compile,
  given,
  isAbsent,
  leaves,
  maybe,
  none,
  type Place,
  ROOT,
  row,
  spread,
  type Table,
} from '../kit/table.ts'
import {
  type WireCase as Wire,
  WireCase,
  type WireCorrection,
  type WireDocument,
  type WireProcess,
} from './case.wire.ts'
import { decisionIn, documentType, status } from './codes.ts'

type C = RecordContext

const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(wire as string, {}, ROOT)
const wall = (canon: string | undefined): string =>
  canon === undefined ? '' : wallClock.encode(canon, {}, ROOT)

/** A correction notice, in the query and in a callback alike. */
export function readCorrection(wire: WireCorrection): CorrectionRequest {
  const dueOn = instant(wire.limitTime)
  return {
    fields: [],
    documents: (wire.stuffs ?? [])
      .filter((one) => !isAbsent(one.stuffCode))
      .map((one) => ({
        id: one.stuffCode as string,
        ...(isAbsent(one.suggestion) ? {} : { reason: one.suggestion as string }),
      })),
    reason: wire.suggestion ?? '',
    ...(dueOn ? { dueOn } : {}),
  }
}

const correction = {
  name: 'correction',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CorrectionRequest | undefined => {
    const told = typeof wire.correction === 'object' && wire.correction !== null ? wire.correction : undefined
    if (!told) {
      if (wire.correction !== undefined)
        place.notes?.push({
          how: 'dropped',
          wire: [`${place.wire}/correction`],
          canon: [],
          label: '补正',
          rule: 'absent',
          reason: '空值: 没有内容可转换',
        })
      return undefined
    }
    const canon = readCorrection(told)
    place.notes?.push({
      how: 'derived',
      wire: leaves(told, `${place.wire}/correction`),
      canon: leaves(canon, place.canon),
      label: '补正',
      rule: 'correction notice',
    })
    return canon
  },
  encode: (canon: CorrectionRequest | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { correction: null }
    const wire: WireCorrection = {
      suggestion: canon.reason,
      limitTime:
        typeof canon.dueOn === 'string'
          ? canon.dueOn.length > 10
            ? wall(canon.dueOn)
            : `${canon.dueOn} 23:59:59`
          : '',
      stuffs: canon.documents.map((one) => ({
        stuffId: '',
        stuffCode: one.id,
        suggestion: one.reason ?? '',
      })),
    }
    const names = canon.documents.flatMap((one, index) =>
      one.name === undefined ? [] : [`${place.canon}/documents/${index}/name`],
    )
    if (names.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: names,
        label: '材料名称',
        rule: 'none',
        reason: '上海的补正通知只写材料编码',
      })
    if (canon.fields.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: leaves(canon.fields, `${place.canon}/fields`),
        label: '表单项',
        rule: 'none',
        reason: '上海的补正通知不点明表单项',
      })
    const kept = leaves(canon, place.canon).filter(
      (leaf) =>
        !names.includes(leaf) && !(canon.fields.length > 0 && leaf.startsWith(`${place.canon}/fields`)),
    )
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire, `${place.wire}/correction`),
      canon: kept,
      label: '补正',
      rule: 'correction notice',
    })
    return { correction: wire }
  },
}

const readDocument = (one: WireDocument) => ({
  ref: one.documentType,
  kind: documentType.find(one.documentType) ?? 'other',
  name: one.fileName,
  ...(isAbsent(one.fileSize) ? {} : { size: asInteger(one.fileSize) }),
  ...(isAbsent(one.sm3) ? {} : { digest: `sm3:${one.sm3}` }),
})

const result = {
  name: 'result, resultView, documents',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseResult | undefined => {
    const decided = decisionIn(status.decode(wire.status, context), wire.result)
    const documents = (wire.documents ?? []).filter((one) => one.documentType !== '3')
    const told: readonly string[] = ['result', 'resultView', 'documents'].flatMap((member) =>
      leaves(wire[member as 'result'], `${place.wire}/${member}`),
    )
    if ((decided ?? undefined) === undefined && documents.length === 0) {
      if (told.length > 0)
        place.notes?.push({
          how: 'dropped',
          wire: told,
          canon: [],
          label: '结果',
          rule: 'no decision yet',
          reason: '尚未作出决定',
        })
      return undefined
    }
    const canon: CaseResult = {
      decision: decided ?? null,
      ...(isAbsent(wire.resultView) ? {} : { text: wire.resultView as string }),
      documents: documents.map(readDocument),
    }
    place.notes?.push({
      how: 'derived',
      wire: told,
      canon: leaves(canon, place.canon),
      label: '结果',
      rule: 'result by state',
    })
    return canon
  },
  encode: (canon: CaseResult | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { result: '', resultView: '', documents: [] }
    const wire = {
      result:
        canon.decision === 'granted' || canon.decision === 'forwarded'
          ? '通过'
          : canon.decision === 'denied' || canon.decision === 'notAccepted'
            ? '不通过'
            : '',
      resultView: canon.text ?? '',
      documents: canon.documents.map((one) => ({
        documentType: one.kind === 'denial' ? '2' : one.kind === 'notAcceptedNotice' ? '4' : '1',
        fileName: one.name,
        fileSize: one.size ?? '',
        sm3: one.digest?.startsWith('sm3:') ? one.digest.slice(4) : '',
      })),
    }
    if (canon.number !== undefined)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: [`${place.canon}/number`],
        label: '结果编号',
        rule: 'none',
        reason: '上海的办件没有结果编号这一项',
      })
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire, place.wire),
      canon: leaves(canon, place.canon).filter((leaf) => leaf !== `${place.canon}/number`),
      label: '结果',
      rule: 'result by state',
    })
    return wire
  },
}

/** One step of `getApplyProcess`; its `status` may be any word of the table, synonyms included. */
export const readStep = (one: WireProcess, context: C): CaseStep => ({
  status: status.decode(one.status, context),
  rawStatus: { code: one.status, label: one.status },
  name: one.stepName ?? '',
  occurredAt: wallClock.decode(one.opTime, {}, ROOT),
  ...(isAbsent(one.opUsername) ? {} : { actor: one.opUsername as string }),
  ...(isAbsent(one.opDepartName) ? {} : { agency: one.opDepartName as string }),
  ...(isAbsent(one.suggestion) ? {} : { note: one.suggestion as string }),
})

const steps = {
  name: 'processes',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseStep[] | undefined => {
    if (wire.processes === undefined) return undefined
    const rows = oneOrMany<WireProcess>(wire.processes)
    const canon = rows.map((one) => readStep(one, context))
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire.processes, `${place.wire}/processes`),
      canon: leaves(canon, place.canon),
      label: '办理过程',
      rule: 'processes',
    })
    return canon
  },
  encode: (canon: CaseStep[] | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const processes = canon.map((one) => ({
      stepName: one.name,
      status: one.status === 'UNKNOWN' ? one.rawStatus.code : status.encode(one.status),
      opDepartCode: '',
      opDepartName: one.agency ?? '',
      opUserId: '',
      opUsername: one.actor ?? '',
      opTime: wall(one.occurredAt),
      suggestion: one.note ?? '',
    }))
    const lost = canon.flatMap((one, index) =>
      one.endedAt === undefined ? [] : [`${place.canon}/${index}/endedAt`],
    )
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '环节结束时间',
        rule: 'none',
        reason: '上海的环节只有一个时间',
      })
    place.notes?.push({
      how: 'derived',
      wire: leaves(processes, `${place.wire}/processes`),
      canon: leaves(canon, place.canon).filter((leaf) => !lost.includes(leaf)),
      label: '办理过程',
      rule: 'processes',
    })
    return { processes }
  },
}

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
