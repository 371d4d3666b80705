/** The digest that chains a timeline: each event's covers all of it and the digest of the one before. */
import { createHash } from 'node:crypto'
import type { EventRow } from './queries/case-rows.ts'

const sha256 = (bytes: Buffer | null): string | null =>
  bytes === null ? null : createHash('sha256').update(bytes).digest('hex')

/** Lower-case hex of SHA-256. @param before digest of the event before; `''` for the first */
export function digestOf(before: string, event: Omit<EventRow, 'digest'>): string {
  const told = [
    before,
    event.caseId,
    event.sequence,
    event.id,
    event.key,
    event.type,
    event.status,
    event.rawCode,
    event.rawLabel,
    event.occurredAt.toISOString(),
    event.receivedAt.toISOString(),
    event.via,
    event.late,
    sha256(event.noteSealed),
    sha256(event.newsSealed),
    event.contentMac,
  ]
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}
