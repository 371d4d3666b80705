/** Streams at a gateway that did not take in the news, and over a database that breaks off. */

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { LIMITS, readConfig } from '../../src/config.ts'
import { createGateway, type Gateway } from '../../src/gateway.ts'
import { pool } from '../../src/store/connection.ts'
import type { Somebody } from '../support/as-person.ts'
import { openStream, until } from '../support/event-stream.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { personToken } from '../support/person-token.ts'
import { caseOf, note } from './support.ts'

let first: TestGateway
let second: Gateway
let server: ReturnType<typeof serve>
let other = ''
let id: string
let owner: Somebody
beforeAll(async () => {
  first = await startTestGateway()
  await first.sync('330100')
  ;({ id, owner } = await caseOf(first))
  second = await createGateway(
    readConfig({ DATABASE_URL: first.databaseUrl, DATA_DIR: first.dataDir, PUBLIC_URL: first.url }),
    first.gateway.deps.log,
    { directory: first.sandbox.directory, clients: first.clients.directory, control: undefined },
  )
  server = serve({ fetch: second.app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  other = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => void vi.useRealTimers())
afterAll(async () => {
  await second.close()
  server.close()
  await first.close()
})

const opened = async (url: string, caseId = id, after = 0) =>
  openStream(url, `/api/v1/cases/${caseId}/events?after=${after}`, {
    authorization: `Bearer ${await personToken(first, owner.principal, { scope: 'cases' })}`,
  })
const newest = async () => (await first.gateway.deps.store.cases.read(id))?.sequence ?? 0
const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1)

/** Lets the second gateway look after its streams until something holds. A round that meets a connection which is gone fails, and the next one comes. */
const ticking = (holds: () => boolean) => until(holds, () => second.live.tick().catch(() => {}))

/** Connections that were ended while they lay idle answer their first question with that: asks until none is left of them. */
async function reconnected({ deps }: Pick<Gateway, 'deps'>): Promise<void> {
  const one = () => deps.store.cases.read(id)
  for (let isWhole = false; !isWhole; ) {
    const all = await Promise.allSettled(Array.from({ length: LIMITS.databaseConnections }, one))
    isWhole = all.every(({ status }) => status === 'fulfilled')
  }
}

test('an event that one gateway takes in reaches the streams of the other, in order, once', async () => {
  const [here, there] = [await opened(first.url), await opened(other)]
  for (let n = 0; n < 20; n += 1) await note(id, n % 2 ? second : first.gateway)
  const last = await newest()
  await until(() => [here, there].every((one) => one.numbers().at(-1) === last))
  for (const one of [here, there]) {
    expect(one.numbers()).toEqual(upTo(last))
    one.leave()
  }
})

test('a stream outlives its gateway’s connections to the database, and nothing is lost', async () => {
  const there = await opened(other)
  // One that still reads what came before would be cut, for its reader to come again.
  const known = await newest()
  await until(() => there.numbers().at(-1) === known)
  const killer = pool(first.databaseUrl, 1)
  const taken = { count: 0 }
  for (let n = 0; n < 30; n += 1) {
    await killer`select count(pg_terminate_backend(pid)) from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database()`
    await note(id, first.gateway).then(
      () => {
        taken.count += 1
      },
      () => {},
    )
  }
  await killer.end()
  expect(taken.count).toBeGreaterThan(0)
  await Promise.all([first.gateway, second].map(reconnected))
  const last = await newest()
  await ticking(() => there.numbers().at(-1) === last)
  expect(there.numbers()).toEqual(upTo(last))
  there.leave()
})

test('a stream hears of its case while a transaction of others holds the outbox back', async () => {
  const there = await opened(other)
  const holder = pool(first.databaseUrl, 1)
  const last = (await newest()) + 1
  await holder.begin(async (tx) => {
    await tx`select pg_current_xact_id()`
    await note(id, first.gateway)
    // The case itself is asked for at intervals.
    vi.setSystemTime(Date.now() + LIMITS.streamBeatMs + 1_000)
    await ticking(() => there.numbers().at(-1) === last)
  })
  await holder.end()
  expect(there.numbers()).toEqual(upTo(last))
  there.leave()
})

test('a case that no client filed is followed as any other', async () => {
  const sql = pool(first.databaseUrl, 1)
  await sql`update cases set client_id = '', origin = 'listed' where id = ${id}`
  const last = (await newest()) + 1
  const there = await opened(other, id, last - 1)
  await note(id, first.gateway)
  await until(() => there.numbers().length > 0)
  expect(there.numbers()).toEqual([last])
  expect(await sql`select client_id from outbox where case_id = ${id} and sequence = ${last}`).toEqual([
    { client_id: '' },
  ])
  await sql.end()
  there.leave()
})
