/** How a case ended: `result` and `resultDesc` are words, `resultCode` is the number of the result document (traps 5 and 9). */
import type { CaseResult } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { Alarmed } from '../kit/codes.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
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

/** The row of a case. */
export const result = {
  name: 'result, resultDesc, resultCode',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseResult | undefined => {
    const canon = readOutcome(wire, phase.decode(pairOf(wire), context), context)
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
        (leaf !== `${place.canon}/text` || canon.text === desc || canon.text === `${word}/${desc}`),
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
