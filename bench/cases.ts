/**
 * Cases: callbacks taken in, a case read with its timeline, one's cases listed, the feed drained, among ever more cases. Database,
 * gateway and load share the machine; the region is played by the load, to the letter of its contract.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type postgres from 'postgres'
import { getToken } from '../src/cli/token.ts'
import { pool } from '../src/store/connection.ts'
import { EVENTS, fillCases, idOf, numberOf } from './cases-data.ts'
import {
  type Bench,
  load,
  type Met,
  paced,
  rateOf,
  rowOf,
  type Shot,
  timeAt,
  withGateway,
} from './gateway.ts'
import { residentMiB, untilAnswered } from './processes.ts'

const SIZES = (process.env['CASES'] ?? '10000,100000,1000000').split(',').map(Number)
const SECONDS = Number(process.env['SECONDS'] ?? 60)
const CLIENT = 'sandbox-shanghai'
const MATTER = 'jiangsu:320500:1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f'

/** Prints the tables. */
export async function benchCases(): Promise<void> {
  await withGateway(async (bench) => {
    const sql = pool(bench.databaseUrl, 2)
    const token = await getToken({
      gateway: bench.url,
      client: CLIENT,
      key: bench.keyOf(CLIENT),
      scope: 'cases',
    })
    const like = await oneCase(bench, token)
    const rows: Record<string, object> = {}
    for (const size of SIZES) {
      const filled = await fillCases(sql, like, size)
      console.log(`\n${size} cases, ${size * EVENTS} events: filled in ${filled.seconds.toFixed(0)} s`)
      console.log(
        `bytes with indexes: a case ${filled.bytesOfCase}, an event ${filled.bytesOfEvent}, a row of the outbox ${filled.bytesOfOutbox}`,
      )
      rows[String(size)] = await measured(bench, sql, token, size)
    }
    console.log('\nHow it grows with the number of cases')
    console.table(rows)
  })
}

async function measured(bench: Bench, sql: postgres.Sql, token: string, size: number): Promise<object> {
  const headers = { authorization: `Bearer ${token}` }
  const get = (at: string): Shot => ({ method: 'GET', path: at, headers })
  const any = () => idOf(Math.floor(Math.random() * size))
  const reading = (): readonly Shot[] => {
    const id = any()
    return [get(`/api/v1/cases/${id}`), get(`/api/v1/cases/${id}/events`)]
  }
  await paced(bench.url, { seconds: 3, perSecond: 200 }, reading)
  const read = await paced(bench.url, { seconds: 20, perSecond: 500 }, reading)
  const lists = [
    '?limit=20',
    '?status=IN_REVIEW',
    '?city=320500&limit=100',
    '?updatedSince=2026-01-01T00:00:00Z',
  ]
  let asked = 0
  const listing = () => {
    asked += 1
    return get(`/api/v1/cases${lists[asked % lists.length]}`)
  }
  await paced(bench.url, { seconds: 3, perSecond: 20 }, listing)
  const list = await paced(bench.url, { seconds: 20, perSecond: 50 }, listing)
  const before = await eventsIn(sql)
  const taken = await callbacks(bench, size, { seconds: SECONDS, perSecond: 1_000 })
  const stored = (await eventsIn(sql)) - before
  const most = await callbacksAtMost(bench, size)
  console.table({
    'callbacks, 1,000 a second': {
      ...rowOf(taken, 200),
      'p99 (ms)': timeAt(taken, 0.99),
      'events stored': stored,
      'of callbacks': taken.times.length,
    },
    'callbacks, 64 at once': rowOf(most, 200),
    'a case with its timeline, 500 a second': pairs(read),
    'lists, 50 a second': rowOf(list, 200),
    'memory of the gateway (MiB)': { 'a second': residentMiB(bench.gateway.pid) ?? 'unknown' },
  })
  return {
    'callbacks p95 (ms)': timeAt(taken, 0.95),
    'callbacks at most (a second)': rateOf(most, 200).rate,
    'read p95 (ms)': timeAt(read, 0.95),
    'list p95 (ms)': timeAt(list, 0.95),
  }
}

