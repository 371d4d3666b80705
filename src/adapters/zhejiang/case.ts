/** Zhejiang's cases, read and written: the state is phase and action together; `proStatus` is too coarse and never read. */
import type { CaseResult, CaseStep, CorrectionRequest, RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, oneOrMany, text } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RawStatus, RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import { area } from './areas.ts'
import {
  type WireCase as Wire,
  WireCase,
  type WireCorrectInfo,
  type WireNode,
  type WireSuff,
} from './case.wire.ts'
import { outcome, PHASE_LABELS, phase } from './codes.ts'

type C = RecordContext

/** An instant, or nothing for `null`, `""` and a missing member (trap 15). */
export const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(wire as string, {}, ROOT)
const wall = (canon: string | undefined): string =>
  canon === undefined ? '' : wallClock.encode(canon, {}, ROOT)

/** `phaseCode/doAction`; the action may be a number or a string. */
export const pairOf = (wire: { phaseCode: unknown; doAction: unknown }): string =>
  `${String(wire.phaseCode)}/${asText(wire.doAction)}`
export const rawOf = (pair: string, nodeName?: string | null): RawStatus => ({
  code: pair,
  label: PHASE_LABELS[pair] ?? nodeName ?? '',
})

/** A correction request, in the query and in callbacks alike. */
export function readCorrection(wire: WireCorrectInfo): CorrectionRequest {
  const dueOn = instant(wire.gmtCorrectEnd)
  return {
    fields: (wire.formFields ?? '').split(',').filter((one) => one !== ''),
    documents: oneOrMany<WireSuff>(wire.suffInfoList).map((one) => ({
      id: one.suffId,
      ...(isAbsent(one.suffName) ? {} : { name: one.suffName as string }),
      ...(isAbsent(one.memo) ? {} : { reason: one.memo as string }),
    })),
    reason: wire.correctDesc ?? '',
    ...(dueOn ? { dueOn } : {}),
  }
}

const correction = {
  name: 'correctInfo',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CorrectionRequest | undefined => {
    const info =
      typeof wire.correctInfo === 'object' && wire.correctInfo !== null ? wire.correctInfo : undefined
    if (!info) {
      if (wire.correctInfo !== undefined)
        place.notes?.push({
          how: 'dropped',
          wire: [`${place.wire}/correctInfo`],
          canon: [],
          label: '补正',
          rule: 'absent',
          reason: '空值: 没有内容可转换',
        })
      return undefined
    }
    const canon = readCorrection(info)
    place.notes?.push({
      how: 'derived',
      wire: leaves(info, `${place.wire}/correctInfo`),
      canon: leaves(canon, place.canon),
      label: '补正',
      rule: 'correctInfo',
    })
    return canon
  },
  encode: (canon: CorrectionRequest | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { correctInfo: null }
    const info: WireCorrectInfo = {
      correctSeq: 1,
      correctDesc: canon.reason,
      gmtCorrectEnd:
        typeof canon.dueOn === 'string'
          ? canon.dueOn.length > 10
            ? wall(canon.dueOn)
            : `${canon.dueOn} 23:59:59`
          : '',
      formFields: canon.fields.join(','),
      suffInfoList: canon.documents.map((one) => ({
        suffId: one.id,
        suffName: one.name ?? '',
        memo: one.reason ?? '',
      })),
    }
    place.notes?.push({
      how: 'derived',
      wire: leaves(info, `${place.wire}/correctInfo`),
      canon: leaves(canon, place.canon),
      label: '补正',
      rule: 'correctInfo',
    })
    return { correctInfo: info }
  },
}

const WORDS: Readonly<Record<string, CaseResult['decision']>> = {
  granted: 'granted',
  denied: 'denied',
  forwarded: 'forwarded',
  voided: 'voided',
  returned: 'withdrawn',
  withdrawn: 'withdrawn',
}

