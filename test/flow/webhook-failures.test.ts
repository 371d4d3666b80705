/** Receivers that fail: nothing lost, nothing out of order, and no row for an outage. The long ones by a moved clock. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { pool } from '../../src/store/connection.ts'
import { drain, startWithEvents, type WithEvents } from '../support/events.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const HOUR = 3_600_000
let world: WithEvents
let cases: string[]
let receiver: Receiver
let id: string
const sql = () => pool(world.gateway.databaseUrl, 1)

beforeAll(async () => {
  world = await startWithEvents()
  cases = [await world.fileOne(), await world.fileOne(), await world.fileOne()]
})
beforeEach(async () => {
  receiver = await startReceiver()
  id = (await world.subscribe({ url: receiver.url })).id
})
afterEach(async () => {
  await world.caller('DELETE', `/api/v1/subscriptions/${id}`)
  await receiver.close()
})
afterAll(() => world.gateway.close())

const one = async () => (await world.caller('GET', `/api/v1/subscriptions/${id}`)).body
const heldRows = async () => {
  const open = sql()
  const rows = await open`select count(*)::int as held from deliveries where subscription_id = ${id}`
  await open.end()
  return rows[0]?.['held']
}
/** Sequences that were taken, by case. */
const takenOf = (caseId: string | undefined) =>
  receiver.taken.filter(({ event }) => event.subject === caseId).map(({ event }) => event.data.sequence)
const isAscending = (numbers: number[]) => numbers.every((n, at) => at === 0 || n > (numbers[at - 1] ?? n))

test.each([
  ['24 hours', 24 * HOUR],
  ['six days and 23 hours', 167 * HOUR],
])(
  'a receiver that is away for %s gets everything afterwards, once, in order, and costs no row',
  async (_for, ms) => {
    receiver.behave(() => 500)
    for (const caseId of cases) await world.note(caseId)
    await world.deliver()
    expect(await one()).toMatchObject({ state: 'active', lastFailure: 'STATUS_500', waiting: 0, parked: 0 })
    for (let step = 0; step < 4; step += 1) {
      world.pass(ms / 4)
      for (const caseId of cases) await world.note(caseId)
      await world.deliver()
      expect(await heldRows()).toBe(0)
    }
    receiver.behave(() => 204)
    world.pass(HOUR / 4)
    await world.deliver()
    expect(receiver.taken).toHaveLength(15)
    for (const caseId of cases) expect(isAscending(takenOf(caseId))).toBe(true)
    expect(await one()).toMatchObject({ failingSince: null, lastFailure: null })
  },
)

test('after seven days of nothing taken it is parked, stays so, and a replay brings all of it in order', async () => {
  receiver.behave(() => 503)
  await world.note(cases[0] ?? '')
  await world.deliver()
  world.pass(7 * 24 * HOUR)
  await world.deliver()
  expect(await one()).toMatchObject({ state: 'parked', lastFailure: 'STATUS_503' })
  receiver.behave(() => 204)
  for (const caseId of cases) await world.note(caseId)
  world.pass(24 * HOUR)
  await world.deliver()
  expect(receiver.taken).toHaveLength(0)
  const replayed = await world.caller('POST', `/api/v1/subscriptions/${id}/replay`, { from: 'parked' })
  expect(replayed.body.state).toBe('active')
  world.pass(HOUR)
  await world.deliver()
  expect(receiver.taken).toHaveLength(4)
  expect(isAscending(takenOf(cases[0]))).toBe(true)
})

test('one case that is not taken is held back with all that follows in it, and keeps no other', async () => {
  receiver.behave(({ event }) => (event.subject === cases[0] ? 422 : 204))
  for (const caseId of cases) await world.note(caseId)
  await world.deliver()
  expect(await one()).toMatchObject({ state: 'active', failingSince: null, waiting: 1 })
  for (const caseId of cases) await world.note(caseId)
  world.pass(HOUR)
  await world.deliver()
  expect([takenOf(cases[0]).length, takenOf(cases[1]).length, takenOf(cases[2]).length]).toEqual([0, 2, 2])
  expect(await one()).toMatchObject({ waiting: 2 })
  receiver.behave(() => 204)
  world.pass(HOUR)
  await world.deliver()
  expect(takenOf(cases[0])).toHaveLength(2)
  expect(isAscending(takenOf(cases[0]))).toBe(true)
  expect(await one()).toMatchObject({ waiting: 0, parked: 0 })
})

