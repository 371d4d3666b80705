/** When a region is asked about a case. */
import type { CaseStatus } from '../../schemas/case-status.ts'
import { FINAL } from './state.ts'

/** Soon after a change: often another follows. Nothing for a case that has ended, or that its region does not have yet. */
export const askAfterChange = (
  { status, isSent }: { readonly status: CaseStatus; readonly isSent: boolean },
  now: Date,
): Date | null => (isSent && !FINAL.includes(status) ? new Date(now.getTime() + 60_000) : null)
