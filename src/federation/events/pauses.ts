/** How long a receiver is left alone that did not take an event. */
import { LIMITS } from '../../config.ts'
import { doubled } from '../doubled.ts'

/**
 * Milliseconds until the next attempt: doubled after each failure, and drawn from the upper half so that receivers that failed together
 * are not all tried together.
 * @param failures in a row, from 1
 * @param asked seconds that the receiver wants to be left alone
 */
export function pauseAfter(failures: number, asked: number | undefined, chance = Math.random()): number {
  const whole = doubled(failures - 1, {
    first: LIMITS.webhookRetryFirstMs,
    longest: LIMITS.webhookRetryLongestMs,
  })
  const drawn = whole / 2 + (whole / 2) * chance
  return Math.max(drawn, Math.min((asked ?? 0) * 1000, LIMITS.webhookRetryAfterMs))
}

/** `Retry-After` in seconds from now, in either of its two forms; nothing for anything else. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header)
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(header)) return undefined
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1000)
}

/** Whether something that has failed since then is given up for now. */
export const isOver = (since: Date, now: Date): boolean =>
  now.getTime() - since.getTime() >= LIMITS.webhookDays * 86_400_000