/** Two answers are one reading. */
const pairs = (met: Met) => {
  const { rate, others } = rateOf(met, 200)
  return {
    'a second': Math.round(rate / 2),
    others,
    'p50 (ms)': timeAt(met, 0.5),
    'p95 (ms)': timeAt(met, 0.95),
  }
}

const eventsIn = async (sql: postgres.Sql): Promise<number> =>
  Number(
    (
      await sql`select count(*)::int as n from case_events where case_id like 'case_copy_%' and via = 'callback' and key not like 'key%'`
    )[0]?.['n'],
  )

let told = 0

/** Callbacks of Jiangsu about ever other cases; each is a new event. */
function letters(bench: Bench, size: number): () => Shot {
  const { regions } = JSON.parse(readFileSync(path.join(bench.folder, 'regions.json'), 'utf8'))
  const { callback } = regions.jiangsu.credentials
  const base = Date.now() - 10 * 86_400_000
  return () => {
    told += 1
    const n = (told * 7_919) % size
    const timestamp = String(Math.floor(Date.now() / 1000))
    const nonce = randomBytes(8).toString('hex')
    const operatedate = new Date(base + Math.floor(told / size) * 60_000 + 8 * 3_600_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
    return {
      method: 'POST',
      path: regions.jiangsu.options.callbackPath,
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        'x-tif-paasid': callback.paasid,
        'x-tif-timestamp': timestamp,
        'x-tif-nonce': nonce,
        'x-tif-signature': createHash('sha256')
          .update(`${timestamp}${callback.tifToken}${nonce}${timestamp}`)
          .digest('hex')
          .toUpperCase(),
      },
      body: JSON.stringify({
        token: callback.moduleToken,
        params: {
          ...LETTER,
          flowsn: numberOf(n),
          projectguid: guidOf(n),
          sourceprojectno: `CSJ88${String(n).padStart(12, '0')}`,
          operatedate,
        },
      }),
    }
  }
}

const guidOf = (n: number): string => {
  const hex = createHash('md5').update(`key${n}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const LETTER = {
  sourceareacode: '310000',
  areacode: '320500000000',
  status: 30,
  statustext: '已受理',
  operatetype: '35',
  operatename: '审批通过',
  operateusername: '示例经办人',
  ouname: '苏州市人力资源和社会保障局',
  remarks: '同意',
  promiseenddate: '',
  banjiedate: '',
  banjieresult: '',
  buzhenginfo: '',
}

const callbacks = (bench: Bench, size: number, pace: { seconds: number; perSecond: number }): Promise<Met> =>
  paced(bench.url, pace, letters(bench, size))

const callbacksAtMost = (bench: Bench, size: number): Promise<Met> =>
  load(bench.url, { seconds: 10, atOnce: 64 }, letters(bench, size))

/** Files the case that is copied. */
async function oneCase({ url }: Bench, token: string): Promise<string> {
  await untilAnswered(`${url}/api/v1/matters/${MATTER}`)
  const form = new FormData()
  form.append('file', new File(['%PDF-1.4 a'], 'a.pdf', { type: 'application/pdf' }))
  const authorization = `Bearer ${token}`
  const uploaded = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: { authorization },
    body: form,
  })
  const { uploadId } = (await uploaded.json()) as { uploadId: string }
  const { STORIES } = await import('../test/flow/stories.ts')
  const story = STORIES.find(({ region }) => region === 'jiangsu')
  if (!story) throw new Error('no story')
  const filed = await fetch(`${url}/api/v1/cases`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(story.application(uploadId)),
  })
  const { id } = (await filed.json()) as { id?: string }
  if (filed.status !== 201 || !id) throw new Error(`the case to be copied was not filed: ${filed.status}`)
  return id
}
