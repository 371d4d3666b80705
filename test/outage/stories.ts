/** What is done to receivers, gateways and databases while regions go on telling. Each story ends when all is quiet again, with its count. */
import { setTimeout as pause } from 'node:timers/promises'
import { letterOf, underWay } from '../../bench/letters.ts'
import { pool } from '../../src/store/connection.ts'
import { settled, startReceiver, startRegions, type Tally, tally } from './support.ts'
import { CASES, gatewayHere, gatewayProcess, startWorld, type World } from './world.ts'

const PER_SECOND = 20

/** A story with a receiver, a world and a way into its database, all of which end with it. */
async function within<T>(
  databaseUrl: string,
  tell: (given: {
    world: World
    receiver: Awaited<ReturnType<typeof startReceiver>>
    sql: ReturnType<typeof pool>
  }) => Promise<T>,
): Promise<T> {
  const receiver = await startReceiver()
  const world = await startWorld(databaseUrl, receiver.host)
  const sql = pool(databaseUrl, 1)
  try {
    return await tell({ world, receiver, sql })
  } finally {
    await sql.end()
    world.close()
    await receiver.down()
  }
}

/** Whether a subscription waits for its client to ask for what was parked; where it does, the client asks. */
async function replayParked(
  gateway: string,
  subscriptions: readonly { path: string; token: string }[],
): Promise<boolean> {
  let isAsked = false
  for (const { path, token } of subscriptions) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const { state, parked } = (await (await fetch(gateway + path, { headers })).json()) as {
      state: string
      parked: number
    }
    if (state !== 'parked' && parked === 0) continue
    isAsked = true
    await fetch(`${gateway}${path}/replay`, { method: 'POST', headers, body: '{"from":"parked"}' })
  }
  return isAsked
}

/**
 * The receiver is away, and events come before, meanwhile and afterwards.
 * @param outageMs how long it is away by the gateway's clock
 * @param realMs how long the machine's clock runs meanwhile; the gateway's is moved on in between, a step a second
 */
export const receiverAway = (
  databaseUrl: string,
  { outageMs, realMs }: { outageMs: number; realMs: number },
): Promise<Tally & { readonly replayed: boolean }> =>
  within(databaseUrl, async ({ world, receiver, sql }) => {
    let ahead = 0
    const now = () => new Date(Date.now() + ahead)
    const gateway = await gatewayHere(world, now)
    try {
      const subscriptions = await world.subscribed(gateway.url, receiver.url)
      const regions = startRegions([gateway.url], { cases: CASES, perSecond: PER_SECOND, now })
      await pause(1_000)
      await receiver.down()
      const steps = Math.max(1, Math.round(realMs / 1_000))
      for (let step = 0; step < steps; step += 1) {
        await pause(realMs / steps)
        ahead += (outageMs - realMs) / steps
      }
      await receiver.up()
      await pause(1_000)
      await regions.stop()
      // The pause until the next attempt is a quarter of an hour at most.
      if (outageMs > realMs) ahead += 15 * 60_000
      const replayed = await replayParked(gateway.url, subscriptions)
      return { ...(await settled(sql, receiver)), replayed }
    } finally {
      await gateway.close()
    }
  })

/** Two gateways on one database, and what is done to them while regions tell. */
const withTwo = (
  databaseUrl: string,
  trouble: (gateways: readonly Awaited<ReturnType<typeof gatewayProcess>>[]) => Promise<void>,
): Promise<Tally> =>
  within(databaseUrl, async ({ world, receiver, sql }) => {
    const gateways = await Promise.all([gatewayProcess(world), gatewayProcess(world)])
    try {
      const urls = gateways.map(({ url }) => url)
      await world.subscribed(urls[0] ?? '', receiver.url)
      const regions = startRegions(urls, { cases: CASES, perSecond: PER_SECOND, now: () => new Date() })
      await trouble(gateways)
      await regions.stop()
      return await settled(sql, receiver)
    } finally {
      await Promise.all(gateways.map(({ kill }) => kill()))
    }
  })

/** One of them is killed every so often, by turns. */
export const gatewaysKilled = (
  databaseUrl: string,
  { kills, everyMs }: { kills: number; everyMs: number },
): Promise<Tally> =>
  withTwo(databaseUrl, async (gateways) => {
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(everyMs)
      await gateways[kill % 2]?.again()
    }
  })

/** The database is stopped and started again under them. @param restart does it, so often */
export const databaseRestarted = (
  databaseUrl: string,
  { times, everyMs, restart }: { times: number; everyMs: number; restart: () => Promise<void> },
): Promise<Tally> =>
  withTwo(databaseUrl, async () => {
    for (let time = 0; time < times; time += 1) {
      await pause(everyMs)
      await restart()
    }
    await pause(1_000)
  })

/** One callback, sent so many times, so many at once. @returns how many events came of it, and how many answers were no yes */
export const equalCallbacks = (
  databaseUrl: string,
  { count, atOnce }: { count: number; atOnce: number },
): Promise<{ readonly events: number; readonly refused: number; readonly outbox: number }> =>
  within(databaseUrl, async ({ world, receiver, sql }) => {
    const gateway = await gatewayHere(world, () => new Date())
    try {
      const at = new Date(Date.now() - 60_000)
      let [left, refused] = [count, 0]
      const before = await sql`select count(*)::int as n from outbox`
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          while (left > 0) {
            left -= 1
            const { path, headers, body, isTaken } = letterOf(underWay(0, CASES), at)
            const answer = await fetch(gateway.url + path, { method: 'POST', headers, body: body ?? '' })
            if (!isTaken?.(await answer.text())) refused += 1
          }
        }),
      )
      const after = await sql`select count(*)::int as n from outbox`
      const { events } = await tally(sql, receiver)
      return { events, refused, outbox: Number(after[0]?.['n']) - Number(before[0]?.['n']) }
    } finally {
      await gateway.close()
    }
  })
