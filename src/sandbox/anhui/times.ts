const SHANGHAI_MS = 8 * 3_600_000
const WALL_CLOCK = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/

/** Milliseconds of an hour and of a day. */
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai (contract section 1). */
export function wallClock(epochMs: number): string {
  return new Date(epochMs + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** The instant of a wall clock text in epoch milliseconds; `NaN` when it is none. */
export function instantOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`) - SHANGHAI_MS
}

/** Whether the text is a date-time that exists in the calendar. */
export function isDateTime(text: string): boolean {
  if (!WALL_CLOCK.test(text)) return false
  const epochMs = instantOf(text)
  return !Number.isNaN(epochMs) && wallClock(epochMs) === text
}

/** Whether the text is a day that exists in the calendar, `yyyy-MM-dd`. */
export const isDay = (text: string): boolean => isDateTime(`${text} 00:00:00`)

/** The next event time of a case: now, but at least one second after its last step (contract 4c, event order). */
export function nextEventTime(last: string | undefined, nowMs: number): string {
  return wallClock(last === undefined ? nowMs : Math.max(nowMs, instantOf(last) + 1000))
}
