/** The feed: every event once, in the order of commits, from any place, for one client alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '../../src/store/connection.ts'
import { drain, startWithEvents, type WithEvents } from '../support/events.ts'

let world: WithEvents
let cases: string[]
beforeAll(async () => {
  world = await startWithEvents()
  cases = [await world.fileOne(), await world.fileOne()]
  for (const id of [...cases, ...cases, ...cases]) await world.note(id)
  await world.visible()
})
afterAll(() => world.gateway.close())

test('shows every event of the own cases in their order, and the end gives the place that was sent', async () => {
  const { items, cursor } = await drain(world.caller)
  for (const id of cases) {
    const timeline = (await world.caller('GET', `/api/v1/cases/${id}/events`)).body.items
    expect(items.filter(({ caseId }) => caseId === id)).toEqual(timeline)
  }
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  const again = await world.caller('GET', `/api/v1/events?after=${cursor}`)
  expect(again.body).toEqual({ items: [], nextCursor: cursor })
})

test('goes on from any cursor', async () => {
  const { items } = await drain(world.caller)
  const one = await drain(world.caller, '', '&limit=1')
  expect(one.items).toEqual(items)
  const three = (await world.caller('GET', '/api/v1/events?limit=3')).body
  expect([...three.items, ...(await drain(world.caller, three.nextCursor)).items]).toEqual(items)
})

test('narrowed to types it shows those alone, and passes over the others', async () => {
  const { items } = await drain(world.caller, '', '&types=note&limit=2')
  expect(items.length).toBe(6)
  expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['note']))
  expect((await drain(world.caller, '', '&types=reminder')).items).toEqual([])
})

test('what an older transaction may still bring is waited for, and then nothing is missing', async () => {
  const { cursor } = await drain(world.caller)
  const sql = pool(world.gateway.databaseUrl, 1)
  try {
    await sql.begin(async (older) => {
      // Open, and with a lower number than what comes after it.
      await older`select pg_current_xact_id()`
      await world.note(cases[0] ?? '')
      expect((await drain(world.caller, cursor)).items).toEqual([])
    })
    await world.visible()
    expect((await drain(world.caller, cursor)).items).toHaveLength(1)
  } finally {
    await sql.end()
  }
})

test('another client sees none of it, and its cursor is nobody else’s', async () => {
  const other = await world.gateway.as('sandbox-anhui', 'events')
  expect((await drain(other)).items).toEqual([])
  const { cursor } = await drain(world.caller)
  const foreign = await other('GET', `/api/v1/events?after=${cursor}`)
  expect([foreign.status, foreign.body.code]).toEqual([400, 'CURSOR_FOREIGN'])
})

test.each([
  ['nonsense', 'x'],
  ['a place without its code', Buffer.from('1.1').toString('base64url')],
  ['a place with a code of zeros', `${Buffer.from('1.1').toString('base64url')}.AAAAAAAAAAAAAAAA`],
  [
    'a place far beyond all numbers',
    `${Buffer.from(`${'9'.repeat(30)}.1`).toString('base64url')}.AAAAAAAAAAAAAAAA`,
  ],
])('refuses a cursor that is %s', async (_what, cursor) => {
  const { status, body } = await world.caller('GET', `/api/v1/events?after=${cursor}`)
  expect([status, body.code]).toEqual([400, 'CURSOR_FOREIGN'])
})

test.each([['limit=0'], ['limit=1001'], ['limit=ten'], ['types=nothing'], ['types=']])(
  'refuses %s',
  async (query) => {
    const { status, body } = await world.caller('GET', `/api/v1/events?${query}`)
    expect([status, body.code]).toEqual([400, 'PARAMETER_INVALID'])
  },
)

test('a page leaves one record a holder, which names the cases that were seen', async () => {
  const sql = pool(world.gateway.databaseUrl, 1)
  try {
    const recorded = () =>
      sql`select holder_key, record from accesses where record->>'act' = 'cases.events' order by at, id`
    await world.visible()
    const before = await recorded()
    const page = await world.caller('GET', '/api/v1/events?limit=1000')
    const fresh = (await recorded()).slice(before.length)
    // Both cases are one person's.
    expect(fresh).toHaveLength(1)
    const named = fresh.flatMap((row) => row['record'].caseIds)
    expect(new Set(named)).toEqual(new Set(page.body.items.map((one: { caseId: string }) => one.caseId)))
    await world.caller('GET', `/api/v1/events?after=${page.body.nextCursor}`)
    expect((await recorded()).length).toBe(before.length + 1)
  } finally {
    await sql.end()
  }
})

test('the scope is needed', async () => {
  const without = await world.gateway.as(world.client, 'cases')
  expect((await without('GET', '/api/v1/events')).body.code).toBe('SCOPE_MISSING')
})
