/** Working days of China: weekdays without the holidays that the State Council announces, with the days worked in their stead (调休). */
import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

// The package's functions make their tables by this machine's own clock: west of Greenwich every holiday is a day early. Its data is not.
const holidays: ReadonlySet<string> = new Set(Object.keys(calendar.holidays))
const workedInStead: ReadonlySet<string> = new Set(Object.keys(calendar.workdays))
/** Years whose calendar is known, as text. */
const announced: ReadonlySet<string> = new Set([...holidays].map((day) => day.slice(0, 4)))

const DAY_MS = 86_400_000

/** A day that was counted to. */
export interface Due {
  /** `yyyy-MM-dd` in the clock of Asia/Shanghai. */
  readonly on: string
  /** The calendar of a year on the way was not announced yet: it was counted by weekdays. */
  readonly isProvisional: boolean
}

/** Whether the year of a day has a calendar: it is announced late in the year before. @param day `yyyy-MM-dd` */
export const isAnnounced = (day: string): boolean => announced.has(day.slice(0, 4))

/** Whether a day is worked; by the weekday in a year that is not announced. @param day `yyyy-MM-dd` */
export function isWorkingDay(day: string): boolean {
  if (workedInStead.has(day)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

/** The day that is so many working days after the day of a moment, which does not count itself. */
export function addWorkingDays(from: Date, days: number): Due {
  let moment = from.getTime() + 8 * 3_600_000
  let [on, left, isProvisional] = [dayOf(moment), days, false]
  while (left > 0) {
    moment += DAY_MS
    on = dayOf(moment)
    isProvisional ||= !isAnnounced(on)
    if (isWorkingDay(on)) left -= 1
  }
  return { on, isProvisional }
}

/** The day that it is in Shanghai. */
export const today = (now: Date): string => dayOf(now.getTime() + 8 * 3_600_000)

const dayOf = (shifted: number): string => new Date(shifted).toISOString().slice(0, 10)
