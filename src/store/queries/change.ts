/** What one change makes of a case and its timeline. Pure. */
import { digestOf } from '../event-digest.ts'
import type { CaseRow, EventRow, NewEvent } from './case-rows.ts'
import type { NewRating, SettledRating } from './ratings.ts'

/** What a change makes of a case: an event to append (none when it changes only how the sending stands) and new columns. */
export interface Change {
  readonly event?: NewEvent
  readonly columns?: Partial<Omit<CaseRow, 'id' | 'clientId' | 'version' | 'sequence' | 'headDigest'>>
  /** Work that the change creates, sent later by whoever takes it. */
  readonly work?: {
    readonly kind: string
    readonly sealed: Buffer
    readonly at: Date
    readonly leaseToken?: string
    readonly leaseUntil?: Date
  }
  /** A rating that the change is about, told to its region by whoever takes it. */
  readonly rating?: NewRating
  /** How the telling of a rating ended, of which the event tells. */
  readonly settledRating?: SettledRating
}

/** What a change left to be written. */
export interface Written {
  readonly before: CaseRow
  readonly after: CaseRow
  readonly event: EventRow | undefined
}

/** The case after a change, and the event with its place in the timeline. */
export function applied(
  before: CaseRow,
  change: Change & { readonly event: NewEvent },
): Written & { readonly event: EventRow }
export function applied(before: CaseRow, change: Change): Written
export function applied(before: CaseRow, { event, columns }: Change): Written {
  const sequence = before.sequence + (event ? 1 : 0)
  const placed = event && { ...event, caseId: before.id, sequence }
  const digest = placed ? digestOf(before.headDigest, placed) : before.headDigest
  return {
    before,
    after: { ...before, ...columns, sequence, headDigest: digest, version: before.version + 1 },
    event: placed && { ...placed, digest },
  }
}
