/** What the contracts say of callbacks region by region: where, how, and when they come again. */
import type { JudgedRegion } from '../model.ts'

/** What is said of a region's callbacks. */
interface Place {
  /** Of the ids of its requirements. */
  readonly prefix: string
  readonly clause: string
  /** The content type of a body. */
  readonly type: RegExp
  /** An answer that comes later is none, in milliseconds; absent where the contract sets no limit. */
  readonly answerMs?: number
  /** That the case is unknown ends the event: it need not come again. */
  readonly unknownEnds?: true
}

export const PLACES: Readonly<Record<JudgedRegion, Place>> = {
  shanghai: { prefix: 'SH', clause: '4.3', type: /^application\/json/i },
  jiangsu: { prefix: 'JS', clause: 'c', type: /^application\/json/i },
  zhejiang: { prefix: 'ZJ', clause: '4.c.2', type: /^application\/json/i, answerMs: 5_000 },
  anhui: {
    prefix: 'AH',
    clause: '4c',
    type: /^application\/x-www-form-urlencoded/i,
    answerMs: 10_000,
    unknownEnds: true,
  },
}

const MINUTE_MS = 60_000

/** Pauses before an event comes again: after 1, 5 and 30 minutes, then hourly for a day, say all four contracts. */
export const PAUSES_MS: readonly number[] = [1, 5, 30, ...Array.from({ length: 24 }, () => 60)].map(
  (minutes) => minutes * MINUTE_MS,
)
/** How much later than its pause an event may come: a platform may look for what is due once a minute, and waits for answers. */
export const SLACK_MS = 70_000
/** The part of its pause that must have passed at least: clocks differ. */
export const LEAST = 0.9
