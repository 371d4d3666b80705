import { type Answer, afterOnThisMachine, type CallbackRecord } from '../simulated.ts'
import type { Office } from './office.ts'
import { jsonObject } from './requests.ts'
import { signatureOf } from './signature.ts'
import type { QueuedCallback } from './state.ts'

const MINUTE_MS = 60_000
const ANSWER_MS = 5000
const DEFAULT_DELAYS_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  ...Array.from({ length: 24 }, () => 60 * MINUTE_MS),
]
/** When more callbacks than this are kept, the acknowledged ones go. */
const KEPT_CALLBACKS = 20_000

/** Sends callbacks until they are acknowledged (contract 3.3 and 4.c.2). */
export interface Postman {
  /** Queues a callback and sends it for the first time. */
  readonly deliver: (callback: QueuedCallback) => void
  readonly records: () => readonly CallbackRecord[]
  /** Sends everything that is not acknowledged once more and waits for the answers. */
  readonly sendAll: () => Promise<void>
  /** Starts the timers of the waiting callbacks again, after a state was loaded. */
  readonly resume: () => void
  /** Stops the timers and sends nothing more by itself. */
  readonly close: () => void
}

function signedHeaders(office: Office, url: string): Record<string, string> {
  const { callbackAccessKey: accessKey, callbackSecretKey } = office.config.credentials
  const date = office.world.now().toUTCString()
  const { pathname: path, searchParams } = new URL(url)
  return {
    'Content-Type': 'application/json; charset=UTF-8',
    'X-BG-HMAC-ACCESS-KEY': accessKey,
    'X-BG-HMAC-ALGORITHM': 'hmac-sha256',
    'X-BG-DATE-TIME': date,
    'X-BG-HMAC-SIGNATURE': signatureOf(callbackSecretKey, {
      method: 'POST',
      path,
      query: searchParams,
      accessKey,
      date,
    }),
  }
}

/** An answer later than five seconds is none. */
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

/** Creates the sender of a platform's callbacks. */
export function createPostman(office: Office): Postman {
  const timers = new Map<string, () => void>()
  const after = office.world.after ?? afterOnThisMachine
  const inFlight = new Map<string, Promise<void>>()
  let isClosed = false
  let kept = Object.keys(office.state.callbacks).length

  const schedule = (entry: QueuedCallback): void => {
    const delays = office.world.retryDelaysMs ?? DEFAULT_DELAYS_MS
    const delay = delays[Math.max(0, entry.attempts - 1)]
    if (isClosed || delay === undefined || timers.has(entry.eventId)) return
    timers.set(
      entry.eventId,
      after(delay, () => {
        timers.delete(entry.eventId)
        return send(entry)
      }),
    )
  }

  const attempt = async (entry: QueuedCallback, body: string): Promise<void> => {
    const { gatewayUrl, post } = office.world
    const url = `${gatewayUrl}${office.config.options.callbackPath}/${entry.channel}`
    entry.attempts += 1
    const answer = await inTime(post(url, signedHeaders(office, url), body))
    const said = answer === undefined ? undefined : jsonObject(answer.body)
    const code = typeof said?.['errorCode'] === 'string' ? ` ${said['errorCode']}` : ''
    entry.lastAnswer = answer === undefined ? 'no answer' : `${answer.status}${code}`
    if (answer?.status === 200 && said?.['success'] === true) {
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

  const dropAcknowledged = (): void => {
    const { callbacks } = office.state
    for (const entry of Object.values(callbacks)) {
      if (entry.acknowledged) delete callbacks[entry.eventId]
    }
    kept = Object.keys(callbacks).length
  }

  const stopTimers = (): void => {
    for (const takeBack of timers.values()) takeBack()
    timers.clear()
  }

  return {
    deliver: (entry) => {
      if (kept >= KEPT_CALLBACKS) dropAcknowledged()
      kept += 1
      office.state.callbacks[entry.eventId] = entry
      if (!isClosed) void send(entry)
    },
    records: () =>
      Object.values(office.state.callbacks).map(({ body: _, channel: __, ...record }) => ({ ...record })),
    sendAll: async () => {
      // What is on its way now gets its answer first; only what was refused is sent again.
      await Promise.all(inFlight.values())
      stopTimers()
      await Promise.all(Object.values(office.state.callbacks).map(send))
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
