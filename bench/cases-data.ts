/** Fills a gateway's database with many cases like one that was filed, each with a timeline. */
import type postgres from 'postgres'

export const EVENTS = 8
/** Cases a person has, on average: 150 million cases of 54 million persons. */
const CASES_OF_PERSON = 3

/** What a filled database has. */
export interface Filled {
  readonly cases: number
  readonly seconds: number
  readonly bytesOfCase: number
  readonly bytesOfEvent: number
  readonly bytesOfOutbox: number
}

/**
 * Copies one case until there are so many. Keys, numbers, holders, states and times differ; sealed content is the same box.
 * @param like id of the case that is copied
 */
export async function fillCases(sql: postgres.Sql, like: string, upTo: number): Promise<Filled> {
  const since = performance.now()
  const [{ there } = { there: 0 }] = await sql<{ there: number }[]>`
    select count(*)::int as there from cases where id like 'case_copy_%'`
  for (let from = there; from < upTo; from += 50_000)
    await copy(sql, like, from, Math.min(from + 50_000, upTo))
  await sql.unsafe('analyze cases, case_events, outbox')
  const size = async (table: string, rows: number) => {
    const [row] = await sql`select pg_total_relation_size(${table}::regclass)::bigint as bytes`
    return Math.round(Number(row?.['bytes'] ?? 0) / rows)
  }
  return {
    cases: upTo,
    seconds: (performance.now() - since) / 1000,
    bytesOfCase: await size('cases', upTo),
    bytesOfEvent: await size('case_events', upTo * EVENTS),
    bytesOfOutbox: await size('outbox', upTo * EVENTS),
  }
}

export const idOf = (n: number): string => `case_copy_${String(n).padStart(9, '0')}`
export const numberOf = (n: number): string => `JSSZ88${String(n).padStart(10, '0')}`

async function copy(sql: postgres.Sql, like: string, from: number, to: number): Promise<void> {
  await sql`
    insert into cases
    select (jsonb_populate_record(c, jsonb_build_object(
      'id', 'case_copy_' || lpad(n::text, 9, '0'),
      'case_number', 'JSSZ88' || lpad(n::text, 10, '0'),
      'case_key', (md5('key' || n)::uuid)::text,
      'source_number', 'CSJ88' || lpad(n::text, 12, '0'),
      'holder_key', md5('holder' || (n / ${CASES_OF_PERSON})) || md5('other' || (n / ${CASES_OF_PERSON})),
      'status', (array['RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'COMPLETED', 'DELIVERED'])[1 + n % 5],
      'region_at', now() - interval '40 days' + n % 1000 * interval '1 minute',
      'changed_at', now() - interval '30 days' + n * interval '2 seconds',
      'as_of', now(),
      'next_ask_at', now() + interval '30 days',
      'version', ${EVENTS}::int, 'sequence', ${EVENTS}::int, 'head_digest', repeat('0', 64),
      'clock_version', ${EVENTS}::int, 'dispatch_state', 'sent'))).*
    from cases c, generate_series(${from}::int, ${to - 1}::int) n where c.id = ${like}`
  await sql`
    insert into case_events (case_id, sequence, id, key, type, status, raw_code, raw_label, occurred_at, received_at, via, late,
      content_mac, digest)
    select 'case_copy_' || lpad(n::text, 9, '0'), s, 'ev_copy_' || n || '_' || s, 'key' || s, 'status',
      (array['SUBMITTED', 'PRECHECK_PASSED', 'RECEIVED', 'CORRECTION_REQUIRED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'COMPLETED'])[s],
      '24', '受理', now() - interval '50 days' + s * interval '1 day', now() - interval '50 days' + s * interval '1 day', 'callback', false,
      repeat('a', 64), repeat('0', 64)
    from generate_series(${from}::int, ${to - 1}::int) n, generate_series(1, ${EVENTS}::int) s`
  await sql`
    insert into outbox (client_id, case_id, sequence, type)
    select 'sandbox-shanghai', 'case_copy_' || lpad(n::text, 9, '0'), s, 'status'
    from generate_series(${from}::int, ${to - 1}::int) n, generate_series(1, ${EVENTS}::int) s`
}
