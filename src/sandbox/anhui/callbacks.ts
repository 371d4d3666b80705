import { randomUUID } from '../moment.ts'
import type { Answer, CallbackRecord } from '../simulated.ts'
import { nowOf, type Office } from './office.ts'
import { contentMd5, signatureOf } from './signature.ts'
import type { QueuedCallback } from './state.ts'

const MINUTE_MS = 60_000
const ANSWER_MS = 10_000
/** After 1, 5 and 30 minutes, then hourly for 24 hours (contract 4c). */
const DEFAULT_DELAYS_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  ...Array.from({ length: 24 }, () => 60 * MINUTE_MS),
]
/** When more callbacks than this are kept, those that ended go. */
const KEPT_CALLBACKS = 20_000
/** The results that end a callback; every other answer is followed by another attempt. */
const ENDING: ReadonlySet<string> = new Set(['01', '02', '05'])

/** Sends callbacks until they are answered for good (contract 4c). */
export interface Postman {
  /** Queues a callback and sends it for the first time, after the earlier ones of its case. */
  readonly deliver: (callback: QueuedCallback) => void
  readonly records: () => readonly CallbackRecord[]
  /** Sends everything that waits once more and waits for the answers. */
  readonly sendAll: () => Promise<void>
  /** Starts the timers of the waiting callbacks again, after a state was loaded. */
  readonly resume: () => void
  /** Stops the timers and sends nothing more by itself. */
  readonly close: () => void
}

/** The Shield headers of a callback, new for every attempt. */
function signedHeaders(office: Office, { url, contentType }: QueuedCallback, body: string) {
  const { credentials, options } = office.config
  const { pathname, search } = new URL(url)
  const nonce = randomUUID()
  const timestamp = String(nowOf(office))
  const appId = credentials.callbackAppId
  const md5 = contentMd5(body)
  const signed = { target: pathname + search, nonce, timestamp, appId, contentMd5: md5 }
  return {
    'Content-Type': contentType,
    'S-Auth-Version': '1',
    'S-Auth-AppId': appId,
    'S-Auth-Timestamp': timestamp,
    'S-Auth-Nonce': nonce,
    'S-Auth-Stage': options.stage,
    'S-Auth-GroupId': options.callbackGroup,
    'S-Auth-Signature': signatureOf(credentials.callbackAppSecret, signed),
    'S-Content-MD5': md5,
    'S-SDK-Version': options.sdkVersion,
    'User-Agent': options.userAgent,
  }
}

/** An answer later than ten seconds is none. */
async function inTime(answer: Promise<Answer>): Promise<Answer | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_MS)
    timer.unref()
  })
  try {
    return await Promise.race([answer, late])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** The `result` of an answer, or an empty text. */
function resultOf({ body }: Answer): string {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('result' in value)) return ''
    return typeof value.result === 'string' ? value.result.slice(0, 10) : ''
  } catch {
    return ''
  }
}

/** Creates the sender of a platform's callbacks. */
export function createPostman(office: Office): Postman {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const inFlight = new Map<string, Promise<void>>()
  /** The last first attempt of each case: the next one waits for it, so that they go out in order. */
  const tails = new Map<string, Promise<void>>()
  let isClosed = false
  let kept = 0

  const schedule = (entry: QueuedCallback): void => {
    const delays = office.world.retryDelaysMs ?? DEFAULT_DELAYS_MS
    const delay = delays[Math.max(0, entry.attempts - 1)]
    if (isClosed || delay === undefined || timers.has(entry.eventId)) return
    const timer = setTimeout(() => {
      timers.delete(entry.eventId)
      void send(entry)
    }, delay)
    timer.unref()
    timers.set(entry.eventId, timer)
  }

  const attempt = async (entry: QueuedCallback, body: string): Promise<void> => {
    entry.attempts += 1
    // A `post` that throws at once counts as one that was not answered.
    const posting = (async () => office.world.post(entry.url, signedHeaders(office, entry, body), body))()
    const answer = await inTime(posting)
    const result = answer === undefined ? '' : resultOf(answer)
    entry.lastAnswer = answer === undefined ? 'no answer' : `${answer.status} ${result}`.trim()
    if (answer?.status === 200 && ENDING.has(result)) {
      entry.acknowledged = true
      delete entry.body
    } else if (office.state.callbacks[entry.eventId] === entry) {
      schedule(entry)
    }
  }

  const send = (entry: QueuedCallback): Promise<void> => {
    const running = inFlight.get(entry.eventId)
    if (running !== undefined) return running
    if (entry.acknowledged || entry.body === undefined) return Promise.resolve()
    const sending = attempt(entry, entry.body).finally(() => inFlight.delete(entry.eventId))
    inFlight.set(entry.eventId, sending)
    return sending
  }

  const sendInOrder = (entry: QueuedCallback): void => {
    const before = tails.get(entry.caseNumber)
    const sending =
      before === undefined ? send(entry) : before.then(() => (isClosed ? undefined : send(entry)))
    const tail = sending.finally(() => {
      if (tails.get(entry.caseNumber) === tail) tails.delete(entry.caseNumber)
    })
    tails.set(entry.caseNumber, tail)
  }

  const dropEnded = (): void => {
    const { callbacks } = office.state
    for (const entry of Object.values(callbacks)) if (entry.acknowledged) delete callbacks[entry.eventId]
    kept = Object.keys(callbacks).length
  }

  const stopTimers = (): void => {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
  }

  return {
    deliver: (entry) => {
      if (kept >= KEPT_CALLBACKS) dropEnded()
      kept += 1
      office.state.callbacks[entry.eventId] = entry
      if (!isClosed) sendInOrder(entry)
    },
    records: () =>
      Object.values(office.state.callbacks).map(({ body: _, url: __, contentType: ___, ...record }) => ({
        ...record,
      })),
    sendAll: async () => {
      // What is on its way now gets its answer first; only what was not taken is sent again.
      await Promise.all([...tails.values(), ...inFlight.values()])
      stopTimers()
      const waiting = Object.values(office.state.callbacks).filter(({ acknowledged }) => !acknowledged)
      const byCase = new Map<string, QueuedCallback[]>()
      for (const entry of waiting) {
        byCase.set(entry.caseNumber, [...(byCase.get(entry.caseNumber) ?? []), entry])
      }
      const inTurn = async (entries: readonly QueuedCallback[]) => {
        for (const entry of entries) await send(entry)
      }
      await Promise.all([...byCase.values()].map(inTurn))
    },
    resume: () => {
      stopTimers()
      kept = Object.keys(office.state.callbacks).length
      for (const entry of Object.values(office.state.callbacks)) if (!entry.acknowledged) schedule(entry)
    },
    close: () => {
      isClosed = true
      stopTimers()
    },
  }
}
