/** The end of the outbox, as far as no older transaction is open: what is read there is followed by nothing earlier. */
import type { Database } from '../connection.ts'

/** A place in the order in which events became visible. */
export interface TailMark {
  readonly tx: string
  readonly position: number
}

export interface TailRow extends TailMark {
  readonly caseId: string
  readonly sequence: number
}

export const tailQueries = ({ sql }: Database) => ({
  /** Where what is still to come begins. */
  end: async (): Promise<TailMark> => {
    const [row] = await sql`select pg_snapshot_xmin(pg_current_snapshot())::text as tx`
    return { tx: String(row?.['tx']), position: 0 }
  },
  /** What came after a mark, of all clients and of cases that no client filed. */
  since: async ({ tx, position }: TailMark, limit: number): Promise<readonly TailRow[]> =>
    sql<TailRow[]>`
      select tx::text as tx, position::float8 as position, case_id as "caseId", sequence from outbox
      where (tx, position) > (${tx}::text::xid8, ${position}) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by outbox.tx, outbox.position limit ${limit}`,
})
