/** Correction notices (补正), in the query and in callbacks alike (contract 4.3). */
import type { CorrectionRequest } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import { instant } from './answers.ts'
import type { WireCase as Wire, WireCorrection } from './case.wire.ts'

const wall = (canon: string): string => wallClock.encode(canon, {}, ROOT)

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

/** `correction`: a notice while in 补正, `null` otherwise. */
export const correction = {
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
