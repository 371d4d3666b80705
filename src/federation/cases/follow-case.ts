/** One case as its page shows it: one look, one record, all that is told of it and what may be done with it. */
import { LIMITS } from '../../config.ts'
import type { Case, CaseMessage } from '../../schemas/case.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { showCase } from './clock/show-cases.ts'
import { REMINDER } from './event-keys.ts'
import { applicantOf } from './follow-cases.ts'
import { type Reached, reachCase, recordLook } from './reach.ts'
import { nextRound, type Round } from './read-ratings.ts'
import { etagOf, statusOf } from './record.ts'
import { ballOf, CORRECTABLE, RATEABLE, WITHDRAWABLE } from './state.ts'
import { factsOfEvent } from './words/event-words.ts'
import { messagesOf } from './words/messages.ts'

/** One thing that is told, with the region's own word for it. */
export interface Told extends Omit<CaseMessage, 'event' | 'receivedAt'> {
  readonly raw: string | null
}

export interface FollowedCase {
  readonly case: Case
  readonly etag: string
  /** The name of whoever gave the reader a mandate; null where the case is the reader's own. */
  readonly of: string | null
  /** Oldest first; of a very long timeline what its newest events tell. */
  readonly messages: readonly Told[]
  readonly earlierEvents: number
  /** The newest event: where a stream goes on. */
  readonly sequence: number
  /** The help line of the department, where the matter names one. */
  readonly phone: string | null
  readonly may: May
}

/** What may be done with a case now. */
export interface May {
  readonly correct: boolean
  readonly withdraw: boolean
  /** The round of the rating that may be given now; null where none may. */
  readonly rate: Round | null
  /** `againAt` is there while the last reminder is too new for another one. */
  readonly remind: { readonly isOpen: boolean; readonly againAt: string | null }
}

/** @throws GatewayError `CASE_NOT_FOUND` */
export async function followOneCase(id: string, actor: Actor, deps: Deps): Promise<FollowedCase> {
  const reached = await reachCase(id, actor, deps, 'readWhole')
  await recordLook(reached, 'readWhole', actor, deps)
  const { row, mandateId } = reached
  const [shown, told, phone, may] = await Promise.all([
    showCase(row, deps),
    messagesIn(row, deps),
    phoneOf(row, deps),
    whatMay(reached, deps),
  ])
  return {
    case: shown,
    etag: etagOf(row),
    of: mandateId === null ? null : applicantOf(row, deps.sealing),
    ...told,
    sequence: row.sequence,
    phone,
    may,
  }
}

async function messagesIn(row: CaseRow, { store, sealing }: Deps) {
  const earlierEvents = Math.max(row.sequence - LIMITS.messageEvents, 0)
  const events = await store.cases.events(row.id, earlierEvents, LIMITS.messageEvents)
  const messages = messagesOf(events.map((one) => factsOfEvent(one, statusOf(one.status), sealing)))
  return {
    earlierEvents,
    messages: messages.map(
      ({ event, at, ...words }): Told => ({
        ...words,
        at: formatInstant(at),
        type: event.type,
        raw: event.raw?.label || null,
      }),
    ),
  }
}

/** Of a case that was filed elsewhere the matter is not known. */
async function phoneOf(row: CaseRow, { store }: Deps): Promise<string | null> {
  const stored = await store.matters.version(row.matterId, row.matterVersion)
  // The store holds matters that their schema let in.
  return (stored?.document as Matter | undefined)?.phone || null
}

async function whatMay(reached: Reached, { store, now }: Deps): Promise<May> {
  const { row } = reached
  const status = statusOf(row.status)
  const isOurs = row.origin === 'filed'
  const isSent = row.dispatchState === 'sent'
  const isOpen = isOurs && isSent && ballOf(status) === 'region'
  const last = isOpen ? await store.clocks.lastReminder(row.id, REMINDER) : undefined
  const again = last && new Date(last.receivedAt.getTime() + LIMITS.remindEveryMs)
  const given = RATEABLE.has(status) ? await store.ratings.of([row.id]) : []
  return {
    rate: nextRound(reached, given),
    correct: isOurs && row.dispatchState !== 'pending' && CORRECTABLE.has(status),
    withdraw: isOurs && isSent && WITHDRAWABLE.has(status),
    remind: { isOpen, againAt: again && again > now() ? formatInstant(again) : null },
  }
}
