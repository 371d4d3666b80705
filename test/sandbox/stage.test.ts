/** The sandbox as integrators use it: handlers without a port, seeds, personalities, and signatures that are explained. */
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withFaults } from '../../src/sandbox/fault-answers.ts'
import { type OpenSandbox, openSandbox, sandboxHandlers } from '../../src/sandbox/handlers.ts'
import { PERSONALITIES, PERSONALITY_NAMES } from '../../src/sandbox/personalities.ts'

const gatewayUrl = 'https://gateway.test'
const post = async () => ({ status: 200, body: '{"isSuccess":true}' })
const clock = () => {
  let ahead = 0
  return {
    now: () => new Date(Date.parse('2026-03-02T09:00:00+08:00') + ahead),
    after: () => () => undefined,
    aheadMs: () => ahead,
    jump: async (ms: number) => {
      ahead += ms
    },
  }
}

let server: ReturnType<typeof setupServer>
let sandbox: OpenSandbox
beforeAll(() => {
  sandbox = openSandbox({ gatewayUrl, post, clock: clock(), seed: 'one' })
  server = setupServer(...sandbox.handlers)
  server.listen()
})
afterAll(() => {
  server.close()
  sandbox.close()
})

const regionOf = (one: OpenSandbox, id: string) => {
  const found = one.regions.find(({ region }) => region.region === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const shanghai = 'https://shanghai.sandbox.test'
// biome-ignore lint/suspicious/noExplicitAny: the four configurations have four shapes.
const configOf = (one: OpenSandbox, id: string) => regionOf(one, id).region.config as any

const tokenRequest = (one: OpenSandbox): Request => {
  const { credentials, options } = configOf(one, 'shanghai')
  return new Request(`${shanghai}${options.apiBase}/oauth2/getToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ clientId: credentials.clientId, clientSecret: credentials.clientSecret }),
  })
}
const health = () => new Request(`${shanghai}${configOf(sandbox, 'shanghai').options.apiBase}/health`)
const cut = () => Response.error()

test('a test that listens with the handlers gets the platform’s answers, and no port is used', async () => {
  const answer = await fetch(tokenRequest(sandbox))
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ access_token: expect.stringMatching(/^[0-9a-f]{32}$/) })
  expect(sandboxHandlers({ gatewayUrl, post })).toHaveLength(4)
})

test('one seed gives the same bytes to the same requests, another seed others', async () => {
  const bytes = async (seed: string) => {
    const one = openSandbox({ gatewayUrl, post, clock: clock(), seed })
    const { answer } = regionOf(one, 'shanghai')
    const told: string[] = []
    for (let count = 0; count < 3; count += 1)
      told.push(Buffer.from(await (await answer(tokenRequest(one), cut)).arrayBuffer()).toString('hex'))
    one.close()
    return told
  }
  const [first, again, other] = [await bytes('a'), await bytes('a'), await bytes('b')]
  expect(first).toEqual(again)
  expect(first).not.toEqual(other)
  expect(new Set(first).size).toBe(3)
})

test('a personality strikes the same requests each time, for its seed, and only in its city', async () => {
  const course = async (seed: string, division?: string) => {
    const { faults, answer } = regionOf(sandbox, 'shanghai')
    faults.clear()
    faults.become('error-in-200', PERSONALITIES['error-in-200'].faults, {
      seed,
      ...(division ? { division } : {}),
    })
    const told: boolean[] = []
    for (let count = 0; count < 40; count += 1)
      told.push(((await (await answer(health(), cut)).json()) as { isSuccess: boolean }).isSuccess)
    faults.clear()
    return told
  }
  const first = await course('monday')
  expect(await course('monday')).toEqual(first)
  expect(await course('tuesday')).not.toEqual(first)
  expect(first).toContain(false)
  expect(first).toContain(true)
  // A question about the health of all Shanghai is about no city.
  expect(await course('monday', '310000')).toEqual(Array.from({ length: 40 }, () => true))
})

test('a fault for a city strikes what is about that city, by its code or by the number of one of its cases', async () => {
  const { faults, answer, exchanges, region } = regionOf(sandbox, 'zhejiang')
  const ask = (more: string, body?: string) =>
    answer(
      new Request(`https://zhejiang.sandbox.test/anything${more}`, {
        ...(body === undefined ? {} : { method: 'POST', body }),
      }),
      cut,
    )
  const statuses = async (...asked: readonly [string, string?][]) => {
    const told: number[] = []
    for (const [more, body] of asked) told.push((await ask(more, body)).status)
    return told
  }
  const [own] = region.cases()
  if (!own) throw new Error('the sandbox has no case of its own')
  // Nobody signed: whatever is not struck is refused by the platform.
  expect(own.division).not.toBe('330800')
  faults.add({ kind: 'maintenance', from: '00:00', to: '23:59', division: own.division })
  expect(
    await statuses(
      [`?areacode=${own.division}`],
      [`?areacode=${own.division}000000`],
      ['', JSON.stringify({ number: own.number })],
      ['?areacode=330800'],
      ['', JSON.stringify({ number: `${own.number}`.replace(/.$/, 'x') })],
      // A longer number that begins like the city, as an identity number does, is not its code.
      [`?number=${own.division}199003070000`],
    ),
  ).toEqual([503, 503, 503, 401, 401, 401])
  expect(exchanges().at(-6)).toMatchObject({ division: own.division, fault: 'maintenance' })
  faults.clear()
})

