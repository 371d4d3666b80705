/** Sends a region's callbacks until they are taken; what is signed, what counts as taken and in what order is the region's own. */
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

/** How a region sends. */
export interface Manner<L extends Letter> {
  /** The region's own queue, by event. */
  readonly letters: () => Record<string, L>
  /** Signs afresh and posts; rejects when nothing was answered. */
  readonly send: (letter: L) => Promise<Answer>
  /** Whether an answer acknowledges the callback. */
  readonly isTaken: (answer: Answer) => boolean
  /** An answer later than this is none, in milliseconds; however late it comes, when absent. */
  readonly answerMs?: number
  /** Letters with one name go out one after the other; each for itself when absent. */
  readonly inOrderOf?: (letter: L) => string
  /** What the clerks read of an answer, besides its status. */
  readonly saidIn?: (answer: Answer) => string
  /** What becomes of a letter that was taken. */
  readonly onTaken?: (letter: L) => void
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

/** What was answered; `undefined` for nothing, or too late. */
async function answered(sending: Promise<Answer>, ms: number | undefined): Promise<Answer | undefined> {
  if (ms === undefined) return sending.catch(() => undefined)
  let takeBack = (): void => undefined
  const late = new Promise<undefined>((resolve) => {
    takeBack = afterOnThisMachine(ms, () => resolve(undefined))
  })
  try {
    return await Promise.race([sending, late])
  } catch {
    return undefined
  } finally {
    takeBack()
  }
}

/** Repetitions fall due by the region's clock. */
export function createPostman<L extends Letter>(world: World, manner: Manner<L>): Postman<L> {
  const { letters, send, isTaken, answerMs, inOrderOf, saidIn, onTaken } = manner
  const timers = new Map<string, () => void>()
  const underWay = new Map<string, Promise<void>>()
  /** The last first attempt of each name. */
  const tails = new Map<string, Promise<void>>()
  const after = world.after ?? afterOnThisMachine
  const patienceMs = answerMs === undefined ? undefined : (world.patienceMs ?? answerMs)
  const delays = world.retryDelaysMs ?? DELAYS_MS
  let isClosed = false
  let kept = Object.keys(letters()).length

  const schedule = (letter: L): void => {
    const delay = delays[Math.max(0, letter.attempts - 1)]
    // A letter of a state that was replaced meanwhile is nobody's.
    if (isClosed || delay === undefined || timers.has(letter.eventId)) return
    if (letters()[letter.eventId] !== letter) return
    const run = () => {
      timers.delete(letter.eventId)
      return post(letter)
    }
    timers.set(letter.eventId, after(delay, run))
  }

  const attempt = async (letter: L): Promise<void> => {
    letter.attempts += 1
    // A `send` that throws at once counts as one that was not answered.
    const answer = await answered((async () => send(letter))(), patienceMs)
    letter.lastAnswer =
      answer === undefined ? 'no answer' : `${answer.status} ${saidIn?.(answer) ?? ''}`.trim()
    letter.acknowledged = answer !== undefined && isTaken(answer)
    if (letter.acknowledged) onTaken?.(letter)
    else schedule(letter)
  }

  const post = (letter: L): Promise<void> => {
    const running = underWay.get(letter.eventId)
    if (running) return running
    if (letter.acknowledged) return Promise.resolve()
    const sending = attempt(letter).finally(() => underWay.delete(letter.eventId))
    underWay.set(letter.eventId, sending)
    return sending
  }

  const first = (letter: L): void => {
    const name = inOrderOf?.(letter)
    if (name === undefined) return void post(letter)
    const before = tails.get(name)
    const sending =
      before === undefined ? post(letter) : before.then(() => (isClosed ? undefined : post(letter)))
    const tail = sending.finally(() => {
      if (tails.get(name) === tail) tails.delete(name)
    })
    tails.set(name, tail)
  }

  const inTurn = async (some: readonly L[]): Promise<void> => {
    for (const one of some) await post(one)
  }
  const stop = (): void => {
    for (const takeBack of timers.values()) takeBack()
    timers.clear()
  }
  const waiting = () => Object.values(letters()).filter(({ acknowledged }) => !acknowledged)
  const dropTaken = (): void => {
    const all = letters()
    for (const one of Object.values(all)) if (one.acknowledged) delete all[one.eventId]
    kept = Object.keys(all).length
  }

  return {
    deliver: (letter) => {
      if (kept >= KEPT) dropTaken()
      kept += 1
      letters()[letter.eventId] = letter
      if (!isClosed) first(letter)
    },
    sendAll: async () => {
      // What is on its way now gets its answer first; only what was refused is sent again.
      await Promise.all([...tails.values(), ...underWay.values()])
      stop()
      const groups = Map.groupBy(waiting(), (letter) => inOrderOf?.(letter) ?? letter.eventId)
      await Promise.all([...groups.values()].map(inTurn))
    },
    resume: () => {
      stop()
      kept = Object.keys(letters()).length
      for (const letter of waiting()) schedule(letter)
    },
    close: () => {
      isClosed = true
      stop()
    },
  }
}
