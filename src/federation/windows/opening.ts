/**
 * When a window is open: the weekly hours that were read of the region's text, by the calendar of the State Council. On a day off
 * (节假日), its weekend days too, a window is closed; a weekend day that is worked in another's stead (调休) has the hours of a weekday.
 */
import { LIMITS } from '../../config.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Opening, OpenStretch, Window } from '../../schemas/window.ts'
import { dayAfter, isAnnounced, isHoliday, isWorkingDay, today, weekdayOf } from '../working-days.ts'

const DAY_MINUTES = 1_440
/** The eighth day of the week: a weekend day that is worked. */
const WORKED = 8
const WEEKDAYS = [1, 2, 3, 4, 5]

/** What opening hours are asked of. */
type Hours = Pick<Window, 'hours'>

/** From and to, in minutes of the day. */
type Stretch = readonly [from: number, to: number]

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const stretchesOf = (weekly: readonly OpenStretch[], weekday: number): readonly Stretch[] =>
  weekly
    .filter((one) => one.weekday === weekday)
    .map(({ from, to }): Stretch => [minutesOf(from), minutesOf(to)])
    .toSorted((a, b) => a[0] - b[0])

/**
 * The hours of a day of the week of eight days. No notice says in which weekday's stead a weekend day is worked, so that its hours
 * are known only where all five weekdays have the same; elsewhere the window is not said to be open.
 */
function hoursOn(weekly: readonly OpenStretch[], day: number): readonly Stretch[] {
  if (day !== WORKED) return stretchesOf(weekly, day)
  const five = WEEKDAYS.map((weekday) => stretchesOf(weekly, weekday))
  return new Set(five.map((one) => JSON.stringify(one))).size === 1 ? (five[0] ?? []) : []
}

/** Which day of the week of eight days a date is; nothing on a holiday. @param day `yyyy-MM-dd` */
function dayOf(day: string): number | undefined {
  if (isHoliday(day)) return undefined
  const weekday = weekdayOf(day)
  return weekday > 5 && isWorkingDay(day) ? WORKED : weekday
}

const minuteOfDay = (at: Date): number => Math.floor((at.getTime() / 60_000 + 8 * 60) % DAY_MINUTES)

/** The minute of the week of eight days that a moment is in; nothing on a holiday, when all are closed. */
export function weekMinute(at: Date): number | undefined {
  const day = dayOf(today(at))
  return day === undefined ? undefined : (day - 1) * DAY_MINUTES + minuteOfDay(at)
}

/** All minutes of the week of eight days in which a window is open, as PostgreSQL writes a multirange. */
export function weekOf({ hours }: Hours): string {
  const weekly = hours?.weekly ?? []
  const ranges = [...WEEKDAYS, 6, 7, WORKED].flatMap((day) =>
    hoursOn(weekly, day).map(([from, to]) => {
      const start = (day - 1) * DAY_MINUTES
      return `[${start + from},${start + to})`
    }),
  )
  return `{${ranges.join(',')}}`
}

/** Whether a window is open at a moment; `undefined` where its hours are not told or could not be read. */
export function isOpen({ hours }: Hours, at: Date): boolean | undefined {
  if (!hours?.weekly) return undefined
  const day = dayOf(today(at))
  const minute = minuteOfDay(at)
  return day !== undefined && hoursOn(hours.weekly, day).some(([from, to]) => from <= minute && minute < to)
}

/** The first stretch that begins after a moment, within a month; `undefined` where there is none, or the hours are not known. */
export function nextOpening({ hours }: Hours, at: Date): Opening | undefined {
  if (!hours?.weekly) return undefined
  const first = today(at)
  for (let ahead = 0; ahead <= LIMITS.openingDays; ahead += 1) {
    const date = dayAfter(first, ahead)
    const day = dayOf(date)
    const stretches = day === undefined ? [] : hoursOn(hours.weekly, day)
    const next = stretches.find(([from]) => ahead > 0 || from > minuteOfDay(at))
    if (next) return openingOn(date, next)
  }
  return undefined
}

function openingOn(date: string, [from, to]: Stretch): Opening {
  const midnight = Date.parse(`${date}T00:00:00+08:00`)
  const instant = (minutes: number) => formatInstant(new Date(midnight + minutes * 60_000))
  return { from: instant(from), to: instant(to), isProvisional: !isAnnounced(date) }
}
