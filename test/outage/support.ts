/** A receiver of webhooks that can be away, regions that send until they are taken, and the count of what came of it. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { caseOf } from '../../bench/cases-data.ts'
import { letterOf, underWay } from '../../bench/letters.ts'
import type { pool } from '../../src/store/connection.ts'

/** What the receiver took, in the order in which it took it. */
interface Taken {
  readonly id: string
  readonly caseId: string
  readonly sequence: number
}

/** An HTTP server that takes every event while it is up; while it is down nobody listens on its port. */
export async function startReceiver() {
  const taken: Taken[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const event = JSON.parse(Buffer.concat(chunks).toString())
    taken.push({
      id: String(request.headers['webhook-id']),
      caseId: event.subject,
      sequence: Number(event.sequence),
    })
    response.writeHead(204).end()
  }
  // A post that is cut off is none.
  const server = createServer((request, response) => void answer(request, response).catch(() => {}))
  const up = async (port = 0) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const down = async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  const port = await up()
  return {
    taken,
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/events`,
    up: () => up(port),
    down,
  }
}

type Receiver = Awaited<ReturnType<typeof startReceiver>>

/** The clients whose cases regions tell of here. */
export const CLIENTS: readonly string[] = [0, 1].map((index) => caseOf(underWay(index, 400)).client)

/**
 * Regions that tell of cases under way, so many times a second, and send each letter until a gateway takes it. Letters of one case
 * follow one another.
 * @param cases how many there are in the database
 */
export function startRegions(
  urls: readonly string[],
  { cases, perSecond, now }: { cases: number; perSecond: number; now: () => Date },
) {
  const last = new Map<number, Promise<void>>()
  const first = Date.now() - 86_400_000
  let [sent, isOver] = [0, false]
  const send = async (n: number, at: Date): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      const { path, headers, body, isTaken } = letterOf(n, at, now())
      const url = urls[(n + attempt) % urls.length] + path
      const told = await fetch(url, {
        method: 'POST',
        headers,
        body: body ?? '',
        signal: AbortSignal.timeout(5_000),
      }).then(
        (answered) => answered.text(),
        () => '',
      )
      if (isTaken?.(told)) return
      await pause(50)
    }
  }
  const running = (async () => {
    while (!isOver) {
      const n = underWay(sent, cases)
      // One moment of a case is one event, and each is a second later than the one before.
      const at = new Date(first + sent * 1_000)
      last.set(
        n,
        (last.get(n) ?? Promise.resolve()).then(() => send(n, at)),
      )
      sent += 1
      await pause(1_000 / perSecond)
    }
  })()
  return {
    /** Sends no more, and waits until all is taken. @returns how many letters there were */
    stop: async (): Promise<number> => {
      isOver = true
      await running
      await Promise.all(last.values())
      return sent
    },
  }
}

/** What came of it. `repeated` are posts that came again under the same id, as a receiver must expect; nothing counts them double. */
export interface Tally {
  readonly events: number
  readonly lost: number
  readonly doubled: number
  readonly outOfOrder: number
  readonly repeated: number
}

/** Compares what the receiver took with what is in the timelines. */
export async function tally(sql: ReturnType<typeof pool>, { taken }: Receiver): Promise<Tally> {
  const events = await sql<{ id: string }[]>`
    select id from case_events where via = 'callback' and id not like 'ev\_bench%'`
  const first = new Map<string, Taken>()
  for (const one of taken) if (!first.has(one.id)) first.set(one.id, one)
  const places = new Set([...first.values()].map(({ caseId, sequence }) => `${caseId} ${sequence}`))
  const newest = new Map<string, number>()
  let outOfOrder = 0
  for (const { caseId, sequence } of first.values()) {
    if (sequence < (newest.get(caseId) ?? 0)) outOfOrder += 1
    newest.set(caseId, Math.max(sequence, newest.get(caseId) ?? 0))
  }
  return {
    events: events.length,
    lost: events.filter(({ id }) => !first.has(id)).length,
    doubled: first.size - places.size,
    outOfOrder,
    repeated: taken.length - first.size,
  }
}

/** Longer than the longest pause between two attempts. */
const PATIENCE_MS = 20 * 60_000

/** Waits until nothing is lost, as long as a pause may last. `quietAfter` is how many seconds that took. */
export async function settled(
  sql: ReturnType<typeof pool>,
  receiver: Receiver,
): Promise<Tally & { readonly quietAfter: number }> {
  const since = Date.now()
  for (;;) {
    const found = await tally(sql, receiver)
    const waited = Date.now() - since
    if (found.lost === 0 || waited > PATIENCE_MS) return { ...found, quietAfter: Math.round(waited / 1_000) }
    await pause(100)
  }
}

/** Subscribes a client to everything of its own. @returns the subscription's id */
export async function subscribe(gateway: string, token: string, url: string): Promise<string> {
  const answer = await fetch(`${gateway}/api/v1/subscriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  })
  const made = (await answer.json()) as { id?: string; code?: string }
  if (!made.id) throw new Error(`not subscribed: ${answer.status} ${made.code}`)
  return made.id
}
