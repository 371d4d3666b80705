/** One look for all of a process at what has just become visible in the outbox: webhooks and open streams are woken by it. */
import { LIMITS } from '../../config.ts'
import type { OutboxRow, Place } from '../../store/index.ts'
import type { Deps } from '../deps.ts'

/** Hears rows in commit order, a bounded number at once. It must not throw and is not waited for. */
export type RowListener = (rows: readonly OutboxRow[]) => void

export interface Tail {
  /**
   * Every row that becomes visible after this has resolved is told to the listener, once.
   * @returns ends the listening
   */
  readonly onRows: (listener: RowListener) => Promise<() => void>
}

type Needs = Pick<Deps, 'store' | 'log'>

/**
 * Looks every `LIMITS.tailEveryMs` while somebody listens, and at once again after a full page. When the database is away it goes on from
 * where it was: a gap is told late, never left out. No NOTIFY: it would put all commits into one queue.
 */
export function tail({ store, log }: Needs, signal: AbortSignal): Tail {
  const listeners = new Set<RowListener>()
  let place: Place | undefined
  let starting: Promise<void> | undefined
  let isDown = false

  const look = async (): Promise<boolean> => {
    if (!place) return false
    try {
      const rows = await store.outbox.tail(place, LIMITS.tailRows)
      const last = rows.at(-1)
      if (isDown) log.info({}, 'the outbox is read again')
      isDown = false
      if (!last) return false
      place = { tx: last.tx, position: last.position }
      for (const listener of [...listeners]) listener(rows)
      return rows.length === LIMITS.tailRows
    } catch (error) {
      if (!isDown && !signal.aborted)
        log.warn({ reason: reasonOf(error) }, 'the outbox cannot be read; it is looked at again')
      isDown = true
      return false
    }
  }

  const run = async (): Promise<void> => {
    if (signal.aborted || listeners.size === 0) {
      // Whoever listens next begins at that time's now.
      place = undefined
      return
    }
    const isMore = await look()
    setTimeout(run, isMore ? 0 : LIMITS.tailEveryMs).unref()
  }

  /** Takes the place from which is told, and begins to look. */
  const start = async (): Promise<void> => {
    try {
      place = await store.outbox.now()
    } finally {
      starting = undefined
    }
    void run()
  }

  return {
    onRows: async (listener) => {
      listeners.add(listener)
      if (!place) {
        starting ??= start()
        try {
          await starting
        } catch (error) {
          listeners.delete(listener)
          throw error
        }
      }
      return () => void listeners.delete(listener)
    },
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')
