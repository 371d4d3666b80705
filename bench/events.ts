/**
 * What goes out: the feed read from its start to its end, and how long a webhook takes from the answer to a callback until it is
 * received. Database, gateway, receiver and load share the machine.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { getToken } from '../src/cli/token.ts'
import { sealing } from '../src/federation/sealing.ts'
import { caseOf, EVENTS_OF_CASE, fillCases } from './cases-data.ts'
import { type Bench, withGateway } from './gateway.ts'
import { letterOf, underWay } from './letters.ts'

const CASES = Number(process.env['FEED_CASES'] ?? 100_000)
const POSTS = 200
const CLIENT = 'sandbox-shanghai'

/** Prints the tables. */
export async function benchEvents(): Promise<void> {
  // Receivers on this machine are let in beside a sandbox alone.
  await withGateway(measured, undefined, { SANDBOX: 'on' })
}

async function measured(bench: Bench): Promise<void> {
  const keys = sealing(
    () => bench.keys,
    () => new Date(),
  )
  await fillCases(bench.databaseUrl, keys, { count: CASES, heavy: [] })
  const token = await getToken({
    gateway: bench.url,
    client: CLIENT,
    key: bench.keyOf(CLIENT),
    scope: 'events',
  })
  const authorization = `Bearer ${token}`
  console.log(`\nThe feed of one client, a thousand events a page, among ${CASES * EVENTS_OF_CASE} events`)
  console.table({
    'the first time: every holder has a first record': await drained(bench, authorization),
    'once more': await drained(bench, authorization),
  })
  console.log('\nFrom the answer to a callback until its webhook is received')
  console.table({ [`${POSTS} callbacks, 40 a second`]: await posted(bench, authorization) })
}

/** The whole feed, page after page. */
async function drained({ url }: Bench, authorization: string) {
  const since = performance.now()
  let events = 0
  for (let cursor = ''; ; ) {
    const answer = await fetch(`${url}/api/v1/events?limit=1000&after=${cursor}`, {
      headers: { authorization },
    })
    if (answer.status !== 200) throw new Error(`the feed was answered with ${answer.status}`)
    const page = (await answer.json()) as { items: readonly unknown[]; nextCursor: string }
    events += page.items.length
    if (page.nextCursor === cursor) break
    cursor = page.nextCursor
  }
  const seconds = (performance.now() - since) / 1000
  return { events, seconds: Number(seconds.toFixed(1)), 'a second': Math.round(events / seconds) }
}

/** Callbacks one after the other, each a new event of another case. */
async function posted({ url }: Bench, authorization: string) {
  const received = new Map<string, number>()
  const receiver = createServer(async (request, response) => {
    const at = performance.now()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.set(JSON.parse(Buffer.concat(chunks).toString()).subject, at)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const subscribed = await fetch(`${url}/api/v1/subscriptions`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `http://127.0.0.1:${port}/` }),
  })
  if (subscribed.status !== 201) throw new Error(`the subscription was answered with ${subscribed.status}`)
  const pool = new Pool(url, { connections: 4 })
  const answered = new Map<string, number>()
  for (let index = 0; index < POSTS; index += 1) {
    // Every second of the cases under way is this client's.
    const n = underWay(2 * index, CASES)
    const { method, path, headers, body } = letterOf(n, new Date())
    const answer = await pool.request({ method, path, headers: { ...headers }, body: body ?? '' })
    await answer.body.dump()
    answered.set(caseOf(n).id, performance.now())
    await pause(25)
  }
  for (let waited = 0; received.size < POSTS && waited < 100; waited += 1) await pause(100)
  await pool.close()
  receiver.closeAllConnections()
  receiver.close()
  const times = [...answered]
    .flatMap(([id, at]) => ((received.get(id) ?? at) === at ? [] : [(received.get(id) ?? at) - at]))
    .toSorted((a, b) => a - b)
  const part = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(1))
  return { received: received.size, 'p50 (ms)': part(0.5), 'p95 (ms)': part(0.95) }
}
