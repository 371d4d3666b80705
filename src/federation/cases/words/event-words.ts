/** What each event of a timeline says: one plain sentence in Chinese and English. */
import { LIMITS } from '../../../config.ts'
import type { CaseStatus } from '../../../schemas/case-status.ts'
import type { EventRow } from '../../../store/index.ts'
import type { Sealing } from '../../sealing.ts'
import { CONFLICT, FILED, OVERDUE, RATING, REFUSED, REMINDER, SENT } from '../event-keys.ts'
import type { News } from '../news.ts'
import { dayOf, dayWords, minuteOf } from './dates.ts'
import { joined, statusSays, type Words, words } from './status-words.ts'

/** What is known of an event, opened. */
export interface EventFacts {
  readonly id: string
  readonly key: string
  readonly type: News['type']
  readonly status: CaseStatus
  readonly raw: { readonly code: string; readonly label: string } | null
  readonly occurredAt: Date
  readonly receivedAt: Date
  readonly via: News['via']
  readonly late: boolean
  readonly note: string | null
  /** How the sending stands, of an event that tells it. */
  readonly dispatch?: 'sent' | 'pending' | 'refused'
  /** The promised end, of a note that tells it. */
  readonly dueAt?: string
}

/** @param status as the store's word reads */
export function factsOfEvent(row: EventRow, status: CaseStatus, sealing: Sealing): EventFacts {
  // A status says all in its columns: only what else there is must be opened.
  const { dispatch, dueAt } =
    row.newsSealed && row.type !== 'status'
      ? sealing.open<Pick<News, 'dispatch' | 'dueAt'>>(row.newsSealed)
      : {}
  return {
    id: row.id,
    key: row.key,
    type: row.type as News['type'],
    status,
    raw: row.rawCode === null ? null : { code: row.rawCode, label: row.rawLabel ?? '' },
    occurredAt: row.occurredAt,
    receivedAt: row.receivedAt,
    via: row.via as News['via'],
    late: row.late,
    note: row.noteSealed ? sealing.open<string>(row.noteSealed) : null,
    ...(dispatch ? { dispatch: dispatch.state } : {}),
    ...(dueAt ? { dueAt } : {}),
  }
}

/** What we did and noticed, and what regions add without moving the case. */
export const EVENT_WORDS = {
  filed: words(
    '申请已交给我们, 正在转给办理地区。',
    'The application was handed in to us and is on its way to the region.',
  ),
  submitted: words('办理地区已收到申请。', 'The region has received the application.'),
  corrected: words('办理地区已收到补正。', 'The region has received what was corrected.'),
  withdrawn: words('办理地区已收到撤回请求。', 'The region has received the wish to withdraw.'),
  refused: words(
    '申请没有送成: 办理地区没有收下。',
    'The application was not delivered: the region did not take it.',
  ),
  actRefused: words(
    '补正或撤回没有送成: 办理地区没有收下。',
    'The correction or withdrawal was not delivered: the region did not take it.',
  ),
  reminded: words(
    '催办已记下; 办理地区的系统不接收催办, 可以拨打咨询电话。',
    'A reminder was noted; the region’s system takes none, but its help line can be called.',
  ),
  rated: words('评价已记下, 正在送往办理地区。', 'The rating was noted and is on its way to the region.'),
  ratingKept: words(
    '评价已记下; 办理地区的系统不接收评价, 没有送去。',
    'The rating was noted; the region’s system takes none, so it was not sent.',
  ),
  ratingTold: words('办理地区已收到评价。', 'The region has received the rating.'),
  ratingRefused: words(
    '评价没有送成: 办理地区没有收下。',
    'The rating was not delivered: the region did not take it.',
  ),
  overdue: words('承诺的日子已过, 还没有办结。', 'The promised day is over, and the case is not concluded.'),
  conflict: words(
    '办理地区对同一件事说了两种内容: 以先到的为准, 我们在核实。',
    'The region told the same thing in two ways: the first one stands, and we are looking into it.',
  ),
  remark: words(
    '办理部门留了话, 见原文。',
    'The department left a remark; it is shown in the department’s words.',
  ),
  note: words('办理部门补充了信息, 状态没有变。', 'The department added something; the status is the same.'),
} as const

