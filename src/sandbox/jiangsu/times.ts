const SHANGHAI_MS = 8 * 3_600_000
const WALL_CLOCK = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/

/** Milliseconds of one day. */
export const DAY_MS = 24 * 3_600_000

/** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai wall clock, of an instant in epoch milliseconds (contract 1.3). */
export function wallClock(ms: number): string {
  return new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** The instant of a `yyyy-MM-dd HH:mm:ss` wall clock in epoch milliseconds; `NaN` when it is none. */
export function instantOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`) - SHANGHAI_MS
}

/** Whether the text is a real date-time of the hall services. */
export function isDateTime(text: string): boolean {
  if (!WALL_CLOCK.test(text)) return false
  const ms = instantOf(text)
  return !Number.isNaN(ms) && wallClock(ms) === text
}

/** Whether the text is a real day, `yyyy-MM-dd`. */
export function isDay(text: string): boolean {
  return CALENDAR_DAY.test(text) && isDateTime(`${text} 00:00:00`)
}

/** The next event time of a case: the clock, but at least one second after the last event (contract 4.c). */
export function nextEventTime(last: string | undefined, nowMs: number): string {
  const earliest = last === undefined ? nowMs : instantOf(last) + 1000
  return wallClock(Math.max(nowMs, earliest))
}