test('a new personality takes the place of the old one, and calm ends it', () => {
  const { faults } = regionOf(sandbox, 'jiangsu')
  faults.become('slow', PERSONALITIES.slow.faults, { division: '320500' })
  faults.become('hanging', PERSONALITIES.hanging.faults, { division: '320500' })
  faults.become('flapping', PERSONALITIES.flapping.faults, {})
  expect(faults.list().map(({ kind, division }) => [kind, division])).toEqual([
    ['hang', '320500'],
    ['flap', undefined],
  ])
  faults.become('calm', [], { division: '320500' })
  faults.become('calm', [], {})
  expect(faults.list()).toEqual([])
})

const kinds = PERSONALITY_NAMES.flatMap((name) => PERSONALITIES[name].faults.map(({ kind }) => kind))
test('every personality is made of faults that exist, and all bad days of the contract are among them', () => {
  for (const kind of ['slow', 'hang', 'flap', 'refusal', 'malformed', 'charset', 'duplicate-callback'])
    expect(kinds).toContain(kind)
  for (const kind of ['late-callback', 'skew', 'maintenance', 'lost', 'wrong-person'])
    expect(kinds).toContain(kind)
})

test('each fault of an answer is what its name says', async () => {
  const { faults, answer } = regionOf(sandbox, 'shanghai')
  const struck = async (fault: Parameters<typeof faults.add>[0]) => {
    faults.clear()
    faults.add(fault)
    const told = await answer(health(), cut)
    const bytes = Buffer.from(await told.arrayBuffer())
    faults.clear()
    return { status: told.status, type: told.type, bytes }
  }
  expect((await struck({ kind: 'error' })).status).toBe(500)
  expect((await struck({ kind: 'drop' })).type).toBe('error')
  expect((await struck({ kind: 'hang', ms: 1 })).type).toBe('error')
  const refusal = await struck({ kind: 'refusal' })
  expect([refusal.status, JSON.parse(refusal.bytes.toString())]).toMatchObject([
    200,
    { isSuccess: false, errorCode: 'SYSTEM_ERROR' },
  ])
  expect(() => JSON.parse('{')).toThrow()
  const malformed = await struck({ kind: 'malformed' })
  expect(malformed.bytes.length).toBeGreaterThan(5)
  expect(() => JSON.parse(malformed.bytes.toString())).toThrow(SyntaxError)
  expect((await struck({ kind: 'maintenance', from: '08:00', to: '10:00' })).status).toBe(503)
  expect((await struck({ kind: 'maintenance', from: '22:00', to: '08:00' })).status).toBe(200)
  expect((await struck({ kind: 'maintenance', from: '22:00', to: '09:30' })).status).toBe(503)
  const flap = async (ms: number) => (await struck({ kind: 'flap', ms })).status
  const half = 3_600_000
  expect([await flap(half), await flap(2 * half)].toSorted()).toEqual([200, 500])
})

