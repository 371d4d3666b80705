/**
 * What is owed to clients, in the order in which it became visible. Rows are read only below the oldest transaction that still runs: above
 * it a row with a lower place may yet appear, and a reader that had passed it would never see it.
 */
import type { Database } from '../connection.ts'
import { type EventRow, eventReader } from './case-rows.ts'

/** A place in that order: what a reader has read up to. */
export interface Place {
  /** A transaction's number, in decimal digits. */
  readonly tx: string
  readonly position: number
}

/** Before everything. */
export const START: Place = { tx: '0', position: 0 }

/** One event that is owed to a client. */
export interface OutboxRow extends Place {
  readonly clientId: string
  readonly caseId: string
  readonly sequence: number
  readonly type: string
}

/** Rows after a place, and up to where was looked: further than the last of them where others were passed over. */
export interface OutboxPage {
  readonly rows: readonly OutboxRow[]
  readonly place: Place
}

/** An event with what its case says of who may see it. */
export interface OwedEvent {
  readonly event: EventRow
  readonly case: {
    readonly id: string
    readonly holderKey: string
    readonly matterId: string
    readonly region: string
    readonly division: string
  }
}

type Row = Readonly<Record<string, unknown>>

const outboxRow = (row: Row): OutboxRow => ({
  clientId: String(row['client_id']),
  tx: String(row['tx']),
  position: Number(row['position']),
  caseId: String(row['case_id']),
  sequence: Number(row['sequence']),
  type: String(row['type']),
})

const placeOf = (row: OutboxRow | undefined, otherwise: Place): Place =>
  row ? { tx: row.tx, position: row.position } : otherwise

export function outboxQueries({ sql }: Database) {
  /** The place after which everything lies that becomes visible from now on. */
  const now = async (): Promise<Place> => {
    const [row] = await sql`select pg_snapshot_xmin(pg_current_snapshot())::text as tx`
    return { tx: String(row?.['tx']), position: 0 }
  }

  /** What all clients are owed after a place. */
  const tail = async (after: Place, limit: number): Promise<readonly OutboxRow[]> =>
    (
      await sql`
        select client_id, tx::text as tx, position, case_id, sequence, type from outbox o
        where (o.tx, o.position) > (${after.tx}::xid8, ${after.position}::bigint)
          and o.tx < pg_snapshot_xmin(pg_current_snapshot())
        order by o.tx, o.position limit ${limit}`
    ).map(outboxRow)

  /**
   * What one client is owed after a place.
   * @param types only these; the others are passed over, and `place` says how far. All when empty
   * @param scanned how many rows are looked at at most
   */
  const page = async (
    clientId: string,
    after: Place,
    { types, limit, scanned }: { types: readonly string[]; limit: number; scanned: number },
  ): Promise<OutboxPage> => {
    const most = types.length === 0 ? limit : scanned
    const seen = (
      await sql`
        select client_id, tx::text as tx, position, case_id, sequence, type from outbox o
        where client_id = ${clientId} and (o.tx, o.position) > (${after.tx}::xid8, ${after.position}::bigint)
          and o.tx < pg_snapshot_xmin(pg_current_snapshot())
        order by o.tx, o.position limit ${most}`
    ).map(outboxRow)
    const wanted = types.length === 0 ? seen : seen.filter(({ type }) => types.includes(type))
    const rows = wanted.slice(0, limit)
    // Where the page is full, what was looked at behind it comes again.
    return { rows, place: placeOf(rows.length < wanted.length ? rows.at(-1) : seen.at(-1), after) }
  }

  /** These events, in this order; one whose case is gone is left out. */
  const events = async (
    owed: readonly Pick<OutboxRow, 'caseId' | 'sequence'>[],
  ): Promise<readonly OwedEvent[]> => {
    if (owed.length === 0) return []
    const rows = await sql`
      select e.*, c.holder_key, c.matter_id, c.region, c.division
      from jsonb_to_recordset(${JSON.stringify(owed.map(({ caseId, sequence }) => ({ c: caseId, s: sequence })))}::text::jsonb) as w (c text, s int)
      join case_events e on e.case_id = w.c and e.sequence = w.s
      join cases c on c.id = e.case_id`
    const found = new Map(rows.map((row) => [`${row['case_id']} ${row['sequence']}`, owedEvent(row)]))
    return owed.flatMap(({ caseId, sequence }) => found.get(`${caseId} ${sequence}`) ?? [])
  }

  return { now, tail, page, events }
}

const owedEvent = (row: Row): OwedEvent => ({
  event: eventReader.read(row),
  case: {
    id: String(row['case_id']),
    holderKey: String(row['holder_key']),
    matterId: String(row['matter_id']),
    region: String(row['region']),
    division: String(row['division']),
  },
})
