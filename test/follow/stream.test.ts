/** What the page of a case listens to: the API's stream, for the session that sees the case. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { endAuthentication } from '../../src/federation/identity/log-in.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { note } from '../live/support.ts'
import type { Somebody } from '../support/as-person.ts'
import { openStream, until } from '../support/event-stream.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { followed, HANGZHOU, resident } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())
afterEach(async () => {
  vi.useRealTimers()
  await until(() => live().count() === 0)
})

const live = () => gateway.gateway.live
const cookieOf = async ({ authentication }: Somebody) =>
  `__Host-delta=${await openSession(authentication, 'test', gateway.gateway.deps)}`
const opened = async (person: Somebody, at: string, headers: Record<string, string> = {}) =>
  openStream(gateway.url, at, { cookie: await cookieOf(person), ...headers })

test('the page names the stream that goes on where the page ends', async () => {
  const { person, browser, path, id } = await followed(gateway)
  const at = /data-stream="([^"]+)"/.exec((await browser.get(path)).text)?.[1] ?? ''
  const stream = await opened(person, at)
  expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  expect(stream.headers['cache-control']).toBe('no-store')
  expect(stream.headers['x-content-type-options']).toBe('nosniff')
  await note(id, gateway.gateway, '窗口留言')
  await until(() => stream.text.events.length > 0)
  expect(stream.text.events.map(({ event, data }) => [event, data.note])).toEqual([['note', '窗口留言']])
  stream.leave()
})

test('whoever comes again gets what they lack, by the last event that they have', async () => {
  const { person, path, id } = await followed(gateway)
  await note(id, gateway.gateway)
  const newest = (await gateway.gateway.deps.store.cases.read(id))?.sequence ?? 0
  const again = await opened(person, `${path}/stream?after=0`, { 'last-event-id': String(newest - 1) })
  await until(() => again.text.events.length > 0)
  expect(again.numbers()).toEqual([newest])
  again.leave()
  for (const after of ['x', '-1', '9999999999', String(newest + 1)]) {
    const refused = await opened(person, `${path}/stream?after=${after}`)
    expect([after, refused.status]).toEqual([after, 400])
  }
})

test('is not opened for anybody else, nor without a session', async () => {
  const { path } = await followed(gateway)
  expect((await opened(await resident(gateway), `${path}/stream`)).status).toBe(404)
  const nobody = await openStream(gateway.url, `${path}/stream`, {})
  expect([nobody.status, nobody.headers.location?.startsWith('/log-in?')]).toEqual([303, true])
})

test('ends with the log-in, and an event that comes at once is not shown', async () => {
  const { person, path, id } = await followed(gateway)
  const stream = await opened(person, `${path}/stream`)
  await until(() => stream.text.events.length > 0)
  const before = stream.numbers().length
  await endAuthentication(person.authentication.id, gateway.gateway.deps)
  await note(id, gateway.gateway)
  await until(() => live().count() === 0)
  expect(await stream.ended).toBe('whole')
  expect(stream.numbers()).toHaveLength(before)
})

test('ends when the session may have rested for too long: who comes again shows that it has not', async () => {
  const { person, path } = await followed(gateway)
  const stream = await opened(person, `${path}/stream`)
  await until(() => stream.text.events.length > 0)
  vi.setSystemTime(Date.now() + LIMITS.sessionIdleMs - 10_000)
  await live().tick()
  expect(live().count()).toBe(1)
  vi.setSystemTime(Date.now() + 20_000)
  await live().tick()
  expect(await stream.ended).toBe('whole')
})