/** The decision of `result` and `resultDesc`, or nothing where the case is not concluded. */
export function readOutcome(
  wire: { result?: string | null; resultDesc?: string | null; resultCode?: string | null },
  state: CaseStatus,
): CaseResult | undefined {
  if (isAbsent(wire.result))
    return state === 'NOT_ACCEPTED' ? { decision: 'notAccepted', documents: [] } : undefined
  const word = outcome.find(`${wire.result}/${wire.resultDesc ?? ''}`)
  return {
    decision: word === undefined ? null : (WORDS[word] ?? null),
    ...(isAbsent(wire.resultCode) ? {} : { number: wire.resultCode as string }),
    ...(isAbsent(wire.resultDesc) ? {} : { text: wire.resultDesc as string }),
    documents: [],
  }
}

const DECISIONS: Readonly<Record<string, string>> = {
  granted: '办结/准予许可',
  denied: '办结/不予许可',
  forwarded: '转报办结/转报',
  voided: '作废办结/作废',
  withdrawn: '退件/申请人撤回',
  notAccepted: '',
}

/** The two words of a decision; Zhejiang tells a return by its clerks from a withdrawal, and the text remembers which it was. */
function wordsOf({ decision, text: told }: CaseResult): readonly string[] {
  const usual = (DECISIONS[decision ?? ''] ?? '').split('/')
  const found = outcome.find(`${usual[0] ?? ''}/${told ?? ''}`)
  return found !== undefined && WORDS[found] === decision ? [usual[0] ?? '', told ?? ''] : usual
}

const result = {
  name: 'result, resultDesc, resultCode',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseResult | undefined => {
    const canon = readOutcome(wire, phase.decode(pairOf(wire), context))
    const told = (['result', 'resultDesc', 'resultCode'] as const)
      .filter((member) => wire[member] !== undefined)
      .map((member) => `${place.wire}/${member}`)
    if (told.length > 0)
      place.notes?.push(
        canon
          ? { how: 'coded', wire: told, canon: leaves(canon, place.canon), label: '结果', rule: outcome.name }
          : {
              how: 'dropped',
              wire: told,
              canon: [],
              label: '结果',
              rule: 'absent',
              reason: '空值: 没有内容可转换',
            },
      )
    return canon
  },
  encode: (canon: CaseResult | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const [word = '', desc = ''] = wordsOf(canon)
    const kept = leaves(canon, place.canon).filter(
      (leaf) =>
        !leaf.startsWith(`${place.canon}/documents/`) &&
        (leaf !== `${place.canon}/text` || canon.text === desc),
    )
    const lost = leaves(canon, place.canon).filter((leaf) => !kept.includes(leaf))
    place.notes?.push({
      how: 'coded',
      wire: ['result', 'resultDesc', 'resultCode'].map((one) => `${place.wire}/${one}`),
      canon: kept,
      label: '结果',
      rule: outcome.name,
    })
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '结果文书',
        rule: 'none',
        reason: '浙江的办件查询不列出结果文书, 由结果接口取得',
      })
    return { result: word, resultDesc: desc, resultCode: canon.number ?? '' }
  },
}

const readNode = (node: WireNode, context: C): CaseStep => {
  const pair = pairOf(node)
  const endedAt = instant(node.gmtEnd)
  return {
    status: phase.decode(pair, context),
    rawStatus: rawOf(pair, node.nodeName),
    name: node.nodeName ?? '',
    occurredAt: wallClock.decode(node.gmtStart, {}, ROOT),
    ...(endedAt ? { endedAt } : {}),
    ...(isAbsent(node.operatorName) ? {} : { actor: node.operatorName as string }),
    ...(isAbsent(node.deptName) ? {} : { agency: node.deptName as string }),
    ...(isAbsent(node.opinion) ? {} : { note: node.opinion as string }),
  }
}

const pairFor = (status: CaseStatus, raw: RawStatus): [string, string] => {
  const [phaseCode = '', doAction = ''] = (status === 'UNKNOWN' ? raw.code : phase.encode(status)).split('/')
  return [phaseCode, doAction]
}

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
    const nodes = canon.map((step): WireNode => {
      const [phaseCode, doAction] = pairFor(step.status, step.rawStatus)
      return {
        phaseCode,
        doAction,
        nodeName: step.name,
        operatorName: step.actor ?? '',
        operatorUid: '',
        deptCode: '',
        deptName: step.agency ?? '',
        gmtStart: wall(step.occurredAt),
        gmtEnd: wall(step.endedAt),
        opinion: step.note ?? '',
      }
    })
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