test('a case that is not taken for seven days is parked; nothing of it passes until a replay, and then in order', async () => {
  receiver.behave(({ event }) => (event.subject === cases[0] ? 422 : 204))
  for (const caseId of cases) await world.note(caseId)
  await world.deliver()
  world.pass(7 * 24 * HOUR)
  await world.deliver()
  expect(await one()).toMatchObject({ state: 'active', parked: 1 })
  receiver.behave(() => 204)
  await world.note(cases[0] ?? '')
  world.pass(24 * HOUR)
  await world.deliver()
  expect(takenOf(cases[0])).toEqual([])
  await world.caller('POST', `/api/v1/subscriptions/${id}/replay`, { from: 'parked' })
  world.pass(HOUR)
  await world.deliver()
  expect(takenOf(cases[0])).toHaveLength(2)
  expect(isAscending(takenOf(cases[0]))).toBe(true)
})

test('410 parks at once', async () => {
  receiver.behave(() => 410)
  await world.note(cases[0] ?? '')
  await world.deliver()
  expect(await one()).toMatchObject({ state: 'parked', lastFailure: 'STATUS_410' })
})

test('Retry-After is honoured', async () => {
  receiver.behave((_post, response) => {
    response.writeHead(429, { 'retry-after': '600' }).end()
    return undefined
  })
  await world.note(cases[0] ?? '')
  await world.deliver()
  world.pass(590_000)
  await world.deliver()
  expect(receiver.posts).toHaveLength(1)
  world.pass(11_000)
  await world.deliver()
  expect(receiver.posts).toHaveLength(2)
})

test('a redirect is a failure and is not followed', async () => {
  const elsewhere = await startReceiver()
  receiver.behave((_post, response) => {
    response.writeHead(307, { location: elsewhere.url }).end()
    return undefined
  })
  await world.note(cases[0] ?? '')
  await world.deliver()
  expect((await one()).lastFailure).toBe('STATUS_307')
  expect(elsewhere.posts).toHaveLength(0)
  await elsewhere.close()
})

test('an answer of 10 MiB is let go after its status', async () => {
  let sent = 0
  receiver.behave((_post, response) => {
    response.writeHead(200, { 'content-length': String(10 * 1024 * 1024) })
    const chunk = Buffer.alloc(64 * 1024)
    const write = () => {
      if (sent >= 10 * 1024 * 1024 || response.destroyed) return
      sent += chunk.length
      response.write(chunk, write)
    }
    write()
    return undefined
  })
  await world.note(cases[0] ?? '')
  await world.deliver()
  expect((await one()).lastFailure).toBeNull()
  expect(sent).toBeLessThan(10 * 1024 * 1024)
})

test('a receiver that never answers is given up after its time', async () => {
  receiver.behave(() => undefined)
  await world.note(cases[0] ?? '')
  await world.deliver()
  expect(await one()).toMatchObject({ lastFailure: 'TIMEOUT' })
}, 30_000)

test('a subscription that a dead process holds is taken over when its lease is over', async () => {
  await world.note(cases[0] ?? '')
  // A subscription is taken when it has something that may be shown.
  await world.visible()
  const { now } = world.deps
  const [taken] = await world.deps.store.subscriptions.claim({
    now: now(),
    leaseToken: 'dead',
    leaseUntil: new Date(now().getTime() + 8_000),
    limit: 1,
  })
  expect(taken?.id).toBe(id)
  await world.deliver()
  expect(receiver.posts).toHaveLength(0)
  world.pass(8_000)
  await world.deliver()
  expect(receiver.posts).toHaveLength(1)
  const late = { clientId: world.client, id, leaseToken: 'dead' }
  expect(await world.deps.store.subscriptions.stand(late, { lastFailure: 'LATE' })).toBe(false)
})

