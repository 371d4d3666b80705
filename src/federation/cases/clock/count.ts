/** Counting along the course of a case: days used, and the day on which a limit runs out. */
import {
  dayAfter,
  daysBetween,
  today,
  workingDayAfter,
  workingDayFrom,
  workingDaysBetween,
} from '../../working-days.ts'
import type { Run } from './course.ts'
import type { Limit } from './promise.ts'

/** Counts, and remembers whether a day was met that no calendar has announced. */
export function counter() {
  let isProvisional = false
  const noted = (one: { readonly isProvisional: boolean }): void => {
    isProvisional ||= one.isProvisional
  }

  /** Days after one day and through another, below zero when the other is earlier. */
  const between = (after: string, through: string, unit: Limit['unit']): number => {
    if (after > through) return -between(through, after, unit) || 0
    if (unit === 'calendar') return daysBetween(after, through)
    const counted = workingDaysBetween(after, through)
    noted(counted)
    return counted.days
  }

  const after = (day: string, days: number, unit: Limit['unit']): string => {
    if (unit === 'calendar') return dayAfter(day, days)
    const due = days === 0 ? workingDayFrom(day) : workingDayAfter(day, days)
    noted(due)
    return due.on
  }

  /** How many days the clock ran until now. */
  const used = (runs: readonly Run[], unit: Limit['unit'], now: Date): number =>
    runs
      .map(({ from, to }) => between(today(from), today(to ?? now), unit))
      .reduce((sum, days) => sum + Math.max(days, 0), 0)

  /**
   * The day on which a limit runs out: while the clock ran, or on the way that it is. Who stops it on the last day has that day once
   * more when it runs again. Nothing while it stands still and days are left: nobody knows when it will run.
   */
  const due = (runs: readonly Run[], { days, unit }: Limit, isStanding: boolean): string | null => {
    let left = days
    for (const [index, { from, to }] of runs.entries()) {
      const on = after(today(from), left, unit)
      const isLast = index === runs.length - 1
      if ((isLast && !isStanding) || (to !== null && on < today(to))) return on
      if (to !== null) left = Math.max(left - between(today(from), today(to), unit), 0)
    }
    return null
  }

  return { between, used, due, isProvisional: () => isProvisional }
}
