/**
 * Cases by the ten thousand and by the million: callbacks taken in, cases read with their timelines, lists. The gateway is a process
 * of its own, the load comes from this one over HTTP, and the database commits to the disk; all of them share the machine. `CASES` are
 * the sizes, `SECONDS` the time of the callbacks, and `ONLY=callbacks` leaves out the rest.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { getToken } from '../src/cli/token.ts'
import { sealing } from '../src/federation/sealing.ts'
import { pool } from '../src/store/connection.ts'
import { CASES_OF_HEAVY, caseOf, fillCases, sizesOf } from './cases-data.ts'
import { type Bench, exchangeForm, load, type Met, paced, rateOf, timeAt, withGateway } from './gateway.ts'
import { letterOf, underWay } from './letters.ts'
import { cpuMs } from './processes.ts'

const SIZES = (process.env['CASES'] ?? '10000,100000,1000000').split(',').map(Number)
const SECONDS = Number(process.env['SECONDS'] ?? 60)
const WARM_SECONDS = 5
const RATES = { intake: Number(process.env['INTAKE'] ?? 1_000), read: 500, list: 50 }
/** Persons of Shanghai's sandbox who have many cases. */
const HEAVY = ['np1', 'np2', 'np4', 'np6', 'np8']

type Row = Readonly<Record<string, number | string>>

/** Prints a table for each size, and one that puts the sizes beside each other. */
export async function benchCases(): Promise<void> {
  const grown: Record<string, Row> = {}
  for (const cases of SIZES) {
    await withGateway(async (bench) => {
      // Whoever has many cases logs in before they are made, so that they are theirs.
      await tokensOf(bench)
      const heavy = await holderKeys(bench)
      const since = performance.now()
      await fillCases(
        bench.databaseUrl,
        sealing(
          () => bench.keys,
          () => new Date(),
        ),
        { count: cases, heavy },
      )
      console.log(
        `\n${cases.toLocaleString('en')} cases with 8 events each, made in ${Math.round((performance.now() - since) / 1000)} s`,
      )
      console.table(await sizesOf(bench.databaseUrl))
      const rows = await measured(bench, cases, await tokensOf(bench))
      console.table(rows)
      for (const [what, row] of Object.entries(rows))
        grown[what] = { ...grown[what], [cases.toLocaleString('en')]: row['p95 (ms)'] ?? '' }
      await asPgbenchDoes(bench, cases)
    })
  }
  console.log('\nHow p95 (ms) grows with the number of cases')
  console.table(grown)
}

/** Everything that is asked of one database, in the order in which it is asked. */
async function measured(
  bench: Bench,
  cases: number,
  persons: readonly string[],
): Promise<Record<string, Row>> {
  const rows: Record<string, Row> = {}
  const clients = await clientTokens(bench)
  const get = (at: string, token = '') => ({
    method: 'GET' as const,
    path: `/api/v1/cases${at}`,
    headers: { authorization: `Bearer ${token}` },
  })
  const reading = () => {
    const { id, client } = caseOf(1 + Math.floor(Math.random() * cases))
    return get(`/${id}?include=events`, clients.get(client))
  }
  const list = (query: string, by: readonly string[]) => (index: number) =>
    get(`?limit=20${query}`, by[index % by.length])
  const measure = async (what: string, perSecond: number, next: Parameters<typeof paced>[2]) => {
    await paced(bench.url, { seconds: WARM_SECONDS, perSecond }, next)
    rows[what] = await figuresOf(bench, perSecond, () =>
      paced(bench.url, { seconds: SECONDS / 2, perSecond }, next),
    )
  }
  const only = process.env['ONLY']
  if (only === 'callbacks') return { callbacks: await intake(bench, cases) }
  await measure('a case with its timeline', RATES.read, reading)
  await measure('one’s cases', RATES.list, list('', persons))
  await measure(
    'one’s cases, by state and city',
    RATES.list,
    list('&status=IN_REVIEW,SUSPENDED&city=310000', persons),
  )
  await measure(
    'a client’s cases, by state and city',
    RATES.list,
    list('&status=SUSPENDED&city=330100', [...clients.values()]),
  )
  rows['callbacks'] = await intake(bench, cases)
  return rows
}

/** A row of what a load met, with the processor time that the gateway took for a request. */
async function figuresOf({ gateway }: Bench, rate: number, run: () => Promise<Met>): Promise<Row> {
  const [before, load] = [cpuMs(gateway.pid), os.loadavg()[0] ?? 0]
  const met = await run()
  const taken = cpuMs(gateway.pid)
  const { rate: seen, others } = rateOf(met, 200)
  return {
    'asked a second': rate,
    'answers a second': seen,
    others,
    'p50 (ms)': timeAt(met, 0.5),
    'p95 (ms)': timeAt(met, 0.95),
    'p99 (ms)': timeAt(met, 0.99),
    'gateway CPU (ms)':
      before === undefined || taken === undefined
        ? 'unknown'
        : Number(((taken - before) / met.times.length).toFixed(2)),
    'load before': Number(load.toFixed(1)),
  }
}

