/** The rules by which messages move a case: any order, repetition or loss of them ends in the same state. */
import { CASE_STATUSES, type CaseStatus } from '../../schemas/case-status.ts'

/** States after which nothing moves a case, whatever comes late. 不予许可 and 办结 may still be delivered. */
const END: ReadonlySet<CaseStatus> = new Set(['NOT_ACCEPTED', 'VOIDED', 'WITHDRAWN', 'DELIVERED'])

/** States that need no further looking after. */
export const FINAL: readonly CaseStatus[] = ['NOT_ACCEPTED', 'VOIDED', 'WITHDRAWN', 'DELIVERED']

/** After a decision only what concludes, delivers or voids it may come. */
const AFTER_END: Readonly<Partial<Record<CaseStatus, readonly CaseStatus[]>>> = {
  COMPLETED: ['DELIVERED', 'VOIDED'],
  DENIED: ['COMPLETED', 'DELIVERED', 'VOIDED'],
}

const rank = (status: CaseStatus) => CASE_STATUSES.indexOf(status)

/** What is known of a case before a message. */
export interface Known {
  readonly status: CaseStatus
  /** The newest event time of the region's clock, in milliseconds; absent before the first. */
  readonly regionAt: number | undefined
}

/** A message that a region sent or answered. */
export interface Told {
  readonly status: CaseStatus
  /** Event time of the region's clock in milliseconds; absent when an answer does not tell it. */
  readonly at: number | undefined
}

/**
 * Whether a message moves the case, or is kept as late. The region's event time is compared first, then the rank of the
 * state; a terminal state stays. An answer without event time (our own act, answered) always holds: the region just said it.
 * A code that no table knows moves the case to `UNKNOWN`, with the raw code beside it: what is newer is never hidden.
 */
export function moves(known: Known, told: Told): boolean {
  if (END.has(known.status)) return false
  const allowed = AFTER_END[known.status]
  if (allowed && told.status !== known.status && !allowed.includes(told.status) && told.status !== 'UNKNOWN')
    return false
  if (told.at === undefined || known.regionAt === undefined) return true
  if (told.at !== known.regionAt) return told.at > known.regionAt
  return rank(told.status) > rank(known.status)
}

/** Whose move it is. */
export function ballOf(status: CaseStatus): 'region' | 'applicant' | 'nobody' {
  if (status === 'CORRECTION_REQUIRED' || status === 'PRECHECK_RETURNED' || status === 'DRAFT')
    return 'applicant'
  return END.has(status) || status === 'COMPLETED' ? 'nobody' : 'region'
}

/** States from which an applicant may withdraw, as far as the gateway can tell; the region has the last word. */
export const WITHDRAWABLE: ReadonlySet<CaseStatus> = new Set([
  'SUBMITTED',
  'PRECHECK_RETURNED',
  'PRECHECK_PASSED',
  'RECEIVED',
  'CORRECTION_REQUIRED',
  'ACCEPTED',
  'IN_REVIEW',
  'REVIEW_RETURNED',
  'SUSPENDED',
])

/** States in which the region waits for the applicant's correction. */
export const CORRECTABLE: ReadonlySet<CaseStatus> = new Set(['CORRECTION_REQUIRED', 'PRECHECK_RETURNED'])

/** States in which an applicant may rate (好差评): something was decided, and nothing more is asked of them. */
export const RATEABLE: ReadonlySet<CaseStatus> = new Set(['NOT_ACCEPTED', 'DENIED', 'COMPLETED', 'DELIVERED'])
