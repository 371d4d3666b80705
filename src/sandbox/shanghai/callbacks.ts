import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Answer, CallbackRecord } from '../simulated.ts'
import { nowOf, type Office } from './office.ts'
import { statusOf } from './rules.ts'
import type { Callback } from './state.ts'

const MINUTE_MS = 60_000
/** After 1, 5 and 30 minutes, then hourly for a day (contract 4.3). */
const DELAYS_MS: readonly number[] = [1, 5, 30, ...Array.from({ length: 24 }, () => 60)].map(
  (minutes) => minutes * MINUTE_MS,
)
/** When more callbacks than this are kept, the acknowledged ones go. */
const KEPT = 20_000

/** Sends callbacks until they are acknowledged. */
export interface Postman {
  /** Queues a callback and sends it for the first time. */
  readonly deliver: (callback: Callback) => void
  readonly records: () => readonly CallbackRecord[]
  /** Sends everything that was not acknowledged once more, and waits for the answers. */
  readonly sendAll: () => Promise<void>
  /** Starts the timers of what waits, after a state was loaded. */
  readonly resume: () => void
  readonly close: () => void
}

/** The signature of a callback (contract 3.4), with a fresh time and nonce for each attempt. */
function signedHeaders(office: Office, url: string, body: string): Record<string, string> {
  const timestamp = String(nowOf(office))
  const nonce = randomBytes(16).toString('hex')
  const digest = createHash('sm3').update(body).digest('hex')
  const text = ['POST', new URL(url).pathname, timestamp, nonce, digest].join('\n')
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    'X-SH-Timestamp': timestamp,
    'X-SH-Nonce': nonce,
    'X-SH-Signature': createHmac('sm3', office.config.credentials.callbackSecret).update(text).digest('hex'),
  }
}

/** HTTP 200 and `isSuccess` true, and nothing less. */
function isAcknowledged(answer: Answer | undefined): boolean {
  if (answer?.status !== 200) return false
  try {
    return (JSON.parse(answer.body) as { isSuccess?: unknown }).isSuccess === true
  } catch {
    return false
  }
}

export function createPostman(office: Office): Postman {
  const timers = new Map<string, NodeJS.Timeout>()
  const underWay = new Map<string, Promise<void>>()
  const delays = office.world.retryDelaysMs ?? DELAYS_MS
  let isClosed = false

  const schedule = (entry: Callback): void => {
    const delay = delays[entry.attempts - 1]
    if (isClosed || delay === undefined || timers.has(entry.eventId)) return
    const timer = setTimeout(() => {
      timers.delete(entry.eventId)
      void send(entry)
    }, delay)
    timer.unref()
    timers.set(entry.eventId, timer)
  }

  const attempt = async (entry: Callback): Promise<void> => {
    const url = `${office.world.gatewayUrl}${office.config.options.callbackPath}`
    entry.attempts += 1
    const answer = await office.world
      .post(url, signedHeaders(office, url, entry.body), entry.body)
      .catch(() => undefined)
    entry.lastAnswer = answer === undefined ? 'no answer' : String(answer.status)
    entry.acknowledged = isAcknowledged(answer)
    if (!entry.acknowledged) schedule(entry)
  }

  const send = (entry: Callback): Promise<void> => {
    const running = underWay.get(entry.eventId)
    if (running) return running
    if (entry.acknowledged) return Promise.resolve()
    const sending = attempt(entry).finally(() => underWay.delete(entry.eventId))
    underWay.set(entry.eventId, sending)
    return sending
  }

  const stop = (): void => {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
  }
  const waiting = () => Object.values(office.state.callbacks).filter(({ acknowledged }) => !acknowledged)

  return {
    deliver: (entry) => {
      const { callbacks } = office.state
      if (Object.keys(callbacks).length >= KEPT)
        for (const one of Object.values(callbacks)) if (one.acknowledged) delete callbacks[one.eventId]
      callbacks[entry.eventId] = entry
      if (!isClosed) void send(entry)
    },
    records: () =>
      Object.values(office.state.callbacks).map((one) => ({
        caseNumber: one.applyNo,
        eventId: one.eventId,
        status: statusOf(one.word),
        attempts: one.attempts,
        acknowledged: one.acknowledged,
        lastAnswer: one.lastAnswer,
      })),
    sendAll: async () => {
      // What is on its way now gets its answer first; only what was refused is sent again.
      await Promise.all(underWay.values())
      stop()
      await Promise.all(waiting().map(send))
    },
    resume: () => {
      stop()
      for (const entry of waiting()) schedule(entry)
    },
    close: () => {
      isClosed = true
      stop()
    },
  }
}
