/** A clock that can be put forward: what waits on it happens on the way, each thing at its own time. */

/** The clock of everybody who lives in one sandbox. */
export interface Clock {
  readonly now: () => Date
  /** Runs something once when so many milliseconds have passed on this clock. @returns takes it back. */
  readonly after: (ms: number, run: () => unknown) => () => void
  /** How far it is ahead of the clock it was made of, in milliseconds. */
  readonly aheadMs: () => number
  /**
   * Puts it forward. What falls due on the way runs in its order, with the clock at that moment, and is waited for.
   * @throws RangeError backwards: what has happened would happen again.
   */
  readonly jump: (ms: number) => Promise<void>
}

interface Due {
  readonly at: number
  readonly run: () => unknown
  readonly timer: NodeJS.Timeout
}

/** The longest that a timer of Node can wait. */
const LONGEST_MS = 2 ** 31 - 1

/** @param real the clock that goes on by itself · @param aheadMs how far ahead it begins */
export function virtualClock(real: () => Date = () => new Date(), aheadMs = 0): Clock {
  const waiting = new Set<Due>()
  let ahead = aheadMs
  const nowMs = () => real().getTime() + ahead

  const take = (due: Due): void => {
    clearTimeout(due.timer)
    waiting.delete(due)
  }
  const add = (at: number, run: () => unknown): Due => {
    const due: Due = {
      at,
      run,
      timer: setTimeout(
        () => {
          take(due)
          void run()
        },
        Math.min(LONGEST_MS, Math.max(0, at - nowMs())),
      ),
    }
    due.timer.unref()
    waiting.add(due)
    return due
  }
  /** What the clock went past would otherwise still wait for the machine's time. */
  const set = (): void => {
    for (const due of [...waiting]) {
      take(due)
      add(due.at, due.run)
    }
  }

  let jumping: Promise<void> = Promise.resolve()
  const jump = async (ms: number): Promise<void> => {
    const goal = ahead + ms
    const target = nowMs() + ms
    for (;;) {
      const [next] = [...waiting].filter(({ at }) => at <= target).toSorted((a, b) => a.at - b.at)
      if (!next) break
      take(next)
      ahead += Math.max(0, next.at - nowMs())
      await next.run()
    }
    // Time that passed by itself meanwhile is not taken off the jump.
    ahead = goal
    set()
  }

  return {
    now: () => new Date(nowMs()),
    after: (ms, run) => {
      const due = add(nowMs() + ms, run)
      return () => take(due)
    },
    aheadMs: () => ahead,
    jump: (ms) => {
      if (!(ms >= 0)) return Promise.reject(new RangeError('the clock goes forward only'))
      // Two jumps at once follow one another: each is as long as it was asked for.
      jumping = jumping.catch(() => undefined).then(() => jump(ms))
      return jumping
    },
  }
}

const DAY_MS = 86_400_000
/** Asia/Shanghai, which has no summer time. */
const OFFSET_MS = 28_800_000

/** How much of the regions' day is over, 0 to 1. */
export const dayGone = (at: Date): number => ((at.getTime() + OFFSET_MS) % DAY_MS) / DAY_MS
