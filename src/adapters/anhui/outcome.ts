/** What a case came to: `TRANSACT_RESULT_CODE` beside the state, which alone decides (contract 4c and 5.1c). */
import type { CaseResult } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Alarms } from '../kit/codes.ts'
import { isAbsent } from '../kit/table.ts'
import { decision, transactResult } from './codes.ts'

/** Decisions that a state tells without a code. */
const BY_STATE: Readonly<Partial<Record<CaseStatus, CaseResult['decision']>>> = {
  NOT_ACCEPTED: 'notAccepted',
  DENIED: 'denied',
}

/** States that a result code speaks of; 送达 follows 办结 and 不予许可 alike. */
const fits = (status: CaseStatus, told: CaseStatus): boolean =>
  status === told || (status === 'DELIVERED' && (told === 'COMPLETED' || told === 'DENIED'))

const ENDS: readonly CaseStatus[] = [
  'NOT_ACCEPTED',
  'DENIED',
  'COMPLETED',
  'VOIDED',
  'WITHDRAWN',
  'DELIVERED',
]

/** The result codes as they came. */
export interface Told {
  readonly code?: unknown
  readonly text?: unknown
  readonly number?: unknown
}

/**
 * The decision, its words and its number; nothing while nothing is decided. A code that no table knows, or that contradicts
 * the state, is alarmed: the state stands, and the words are kept beside it.
 */
export function readOutcome(
  { code, text, number }: Told,
  status: CaseStatus,
  alarms?: Alarms,
): CaseResult | undefined {
  const byState = BY_STATE[status]
  if (isAbsent(code) && isAbsent(number) && byState === undefined) return undefined
  const word = isAbsent(code) ? byState : decision.find(code)
  const state = isAbsent(code) ? undefined : transactResult.find(code)
  if (!isAbsent(code)) {
    if (state === undefined) alarms?.push({ table: transactResult.name, code: String(code).slice(0, 40) })
    else if (ENDS.includes(status) && !fits(status, state))
      alarms?.push({ table: transactResult.name, code: `${String(code)} in ${status}` })
  }
  return {
    decision: word ?? null,
    ...(isAbsent(number) ? {} : { number: String(number) }),
    ...(isAbsent(text) ? {} : { text: String(text) }),
    documents: [],
  }
}
