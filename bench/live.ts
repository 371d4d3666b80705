/**
 * 5,000 open event streams on one case, opened from this process: what they cost the gateway in memory, and how long one event
 * takes until all of them have it.
 */
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { getToken } from '../src/cli/token.ts'
import { pool } from '../src/store/connection.ts'
import { APPLICATION } from './application.ts'
import { type Bench, withGateway } from './gateway.ts'
import { residentMiB, untilAnswered } from './processes.ts'

const STREAMS = Number(process.env['STREAMS'] ?? 5_000)
const EVENTS = Number(process.env['EVENTS'] ?? 20)
const AT_ONCE = 50
const CLIENT = 'sandbox-shanghai'

/** Numbers of the events that a stream has brought. */
interface Opened {
  readonly numbers: number[]
  readonly leave: () => void
}

const open = (url: string, authorization: string): Promise<Opened> =>
  new Promise((resolve, reject) => {
    const numbers: number[] = []
    let rest = ''
    const request = http.get(url, { agent: false, headers: { accept: 'text/event-stream', authorization } })
    request.once('error', reject)
    request.once('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`a stream was answered with ${response.statusCode}`))
      response.setEncoding('latin1')
      response.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks)
          if (block.startsWith('id: ')) numbers.push(Number.parseInt(block.slice(4), 10))
      })
      response.on('error', () => {})
      resolve({ numbers, leave: () => void request.destroy() })
    })
  })

async function openAll(url: string, authorization: string): Promise<readonly Opened[]> {
  const streams: Opened[] = []
  const worker = async () => {
    while (streams.length < STREAMS) {
      const place = streams.push({ numbers: [], leave: () => {} }) - 1
      streams[place] = await open(url, authorization)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return streams
}

/** Files a case, and waits until the region has it. */
async function filed({ url }: Bench, authorization: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/cases`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(APPLICATION),
  })
  const { id } = (await answer.json()) as { id?: string }
  if (answer.status !== 201 || id === undefined) throw new Error(`filing was answered with ${answer.status}`)
  return id
}

/** One event, as another process would write it. @returns its sequence */
async function write(sql: ReturnType<typeof pool>, id: string): Promise<number> {
  const [row] = await sql`
    with c as (update cases set sequence = sequence + 1 where id = ${id} returning id, client_id, sequence),
    e as (
      insert into case_events (case_id, sequence, id, key, type, status, occurred_at, received_at, via, late)
      select id, sequence, 'evt_' || sequence, 'bench:' || sequence, 'note', 'SUBMITTED', now(), now(), 'poll', false from c
    ), o as (
      insert into outbox (client_id, case_id, sequence, type) select client_id, id, sequence, 'note' from c
    )
    select sequence from c`
  return Number(row?.['sequence'])
}

const middle = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

export async function benchLive(): Promise<void> {
  await withGateway(async (bench) => {
    const { url, gateway, databaseUrl, keyOf } = bench
    await untilAnswered(`${url}/api/v1/matters/${APPLICATION.matter}`)
    const token = await getToken({ gateway: url, client: CLIENT, key: keyOf(CLIENT), scope: 'cases' })
    const id = await filed(bench, `Bearer ${token}`)
    const before = residentMiB(gateway.pid)
    const since = performance.now()
    const streams = await openAll(`${url}/api/v1/cases/${id}/events`, `Bearer ${token}`)
    const took = performance.now() - since
    const sql = pool(databaseUrl, 1)
    const times: number[] = []
    let last = 0
    for (let n = 0; n < EVENTS; n += 1) {
      const written = performance.now()
      last = await write(sql, id)
      while (!streams.every(({ numbers }) => (numbers.at(-1) ?? 0) >= last)) await pause(1)
      times.push(performance.now() - written)
    }
    const whole = streams.filter(
      ({ numbers }) => numbers.length === last && numbers.every((one, n) => one === n + 1),
    )
    console.log(
      `\nLive: ${STREAMS} streams on one case, ${EVENTS} events one after the other, everything on this machine`,
    )
    console.table({
      'memory of the gateway before (MiB)': { value: before ?? 'unknown' },
      'memory with the streams (MiB)': { value: residentMiB(gateway.pid) ?? 'unknown' },
      'opened in (s)': { value: Number((took / 1000).toFixed(1)) },
      'an event has reached all, middle (ms)': { value: Math.round(middle(times)) },
      'an event has reached all, most (ms)': { value: Math.round(Math.max(...times)) },
      'streams with events lost, doubled or out of order': { value: STREAMS - whole.length },
    })
    await sql.end()
    for (const { leave } of streams) leave()
  })
}
