/** Over the network, both ways: four platforms on ports of their own are judged, and call back to a port of the kit’s; changed ones are found. */
import { serve } from '@hono/node-server'
import { afterEach, describe, expect, test } from 'vitest'
import { networkTransport } from '../../src/adapters/kit/transport.ts'
import { listen } from '../../src/conformance/callbacks/listener.ts'
import { judgeLive } from '../../src/conformance/callbacks/live.ts'
import { openReceiver } from '../../src/conformance/callbacks/receiver.ts'
import { judge } from '../../src/conformance/run.ts'
import { virtualClock } from '../../src/sandbox/clock.ts'
import { postOverNetwork } from '../../src/sandbox/sandbox.ts'
import type { SimulatedRegionId, World } from '../../src/sandbox/simulated.ts'
import { MUTANTS } from './mutants.ts'
import { type Platform, platformOf } from './platforms.ts'

const REGIONS = ['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A platform on a port. */
async function onPort(
  id: SimulatedRegionId,
  meddling?: Parameters<typeof platformOf>[1],
  world: Partial<World> = {},
): Promise<Platform & { readonly network: ReturnType<typeof networkTransport> }> {
  let played: Platform | undefined
  const server = serve({
    fetch: (request) => played?.answer(request) ?? new Response(null, { status: 503 }),
    hostname: '127.0.0.1',
    port: 0,
  })
  await new Promise((resolve) => void server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const network = networkTransport({ connections: 1 })
  played = platformOf(id, meddling, { ...world, baseUrl: `http://127.0.0.1:${port}` })
  const { region } = played
  stops.push(
    () => region.close(),
    network.close,
    () => new Promise((resolve) => void server.close(resolve)),
  )
  return { ...played, network, subject: { ...played.subject, transport: network.send } }
}

const failedIn = (findings: readonly { readonly id: string; readonly verdict: string }[]) =>
  findings.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id)

describe.each(REGIONS)('%s on a port', (id) => {
  test('keeps its contract, and with one change it does not', async () => {
    const right = await onPort(id)
    const findings = await judge(right.subject)
    expect(findings.filter(({ verdict }) => verdict !== 'passed')).toEqual([])
    const [name, , foundBy, meddling] = MUTANTS.find(([, region]) => region === id) ?? []
    expect(name).toBeDefined()
    const changed = await onPort(id, meddling)
    expect(failedIn(await judge(changed.subject))).toContain(foundBy)
  })

  test.each([
    ['calls back as its contract says', 'nothing', (post: World['post']) => post],
    [
      'is found when it takes every answer for success',
      'retry-failed',
      (post: World['post']): World['post'] =>
        async (...asked) => {
          await post(...asked)
          return { status: 200, body: TAKEN[id] }
        },
    ],
  ] as const)('%s (%s)', async (_name, foundBy, changed) => {
    const findings = await calledBack(id, changed)
    const found = failedIn(findings).map((one) => one.replace(/^.*-callback-/, ''))
    if (foundBy === 'nothing')
      expect(findings.filter(({ verdict }) => verdict !== 'passed').map((one) => one.id)).toEqual([])
    else expect(found).toContain(foundBy)
  })
})

const TAKEN = {
  shanghai: '{"isSuccess":true}',
  jiangsu: '{"status":{"code":200,"text":""},"custom":{"code":1,"text":""}}',
  zhejiang: '{"success":true,"errorCode":null,"errorMsg":null,"data":null}',
  anhui: '{"result":"01","resultmsg":"接收成功","data":{}}',
} as const

const MINUTE_MS = 60_000
/** What the postman waits for an answer, and how long one that is too late takes: never. */
const [PATIENCE_MS, NEVER_MS] = [2_500, 2 ** 30]

/** Lets a platform call a port of the kit, and puts the platform’s clock forward until all came again that was to come. */
async function calledBack(id: SimulatedRegionId, changed: (post: World['post']) => World['post']) {
  const clock = virtualClock()
  const port = Promise.withResolvers<string>()
  const toPort: World['post'] = async (url, headers, body) =>
    postOverNetwork(url.replace('http://127.0.0.1:8080', await port.promise), headers, body)
  const { region, subject } = await onPort(id, undefined, {
    now: clock.now,
    after: clock.after,
    post: changed(toPort),
    patienceMs: PATIENCE_MS,
    retryDelaysMs: [1, 5, 30].map((minutes) => minutes * MINUTE_MS),
  })
  const ended = new AbortController()
  const begun = Promise.withResolvers<void>()
  const judged = judgeLive(subject, {
    host: '127.0.0.1',
    port: 0,
    forMs: 60_000,
    ended: ended.signal,
    tell: (url, { events, needed }) => {
      port.resolve(url)
      if (events === needed) begun.resolve()
    },
    waits: { slowMs: 5, lateMs: NEVER_MS },
  })
  await begun.promise
  while (region.callbacks().some(({ lastAnswer }) => lastAnswer === undefined))
    await new Promise((resolve) => void setImmediate(resolve))
  for (const minutes of [3, 8]) await clock.jump(minutes * MINUTE_MS)
  ended.abort()
  return judged
}

test('what is no callback is answered as the gateway answers it, and a body over the limit is not read', async () => {
  const { subject } = platformOf('shanghai')
  const receiver = openReceiver(subject)
  const listener = await listen(receiver, { host: '127.0.0.1', port: 0 })
  stops.push(listener.close)
  const post = (body: string) => fetch(`${listener.url}/sh/callback/applyFk`, { method: 'POST', body })
  expect(await (await post('{}')).json()).toMatchObject({ errorCode: 'SIGN_INVALID' })
  expect((await post('x'.repeat(receiver.tooLarge.bytes + 1))).status).toBe(413)
  expect(receiver.received.length).toBe(1)
})
