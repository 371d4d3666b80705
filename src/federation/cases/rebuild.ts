/** A case made again of its timeline: to look whether both agree, to mend the row, and to see it as it was known at some moment. */
import { type CaseRow, digestOf, type EventRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import type { Sealing } from '../sealing.ts'
import { changeOf } from './apply-news.ts'
import { FILED } from './event-keys.ts'
import { newsOf } from './kept-news.ts'
import type { OpenContent } from './record.ts'

/** The columns that the timeline makes. How the sending stands, what was filed and the region's keys are not told by events. */
const MADE = ['status', 'rawCode', 'rawLabel', 'acceptedAt', 'dueAt', 'completedAt', 'regionAt'] as const

/** A column that the row and its timeline tell differently. */
export type Difference =
  | (typeof MADE)[number]
  | 'openSealed'
  | 'sequence'
  | 'headDigest'
  | 'caseNumber'
  | 'caseKey'

/** A case before the first event of its timeline. */
export const nothingHeard = (row: CaseRow): CaseRow => ({
  ...row,
  status: row.origin === 'filed' ? 'SUBMITTED' : 'UNKNOWN',
  rawCode: null,
  rawLabel: null,
  acceptedAt: null,
  dueAt: null,
  completedAt: null,
  regionAt: null,
  caseNumber: null,
  caseKey: null,
  openSealed: null,
  sequence: 0,
  headDigest: '',
  dispatchState: row.origin === 'filed' ? 'pending' : 'sent',
  dispatchReason: null,
  dispatchAttempts: 0,
})

/** One event more. */
export function foldEvent(before: CaseRow, event: EventRow, sealing: Sealing): CaseRow {
  const { columns } =
    event.key === FILED
      ? { columns: {} }
      : changeOf(before, newsOf(event, sealing), { sealing, now: () => event.receivedAt })
  return {
    ...before,
    ...columns,
    sequence: event.sequence,
    headDigest: event.digest,
    changedAt: event.receivedAt,
  }
}

const PAGE = 500

/** A timeline from its first event on, read a page at a time; what comes while it is read is left out. */
export async function* timelineOf(
  { id, sequence }: Pick<CaseRow, 'id' | 'sequence'>,
  { cases }: Pick<Deps['store'], 'cases'>,
): AsyncGenerator<EventRow> {
  // Pages are of sequences, so that one with a gap ends nothing.
  for (let after = 0; after < sequence; after += PAGE)
    yield* await cases.events(id, after, Math.min(PAGE, sequence - after))
}

const openOf = ({ openSealed }: CaseRow, sealing: Sealing): string =>
  JSON.stringify(openSealed ? sealing.open<OpenContent>(openSealed) : {})

/** What differs between a row and the row that its timeline makes. */
export function differencesOf(row: CaseRow, made: CaseRow, sealing: Sealing): readonly Difference[] {
  const columns = MADE.filter((column) => textOf(row[column]) !== textOf(made[column]))
  return [
    ...columns,
    ...(['sequence', 'headDigest', 'caseNumber', 'caseKey'] as const).filter((one) => row[one] !== made[one]),
    ...(openOf(row, sealing) === openOf(made, sealing) ? [] : ['openSealed' as const]),
  ]
}

const textOf = (value: Date | string | null): string | null =>
  value instanceof Date ? value.toISOString() : value

/** Where a timeline was changed after it was written. */
export interface BrokenTimeline {
  readonly sequence: number
  readonly fault: 'missing' | 'changed'
}

/** Looks along a timeline, oldest event first, whether every event is there and none was changed. */
export function timelineCheck() {
  let [before, last] = ['', 0]
  let broken: BrokenTimeline | undefined
  return {
    next: (event: EventRow): void => {
      if (event.sequence !== last + 1) broken ??= { sequence: last + 1, fault: 'missing' }
      // Events from before there were digests are passed over.
      else if (event.digest !== '' && event.digest !== digestOf(before, event))
        broken ??= { sequence: event.sequence, fault: 'changed' }
      before = event.digest
      last = event.sequence
    },
    /** @param head the last event, as the case row knows it */
    end: ({ sequence, headDigest }: Pick<CaseRow, 'sequence' | 'headDigest'>): BrokenTimeline | undefined => {
      if (last < sequence) return broken ?? { sequence: last + 1, fault: 'missing' }
      return broken ?? (before === headDigest ? undefined : { sequence, fault: 'changed' })
    },
  }
}
