/**
 * What is over before its time (tokens, log-ins, grants, mandates), known in every process within a second: the process that ends it
 * knows at once, the others read the list each second.
 */
import type { Store } from '../../store/index.ts'

export type EndingKind = 'token' | 'authentication' | 'grant' | 'mandate'

export interface Endings {
  readonly has: (kind: EndingKind, id: string) => boolean
  /** Ends it. `until`: after this moment nothing can stand on it any more. */
  readonly end: (kind: EndingKind, id: string, until: Date) => Promise<void>
  /** Counts what another statement has stored as ended already. */
  readonly note: (kind: EndingKind, id: string, until: Date) => void
  /** Reads what the other processes ended. */
  readonly refresh: () => Promise<void>
}

/** A quarter of a minute before the last reading is read again: a transaction may commit after a later one. */
const OVERLAP_SECONDS = 15

/** What must be stored and read of endings. */
type Stored = { readonly logIns: Pick<Store['logIns'], 'end' | 'endings'> }

export function endings({ logIns }: Stored, now: () => Date): Endings {
  const known = new Map<string, number>()
  const note: Endings['note'] = (kind, id, until) => void known.set(`${kind} ${id}`, until.getTime())
  /** When the list was last read in full: while it cannot be read, what is to be caught up with grows. */
  let readAt: number | undefined
  return {
    has: (kind, id) => known.has(`${kind} ${id}`),
    note,
    end: async (kind, id, until) => {
      await logIns.end({ kind, id, until })
      note(kind, id, until)
    },
    refresh: async () => {
      const moment = now().getTime()
      const since = readAt === undefined ? undefined : (moment - readAt) / 1000 + OVERLAP_SECONDS
      const rows = await logIns.endings(since)
      readAt = moment
      for (const { kind, id, until } of rows) known.set(`${kind} ${id}`, until.getTime())
      for (const [key, until] of known) if (until < moment) known.delete(key)
    },
  }
}
