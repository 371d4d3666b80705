/** A correction request 补正 or 预审退回, `correctInfo` (contract 4.c.1). */
import type { CorrectionRequest } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireCase as Wire, WireCorrectInfo, WireSuff } from './case.wire.ts'
import { instant, wall } from './case-times.ts'

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

/** The row of a case. */
export const correction = {
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