export type Said = keyof typeof EVENT_WORDS

/** By the beginning of the key. */
const BY_KEY: readonly (readonly [prefix: string, said: Said])[] = [
  [FILED, 'filed'],
  [SENT.submit, 'submitted'],
  [SENT.correct, 'corrected'],
  [SENT.withdraw, 'withdrawn'],
  [OVERDUE, 'overdue'],
  [REMINDER, 'reminded'],
  [CONFLICT, 'conflict'],
]
const BY_RATING: Readonly<Record<string, Said>> = {
  given: 'rated',
  kept: 'ratingKept',
  told: 'ratingTold',
  refused: 'ratingRefused',
}
const BY_DISPATCH = { sent: 'submitted', pending: 'filed', refused: 'refused' } as const

/** What an event says besides a status; nothing where it tells a status alone. */
export function saidBy({ key, type, dispatch, note, via }: EventFacts): Said | null {
  if (key.startsWith(REFUSED)) return type === 'dispatch' ? 'refused' : 'actRefused'
  if (key.startsWith(RATING)) return BY_RATING[key.split(':').at(-1) ?? ''] ?? 'rated'
  const known = BY_KEY.find(([prefix]) => key.startsWith(prefix))
  if (known) return known[1]
  if (type === 'dispatch') return BY_DISPATCH[dispatch ?? 'sent']
  if (type === 'reminder') return 'reminded'
  if (type === 'status') return null
  return note !== null && via !== 'own' ? 'remark' : 'note'
}

/** Acts whose answer tells a status beside. */
const WITH_STATUS: readonly (Said | null)[] = [null, 'submitted', 'corrected', 'withdrawn']

/** Whether an event tells the state of the case. An act that was overtaken, or whose answer came late, only says that it was taken. */
export const tellsStatus = (event: EventFacts): boolean => {
  const said = saidBy(event)
  return WITH_STATUS.includes(said) && (said === null || !event.late)
}

/** What happened besides a status; nothing where an event tells a status alone. */
export function actSentence(event: EventFacts): Words | null {
  const said = saidBy(event)
  return said === null ? null : wordsOf(said, event)
}

/** What happened, whenever it was heard of. */
export const plainSentence = (event: EventFacts): Words =>
  joined(actSentence(event), tellsStatus(event) ? statusSays(event.status, event.raw) : null)

/** The words, with their day where there is one. */
function wordsOf(said: Said, { key, dueAt }: EventFacts): Words {
  if (said === 'overdue' && /\d{4}-\d{2}-\d{2}$/.test(key)) {
    const day = dayWords(key.slice(OVERDUE.length))
    return words(
      `承诺的办结日${day.zh}已过, 还没有办结。`,
      `The promised day, ${day.en}, is over, and the case is not concluded.`,
    )
  }
  if (dueAt && (said === 'note' || said === 'remark')) {
    const day = dayOf(new Date(dueAt))
    return joined(
      words(`办理部门说, 办结日是${day.zh}。`, `The department says that it will be concluded by ${day.en}.`),
      said === 'remark' ? EVENT_WORDS.remark : null,
    )
  }
  return EVENT_WORDS[said]
}

export const LATE = words(
  '这条消息来得晚, 不改变办件现在的状态。',
  'This message came late and does not change how the case stands.',
)

/** What must be said of how an event came: that it was late, or is dated into the future. */
export function remarkOn({ late, occurredAt, receivedAt }: EventFacts): Words | null {
  if (occurredAt.getTime() > receivedAt.getTime() + LIMITS.regionClockAheadMs) {
    const told = minuteOf(occurredAt)
    return joined(
      words(
        `办理地区写的时间是${told.zh}, 我们收到时还没有到。`,
        `The region dates this ${told.en}, which had not come yet when we heard it.`,
      ),
      late ? LATE : null,
    )
  }
  return late ? LATE : null
}

/** The whole sentence of one event, for whoever reads events as they came. */
export const sentenceOf = (event: EventFacts): Words => joined(remarkOn(event), plainSentence(event))
