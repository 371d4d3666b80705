/** When a stream ends: with its token, the log-in, the mandate on which it stands, a reader that does not read, and the process. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { endAuthentication } from '../../src/federation/identity/log-in.ts'
import { revokeMandate } from '../../src/federation/mandates/end.ts'
import { pool } from '../../src/store/connection.ts'
import { asPerson, type Somebody } from '../support/as-person.ts'
import { type Opened, openStream, until } from '../support/event-stream.ts'
import { freePort } from '../support/free-port.ts'
import { file, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { acting, applicantOf, given, newcomer, onBehalf } from '../support/mandates.ts'
import { personToken, type TokenOptions } from '../support/person-token.ts'
import { startProcess, untilReady } from '../support/process.ts'
import { caseOf, note } from './support.ts'

let gateway: TestGateway
let id: string
let owner: Somebody
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  ;({ id, owner } = await caseOf(gateway))
})
afterAll(() => gateway.close())
afterEach(async () => {
  vi.useRealTimers()
  await until(() => live().count() === 0)
})

const live = () => gateway.gateway.live
const opened = async (person: Somebody, caseId = id, options: TokenOptions = {}, url = gateway.url) => {
  const token = await personToken(gateway, person.principal, { scope: 'cases', ...options })
  return openStream(url, `/api/v1/cases/${caseId}/events`, { authorization: `Bearer ${token}` })
}
const greeted = (stream: Opened) => until(() => stream.text.events.length > 0)
/** Moves the clock of the gateway, and of nothing else. */
const later = (ms: number) => void vi.setSystemTime(Date.now() + ms)

test('a stream ends when its token ends, and not before', async () => {
  const stream = await opened(owner, id, { seconds: 300 })
  await greeted(stream)
  later(298_000)
  await live().tick()
  expect(live().count()).toBe(1)
  later(3_000)
  await live().tick()
  expect(live().count()).toBe(0)
  expect(await stream.ended).toBe('whole')
})

test('a stream ends when the log-in is ended, and an event that comes at once is not shown', async () => {
  const somebody = await caseOf(gateway)
  const stream = await opened(somebody.owner, somebody.id)
  await greeted(stream)
  const before = stream.numbers().length
  await endAuthentication(somebody.owner.authentication.id, gateway.gateway.deps)
  await note(somebody.id, gateway.gateway)
  await until(() => live().count() === 0)
  expect(await stream.ended).toBe('whole')
  expect(stream.numbers()).toHaveLength(before)
})

/** A case that an agent filed on a mandate and follows, beside its holder. */
async function onMandate() {
  const [giver, agent] = [await applicantOf(gateway), await newcomer(gateway)]
  const mandate = await given(giver, agent, gateway)
  const call = await asPerson(agent, gateway)
  const { body } = await file(call, await onBehalf(call, agent, mandate))
  const [theirs, own] = [await opened(agent, body.id), await opened(giver, body.id)]
  await greeted(theirs)
  await greeted(own)
  return { giver, mandate, id: body.id as string, theirs, own }
}

test('of a case on a mandate, what comes after the mandate is taken back goes to its holder alone', async () => {
  const { giver, mandate, id: caseId, theirs, own } = await onMandate()
  const seen = theirs.numbers().length
  // Taken back at another gateway: this one has not read its endings yet.
  await gateway.gateway.deps.store.mandates.end(
    mandate,
    'giver',
    giver.principal.personId,
    gateway.gateway.deps.now(),
  )
  await note(caseId, gateway.gateway)
  await until(() => own.numbers().length > seen)
  expect(await theirs.ended).toBe('whole')
  expect(theirs.numbers()).toHaveLength(seen)
  own.leave()
})

test('a mandate that is taken back, or runs out, ends its streams without any event', async () => {
  const one = await onMandate()
  await revokeMandate(one.mandate, { dryRun: false }, acting(one.giver), gateway.gateway.deps)
  await live().tick()
  expect(await one.theirs.ended).toBe('whole')
  const other = await onMandate()
  const sql = pool(gateway.databaseUrl, 1)
  await sql`update mandates set valid_until = now() where id = ${other.mandate}`
  await sql.end()
  await live().tick()
  expect(await other.theirs.ended).toBe('whole')
  for (const { own } of [one, other]) own.leave()
})

test('a reader that does not read is cut off, and has lost nothing when it comes again', async () => {
  const { id: busy, owner: holder } = await caseOf(gateway)
  // The clock stands still: on a busy machine all this may take longer than a reader may.
  later(0)
  const quick = await opened(holder, busy)
  const slow = await opened(holder, busy)
  await greeted(slow)
  slow.pause()
  // More than the connection itself takes in.
  for (let n = 0; n < 70; n += 1) await note(busy, gateway.gateway, `${n} ${'备注'.repeat(40_000)}`)
  const last = (await gateway.gateway.deps.store.cases.read(busy))?.sequence ?? 0
  await until(() => quick.numbers().at(-1) === last)
  await live().tick()
  expect(live().count()).toBe(2)
  later(LIMITS.streamStallMs + 1_000)
  await live().tick()
  expect(live().count()).toBe(1)
  slow.resume()
  expect(await slow.ended).toBe('broken')
  const had = slow.numbers().at(-1) ?? 0
  expect(had).toBeLessThan(last)

  const token = await personToken(gateway, holder.principal, { scope: 'cases' })
  const again = await openStream(gateway.url, `/api/v1/cases/${busy}/events`, {
    authorization: `Bearer ${token}`,
    'last-event-id': String(had),
  })
  await until(() => again.numbers().at(-1) === last)
  expect([...slow.numbers(), ...again.numbers()]).toEqual(quick.numbers())
  for (const one of [quick, again]) one.leave()
})

test('a person has so many streams and no more, and a closed one makes room', async () => {
  const streams = await Promise.all(Array.from({ length: LIMITS.streamsOfPerson }, () => opened(owner)))
  const call = await asPerson(owner, gateway)
  const more = () => call('GET', `/api/v1/cases/${id}/events`, undefined, { accept: 'text/event-stream' })
  const refused = await more()
  expect([refused.status, refused.body.code]).toEqual([429, 'STREAMS_TOO_MANY'])
  expect(refused.headers.get('retry-after')).toBe('30')
  streams[0]?.leave()
  await until(() => live().count() < LIMITS.streamsOfPerson)
  const next = await opened(owner)
  expect(next.status).toBe(200)
  for (const one of [...streams, next]) one.leave()
})

test('a process that stops ends its streams long before its grace is over, and then itself', async () => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = startProcess({
    PORT: String(port),
    PUBLIC_URL: gateway.url,
    DATABASE_URL: gateway.databaseUrl,
    DATA_DIR: gateway.dataDir,
    SANDBOX_PORT: '0',
    LOG_LEVEL: 'error',
  })
  await untilReady(url, started)
  const streams = await Promise.all(Array.from({ length: 20 }, () => opened(owner, id, {}, url)))
  await Promise.all(streams.map(greeted))
  const since = performance.now()
  started.child.kill('SIGTERM')
  expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(streams.map(() => 'whole'))
  expect(performance.now() - since).toBeLessThan(LIMITS.shutdownMs / 2)
  // When its grace is over it ends with 1. After that it may still write down what it compiled.
  expect(await started.ended).toBe(0)
})
