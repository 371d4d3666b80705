/** What the calls read out of Shanghai's answers alike. */

import { wallClock } from '../kit/clock.ts'
import { asText } from '../kit/codecs.ts'
import { objectOf } from '../kit/connect.ts'
import type { Filed, Handle, RawStatus } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { status } from './codes.ts'

export type Plain = Readonly<Record<string, unknown>>

/** A word is code and label in one. */
export const raw = (word: string): RawStatus => ({ code: word, label: word })

/** A date-time, or nothing where it is blank. */
export const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(asText(wire), {}, ROOT)

/** The rows of a page; a page beyond the end has none. */
export const itemsOf = (page: Plain): readonly Plain[] => listOf(page, 'items')

/** A list member of an answer, which may be missing. */
export const listOf = (answer: Plain, member: string): readonly Plain[] => {
  const told = answer[member]
  return Array.isArray(told) ? told.map(objectOf) : []
}

/** A case after one of the gateway's own acts. `at` is the event time of the answer (contract section 7). */
export const filedAs = (caseNumber: string, handle: Handle, word: string, at: unknown): Filed => {
  const occurredAt = instant(at)
  return {
    caseNumber,
    handle,
    status: status.decode(word, {}),
    rawStatus: raw(word),
    ...(occurredAt ? { occurredAt } : {}),
  }
}
