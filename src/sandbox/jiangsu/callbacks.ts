import type { Answer, CallbackRecord } from '../simulated.ts'
import { nowOf, type Office } from './office.ts'
import { callbackHeaders } from './signature.ts'
import type { QueuedCallback } from './state.ts'

const MINUTE_MS = 60_000
/** After 1, 5 and 30 minutes, then hourly for a day (contract 4.c). */
const DELAYS_MS: readonly number[] = [1, 5, 30, ...Array.from({ length: 24 }, () => 60)].map(
  (minutes) => minutes * MINUTE_MS,
)
/** When more callbacks than this are kept, the acknowledged ones go. */
const KEPT = 20_000

/** Sends callbacks until they are taken. */
export interface Postman {
  /** Queues a callback and sends it for the first time. */
  readonly deliver: (callback: QueuedCallback) => void
  readonly records: () => readonly CallbackRecord[]
  /** Sends everything that was not taken once more, and waits for the answers. */
  readonly sendAll: () => Promise<void>
  /** Starts the timers of what waits, after a state was loaded. */
  readonly resume: () => void
  readonly close: () => void
}

/** Taken is `custom.code` 1 and nothing else. */
function isTaken(answer: Answer | undefined): boolean {
  if (answer?.status !== 200) return false
  try {
    const body = JSON.parse(answer.body) as { custom?: { code?: unknown } }
    return String(body.custom?.code) === '1'
  } catch {
    return false
  }
}

export function createPostman(office: Office): Postman {
  const timers = new Map<string, NodeJS.Timeout>()
  const underWay = new Map<string, Promise<void>>()
  const delays = office.world.retryDelaysMs ?? DELAYS_MS
  let isClosed = false

  const schedule = (entry: QueuedCallback): void => {
    const delay = delays[entry.attempts - 1]
    if (isClosed || delay === undefined || timers.has(entry.eventId)) return
    const timer = setTimeout(() => {
      timers.delete(entry.eventId)
      void send(entry)
    }, delay)
    timer.unref()
    timers.set(entry.eventId, timer)
  }

  const attempt = async (entry: QueuedCallback): Promise<void> => {
    const { credentials, options } = office.config
    entry.attempts += 1
    const answer = await office.world
      .post(
        `${office.world.gatewayUrl}${options.callbackPath}`,
        callbackHeaders(credentials.callback, nowOf(office)),
        JSON.stringify({ token: credentials.callback.moduleToken, params: entry.params }),
      )
      .catch(() => undefined)
    entry.lastAnswer = answer === undefined ? 'no answer' : String(answer.status)
    if (isTaken(answer)) {
      entry.acknowledged = true
      delete entry.params
    } else schedule(entry)
  }

  const send = (entry: QueuedCallback): Promise<void> => {
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
    records: () => Object.values(office.state.callbacks).map(({ params: _, ...record }) => ({ ...record })),
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