/** So many callbacks a second on cases under way; afterwards every one of them is one event, one row of the outbox, one step of its case. */
async function intake(bench: Bench, cases: number): Promise<Row> {
  const sql = pool(bench.databaseUrl, 1)
  const shoot = (seconds: number) =>
    paced(bench.url, { seconds, perSecond: RATES.intake }, (index) =>
      letterOf(underWay(index, cases), new Date()),
    )
  try {
    const [start] = await sql`select count(*)::int as outbox, now() as at from outbox`
    const warm = await shoot(WARM_SECONDS)
    // The seconds of the times that letters tell must be other ones.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    let met = warm
    const row = await figuresOf(bench, RATES.intake, async () => {
      met = await shoot(SECONDS)
      return met
    })
    const sent = met.times.length + warm.times.length
    const [found] = await sql`
      select (select count(*) from case_events where via = 'callback' and received_at >= ${start?.['at']})::int as events,
        (select count(*) from outbox)::int - ${start?.['outbox']}::int as outbox,
        (select count(*) from cases c where exists (select from case_events e where e.case_id = c.id and e.sequence > c.sequence))::int as ahead`
    if (found?.['events'] !== sent || found['outbox'] !== sent || found['ahead'] !== 0)
      console.error(`callbacks: ${sent} were sent, and this is in the database:`, found)
    return row
  } finally {
    await sql.end()
  }
}

/** A token for each of the clients, for itself. */
const clientTokens = async ({ url, keyOf }: Bench): Promise<ReadonlyMap<string, string>> =>
  new Map(
    await Promise.all(
      [1, 2, 3, 4].map(async (n) => {
        const { client } = caseOf(n)
        return [client, await getToken({ gateway: url, client, key: keyOf(client), scope: 'cases' })] as const
      }),
    ),
  )

/** Tokens of the persons who have many cases. */
const tokensOf = (bench: Bench): Promise<readonly string[]> =>
  Promise.all(
    HEAVY.map(async (account) => {
      const who = { client: 'sandbox-shanghai', region: 'shanghai', account }
      const answer = await fetch(`${bench.url}/oidc/token`, {
        method: 'POST',
        body: await exchangeForm(bench, who, { scope: 'cases' }),
      })
      return ((await answer.json()) as { access_token: string }).access_token
    }),
  )

/** By what the cases of those who logged in are found. */
async function holderKeys({ databaseUrl }: Bench): Promise<readonly string[]> {
  const sql = pool(databaseUrl, 1)
  const rows = await sql<{ key: string }[]>`select document_key as key from person_keys order by 1`
  await sql.end()
  if (rows.length !== HEAVY.length)
    throw new Error(`${rows.length} persons are known, ${HEAVY.length} logged in`)
  return rows.map(({ key }) => key)
}

/** What one callback writes, one a transaction. */
const scriptOf = (cases: number) => `\\set n random(1, ${cases})
\\set k random(1, 1000000000000)
begin;
select * from cases where region = 'shanghai' and case_number = '9' || lpad((:n)::text, 14, '0');
insert into nonces (region, value, until) values ('shanghai', gen_random_uuid()::text, now());
update cases set version = version + 1, sequence = sequence + 1, status = 'SUSPENDED', changed_at = now(), as_of = now(), next_ask_at = now(), head_digest = repeat('c', 64) where id = 'case_bench' || lpad((:n)::text, 15, '0');
insert into case_events (case_id, sequence, id, key, type, status, raw_code, raw_label, occurred_at, received_at, via, late, note_sealed, content_mac, digest)
select id, sequence, 'ev_' || repeat('a', 25), (:k)::text || gen_random_uuid(), 'status', 'SUSPENDED', '03/5', '特别程序', now(), now(), 'callback', false, decode(repeat('00', 110), 'hex'), repeat('c', 64), repeat('d', 64) from cases where id = 'case_bench' || lpad((:n)::text, 15, '0');
insert into outbox (client_id, case_id, sequence, type) values ('sandbox-shanghai', 'case_bench' || lpad((:n)::text, 15, '0'), 9, 'status');
commit;
`

/** The yardstick: the same writes by pgbench, and callbacks as fast as they are answered. */
async function asPgbenchDoes({ url, databaseUrl, folder }: Bench, cases: number): Promise<void> {
  let index = 0
  const base = Date.now() + 60_000
  const met = await load(url, { seconds: 15, atOnce: 64 }, () => {
    index += 1
    // Each round of the cases is a second later, so that every letter is news.
    return letterOf(underWay(index, cases), new Date(base + Math.floor((index * 2) / cases) * 1000))
  })
  const { rate } = rateOf(met, 200)
  const script = path.join(folder, 'intake.sql')
  writeFileSync(script, scriptOf(cases))
  const args = ['-n', '-f', script, '-c', '16', '-j', '2', '-T', '15', '-M', 'prepared', databaseUrl]
  const ran = spawnSync('pgbench', args, { encoding: 'utf8' })
  const tps = Math.round(Number(/tps = ([\d.]+)/.exec(ran.stdout ?? '')?.[1] ?? 0))
  console.table({
    'callbacks a second, 64 at once': { value: rate },
    'pgbench, same writes, 16 clients (a second)': { value: tps || 'no pgbench on this machine' },
    'callbacks / pgbench': { value: tps ? Number((rate / tps).toFixed(2)) : '–' },
    'cases of a person who has many': { value: CASES_OF_HEAVY },
  })
}
