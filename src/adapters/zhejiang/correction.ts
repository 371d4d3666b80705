/** A correction request 补正 or 预审退回, `correctInfo` (contract 4.c.1). */
import type { CorrectionRequest } from '../../schemas/case.ts'
import { correctionIn, deadlineOf } from '../kit/case-rows.ts'
import { oneOrMany } from '../kit/codecs.ts'
import { isAbsent } from '../kit/table.ts'
import type { WireCorrectInfo, WireSuff } from './case.wire.ts'
import { instant } from './case-times.ts'

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
export const correction = correctionIn(
  'correctInfo',
  { name: 'correctInfo', rule: 'correctInfo', how: ['derived', 'derived'] },
  readCorrection,
  (canon): WireCorrectInfo | null => ({
    correctSeq: 1,
    correctDesc: canon.reason,
    gmtCorrectEnd: deadlineOf(canon.dueOn),
    formFields: canon.fields.join(','),
    suffInfoList: canon.documents.map((one) => ({
      suffId: one.id,
      suffName: one.name ?? '',
      memo: one.reason ?? '',
    })),
  }),
  null,
)
