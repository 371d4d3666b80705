/** Anhui's cases, read and written: `handleState` decides. */
import { GatewayError } from '../../errors.ts'
import type { CaseResult, CaseStep, CorrectionRequest, RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, oneOrMany, text } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RawStatus, RecordContext } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { message } from '../kit/message.ts'
import { given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import { area } from './areas.ts'
import { type WireCase as Wire, WireCase, type WireNode } from './case.wire.ts'
import { decision, STATUS_LABELS, status, TRANSACT_LABELS } from './codes.ts'
import { readOutcome } from './outcome.ts'

type C = RecordContext

/** An instant, or nothing for `null`, `""` and a missing member. */
export const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(wire as string, {}, ROOT)
const wall = (canon: string | undefined): string =>
  canon === undefined ? '' : wallClock.encode(canon, {}, ROOT)

/** The raw status: the code as it came, with the region's own name where it tells one. */
export const rawOf = (code: string, name?: unknown): RawStatus => ({
  code,
  label: isAbsent(name) ? (STATUS_LABELS[code] ?? '') : String(name),
})

const absent = '空值: 没有内容可转换'
const word = (value: unknown): string => (isAbsent(value) ? '' : asText(value))

/** `correctInfo`: JSON in a string (trap 4). @throws GatewayError `FIELD_UNREADABLE`. */
export function readCorrection(wire: string): CorrectionRequest {
  const parsed = parseInner(wire)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new GatewayError('FIELD_UNREADABLE')
  const { deadline, items, remark } = parsed as Readonly<Record<string, unknown>>
  const dueOn = instant(deadline)
  return {
    fields: [],
    documents: oneOrMany<Readonly<Record<string, unknown>>>(items)
      .filter((one) => !isAbsent(one['attrId']))
      .map((one) => ({
        id: asText(one['attrId']),
        ...(isAbsent(one['attrName']) ? {} : { name: asText(one['attrName']) }),
        ...(isAbsent(one['reason']) ? {} : { reason: asText(one['reason']) }),
      })),
    reason: word(remark),
    ...(dueOn ? { dueOn } : {}),
  }
}

/** A deadline with a time, where only a day is told: its last second. */
const deadlineOf = (dueOn: CorrectionRequest['dueOn']): string => {
  if (typeof dueOn !== 'string') return ''
  return dueOn.length > 10 ? wall(dueOn) : `${dueOn} 23:59:59`
}

const correction = {
  name: 'correctInfo: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CorrectionRequest | undefined => {
    const at = [`${place.wire}/correctInfo`]
    if (isAbsent(wire.correctInfo)) {
      if (wire.correctInfo !== undefined)
        place.notes?.push({
          how: 'dropped',
          wire: at,
          canon: [],
          label: '补正',
          rule: 'absent',
          reason: absent,
        })
      return undefined
    }
    const canon = readCorrection(wire.correctInfo as string)
    place.notes?.push({
      how: 'split',
      wire: at,
      canon: leaves(canon, place.canon),
      label: '补正',
      rule: 'correctInfo',
    })
    return canon
  },
  encode: (canon: CorrectionRequest | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { correctInfo: '' }
    const all = leaves(canon, place.canon)
    const lost = canon.fields.length > 0 ? leaves(canon.fields, `${place.canon}/fields`) : []
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '表单项',
        rule: 'none',
        reason: '安徽的补正通知不点明表单项',
      })
    place.notes?.push({
      how: 'merged',
      wire: [`${place.wire}/correctInfo`],
      canon: all.filter((leaf) => !lost.includes(leaf)),
      label: '补正',
      rule: 'correctInfo',
    })
    return {
      correctInfo: JSON.stringify({
        deadline: deadlineOf(canon.dueOn),
        items: canon.documents.map((one) => ({
          attrId: one.id,
          attrName: one.name ?? '',
          reason: one.reason ?? '',
        })),
        remark: canon.reason,
      }),
    }
  },
}

