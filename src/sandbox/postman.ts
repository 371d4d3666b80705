/** Sends a region's callbacks until they are taken; what is signed and what counts as taken is the region's own. */
import { type Answer, afterOnThisMachine, type World } from './simulated.ts'

const MINUTE_MS = 60_000
/** After 1, 5 and 30 minutes, then hourly for a day: all four contracts say so. */
const DELAYS_MS: readonly number[] = [1, 5, 30, ...Array.from({ length: 24 }, () => 60)].map(
  (minutes) => minutes * MINUTE_MS,
)
/** When more callbacks than this are kept, the acknowledged ones go. */
const KEPT = 20_000

/** One callback on its way. It lies in the region's state, so that a saved region goes on sending it. */
export interface Letter {
  readonly eventId: string
  attempts: number
  acknowledged: boolean
  lastAnswer?: string
}

export interface Postman<L extends Letter> {
  /** Queues a callback and sends it for the first time. */
  readonly deliver: (letter: L) => void
  /** Sends everything that was not taken once more, and waits for the answers. */
  readonly sendAll: () => Promise<void>
  /** Starts the timers of what waits, after a state was loaded. */
  readonly resume: () => void
  /** Stops the timers and sends nothing more by itself. */
  readonly close: () => void
}

/**
 * @param letters the region's own queue, by event
 * @param send signs afresh and posts; rejects when nothing was answered
 * @param isTaken whether an answer acknowledges the callback
 */
export function createPostman<L extends Letter>(
  world: World,
  letters: () => Record<string, L>,
  send: (letter: L) => Promise<Answer>,
  isTaken: (answer: Answer) => boolean,
): Postman<L> {
  const timers = new Map<string, () => void>()
  const after = world.after ?? afterOnThisMachine
  const underWay = new Map<string, Promise<void>>()
  const delays = world.retryDelaysMs ?? DELAYS_MS
  let isClosed = false

  const schedule = (letter: L): void => {
    const delay = delays[letter.attempts - 1]
    if (isClosed || delay === undefined || timers.has(letter.eventId)) return
    timers.set(
      letter.eventId,
      after(delay, () => {
        timers.delete(letter.eventId)
        return post(letter)
      }),
    )
  }

  const attempt = async (letter: L): Promise<void> => {
    letter.attempts += 1
    const answer = await send(letter).catch(() => undefined)
    letter.lastAnswer = answer === undefined ? 'no answer' : String(answer.status)
    letter.acknowledged = answer !== undefined && isTaken(answer)
    if (!letter.acknowledged) schedule(letter)
  }

  const post = (letter: L): Promise<void> => {
    const running = underWay.get(letter.eventId)
    if (running) return running
    if (letter.acknowledged) return Promise.resolve()
    const sending = attempt(letter).finally(() => underWay.delete(letter.eventId))
    underWay.set(letter.eventId, sending)
    return sending
  }

  const stop = (): void => {
    for (const takeBack of timers.values()) takeBack()
    timers.clear()
  }
  const waiting = () => Object.values(letters()).filter(({ acknowledged }) => !acknowledged)

  return {
    deliver: (letter) => {
      const kept = letters()
      if (Object.keys(kept).length >= KEPT)
        for (const one of Object.values(kept)) if (one.acknowledged) delete kept[one.eventId]
      kept[letter.eventId] = letter
      if (!isClosed) void post(letter)
    },
    sendAll: async () => {
      // What is on its way now gets its answer first; only what was refused is sent again.
      await Promise.all(underWay.values())
      stop()
      await Promise.all(waiting().map(post))
    },
    resume: () => {
      stop()
      for (const letter of waiting()) schedule(letter)
    },
    close: () => {
      isClosed = true
      stop()
    },
  }
}
