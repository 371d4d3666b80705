/** Working days of China for the clock of the sandbox, which judges alone and therefore counts them by itself. */
import data from '../../data/holidays.json' with { type: 'json' }

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000

const dayOf = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10)
const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at + CHINA_MS).getUTCDay())
const isIn = (day: string, [from = '', to = '']: readonly string[]): boolean => from <= day && day <= to

function isWorked(at: number): boolean {
  const day = dayOf(at)
  if (data.notices.some(({ worked }) => worked.includes(day))) return true
  return !isWeekend(at) && !data.notices.some(({ off }) => off.some((span) => isIn(day, span)))
}

/** How many milliseconds it is from a moment to the same time of the day so many working days later. */
export function workingDaysMs(from: Date, days: number): number {
  let at = from.getTime()
  for (let left = days; left > 0; ) {
    at += DAY_MS
    if (isWorked(at)) left -= 1
  }
  return at - from.getTime()
}