const RESULT = ['transactResult', 'transactResultCode', 'resultCode'] as const

const result = {
  name: 'transactResultCode, transactResult, resultCode',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseResult | undefined => {
    // The row of the state has raised its own alarm already.
    const canon = readOutcome(
      { code: wire.transactResultCode, text: wire.transactResult, number: wire.resultCode },
      status.decode(wire.handleState, {}),
      context.alarms,
    )
    const told = RESULT.filter((member) => wire[member] !== undefined).map((one) => `${place.wire}/${one}`)
    if (told.length > 0)
      place.notes?.push(
        canon
          ? {
              how: 'coded',
              wire: told,
              canon: leaves(canon, place.canon),
              label: '结果',
              rule: decision.name,
            }
          : { how: 'dropped', wire: told, canon: [], label: '结果', rule: 'absent', reason: absent },
      )
    return canon
  },
  encode: (canon: CaseResult | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { transactResult: '', transactResultCode: '', resultCode: '' }
    const code = canon.decision === null ? '' : decision.codeOf(canon.decision)
    const all = leaves(canon, place.canon)
    const lost = all.filter((leaf) => leaf.startsWith(`${place.canon}/documents/`))
    place.notes?.push({
      how: 'coded',
      wire: RESULT.map((one) => `${place.wire}/${one}`),
      canon: all.filter((leaf) => !lost.includes(leaf)),
      label: '结果',
      rule: decision.name,
    })
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '结果文书',
        rule: 'none',
        reason: '安徽的办件查询不列出结果文书, 由结果接口取得',
      })
    return {
      transactResult: canon.text ?? TRANSACT_LABELS[code] ?? '',
      transactResultCode: code,
      resultCode: canon.number ?? '',
    }
  },
}

const readNode = (node: WireNode, context: C): CaseStep => {
  const endedAt = instant(node.endTime)
  return {
    status: status.decode(node.handleState, context),
    rawStatus: { code: node.handleState, label: STATUS_LABELS[node.handleState] ?? word(node.nodeName) },
    name: word(node.nodeName),
    occurredAt: wallClock.decode(node.startTime, {}, ROOT),
    ...(endedAt ? { endedAt } : {}),
    ...(isAbsent(node.userName) ? {} : { actor: node.userName as string }),
    ...(isAbsent(node.deptName) ? {} : { agency: node.deptName as string }),
    ...(isAbsent(node.opinion) ? {} : { note: node.opinion as string }),
  }
}

/** A status without a code keeps the one that it came with. */
const codeFor = (canon: CaseStatus, raw: RawStatus): string =>
  canon === 'UNKNOWN' ? raw.code : status.encode(canon)

const steps = {
  name: 'nodes',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseStep[] | undefined => {
    if (wire.nodes === undefined) return undefined
    const canon = oneOrMany<WireNode>(wire.nodes).map((node) => readNode(node, context))
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire.nodes, `${place.wire}/nodes`),
      canon: leaves(canon, place.canon),
      label: '办理环节',
      rule: 'nodes',
    })
    return canon
  },
  encode: (canon: CaseStep[] | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const nodes = canon.map(
      (step): WireNode => ({
        nodeName: step.name,
        handleState: codeFor(step.status, step.rawStatus),
        userName: step.actor ?? '',
        deptName: step.agency ?? '',
        startTime: wall(step.occurredAt),
        endTime: wall(step.endedAt),
        opinion: step.note ?? '',
      }),
    )
    place.notes?.push({
      how: 'derived',
      wire: leaves(nodes, `${place.wire}/nodes`),
      canon: leaves(canon, place.canon),
      label: '办理环节',
      rule: 'nodes',
    })
    return { nodes }
  },
}

/** The latest platform time that the answer tells: the start of the newest step ("Event order", contract 4c). */
function newest(wire: Wire): string | undefined {
  const times = oneOrMany<WireNode>(wire.nodes).map((node) => node.startTime)
  return instant(times.toSorted().at(-1))
}

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
