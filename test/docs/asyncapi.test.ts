/** `/asyncapi.json`: its own parser finds nothing wrong with it, and what is really posted is what it says. */
import { Parser } from '@asyncapi/parser'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVENT_TYPES } from '../../src/schemas/case.ts'
import { startWithEvents, subscribed, type WithEvents } from '../support/events.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

let world: WithEvents
let receiver: Receiver
// biome-ignore lint/suspicious/noExplicitAny: the document is read as whoever is sent it reads it.
let told: any
beforeAll(async () => {
  world = await startWithEvents()
  told = (await world.gateway.anyone('GET', '/asyncapi.json')).body
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  await world.gateway.close()
})

test('what is posted fits the message of its type and no other', async () => {
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } })
  ajv.addSchema({ components: told.components }, 'asyncapi')
  const fits = (type: string, part: 'payload' | 'headers', value: unknown) =>
    ajv.compile({ $ref: `asyncapi#/components/messages/${type}/${part}` })(value)
  const from = (await world.caller('GET', '/api/v1/events?limit=1')).body.nextCursor
  await subscribed(world.caller, { url: receiver.url, from })
  await subscribed(world.caller, { url: receiver.url, from, algorithm: 'ed25519' })
  await world.note(await world.fileOne())
  await world.deliver()
  const types = receiver.posts.map(({ event }) => event.data.type)
  expect(new Set(types)).toEqual(new Set(['status', 'dispatch', 'note']))
  for (const { headers, event } of receiver.posts)
    for (const type of EVENT_TYPES) {
      expect(fits(type, 'payload', event)).toBe(type === event.data.type)
      expect(fits(type, 'headers', headers)).toBe(true)
    }
})

test('stands beside the other description', async () => {
  expect((await world.gateway.anyone('GET', '/docs')).body).toContain('href="/asyncapi.json"')
})

// Its parser keeps the process busy for seconds: whoever talks over HTTP has been served by then.
test('is valid AsyncAPI 3.0, without a warning, and says how each type of event is posted', async () => {
  const { document, diagnostics } = await new Parser().parse(told)
  // What is left are hints for whoever draws documents of it.
  expect(diagnostics.filter(({ severity }) => severity <= 1)).toEqual([])
  expect(document?.version()).toBe('3.0.0')
  const [operation, ...others] = document?.allOperations().all() ?? []
  expect(others).toEqual([])
  expect(operation?.isSend()).toBe(true)
  const names = operation
    ?.messages()
    .all()
    .map((message) => message.name())
  expect(names).toEqual(EVENT_TYPES.map((type) => `cn.delta-gateway.case.${type}.v1`))
})

test('a document with a broken reference is found out', async () => {
  const text = JSON.stringify(told).replace('#/channels/webhook', '#/channels/nowhere')
  const { diagnostics } = await new Parser().parse(text)
  expect(diagnostics.some(({ severity }) => severity === 0)).toBe(true)
})
