/** Requirements of what comes again: after which answers, when, unchanged, and that it ends. */
import { JUDGED } from '../model.ts'
import { LEAST, PAUSES_MS, PLACES, SLACK_MS } from './places.ts'
import { keyOf, type Manner, type Opened } from './recording.ts'
import { type CallbackRequirement, first, type Verdict, type Watched } from './requirement.ts'

/** What comes this long after success is no doubled delivery any more. */
const AFTERWARDS_MS = 30_000
/** How long a success must have been watched before it is said that nothing came after it: the first pause. */
const WATCHED_MS = (PAUSES_MS[0] ?? 0) + SLACK_MS

/** One attempt, how many came before it, and those that followed. */
interface Attempt {
  readonly one: Opened
  readonly place: number
  readonly later: readonly Opened[]
}

/** The attempts of all events that could be read, event by event. */
const attemptsOf = ({ all }: Watched): readonly Attempt[] =>
  [
    ...Map.groupBy(
      all.filter(({ event }) => event !== undefined),
      keyOf,
    ).values(),
  ].flatMap((attempts) => attempts.map((one, place) => ({ one, place, later: attempts.slice(place + 1) })))

const msBetween = (one: Opened, other: Opened): number =>
  other.received.at.getTime() - one.received.at.getTime()

/** How long it is watched whether this one comes again; as long as need be where nobody says until when. */
const watchedMs = ({ until }: Watched, { received }: Opened): number =>
  until ? until.getTime() - received.at.getTime() : Number.POSITIVE_INFINITY

const isDue = (watched: Watched, { one, place }: Attempt): boolean =>
  watchedMs(watched, one) > (PAUSES_MS[place] ?? Number.POSITIVE_INFINITY) + SLACK_MS

/** Whether what was answered in a manner came again: a breach when it did not although there was time, unseen when there was none. */
function cameAgain(watched: Watched, isMeant: (one: Opened) => boolean): Verdict {
  const meant = attemptsOf(watched).filter(({ one }) => !one.received.acknowledged && isMeant(one))
  const missing = meant.find((attempt) => attempt.later.length === 0 && isDue(watched, attempt))
  if (missing) return [missing.one, 'it did not come again']
  if (meant.some(({ later }) => later.length > 0)) return undefined
  return {
    unseen: meant.length > 0 ? 'the pause had not passed' : 'nothing was answered so: too few events came',
  }
}

const AFTER: readonly (readonly [Manner, zh: string, en: string])[] = [
  ['refused', '答复“稍后再试”后须重发。', 'An event comes again after the answer to try later.'],
  [
    'unknown',
    '答复“办件不存在”后须重发。',
    'An event comes again after the answer that the case is unknown.',
  ],
  ['failed', '答复 HTTP 503 后须重发。', 'An event comes again after HTTP 503.'],
  [
    'silent',
    '没有答复（连接中断）后须重发。',
    'An event comes again when the line was cut without an answer.',
  ],
  [
    'late',
    '超过时限才答复，视为没有答复，须重发。',
    'An event comes again when success was answered after the limit.',
  ],
]

/** The regions in which an answer of this manner is followed by another attempt. */
const followed = (manner: Manner) =>
  JUDGED.filter((region) =>
    manner === 'late'
      ? PLACES[region].answerMs !== undefined
      : manner !== 'unknown' || !PLACES[region].unknownEnds,
  )

const after = ([manner, zh, en]: (typeof AFTER)[number]): CallbackRequirement => ({
  name: `retry-${manner}`,
  of: followed(manner),
  zh,
  en,
  judge: (watched) => cameAgain(watched, ({ received }) => received.answered === manner),
})

/** An answer after which nothing more may come, as long as it was watched. */
const ends = (name: string, manners: readonly Manner[], zh: string, en: string): CallbackRequirement => ({
  name,
  zh,
  en,
  judge: (watched) => {
    const successes = attemptsOf(watched).filter(
      ({ one: { received } }) => received.acknowledged && manners.includes(received.answered ?? 'taken'),
    )
    for (const { one, later } of successes) {
      const again = later.find((other) => msBetween(one, other) > AFTERWARDS_MS)
      if (again) return [again, 'it was answered with success before']
    }
    return successes.some(({ one }) => watchedMs(watched, one) > WATCHED_MS)
      ? undefined
      : { unseen: 'no success was watched for longer than the first pause' }
  },
})

/** What an event says, apart from how often it was said. Shanghai repeats its bytes. */
const sayingOf = ({ event, received }: Opened, { region }: Watched): string =>
  region === 'shanghai'
    ? received.body.toString('base64')
    : JSON.stringify({ ...event, documents: event?.documents?.length ?? 0 })

/** What is wrong with the pause before the next attempt. */
function pauseFault({ one, place, later: [next] }: Attempt, limitMs: number): string | undefined {
  const pause = PAUSES_MS[place]
  if (!next || pause === undefined) return undefined
  const ms = msBetween(one, next)
  const due = `${pause / 60_000} min is due`
  if (ms < pause * LEAST) return `it came again after ${Math.round(ms / 1000)} s: ${due}`
  return ms > pause + limitMs + SLACK_MS
    ? `it came again only after ${Math.round(ms / 1000)} s: ${due}`
    : undefined
}

function pauses(watched: Watched): Verdict {
  const limitMs = PLACES[watched.region].answerMs ?? 10_000
  // What was recorded without the manner of its answers may have been sent by hand.
  const refused = attemptsOf(watched).filter(
    ({ one: { received }, later }) =>
      !received.acknowledged && received.answered !== undefined && later.length > 0,
  )
  for (const attempt of refused) {
    const fault = pauseFault(attempt, limitMs)
    if (fault) return [attempt.later[0] ?? attempt.one, fault]
  }
  return refused.length > 0
    ? undefined
    : { unseen: 'nothing came again of which it is told how it was answered' }
}

export const REPEATING_REQUIREMENTS: readonly CallbackRequirement[] = [
  {
    name: 'retry',
    zh: '未被确认的回调须重发，直到确认。',
    en: 'A callback that was not acknowledged comes again until it is.',
    judge: (watched) => {
      const verdict = cameAgain(watched, () => true)
      // A recording in which everything was taken at once breaks nothing.
      return watched.until === undefined && verdict && 'unseen' in verdict ? undefined : verdict
    },
  },
  ...AFTER.map(after),
  {
    name: 'pauses',
    zh: '重发的间隔为 1、5、30 分钟，之后每小时一次。',
    en: 'It comes again after 1, 5 and 30 minutes, then hourly.',
    judge: pauses,
  },
  ends('stops', ['taken', 'unknown'], '确认之后不再重发。', 'What was acknowledged does not come again.'),
  ends(
    'patience',
    ['slow'],
    '两秒后才答复的成功也算成功，不再重发。',
    'Success after two seconds is success: the event does not come again.',
  ),
  {
    name: 'same',
    zh: '重发的回调内容不变。',
    en: 'A callback that comes again says the same.',
    judge: (watched) => {
      const sayings = new Map<string, string>()
      return first(watched.all, (one) => {
        if (one.event === undefined) return undefined
        const [key, saying] = [keyOf(one), sayingOf(one, watched)]
        const before = sayings.get(key) ?? saying
        sayings.set(key, before)
        return before === saying ? undefined : 'the same event says something else'
      })
    },
  },
]
