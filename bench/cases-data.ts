/**
 * Fills a database with cases, their timelines and their outbox, in a few statements. What is sealed is sealed once and copied; the
 * digests have their length and chain nothing, so nothing that checks a timeline may be asked about these cases.
 */

import type postgres from 'postgres'
import type { OpenContent } from '../src/federation/cases/record.ts'
import type { Sealing } from '../src/federation/sealing.ts'
import { pool } from '../src/store/connection.ts'
import { APPLICATION } from './application.ts'

/** Events of one case. */
export const EVENTS_OF_CASE = 8
/** So many persons share the cases. */
const PERSONS = 600_000
/** Cases of each person who has many. */
export const CASES_OF_HEAVY = 500
const CLIENTS = ['sandbox-shanghai', 'sandbox-jiangsu', 'sandbox-zhejiang', 'sandbox-anhui'] as const

/** Of odd numbers Zhejiang's, of even ones Shanghai's: what one region's callback finds and another's does not. */
export const caseOf = (n: number) => ({
  id: `case_bench${String(n).padStart(15, '0')}`,
  region: n % 2 === 0 ? ('shanghai' as const) : ('zhejiang' as const),
  number: n % 2 === 0 ? `9${String(n).padStart(14, '0')}` : `33010020990101${String(n).padStart(10, '0')}`,
  client: CLIENTS[n % CLIENTS.length] ?? CLIENTS[0],
})

/** States of the eight events; the last is that of the case. Half of the cases are under way, as in a busy year. */
const PATHS = {
  open: [
    'SUBMITTED',
    'SUBMITTED',
    'PRECHECK_PASSED',
    'RECEIVED',
    'CORRECTION_REQUIRED',
    'RECEIVED',
    'ACCEPTED',
    'IN_REVIEW',
  ],
  ended: [
    'SUBMITTED',
    'SUBMITTED',
    'RECEIVED',
    'ACCEPTED',
    'IN_REVIEW',
    'APPROVED',
    'COMPLETED',
    'DELIVERED',
  ],
} as const

interface Sealed {
  readonly filed: Buffer
  readonly open: Buffer
  readonly note: Buffer
  readonly news: Buffer
}

/** Boxes that the gateway of this bench opens, as long as those of real cases. */
function sealedBy({ seal }: Sealing): Sealed {
  const open: OpenContent = {
    correction: { fields: [], documents: [{ id: '003CL01' }], reason: '材料不清晰, 请重新上传' },
  }
  return {
    filed: seal({ application: APPLICATION, title: '关于测试甲的户籍事项证明' }),
    open: seal(open),
    note: seal('已受理, 请留意办理进度'),
    news: seal({ acceptedAt: '2026-03-02T09:00:00+08:00', dueAt: '2026-03-23T09:00:00+08:00' }),
  }
}

