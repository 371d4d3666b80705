/** Webhooks that work: what is posted, how it is signed, and how fast, seen by foreign clients. */
import { createPublicKey, verify } from 'node:crypto'
import { HTTP } from 'cloudevents'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkCloudEvent } from '../../src/schemas/cloud-event.ts'
import { startWithEvents, type WithEvents } from '../support/events.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

let world: WithEvents
let caseId: string
let receiver: Receiver
beforeAll(async () => {
  world = await startWithEvents()
  caseId = await world.fileOne()
  receiver = await startReceiver()
})
afterEach(async () => {
  for (const { id } of (await world.caller('GET', '/api/v1/subscriptions')).body.items)
    await world.caller('DELETE', `/api/v1/subscriptions/${id}`)
  receiver.posts.length = 0
  receiver.taken.length = 0
  receiver.behave(() => 204)
})
afterAll(async () => {
  await receiver.close()
  await world.gateway.close()
})

const headersOf = (post: Receiver['posts'][number]) => post.headers as Record<string, string>

test('an event is posted as a CloudEvent, which the CloudEvents SDK and our own checker read', async () => {
  await world.subscribe({ url: receiver.url })
  await world.note(caseId)
  await world.deliver()
  const [post] = receiver.posts
  if (!post) throw new Error('nothing came')
  const event = HTTP.toEvent({ headers: headersOf(post), body: post.body })
  if (Array.isArray(event)) throw new Error('a batch came')
  const timeline = (await world.caller('GET', `/api/v1/cases/${caseId}/events`)).body.items
  expect(event.data).toEqual(timeline.at(-1))
  expect(event.id).toBe(timeline.at(-1).id)
  expect(event.type).toBe('cn.delta-gateway.case.note.v1')
  expect(event.subject).toBe(caseId)
  expect(event.source).toBe(world.gateway.url)
  expect(checkCloudEvent(post.event)).toBeUndefined()
})

test('an HMAC signature is verified by the Standard Webhooks package, and no other secret does', async () => {
  const { secret } = await world.subscribe({ url: receiver.url, algorithm: 'hmac' })
  await world.note(caseId)
  await world.deliver()
  const [post] = receiver.posts
  if (!post) throw new Error('nothing came')
  expect(new Webhook(secret).verify(post.body, headersOf(post))).toEqual(post.event)
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  expect(() => new Webhook(other).verify(post.body, headersOf(post))).toThrow()
  expect(() => new Webhook(secret).verify(`${post.body} `, headersOf(post))).toThrow()
})

test('an ed25519 signature is verified with the public key that was told', async () => {
  const { publicKey, secret } = await world.subscribe({ url: receiver.url, algorithm: 'ed25519' })
  expect(secret).toBeUndefined()
  await world.note(caseId)
  await world.deliver()
  const [post] = receiver.posts
  if (!post) throw new Error('nothing came')
  const x = Buffer.from(publicKey.replace('whpk_', ''), 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const [version, signature = ''] = headersOf(post)['webhook-signature']?.split(',') ?? []
  const signed = `${post.headers['webhook-id']}.${post.headers['webhook-timestamp']}.${post.body}`
  expect(version).toBe('v1a')
  expect(verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64'))).toBe(true)
  expect(verify(null, Buffer.from(`${signed} `), key, Buffer.from(signature, 'base64'))).toBe(false)
})

test('the secret is shown once', async () => {
  const made = await world.subscribe({ url: receiver.url })
  expect(made.secret).toMatch(/^whsec_/)
  const listed = await world.caller('GET', '/api/v1/subscriptions')
  const read = await world.caller('GET', `/api/v1/subscriptions/${made.id}`)
  expect(JSON.stringify([listed.body, read.body])).not.toContain('whsec_')
  expect(read.body).toMatchObject({ state: 'active', failingSince: null, waiting: 0, parked: 0 })
})

test('begins now, or at a cursor; types that were not asked for are left out', async () => {
  await world.subscribe({ url: `${receiver.url}?now` })
  await world.subscribe({
    url: `${receiver.url}?all`,
    from: (await world.caller('GET', '/api/v1/events?limit=1')).body.nextCursor,
    types: ['note'],
  })
  await world.note(caseId)
  await world.deliver()
  const seen = (end: string) =>
    receiver.posts.filter(({ path }) => path.endsWith(end)).map(({ event }) => event)
  expect(seen('now')).toHaveLength(1)
  const notes = (await world.caller('GET', '/api/v1/events?types=note&limit=1000')).body.items
  expect(seen('all').map(({ data }) => data)).toEqual(notes)
})

test('twenty events of one case arrive in their order, once', async () => {
  await world.subscribe({ url: receiver.url })
  for (let index = 0; index < 20; index += 1) await world.note(caseId)
  await world.deliver()
  const sequences = receiver.posts.map(({ event }) => event.data.sequence)
  expect(sequences).toEqual(sequences.toSorted((one, other) => one - other))
  expect(new Set(sequences).size).toBe(20)
  await world.deliver()
  expect(receiver.posts).toHaveLength(20)
})

test('two that deliver at once do nothing twice', async () => {
  await world.subscribe({ url: receiver.url })
  for (let index = 0; index < 10; index += 1) await world.note(caseId)
  await Promise.all([world.deliver(), world.deliver(), world.deliver()])
  expect(receiver.posts).toHaveLength(10)
})
