/** Follows the end of the outbox: whatever any process writes is heard here, once and in the order in which it became visible. */
import { LIMITS } from '../../config.ts'
import type { Store, TailMark, TailRow } from '../../store/index.ts'

export interface Tail {
  /** Reads what has come, from where the last reading ended; the first one begins at the end. */
  readonly refresh: () => Promise<void>
}

/** @param hear is told of what has come */
export function eventTail({ tail }: Pick<Store, 'tail'>, hear: (rows: readonly TailRow[]) => void): Tail {
  let mark: TailMark | undefined
  return {
    refresh: async () => {
      mark ??= await tail.end()
      for (;;) {
        const rows = await tail.since(mark, LIMITS.tailPage)
        hear(rows)
        mark = rows.at(-1) ?? mark
        if (rows.length < LIMITS.tailPage) return
      }
    },
  }
}
