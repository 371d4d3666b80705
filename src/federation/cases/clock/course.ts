/** The course of a case as its clock sees it: when it starts, stands still, runs again and ends. The order of arrival is no matter. */
import { CASE_STATUSES, type CaseStatus } from '../../../schemas/case-status.ts'
import { STOPS } from '../../../schemas/clock.ts'

/** A status that a region told, by the region's clock. */
export interface Turn {
  readonly status: CaseStatus
  readonly at: Date
}

type Because = (typeof STOPS)[number]

/** A time in which the clock stood still; `to` is null while it does. */
export interface Stop {
  readonly from: Date
  readonly to: Date | null
  readonly because: Because
}

/** A time in which the clock ran; `to` is null while it does. */
export interface Run {
  readonly from: Date
  readonly to: Date | null
}

export interface Course {
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly stops: readonly Stop[]
  readonly runs: readonly Run[]
}

/** What regions tell of it besides statuses. */
export interface Told {
  readonly acceptedAt: Date | null
  readonly completedAt: Date | null
}

/** States that a case has only after it was accepted: a region may leave 受理 out, and its message may be lost. */
const ACCEPTED: ReadonlySet<CaseStatus> = new Set([
  'ACCEPTED',
  'IN_REVIEW',
  'REVIEW_RETURNED',
  'SUSPENDED',
  'APPROVED',
  'DENIED',
])
const ENDED: ReadonlySet<CaseStatus> = new Set([
  'COMPLETED',
  'DELIVERED',
  'NOT_ACCEPTED',
  'VOIDED',
  'WITHDRAWN',
])
const stopOf = (status: CaseStatus): Because | undefined => STOPS.find((one) => one === status)

const rank = (status: CaseStatus): number => CASE_STATUSES.indexOf(status)

/** By the region's clock, then by rank, as the states of the case are. A code that nobody knows moves no clock. */
const inOrder = (turns: readonly Turn[]): readonly Turn[] =>
  turns
    .filter(({ status }) => status !== 'UNKNOWN')
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || rank(a.status) - rank(b.status))

/** @param turns in any order, repeated or not */
export function courseOf(turns: readonly Turn[], { acceptedAt, completedAt }: Told): Course {
  const ordered = inOrder(turns)
  const startedAt = acceptedAt ?? ordered.find(({ status }) => ACCEPTED.has(status))?.at ?? null
  const endedAt = completedAt ?? ordered.find(({ status }) => ENDED.has(status))?.at ?? null
  if (startedAt === null) return { startedAt, endedAt, stops: [], runs: [] }
  const stops = stopsIn(
    ordered.filter((turn) => isAfter(turn, startedAt) && (endedAt === null || turn.at < endedAt)),
    endedAt,
  )
  return { startedAt, endedAt, stops, runs: runsBetween(stops, startedAt, endedAt) }
}

/** What has the time of the acceptance and comes before it in rank came before it: the clock did not run yet. */
const isAfter = ({ status, at }: Turn, startedAt: Date): boolean =>
  at > startedAt || (at.getTime() === startedAt.getTime() && rank(status) >= rank('ACCEPTED'))

function stopsIn(turns: readonly Turn[], endedAt: Date | null): readonly Stop[] {
  const stops: Stop[] = []
  let open: Omit<Stop, 'to'> | undefined
  for (const { status, at } of turns) {
    const because = stopOf(status)
    if (open?.because === because) continue
    if (open) stops.push({ ...open, to: at })
    open = because && { from: at, because }
  }
  return open ? [...stops, { ...open, to: endedAt }] : stops
}

/** What is left of the time from the start to the end without the stops. */
function runsBetween(stops: readonly Stop[], startedAt: Date, endedAt: Date | null): readonly Run[] {
  const froms = [startedAt, ...stops.flatMap(({ to }) => to ?? [])]
  const runs = stops.map(({ from: to }, index): Run => ({ from: froms[index] ?? startedAt, to }))
  const last = stops.at(-1)
  // A case that ends while its clock stands still, or has not ended and stands still, runs no more behind the last stop.
  if (last && last.to === endedAt) return runs
  return [...runs, { from: last?.to ?? startedAt, to: endedAt }]
}
