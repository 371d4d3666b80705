/** What an event keeps of the news that it was made of, so that the case can be made of its timeline again. */
import type { EventRow } from '../../store/index.ts'
import type { Sealing } from '../sealing.ts'
import type { News } from './news.ts'
import { statusOf } from './record.ts'

/** What stands in no column of the event. */
type Kept = Pick<
  News,
  | 'acceptedAt'
  | 'dueAt'
  | 'completedAt'
  | 'completedAtIsOurs'
  | 'correction'
  | 'result'
  | 'caseNumber'
  | 'caseKey'
  | 'dispatch'
  | 'heardAt'
> & {
  /** The region told no time: the event's is the gateway's. */
  readonly untimed?: true
  /** `begunAfter`, as text. */
  readonly after?: string | null
}

/** Members that are kept as they are. */
const KEPT = [
  'acceptedAt',
  'dueAt',
  'completedAt',
  'completedAtIsOurs',
  'correction',
  'result',
  'dispatch',
  'heardAt',
] as const

/** What a callback calls the case by is known of it; an answer to a filing tells it first. */
const NAMES = ['caseNumber', 'caseKey'] as const

/** Sealed; nothing where the columns say it all. */
export function keepNews(news: News, sealing: Sealing): Buffer | null {
  const members = news.via === 'callback' ? KEPT : [...KEPT, ...NAMES]
  const kept: Kept = {
    ...Object.fromEntries(members.flatMap((member) => (news[member] ? [[member, news[member]]] : []))),
    ...(news.occurredAt === undefined ? { untimed: true as const } : {}),
    ...(news.begunAfter === undefined ? {} : { after: news.begunAfter?.toISOString() ?? null }),
  }
  return Object.keys(kept).length === 0 ? null : sealing.seal(kept)
}

/** The news of which an event was made. */
export function newsOf(event: EventRow, sealing: Sealing): News {
  const { untimed, after, ...kept } = event.newsSealed ? sealing.open<Kept>(event.newsSealed) : ({} as Kept)
  return {
    ...kept,
    key: event.key,
    type: event.type as News['type'],
    status: statusOf(event.status),
    rawStatus: { code: event.rawCode ?? '', label: event.rawLabel ?? '' },
    via: event.via as News['via'],
    ...(untimed ? {} : { occurredAt: event.occurredAt.toISOString() }),
    ...(after === undefined ? {} : { begunAfter: after === null ? null : new Date(after) }),
  }
}

/**
 * A keyed hash of what news tell: the same for a repetition, another for a second message under the same key. It says nothing to
 * whoever has no key.
 */
export const contentMacOf = (news: News, sealing: Pick<Sealing, 'hash'>): string =>
  sealing.hash(
    'news',
    JSON.stringify([
      news.type,
      news.status,
      news.rawStatus.code,
      news.rawStatus.label,
      news.occurredAt,
      news.note,
      news.acceptedAt,
      news.dueAt,
      news.completedAt,
      news.correction,
      news.result,
    ]),
  )
