/**
 * Working days of China: weekdays without the days off that the State Council announces, with the days worked in their stead (调休).
 * The notices stand in `data/holidays.json`; a year without one is counted by weekdays, and whatever was counted so is provisional.
 */
import data from '../../data/holidays.json' with { type: 'json' }

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000

/** A day as a number, so that counting needs no calendar. @param day `yyyy-MM-dd` */
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS
const textOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
/** Monday is 0 and Sunday 6; day 0, 1970-01-01, was a Thursday. */
const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7

const span = ([from = '', to = '']: readonly string[]): readonly number[] =>
  Array.from({ length: numberOf(to) - numberOf(from) + 1 }, (_one, index) => numberOf(from) + index)

/** Weekdays that are off, and days of a weekend that are worked, in order. */
const off = data.notices
  .flatMap((notice) => notice.off.flatMap(span))
  .filter((day) => weekday(day) < 5)
  .toSorted((a, b) => a - b)
const worked = data.notices.flatMap((notice) => notice.worked.map(numberOf)).toSorted((a, b) => a - b)
/** Every day that a notice names as off, weekend days among them. */
const named = new Set(data.notices.flatMap((notice) => notice.off.flatMap(span)))
const [isOff, isWorked] = [new Set(off), new Set(worked)]

const years = data.notices.map(({ year }) => year)
/**
 * The notices follow one another, so that what is known is one stretch. The last days of a December belong to the notice of the year
 * to come: New Year's has moved them before (2018, 2022).
 */
const known = { from: numberOf(`${Math.min(...years)}-01-01`), to: numberOf(`${Math.max(...years)}-12-27`) }

/** Working days that were counted. */
export interface Counted {
  readonly days: number
  /** The calendar of a day on the way is not announced: it was counted by weekdays. */
  readonly isProvisional: boolean
}

/** A day that was counted to. */
export interface Due {
  /** `yyyy-MM-dd` in the clock of Asia/Shanghai. */
  readonly on: string
  readonly isProvisional: boolean
}

/** The day that it is in Shanghai. */
export const today = (now: Date): string => textOf(shanghai(now))

const shanghai = (at: Date): number => Math.floor((at.getTime() + CHINA_MS) / DAY_MS)

/** Whether the calendar that decides about a day is announced: it is late in the year before. @param day `yyyy-MM-dd` */
export const isAnnounced = (day: string): boolean => isKnown(numberOf(day))

const isKnown = (day: number): boolean => day >= known.from && day <= known.to

/** Whether a day is worked; by the weekday where nothing is announced. @param day `yyyy-MM-dd` */
export const isWorkingDay = (day: string): boolean => works(numberOf(day))

/** Whether a notice names a day as off (放假), be it a weekday or of a weekend. @param day `yyyy-MM-dd` */
export const isHoliday = (day: string): boolean => named.has(numberOf(day)) && !isWorked.has(numberOf(day))

/** Monday is 1 and Sunday 7. @param day `yyyy-MM-dd` */
export const weekdayOf = (day: string): number => weekday(numberOf(day)) + 1

const works = (day: number): boolean => isWorked.has(day) || (weekday(day) < 5 && !isOff.has(day))

/** The day that is so many working days after the day of a moment, which does not count itself. */
export const addWorkingDays = (from: Date, days: number): Due => workingDayAfter(today(from), days)

/** The day that is so many working days after a day; without any, the day itself. */
export function workingDayAfter(from: string, days: number): Due {
  let day = numberOf(from)
  for (let left = days; left > 0; ) {
    day += 1
    if (works(day)) left -= 1
  }
  return { on: textOf(day), isProvisional: !isKnown(numberOf(from)) || !isKnown(day) }
}

/** The day itself where it is worked, else the first behind it that is. */
export const workingDayFrom = (day: string): Due =>
  isWorkingDay(day) ? { on: day, isProvisional: !isAnnounced(day) } : workingDayAfter(day, 1)

/** The day that is so many days of the calendar after a day. */
export const dayAfter = (from: string, days: number): string => textOf(numberOf(from) + days)

/** Days of the calendar after one day and through another. */
export const daysBetween = (after: string, through: string): number => numberOf(through) - numberOf(after)

/** Working days after one day and through another: none where the other is not later. */
export function workingDaysBetween(after: string, through: string): Counted {
  const [from, to] = [numberOf(after), numberOf(through)]
  if (to <= from) return { days: 0, isProvisional: false }
  const days = weekdaysThrough(to) - weekdaysThrough(from) - within(off, from, to) + within(worked, from, to)
  return { days, isProvisional: !isKnown(from) || !isKnown(to) }
}

/** Weekdays from some Monday through a day: a century costs no more than a week. */
const weekdaysThrough = (day: number): number => Math.floor((day + 3) / 7) * 5 + Math.min(weekday(day) + 1, 5)

/** How many of some days lie after one and through another. */
const within = (days: readonly number[], after: number, through: number): number =>
  days.filter((day) => day > after && day <= through).length