/** Runs the work without the secondary indexes of these tables, and makes them again. */
async function withoutIndexes(
  sql: postgres.Sql,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
    where i.indrelid::regclass::text = any(string_to_array(${tables.join()}, ',')) and c.oid is null`
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  await work()
  await sql`set maintenance_work_mem = '512MB'`
  for (const { definition } of indexes) await sql.unsafe(definition)
}

/**
 * Fills the tables with cases 1 to `count`. The first ones belong to the persons who have many.
 * @param heavy holder keys of those persons
 */
export async function fillCases(
  databaseUrl: string,
  sealing: Sealing,
  { count, heavy }: { count: number; heavy: readonly string[] },
): Promise<void> {
  const sql = pool(databaseUrl, 1)
  try {
    // Arrays go as text: the pool does not know their types.
    const { filed, open, note, news } = sealedBy(sealing)
    await sql`create temp table bench_heavy as
      select holder, place from unnest(string_to_array(${heavy.join()}, ',')) with ordinality h (holder, place)`
    await withoutIndexes(sql, ['cases', 'case_events', 'outbox'], async () => {
      await sql`
        insert into cases (id, client_id, region, division, source_division, matter_id, matter_version, matter_name, source_number,
          case_number, holder_key, status, raw_code, raw_label, applied_at, accepted_at, due_at, completed_at, region_at, version,
          sequence, head_digest, changed_at, as_of, filed_sealed, open_sealed, ledger_id, dispatch_state, dispatch_attempts, clock_version)
        select 'case_bench' || lpad(n::text, 15, '0'), (string_to_array(${CLIENTS.join()}, ','))[n % 4 + 1],
          case when n % 2 = 0 then 'shanghai' else 'zhejiang' end,
          case when n % 2 = 0 then '310000' else '330' || (n / 2 % 9 + 1) || '00' end, '320500',
          'zhejiang:330100:33010100000000099009', 1, '户籍事项证明', 'CSJ20260302' || lpad(n::text, 12, '0'),
          case when n % 2 = 0 then '9' || lpad(n::text, 14, '0') else '33010020990101' || lpad(n::text, 10, '0') end,
          coalesce(h.holder, encode(sha256(('h' || n % ${PERSONS}::int)::bytea), 'hex')),
          case when n % 4 < 2 then 'IN_REVIEW' else 'DELIVERED' end, '03/0', '办理中',
          t.at, t.at + interval '1 day', now() + interval '21 days',
          case when n % 4 < 2 then null else t.at + interval '8 days' end, t.at + interval '8 days',
          ${EVENTS_OF_CASE}::int, ${EVENTS_OF_CASE}::int, md5(n::text) || md5(n::text), t.at + interval '8 days', now(),
          ${filed}, case when n % 4 = 0 then ${open}::bytea end, repeat('b', 40), 'sent', 1, ${EVENTS_OF_CASE}::int
        from generate_series(1, ${count}::int) n
        cross join lateral (select now() - interval '9 days' - n * interval '1 minute' as at) t
        left join bench_heavy h on h.place = (n - 1) / ${CASES_OF_HEAVY}::int + 1`
      await sql`
        insert into case_events (case_id, sequence, id, key, type, status, raw_code, raw_label, occurred_at, received_at, via, late,
          note_sealed, news_sealed, content_mac, digest)
        select c.id, s, 'ev_bench' || substr(md5(c.id || s), 1, 20), case s when 1 then 'own:filed' else md5(c.id || s) end, 'status',
          case c.status when 'IN_REVIEW' then (string_to_array(${PATHS.open.join()}, ','))[s] else (string_to_array(${PATHS.ended.join()}, ','))[s] end,
          case s when 1 then null else '03/0' end, case s when 1 then null else '办理中' end,
          c.applied_at + s * interval '1 day', c.applied_at + s * interval '1 day', case when s < 3 then 'own' else 'callback' end,
          false, case when s % 2 = 0 then ${note}::bytea end, case when s in (3, 7) then ${news}::bytea end,
          md5(c.id || s) || md5(c.id), md5(c.id || s) || md5(c.id)
        from cases c cross join generate_series(1, ${EVENTS_OF_CASE}::int) s
        order by c.id, s`
      await sql`
        insert into outbox (client_id, case_id, sequence, type) select c.client_id, c.id, s, 'status'
        from cases c cross join generate_series(1, ${EVENTS_OF_CASE}::int) s order by c.id, s`
    })
    await sql`vacuum (freeze, analyze) cases, case_events, outbox`
    await sql`checkpoint`
  } finally {
    await sql.end()
  }
}

/** Bytes of a table with what belongs to it, and how many rows it has. */
export async function sizesOf(
  databaseUrl: string,
): Promise<
  Record<
    string,
    { readonly rows: number; readonly 'bytes a row': number; readonly 'of them indexes': number }
  >
> {
  const sql = pool(databaseUrl, 1)
  try {
    const out: Record<string, { rows: number; 'bytes a row': number; 'of them indexes': number }> = {}
    for (const name of ['cases', 'case_events', 'outbox', 'accesses', 'access_chains']) {
      const [row] = await sql`
        select (select count(*) from ${sql(name)})::float8 as rows, pg_total_relation_size(${name}::regclass)::float8 as bytes,
          pg_indexes_size(${name}::regclass)::float8 as indexes`
      const rows = Number(row?.['rows'] ?? 0)
      const each = (bytes: unknown) => (rows === 0 ? 0 : Math.round(Number(bytes) / rows))
      out[name] = { rows, 'bytes a row': each(row?.['bytes']), 'of them indexes': each(row?.['indexes']) }
    }
    return out
  } finally {
    await sql.end()
  }
}
