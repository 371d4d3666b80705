/** How a case ended: `result` and `resultDesc` are words, `resultCode` is the number of the result document (traps 5 and 9). */
import type { CaseResult } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import { resultIn } from '../kit/case-rows.ts'
import type { Alarmed } from '../kit/codes.ts'
import { isAbsent } from '../kit/table.ts'
import type { WireCase as Wire } from './case.wire.ts'
import { pairOf } from './case-times.ts'
import { outcome, phase } from './codes.ts'

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
  { alarms }: Alarmed,
): CaseResult | undefined {
  if (isAbsent(wire.result))
    return state === 'NOT_ACCEPTED' ? { decision: 'notAccepted', documents: [] } : undefined
  const words = `${wire.result}/${wire.resultDesc ?? ''}`
  const known = outcome.find(words)
  if (known === undefined) alarms?.push({ table: outcome.name, code: words.slice(0, 40) })
  // Words that no table knows are kept both.
  const told = known === undefined ? words : (wire.resultDesc ?? '')
  return {
    decision: known === undefined ? null : (WORDS[known] ?? null),
    ...(isAbsent(wire.resultCode) ? {} : { number: wire.resultCode as string }),
    ...(told === '' ? {} : { text: told }),
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

/** Both words of an outcome that no table knows, as they were kept. */
const partedAt = (text: string): readonly string[] => {
  const slash = text.indexOf('/')
  return slash < 0 ? ['', ''] : [text.slice(0, slash), text.slice(slash + 1)]
}

/** The two words of a decision; Zhejiang tells a return by its clerks from a withdrawal, and the text remembers which it was. */
function wordsOf({ decision, text: told }: CaseResult): readonly string[] {
  if (decision === null) return partedAt(told ?? '')
  const usual = (DECISIONS[decision ?? ''] ?? '').split('/')
  const found = outcome.find(`${usual[0] ?? ''}/${told ?? ''}`)
  return found !== undefined && WORDS[found] === decision ? [usual[0] ?? '', told ?? ''] : usual
}

const RESULT = ['result', 'resultDesc', 'resultCode'] as const

/** The row of a case. */
export const result = resultIn<Wire, typeof RESULT>(
  RESULT,
  outcome.name,
  (wire, context) => readOutcome(wire, phase.decode(pairOf(wire), context), context),
  (canon) => {
    if (!canon) return {}
    const [word = '', desc = ''] = wordsOf(canon)
    return { result: word, resultDesc: desc, resultCode: canon.number ?? '' }
  },
  [
    {
      label: '结果文书',
      reason: '浙江的办件查询不列出结果文书, 由结果接口取得',
      of: (canon, at) => {
        const [word = '', desc = ''] = wordsOf(canon)
        const isTold = canon.text === desc || canon.text === `${word}/${desc}`
        return leaves(canon, at).filter(
          (leaf) => leaf.startsWith(`${at}/documents/`) || (leaf === `${at}/text` && !isTold),
        )
      },
    },
  ],
)
