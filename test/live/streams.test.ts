/** Events of a case as a stream: what came before, then what comes, in order, nothing twice and nothing lost. */
import type { JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getToken } from '../../src/cli/token.ts'
import { asPerson, type Somebody } from '../support/as-person.ts'
import { openStream, until } from '../support/event-stream.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { newcomer } from '../support/mandates.ts'
import { personToken } from '../support/person-token.ts'
import { caseOf, manyEvents, note, notes } from './support.ts'

let gateway: TestGateway
let id: string
let owner: Somebody
let newest: number
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  ;({ id, owner } = await caseOf(gateway))
  await notes(5, id, gateway.gateway)
  newest = (await timeline()).length
})
afterAll(() => gateway.close())

const timeline = async () =>
  (await (await asPerson(owner, gateway))('GET', `/api/v1/cases/${id}/events`)).body.items
const authorization = async (person = owner) =>
  `Bearer ${await personToken(gateway, person.principal, { scope: 'cases' })}`
const open = async (headers: Record<string, string> = {}, query = '') =>
  openStream(gateway.url, `/api/v1/cases/${id}/events${query}`, {
    authorization: await authorization(),
    ...headers,
  })
const count = () => gateway.gateway.live.count()
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

test('a stream brings the whole timeline, as the API shows it, and then what comes', async () => {
  const stream = await open()
  expect(stream.status).toBe(200)
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'close',
    'x-content-type-options': 'nosniff',
  })
  await until(() => stream.text.events.length === newest)
  expect(stream.text.events.map(({ data }) => data)).toEqual(await timeline())
  expect(stream.text.others[0]).toMatch(/^retry: \d+$/)

  await note(id, gateway.gateway, '第六条')
  newest += 1
  await until(() => stream.text.events.length === newest)
  const last = stream.text.events.at(-1)
  expect(last).toMatchObject({
    id: String(newest),
    event: 'note',
    data: { note: '第六条', sequence: newest },
  })
  expect(stream.text.events[0]).toMatchObject({ id: '1', event: 'status' })
  stream.leave()
  await until(() => count() === 0)
})

describe('a reader that comes again', () => {
  test.each<[string, () => Record<string, string>, () => string, () => number]>([
    ['in the middle', () => ({ 'last-event-id': '3' }), () => '', () => 3],
    ['with the number in the address', () => ({}), () => '?after=2', () => 2],
    [
      'with both, of which the header is the newer',
      () => ({ 'last-event-id': '4' }),
      () => '?after=1',
      () => 4,
    ],
    ['after the newest', () => ({ 'last-event-id': String(newest) }), () => '', () => newest],
  ])('%s hears what it lacks, and no more', async (_name, headers, query, after) => {
    const stream = await open(headers(), query())
    const first = after() + 1
    await note(id, gateway.gateway)
    newest += 1
    await until(() => stream.numbers().at(-1) === newest)
    expect(stream.numbers()).toEqual(numbers(first, newest))
    stream.leave()
  })

  test.each<[string, string]>([
    ['from the future', '999'],
    ['that is not a number', '12x'],
    ['that is negative', '-1'],
    ['that no sequence can be', '9999999999'],
  ])('with a number %s is told so, and no stream opens', async (_name, after) => {
    const { status, body } = await refusal({ 'last-event-id': after })
    expect([status, body.code]).toEqual([400, 'PARAMETER_INVALID'])
    expect(body.facts.parameter).toBe('after')
    expect(count()).toBe(0)
  })
})

/** A refused stream, read whole. */
async function refusal(headers: Record<string, string>, at = `/api/v1/cases/${id}/events`) {
  await until(() => count() === 0)
  return gateway.anyone('GET', at, undefined, {
    accept: 'text/event-stream',
    authorization: await authorization(),
    ...headers,
  })
}

test('a case of another person is not found, as if it were not there', async () => {
  const stranger = await authorization(await newcomer(gateway))
  const theirs = await refusal({ authorization: stranger })
  const nobodys = await refusal(
    { authorization: stranger },
    '/api/v1/cases/case_0000000000000000000000000/events',
  )
  expect([theirs.status, theirs.body.code]).toEqual([404, 'CASE_NOT_FOUND'])
  expect(nobodys.body.code).toBe('CASE_NOT_FOUND')
  expect(count()).toBe(0)
})

test('the opening is a look, and its holder sees it', async () => {
  const looks = async () =>
    (await (await asPerson(owner, gateway))('GET', '/api/v1/me/accesses?limit=100')).body.items.filter(
      ({ act }: { act: string }) => act === 'cases.events',
    ).length
  const before = await looks()
  ;(await open({ 'last-event-id': String(newest) })).leave()
  expect(await looks()).toBe(before + 1)
})

test('a question for the head alone opens no stream', async () => {
  await until(() => count() === 0)
  const answer = await fetch(`${gateway.url}/api/v1/cases/${id}/events`, {
    method: 'HEAD',
    headers: { accept: 'text/event-stream', authorization: await authorization() },
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ])
  expect(count()).toBe(0)
})

test('200 streams on one case get the same events in the same order', async () => {
  const client = 'sandbox-shanghai'
  const { id: followed } = await caseOf(gateway, await gateway.as(client))
  const token = await getToken({
    gateway: gateway.url,
    client,
    key: gateway.clients.keys[client] as JWK,
    scope: 'cases',
  })
  const streams = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      openStream(gateway.url, `/api/v1/cases/${followed}/events?after=${n % 3}`, {
        authorization: `Bearer ${token}`,
      }),
    ),
  )
  await Promise.all(Array.from({ length: 50 }, () => note(followed, gateway.gateway)))
  const last = (await gateway.gateway.deps.store.cases.read(followed))?.sequence ?? 0
  await until(() => streams.every((one) => one.numbers().at(-1) === last))
  for (const [n, one] of streams.entries()) expect(one.numbers()).toEqual(numbers((n % 3) + 1, last))
  const texts = streams.map(({ text }) => JSON.stringify(text.events.slice(-50)))
  expect(new Set(texts).size).toBe(1)
  for (const one of streams) one.leave()
})

test('a timeline of 100,000 events comes whole to a new reader', async () => {
  const { id: long, owner: holder } = await caseOf(gateway)
  await manyEvents(100_000, long, gateway.databaseUrl)
  const last = (await gateway.gateway.deps.store.cases.read(long))?.sequence ?? 0
  const stream = await openStream(gateway.url, `/api/v1/cases/${long}/events`, {
    authorization: await authorization(holder),
  })
  await until(() => stream.text.events.length >= last)
  expect(stream.numbers()).toEqual(numbers(1, last))
  stream.leave()
})