test('an answer in GB 18030 that says UTF-8 is no UTF-8', async () => {
  const { faults, answer } = regionOf(sandbox, 'shanghai')
  faults.add({ kind: 'charset' })
  const told = await answer(new Request(`${shanghai}/nowhere`), cut)
  faults.clear()
  expect(told.headers.get('content-type')).toMatch(/utf-8/i)
  const bytes = Buffer.from(await told.arrayBuffer())
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError)
  expect(JSON.parse(new TextDecoder('gb18030').decode(bytes))).toMatchObject({ msg: '接口不存在' })
})

test('a wrong person is the next test person, in name and number', async () => {
  const { faults, region } = regionOf(sandbox, 'zhejiang')
  const [first, second] = region.persons
  faults.add({ kind: 'wrong-person' })
  const { answer } = await withFaults({
    asked: { operation: 'case-query' },
    faults,
    region,
    now: new Date(),
    answer: async () => Response.json({ name: first?.name, cardNumber: first?.idNumber, projId: '1' }),
    cut,
    moment: '',
  })
  faults.clear()
  expect(await answer.json()).toEqual({ name: second?.name, cardNumber: second?.idNumber, projId: '1' })
})

test('a signature check is told with what was signed, expected and received, and without the secret', async () => {
  const { answer, exchanges, region } = regionOf(sandbox, 'jiangsu')
  const { credentials, options } = configOf(sandbox, 'jiangsu')
  const at = String(Math.floor(Date.parse('2026-03-02T09:00:00+08:00') / 1000))
  const told = await answer(
    new Request(`https://jiangsu.sandbox.test/ebus/${options.busCodes.health}/rest/health?areacode=320500`, {
      headers: {
        'x-tif-paasid': credentials.paasid,
        'x-tif-timestamp': at,
        'x-tif-nonce': 'abcdefghij123456',
        'x-tif-signature': 'WRONG',
      },
    }),
    cut,
  )
  expect(told.status).toBe(401)
  const last = exchanges().at(-1)
  expect(last).toMatchObject({ operation: 'health', status: 401, method: 'GET' })
  expect(last?.checks).toEqual([
    {
      clause: '3.1',
      stringToSign: `${at}…abcdefghij123456${at}`,
      expected: expect.stringMatching(/^[0-9A-F]{64}$/),
      received: 'WRONG',
    },
  ])
  expect(JSON.stringify(exchanges())).not.toContain(credentials.tifToken)
  expect(region.refusals().at(-1)?.code).toBe('1002')
})

test('the admin page sets personalities and the clock by forms, and shows what was checked', async () => {
  const { control } = sandbox
  const form = (path: string, fields: Record<string, string>) =>
    control.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
    })
  expect(
    (await form('/__sandbox/anhui/personality', { name: 'slow', division: '340100', seed: 's' })).status,
  ).toBe(303)
  expect(regionOf(sandbox, 'anhui').faults.list()).toMatchObject([
    { kind: 'slow', division: '340100', personality: 'slow' },
  ])
  expect((await form('/__sandbox/anhui/personality', { name: 'nice' })).status).toBe(400)
  expect((await form('/__sandbox/nowhere/personality', { name: 'slow' })).status).toBe(404)
  const page = await (await control.request('/__sandbox')).text()
  expect(page).toContain('abcdefghij123456')
  expect(page).toContain('不一致')
  expect(page).toContain('340100')
  expect((await form('/__sandbox/clock', { workingDays: '20' })).status).toBe(303)
  expect(await (await control.request('/__sandbox/clock')).json()).toEqual({
    now: '2026-03-30T01:00:00.000Z',
    aheadMs: 28 * 86_400_000,
  })
  for (const wrong of [{}, { days: '-1' }, { days: 'x' }, { days: '1', hours: '1' }, { workingDays: '801' }])
    expect((await form('/__sandbox/clock', wrong)).status, JSON.stringify(wrong)).toBe(400)
})
