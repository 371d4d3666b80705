/** The promise clock: what a matter promises against what happened to the case. Pure: the same facts, in any order, tell the same time. */
import type { CaseClock } from '../../../schemas/clock.ts'
import { formatInstant } from '../../../schemas/instants.ts'
import { today } from '../../working-days.ts'
import { counter } from './count.ts'
import { type Course, courseOf, type Stop, type Told, type Turn } from './course.ts'
import type { Limit, Promised } from './promise.ts'

/** What is known of a case. */
export interface Known extends Told {
  /** Absent where the matter promises nothing, or is not known. */
  readonly promised: Promised | undefined
  readonly turns: readonly Turn[]
  /** The region's own date, and when it was told (absent where nobody noted it). */
  readonly told: { readonly due: Date; readonly at?: Date } | undefined
}

/** The clock at a moment; nothing before the case was accepted, unless its region told a date. */
export function clockOf({ promised, turns, told, ...ends }: Known, now: Date): CaseClock | null {
  const course = courseOf(turns, ends)
  const { startedAt, endedAt, stops, runs } = course
  if (startedAt === null && !told) return null
  const still = stillOf(course)
  const count = counter()
  const unit = promised?.limit.unit ?? 'working'
  const dueBy = (limit: Limit | null | undefined) => (limit ? count.due(runs, limit, still.isStanding) : null)
  const computed = dueBy(promised?.limit)
  const due = duesOf(computed, dueBy(promised?.statutory), told)
  const daysUsed = count.used(runs, unit, now)
  const daysLeft =
    due.dueOn === null
      ? leftOf(promised, runs.length > 0, daysUsed)
      : count.between(today(still.since ?? endedAt ?? now), due.dueOn, unit)
  return {
    startedAt: textOf(startedAt),
    ...due,
    basis: promised?.basis ?? null,
    days: promised?.limit.days ?? null,
    unit,
    daysUsed,
    daysLeft,
    stoppedSince: textOf(still.since),
    stops: stops.map(({ from, to, because }) => ({ from: formatInstant(from), to: textOf(to), because })),
    overdue: isOverdue(today(still.at ?? endedAt ?? now), due.dueOn, computed, stops, told),
    provisional: count.isProvisional(),
    endedAt: textOf(endedAt),
  }
}

const textOf = (at: Date | null): string | null => (at === null ? null : formatInstant(at))

/** Whether the clock stands still, or did when the case ended; `since` is null for a case that has ended. */
function stillOf({ stops, endedAt }: Course) {
  const last = stops.at(-1)
  if (!last || last.to !== endedAt) return { isStanding: false, at: null, since: null }
  return { isStanding: true, at: last.from, since: endedAt === null ? last.from : null }
}

type Dues = Pick<CaseClock, 'dueOn' | 'source' | 'computedDueOn' | 'statutoryDueOn'>

/** The dates that are shown. @param computed ours; null where nothing is promised, or the end is open */
function duesOf(computed: string | null, statutoryDueOn: string | null, told: Known['told']): Dues {
  if (!told) return { dueOn: computed, source: computed === null ? null : 'computed', statutoryDueOn }
  const dueOn = today(told.due)
  const ours = computed === null || computed === dueOn ? {} : { computedDueOn: computed }
  return { dueOn, source: 'region', ...ours, statutoryDueOn }
}

/** While the clock stands still: what is left for when it runs again. */
const leftOf = (promised: Promised | undefined, hasRun: boolean, used: number): number | null =>
  promised && hasRun ? Math.max(promised.limit.days - used, 0) : null

/**
 * Whether the day is over on which the case was due. A clock that stands still passes no day. A date that the region told before the
 * clock stood still on the way to it does not count alone: ours, which has the stops, must be over too.
 * @param day the last day that passed
 */
function isOverdue(
  day: string,
  dueOn: string | null,
  computed: string | null,
  stops: readonly Stop[],
  told: Known['told'],
): boolean {
  if (dueOn === null || day <= dueOn) return false
  const isOlder =
    told !== undefined &&
    stops.some(({ from, to }) => today(from) <= dueOn && (to === null || !told.at || to > told.at))
  return !isOlder || (computed !== null && day > computed)
}
