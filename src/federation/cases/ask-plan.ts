/** When a region is asked about a case: a policy without a clock and without chance. */
import { createHash } from 'node:crypto'
import { LIMITS } from '../../config.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { doubled } from '../doubled.ts'
import { FINAL } from './state.ts'

/** What the plan of one case goes by. */
export interface AskFacts {
  readonly id: string
  readonly status: CaseStatus
  /** When something last changed. */
  readonly changedAt: Date
  /** The promised end, where one is known. */
  readonly dueAt: Date | null
  /** What the region told last it told by itself: its callbacks come. */
  readonly isTold: boolean
}

/**
 * A quarter more or less, always the same for one case: what was filed in one minute is not asked about in one minute for ever.
 * @returns a factor from 0.75 to 1.25
 */
export const spreadOf = (id: string): number =>
  0.75 + createHash('sha256').update(id).digest().readUInt32BE(0) / 2 ** 33

const later = (now: Date, ms: number, id: string): Date => new Date(now.getTime() + ms * spreadOf(id))

/** Soon after a change: often another follows. Nothing for a case that has ended, or that its region does not have yet. */
export const askAfterChange = (
  { id, status, isSent }: { readonly id: string; readonly status: CaseStatus; readonly isSent: boolean },
  now: Date,
): Date | null => (isSent && !FINAL.includes(status) ? later(now, LIMITS.askFirstMs, id) : null)

/** The next question after an answer that told nothing new: the longer nothing happens, the rarer, and closer around the promised end. */
export function askAfterAnswer({ id, status, changedAt, dueAt, isTold }: AskFacts, now: Date): Date | null {
  if (FINAL.includes(status)) return null
  const quiet = Math.max(0, now.getTime() - changedAt.getTime())
  const grown = Math.min(Math.max(quiet / 2, LIMITS.askFirstMs), LIMITS.askLongestMs)
  const isNearDue = dueAt !== null && Math.abs(dueAt.getTime() - now.getTime()) <= LIMITS.askDueWithinMs
  const paced = isNearDue ? Math.min(grown, LIMITS.askNearDueMs) : grown
  return later(now, isTold ? Math.min(paced * LIMITS.askToldFactor, LIMITS.askToldLongestMs) : paced, id)
}

/** The next question after one that was not answered: pauses that grow, however near the end is. */
export const askAfterSilence = (id: string, failures: number, now: Date): Date =>
  later(now, doubled(failures, { first: LIMITS.askFirstMs, longest: LIMITS.askSilentLongestMs }), id)
