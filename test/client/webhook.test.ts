/** What the gateway posts is taken by the client's check, and nothing else is. */
import { verifyWebhook, WebhookRefused } from 'delta-gateway/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWithEvents, subscribed, type WithEvents } from '../support/events.ts'
import { type Post, type Receiver, startReceiver } from '../support/receiver.ts'

let world: WithEvents
let receiver: Receiver
const secrets: Record<string, string> = {}
const posts: Record<string, Post> = {}
beforeAll(async () => {
  world = await startWithEvents()
  receiver = await startReceiver()
  for (const algorithm of ['hmac', 'ed25519']) {
    const made = await subscribed(world.caller, { url: `${receiver.url}/${algorithm}`, algorithm })
    secrets[algorithm] = made.secret ?? made.publicKey
  }
  await world.fileOne()
  await world.deliver()
  for (const post of receiver.posts) posts[post.path.split('/').at(-1) ?? ''] ??= post
})
afterAll(async () => {
  await receiver.close()
  await world.gateway.close()
})

const checked = (algorithm: string, over: Partial<Post> = {}, options: object = {}) => {
  const { headers, body } = { ...(posts[algorithm] as Post), ...over }
  return verifyWebhook(headers, body, { secret: secrets[algorithm] ?? '', ...options })
}
const reason = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof WebhookRefused) return error.reason
    throw error
  }
  return 'taken'
}

test.each(['hmac', 'ed25519'])('a post signed by %s is taken, and gives its event', (algorithm) => {
  const { type, data } = checked(algorithm)
  expect(type).toMatch(/^cn\.delta-gateway\.case\.\w+\.v1$/)
  expect(data.caseId).toBeTruthy()
  // While one secret is exchanged for another, either signs.
  const secret = ['whsec_b2xk', secrets[algorithm]]
  expect(checked(algorithm, {}, { secret }).data).toEqual(data)
})

test.each(['hmac', 'ed25519'])(
  'a post by %s is refused when it is old, changed, or signed by another',
  (algorithm) => {
    const { headers, body } = posts[algorithm] as Post
    const later = { now: () => new Date(Date.now() + 301_000) }
    expect(reason(() => checked(algorithm, {}, later))).toBe('time')
    expect(reason(() => checked(algorithm, { body: `${body} ` }))).toBe('signature')
    expect(reason(() => checked(algorithm, { headers: { ...headers, 'webhook-id': 'other' } }))).toBe(
      'signature',
    )
    expect(reason(() => checked(algorithm, { headers: { ...headers, 'webhook-timestamp': 'now' } }))).toBe(
      'headers',
    )
    const { 'webhook-signature': _left, ...unsigned } = headers
    expect(reason(() => checked(algorithm, { headers: unsigned }))).toBe('headers')
    const other = algorithm === 'hmac' ? secrets['ed25519'] : secrets['hmac']
    expect(reason(() => checked(algorithm, {}, { secret: other }))).toBe('signature')
  },
)
