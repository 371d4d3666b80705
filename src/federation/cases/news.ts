/** What is heard of a case, from wherever it comes: callbacks, polls, lists, our own acts. */
import type { RegionalEvent } from '../../adapters/kit/contract.ts'

/** One piece of news. `occurredAt` is the region's event time; absent when an answer does not tell it. */
export interface News
  extends Omit<RegionalEvent, 'caseNumber' | 'occurredAt' | 'alarms' | 'documents' | 'step' | 'type'> {
  readonly type: 'status' | 'note' | 'dispatch' | 'reminder'
  readonly occurredAt?: string
  readonly caseNumber?: string
  readonly via: 'callback' | 'poll' | 'list' | 'own'
  /** Of a message that came before its case was known here: when it came. */
  readonly heardAt?: string
  readonly handleSealed?: Buffer
  /** `completedAt` is our own time, until the region tells its. */
  readonly completedAtIsOurs?: true
  /** Of the answer to an act of ours: the newest event time that was known when we decided on it; `null` before the first. */
  readonly begunAfter?: Date | null
  readonly dispatch?: { readonly state: 'sent' | 'pending' | 'refused'; readonly reason?: string }
}
