/**
 * The gateway's receiver as a region meets it, and not always a kind one: it verifies as the gateway does and answers in the region's own
 * shape. The first new events are taken, later ones are refused, cut off or answered late, to see that they come again as the contract says.
 */
import type { RegionAnswer } from '../../adapters/kit/callbacks.ts'
import type { CallbackRequest } from '../../adapters/kit/contract.ts'
import { adapterOf, checked, type Subject } from '../bench.ts'
import type { JudgedRegion } from '../model.ts'
import { PLACES } from './places.ts'
import { keyOf, type Manner, type Opened, openedBy, type Received } from './recording.ts'

/** How the attempts of one new event after the other are answered; every attempt and every event after them is taken. */
const SCRIPT: readonly (readonly Manner[])[] = [
  ['taken'],
  ['taken'],
  ['refused', 'taken'],
  ['failed', 'taken'],
  ['silent', 'taken'],
  ['slow'],
  ['late', 'taken'],
  ['unknown', 'taken'],
  ['refused', 'failed', 'taken'],
]

/** The script of a region: no answer is late where there is no limit, and nothing follows what ends an event. */
export const scriptOf = (region: JudgedRegion): readonly (readonly Manner[])[] =>
  SCRIPT.filter(([manner]) => manner !== 'late' || PLACES[region].answerMs !== undefined).map((manners) =>
    manners[0] === 'unknown' && PLACES[region].unknownEnds ? ['unknown'] : manners,
  )

/** Most callbacks and bytes that are kept: what comes beyond is asked to try later, and judged no more. */
const MOST = 2_000
const MOST_BYTES = 128 * 1024 * 1024
/** How long a slow answer takes, and how long after its limit a late one comes, in milliseconds. */
const SLOW_MS = 2_000
const AFTER_LIMIT_MS = 500

type Answers = Extract<Opened['opened'], { accepted: true }>['answers']

/** What is answered, and after how long; the line is cut when there is no answer. */
export interface Reply {
  readonly afterMs: number
  readonly answer?: RegionAnswer
}

export interface Receiver {
  readonly receive: (request: CallbackRequest) => Reply
  /** The answer to a body that is larger than the contract allows. */
  readonly tooLarge: { readonly bytes: number; readonly answer: RegionAnswer }
  readonly received: readonly Received[]
  /** How many events came of those that the script has an answer for, and whether each was acknowledged in the end. */
  readonly progress: () => { readonly events: number; readonly needed: number; readonly isDone: boolean }
}

/** How long answers take: the waits of a test are its own. */
export interface Waits {
  readonly slowMs: number
  readonly lateMs: number
}

const FAILED: RegionAnswer = { status: 503, contentType: 'text/plain', body: '' }
const NOWHERE: RegionAnswer = { status: 404, contentType: 'text/plain', body: '' }

/** Opens the receiver of a region. @throws GatewayError when the configuration is not the contract's */
export function openReceiver(
  { region, config: given, now = () => new Date() }: Pick<Subject, 'region' | 'config' | 'now'>,
  waits: Waits = { slowMs: SLOW_MS, lateMs: (PLACES[region].answerMs ?? 0) + AFTER_LIMIT_MS },
): Receiver {
  const adapter = adapterOf(region)
  const config = checked(adapter, given)
  const paths = adapter.callbackPaths(config)
  const script = scriptOf(region)
  const received: Received[] = []
  const nonces = new Set<string>()
  const plans = new Map<string, { readonly manners: readonly Manner[]; attempts: number }>()
  let bytes = 0

  /** How this attempt of an event is answered. */
  const mannerFor = (key: string): Manner => {
    const plan = plans.get(key) ?? { manners: script[plans.size] ?? ['taken'], attempts: 0 }
    plans.set(key, plan)
    plan.attempts += 1
    return plan.manners[plan.attempts - 1] ?? 'taken'
  }

  const keep = (one: Received, more: Partial<Received>) => {
    bytes += one.body.length
    received.push({ ...one, ...more })
  }

  /** What the gateway would have to say against it. */
  const faultOf = ({ opened, received: { target } }: Opened): RegionAnswer | undefined => {
    if (!opened.accepted) return opened.answer
    if (!paths.includes(target.split('?', 1)[0] ?? '')) return NOWHERE
    if (opened.nonce && nonces.has(opened.nonce.value)) return opened.answers.replayed
    if (opened.nonce) nonces.add(opened.nonce.value)
    return 'answer' in opened.content ? opened.content.answer : undefined
  }

  /** What is answered to an event that is right. */
  const replyTo = (one: Opened, answers: Answers): Reply => {
    const answered = mannerFor(keyOf(one))
    const reply = replyIn(answered, answers, one.event?.caseNumber ?? '', waits)
    const ends = answered === 'unknown' && PLACES[region].unknownEnds === true
    const acknowledged = answered === 'taken' || answered === 'slow' || ends
    keep(one.received, { acknowledged, answered, ...(reply.answer ? { answer: reply.answer } : {}) })
    return reply
  }

  const receive = (request: CallbackRequest): Reply => {
    const one = openedBy(adapter, config, { ...request, at: now(), acknowledged: false })
    const { opened } = one
    if (received.length >= MOST || bytes + request.body.length > MOST_BYTES)
      return { afterMs: 0, answer: opened.accepted ? opened.answers.later : opened.answer }
    const fault = faultOf(one)
    if (!fault && opened.accepted) return replyTo(one, opened.answers)
    const answer = fault ?? NOWHERE
    keep(one.received, { acknowledged: false, answer })
    return { afterMs: 0, answer }
  }

  return {
    receive,
    tooLarge: adapter.callbackLimit,
    received,
    progress: () => ({
      events: Math.min(plans.size, script.length),
      needed: script.length,
      isDone:
        plans.size >= script.length &&
        [...plans.values()].every(({ manners, attempts }) => attempts >= manners.length),
    }),
  }
}

function replyIn(manner: Manner, answers: Answers, caseNumber: string, { slowMs, lateMs }: Waits): Reply {
  switch (manner) {
    case 'taken':
      return { afterMs: 0, answer: answers.taken(caseNumber) }
    case 'slow':
      return { afterMs: slowMs, answer: answers.taken(caseNumber) }
    case 'late':
      return { afterMs: lateMs, answer: answers.taken(caseNumber) }
    case 'refused':
      return { afterMs: 0, answer: answers.later }
    case 'unknown':
      return { afterMs: 0, answer: answers.caseUnknown }
    case 'failed':
      return { afterMs: 0, answer: FAILED }
    case 'silent':
      return { afterMs: 0 }
  }
}
