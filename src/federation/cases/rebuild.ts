/** A case made again of its timeline: to look whether both agree, to mend the row, and to see it as it was known at some moment. */
import { type CaseRow, digestOf, type EventRow } from '../../store/index.ts'
import type { Sealing } from '../sealing.ts'
import { changeOf } from './apply-news.ts'
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

const nothingHeard = (row: CaseRow): CaseRow => ({
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
})

/**
 * The row as these events make it, oldest first, from the first of the timeline on.
 * @param row the row as it stands, for what no event tells
 */
export function foldEvents(row: CaseRow, events: readonly EventRow[], sealing: Sealing): CaseRow {
  const made = events.reduce<CaseRow>((before, event) => foldEvent(before, event, sealing), nothingHeard(row))
  return { ...made, caseNumber: made.caseNumber ?? row.caseNumber, caseKey: made.caseKey ?? row.caseKey }
}

/** One event more. */
export function foldEvent(before: CaseRow, event: EventRow, sealing: Sealing): CaseRow {
  const { columns } =
    event.key === 'own:filed'
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

/**
 * Looks whether a timeline is whole: every event there, none changed. Events from before there were digests are passed over.
 * @param head the last digest, as the case row has it
 */
export function checkTimeline(
  events: readonly EventRow[],
  { sequence, headDigest }: Pick<CaseRow, 'sequence' | 'headDigest'>,
): BrokenTimeline | undefined {
  let before = ''
  for (const [index, event] of events.entries()) {
    if (event.sequence !== index + 1) return { sequence: index + 1, fault: 'missing' }
    if (event.digest !== '' && event.digest !== digestOf(before, event))
      return { sequence: event.sequence, fault: 'changed' }
    before = event.digest
  }
  if (events.length < sequence) return { sequence: events.length + 1, fault: 'missing' }
  return before === headDigest ? undefined : { sequence, fault: 'changed' }
}
