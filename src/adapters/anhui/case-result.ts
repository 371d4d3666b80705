/** The result of a case in the answer of `projQuery` (contract 4c). */
import { leaves } from '../../schemas/pointers.ts'
import { resultIn } from '../kit/case-rows.ts'
import type { WireCase as Wire } from './case.wire.ts'
import { decision, status, TRANSACT_LABELS } from './codes.ts'
import { readOutcome } from './outcome.ts'

/** The members that tell it. */
export const RESULT = ['transactResultCode', 'transactResult', 'resultCode'] as const

/** The codec of the result. */
export const result = resultIn<Wire, typeof RESULT>(
  RESULT,
  decision.name,
  (wire, context) =>
    readOutcome(
      { code: wire.transactResultCode, text: wire.transactResult, number: wire.resultCode },
      // The row of the state has raised its own alarm already.
      status.decode(wire.handleState, {}),
      context.alarms,
    ),
  (canon) => {
    const code = canon?.decision ? decision.codeOf(canon.decision) : ''
    return {
      transactResult: canon?.text ?? TRANSACT_LABELS[code] ?? '',
      transactResultCode: code,
      resultCode: canon?.number ?? '',
    }
  },
  [
    {
      label: '结果文书',
      reason: '安徽的办件查询不列出结果文书, 由结果接口取得',
      of: (canon, at) => leaves(canon, at).filter((leaf) => leaf.startsWith(`${at}/documents/`)),
    },
  ],
)
