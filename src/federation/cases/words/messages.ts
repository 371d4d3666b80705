/** A timeline as it is told to a person: each thing once, in the order in which it happened, whatever order it was heard in. */
import { CASE_STATUSES } from '../../../schemas/case-status.ts'
import { orderAt } from '../apply-news.ts'
import { dayOf } from './dates.ts'
import {
  actSentence,
  EVENT_WORDS,
  type EventFacts,
  plainSentence,
  remarkOn,
  type Said,
  saidBy,
  tellsStatus,
} from './event-words.ts'
import { statusSays, type Words } from './status-words.ts'

/** One thing that is told. */
export interface Message {
  readonly event: EventFacts
  /** When it happened; what a region dates into the future stands where it was heard. */
  readonly at: Date
  readonly sentence: Words
  /** What a department wrote of it. */
  readonly note: string | null
  readonly remark: Words | null
}

interface Placed {
  readonly event: EventFacts
  readonly at: Date
}

/** What comes first of things that happened in one second: handing in, acts, states by their rank, remarks. */
const placeOf = (event: EventFacts): number => {
  const said = saidBy(event)
  if (said === null) return CASE_STATUSES.indexOf(event.status)
  return ACTS_FIRST.has(said) ? ACTS_FIRST.size - CASE_STATUSES.length : CASE_STATUSES.length
}
const ACTS_FIRST: ReadonlySet<Said> = new Set(['submitted', 'corrected', 'withdrawn'])

const toSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1_000) * 1_000)

/** Nothing happens to a case before it is handed in: a region's clock may be behind ours. */
function inOrder(events: readonly EventFacts[]): readonly Placed[] {
  const filed = events.find((event) => saidBy(event) === 'filed')
  const begin = filed ? toSecond(filed.occurredAt) : undefined
  const rest = events
    .filter((event) => event !== filed)
    .map((event): Placed => {
      const at = toSecond(orderAt(event.occurredAt, event.receivedAt))
      return { event, at: begin && at < begin ? begin : at }
    })
    .toSorted(
      (a, b) =>
        a.at.getTime() - b.at.getTime() ||
        placeOf(a.event) - placeOf(b.event) ||
        (a.event.key < b.event.key ? -1 : 1),
    )
  return filed && begin ? [{ event: filed, at: begin }, ...rest] : rest
}

/**
 * The messages of a timeline. A state that is told again while the case is in it is no message; what its department wrote with it is a
 * remark, unless it stands there already. What came late stands in its place and is marked.
 * @param events in any order
 */
export function messagesOf(events: readonly EventFacts[]): readonly Message[] {
  const messages: Message[] = []
  let state = ''
  let told = new Set<string>()
  for (const { event, at } of inOrder(events)) {
    const now = tellsStatus(event) ? statusSays(event.status, event.raw).zh : state
    if (now !== state) told = new Set()
    const message = messageOf(event, at, now === state)
    state = now
    const once = onceAs(message)
    if (message.sentence === null || told.has(once)) continue
    told.add(once)
    messages.push({ ...message, sentence: message.sentence })
  }
  return messages
}

/** What makes a message the same as another one while a state lasts: a department's words; else what is said and when. */
const onceAs = ({ event, sentence, note, at }: Omit<Message, 'sentence'> & { sentence: Words | null }) =>
  note === null || saidBy(event) === 'conflict'
    ? `${at.getTime()} ${sentence?.zh}`
    : `${event.dueAt ? dayOf(new Date(event.dueAt)).zh : ''} ${note}`

/** @param isKnown the case is in this state already */
const messageOf = (event: EventFacts, at: Date, isKnown: boolean) => {
  // Notes of ours are in our sentences already.
  const note = event.via === 'own' ? null : event.note
  const again = note === null ? null : EVENT_WORDS.remark
  return {
    event,
    at,
    sentence: isKnown ? (actSentence(event) ?? again) : plainSentence(event),
    note,
    remark: remarkOn(event),
  }
}