test('a replay from a cursor posts everything after it again, under the same ids', async () => {
  const { cursor } = await one()
  await world.note(cases[0] ?? '')
  await world.deliver()
  await world.caller('POST', `/api/v1/subscriptions/${id}/replay`, { from: cursor })
  await world.deliver()
  const ids = receiver.posts.map(({ headers }) => headers['webhook-id'])
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBe(ids[1])
})

test('of many cases none is lost when the receiver seems to take nothing and then takes one', async () => {
  const many = [...cases, ...(await Promise.all(Array.from({ length: 40 }, () => world.fileOne())))]
  await world.visible()
  await world.caller('POST', `/api/v1/subscriptions/${id}/replay`, {
    from: (await drain(world.caller)).cursor,
  })
  for (const caseId of many) await world.note(caseId)
  let slow: (() => void) | undefined
  let failed = 0
  receiver.behave(({ event }, response) => {
    if (event.subject === many[0]) {
      slow = () => response.writeHead(204).end()
      return undefined
    }
    failed += 1
    // By then nobody begins another case: the receiver looks as if it took nothing.
    if (failed === 30) setImmediate(() => slow?.())
    return 500
  })
  await world.deliver()
  const [first, ...others] = many
  expect(receiver.posts.filter(({ event }) => event.subject === first)).toHaveLength(1)
  receiver.behave(() => 204)
  world.pass(HOUR)
  await world.deliver()
  const taken = new Set(receiver.taken.map(({ event }) => event.subject))
  expect(others.filter((caseId) => !taken.has(caseId))).toEqual([])
  expect(await one()).toMatchObject({ waiting: 0, parked: 0, failingSince: null })
})

test('what stands behind an event that rests wakes nobody before it', async () => {
  receiver.behave(({ event }) => (event.subject === cases[0] ? 422 : 204))
  for (let round = 0; round < 3; round += 1) for (const caseId of cases) await world.note(caseId)
  await world.deliver()
  expect(await one()).toMatchObject({ state: 'active', waiting: 3 })
  expect(await world.deliver()).toBe(0)
  const tried = receiver.posts.length
  world.pass(HOUR)
  expect(await world.deliver()).toBe(1)
  expect(receiver.posts).toHaveLength(tried + 1)
  // The pauses of those behind it are over, and its own is not.
  expect(await world.deliver()).toBe(0)
})

test('a case that is not taken and has many events does not hide the other cases for long', async () => {
  receiver.behave(({ event }) => (event.subject === cases[0] ? 422 : 204))
  const many = LIMITS.deliveryWindow + 10
  for (let count = 0; count < many; count += 1) await world.note(cases[0] ?? '')
  await world.note(cases[1] ?? '')
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await world.deliver()
    world.pass(HOUR / 4)
  }
  expect(takenOf(cases[1])).toHaveLength(1)
  expect(await one()).toMatchObject({ state: 'active', waiting: many, failingSince: null })
  receiver.behave(() => 204)
  world.pass(HOUR)
  await world.deliver()
  expect(takenOf(cases[0])).toHaveLength(many)
  expect(isAscending(takenOf(cases[0]))).toBe(true)
  expect(await one()).toMatchObject({ waiting: 0, parked: 0 })
})

test('metrics tell what came of the posts, what is held back and for how long', async () => {
  const value = async (name: string) => {
    const text = await (await world.gateway.gateway.metrics.request('/metrics')).text()
    const line = text.split('\n').find((one) => one.startsWith(`${name} `))
    // What has not happened yet is not told.
    return Number(line?.split(' ')[1] ?? 0)
  }
  const posts = (outcome: string) => value(`delta_webhook_posts_total{outcome="${outcome}"}`)
  receiver.behave(({ event }) => (event.subject === cases[0] ? 418 : 204))
  for (const caseId of cases) await world.note(caseId)
  const delivered = await posts('DELIVERED')
  await world.deliver()
  expect([await posts('DELIVERED'), await posts('STATUS_418')]).toEqual([delivered + 2, 1])
  expect(await value('delta_webhook_held_back{state="waiting"}')).toBe(1)
  world.pass(7 * 24 * HOUR)
  await world.deliver()
  expect(await value('delta_webhook_held_back{state="parked"}')).toBe(1)
  expect(await value('delta_webhook_lag_seconds')).toBe(0)
})
