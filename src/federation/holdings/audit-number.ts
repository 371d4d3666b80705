/** The number of a look, which travels to the region and stands in the access record: fifteen digits, the first a 9. */
import { randomInt } from 'node:crypto'

/** Seconds and chance: two looks have one number once in many million times, and nothing stands on it but an audit. */
export const newAuditNumber = (now: Date): string =>
  `9${String(Math.floor(now.getTime() / 1000) % 100_000_000).padStart(8, '0')}${String(randomInt(1_000_000)).padStart(6, '0')}`
