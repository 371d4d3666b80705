/** The result of a case in the answer of `projQuery` (contract 4c). */
import type { CaseResult } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import type { Place } from '../kit/trace.ts'
import type { WireCase as Wire } from './case.wire.ts'
import { absent } from './case-values.ts'
import { decision, status, TRANSACT_LABELS } from './codes.ts'
import { readOutcome } from './outcome.ts'

/** The members that tell it. */
export const RESULT = ['transactResult', 'transactResultCode', 'resultCode'] as const

/** The codec of the result. */
export const result = {
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
