/** The timeline page by page: as long as it may be, each page is short, and reading it costs the same at its end as at its start. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asPerson } from '../support/as-person.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { caseOf, manyEvents, notes } from './support.ts'

let gateway: TestGateway
let id: string
let call: Caller
let newest: number
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  const made = await caseOf(gateway)
  id = made.id
  call = await asPerson(made.owner, gateway)
  await notes(5, id, gateway.gateway)
  newest = (await gateway.gateway.deps.store.cases.read(id))?.sequence ?? 0
})
afterAll(() => gateway.close())

const read = (query = '', caseId = id) => call('GET', `/api/v1/cases/${caseId}/events${query}`)
const sequences = (items: readonly { sequence: number }[]) => items.map(({ sequence }) => sequence)

test('a page says where the next one begins, and the last one that there is none', async () => {
  const one = await read('?limit=4')
  expect(sequences(one.body.items)).toEqual([1, 2, 3, 4])
  const next = /^<(.+)>; rel="next"$/.exec(one.headers.get('link') ?? '')?.[1] ?? ''
  expect(next).toContain(`cursor=${one.body.nextCursor}`)
  const rest = await call('GET', next)
  expect(sequences(rest.body.items)).toEqual(Array.from({ length: newest - 4 }, (_, n) => n + 5).slice(0, 4))
  const last = await read(`?after=${newest - 1}`)
  expect([sequences(last.body.items), last.body.nextCursor]).toEqual([[newest], null])
  expect((await read(`?after=${newest}`)).body).toEqual({ items: [], nextCursor: null })
})

test('a case that is asked for with its events has the newest of them, and one look is recorded', async () => {
  const before = (await call('GET', '/api/v1/me/accesses?limit=1')).body.items[0]
  const whole = await call('GET', `/api/v1/cases/${id}?include=events`)
  const { events, ...alone } = whole.body
  expect(events).toEqual((await read('?limit=100')).body.items)
  expect({ ...alone, asOf: '' }).toEqual({ ...(await call('GET', `/api/v1/cases/${id}`)).body, asOf: '' })
  const looks = (await call('GET', '/api/v1/me/accesses?limit=10')).body.items
  expect(
    looks.slice(
      0,
      looks.findIndex((one: { id: string }) => one.id === before.id),
    ),
  ).toContainEqual(expect.objectContaining({ act: 'cases.readWhole', fields: ['caseStatus', 'caseEvents'] }))
  expect((await call('GET', `/api/v1/cases/${id}?include=all`)).body.code).toBe('PARAMETER_INVALID')
})

test.each([
  ['limit=0', 'limit'],
  ['limit=1001', 'limit'],
  ['limit=x', 'limit'],
  ['after=-1', 'after'],
  ['after=1e3', 'after'],
  ['after=9999999999', 'after'],
  ['cursor=x', 'cursor'],
])('%s is refused by name', async (query, parameter) => {
  const { status, body } = await read(`?${query}`)
  expect([status, body.code, body.facts.parameter]).toEqual([400, 'PARAMETER_INVALID', parameter])
})

test('a case of 100,000 events is read whole, a thousand at a time', async () => {
  const { id: long, owner } = await caseOf(gateway)
  const theirs = await asPerson(owner, gateway)
  await manyEvents(100_000, long, gateway.databaseUrl)
  const last = (await gateway.gateway.deps.store.cases.read(long))?.sequence ?? 0
  let [expected, pages, cursor] = [1, 0, '']
  do {
    const { body } = await theirs(
      'GET',
      `/api/v1/cases/${long}/events?limit=1000&cursor=${cursor}`.replace(/&cursor=$/, ''),
    )
    for (const { sequence } of body.items) {
      expect(sequence).toBe(expected)
      expected += 1
    }
    pages += 1
    cursor = body.nextCursor ?? ''
  } while (cursor !== '')
  expect([expected - 1, pages]).toEqual([last, Math.ceil(last / 1_000)])
})
