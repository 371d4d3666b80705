/** Correction notices (补正), in the query and in callbacks alike (contract 4.3). */
import type { CorrectionRequest } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { correctionIn, deadlineOf } from '../kit/case-rows.ts'
import { isAbsent } from '../kit/table.ts'
import { instant } from './answers.ts'
import type { WireCorrection } from './case.wire.ts'

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
export const correction = correctionIn(
  'correction',
  { name: 'correction', rule: 'correction notice', how: ['derived', 'derived'] },
  readCorrection,
  (canon): WireCorrection | null => ({
    suggestion: canon.reason,
    limitTime: deadlineOf(canon.dueOn),
    stuffs: canon.documents.map((one) => ({ stuffId: '', stuffCode: one.id, suggestion: one.reason ?? '' })),
  }),
  null,
  [
    {
      label: '材料名称',
      reason: '上海的补正通知只写材料编码',
      of: ({ documents }, at) =>
        documents.flatMap((one, index) => (one.name === undefined ? [] : [`${at}/documents/${index}/name`])),
    },
    {
      label: '表单项',
      reason: '上海的补正通知不点明表单项',
      of: ({ fields }, at) => (fields.length > 0 ? leaves(fields, `${at}/fields`) : []),
    },
  ],
)
