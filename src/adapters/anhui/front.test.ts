/** What the front refuses, and what a call makes of it. */
import { expect, test } from 'vitest'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { anhui } from './index.ts'
import { decided, proof, sample, someCase, vectors } from './test-vectors.ts'

const now = () => new Date('2099-01-02T09:00:50+08:00')
const answerOf = (body: unknown, status = 200, headers = {}): Incoming => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
})

const front = (code: string, status = 401, headers = {}) =>
  answerOf({ code, message: 'x', requestId: 'r' }, status, headers)

const well = () => answerOf({ result: '01', resultmsg: 'ok', data: {} })

const asking = (...answers: readonly (() => Incoming)[]) => {
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    return (answers[sent.length - 1] ?? well)()
  }
  return { run: () => anhui.connect(vectors.config, transport, now).health('340100'), sent }
}

test('another clock is taken over once', async () => {
  const date = new Date(now().getTime() + 900_000).toUTCString()
  const { run, sent } = asking(() => front('10002', 401, { date }))
  await run()
  const [first, second] = sent.map((one) => Number(one.headers['S-Auth-Timestamp']))
  expect((second ?? 0) - (first ?? 0)).toBe(900_000)
  const again = asking(
    () => front('10002', 401, { date }),
    () => front('10002', 401, { date }),
  )
  await expect(again.run()).rejects.toMatchObject({ code: 'REGION_AUTH', facts: { code: '10002' } })
})

test('a nonce that was there before is replaced once', async () => {
  const { run, sent } = asking(() => front('10004'))
  await run()
  expect(new Set(sent.map((one) => one.headers['S-Auth-Nonce'])).size).toBe(2)
})

test.each(['10001', '10003', '10005', '10006', '10007', '10008'])('%s is not repeated', async (code) => {
  const { run, sent } = asking(() => front(code))
  await expect(run()).rejects.toMatchObject({ code: 'REGION_AUTH', facts: { code } })
  expect(sent).toHaveLength(1)
})

test('a fault inside the platform is no answer', async () => {
  await expect(asking(() => front('10500', 500)).run()).rejects.toMatchObject({
    code: 'REGION_UNAVAILABLE',
  })
  await expect(
    asking(() => answerOf({ result: '09', resultmsg: '系统异常', data: null })).run(),
  ).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
})

test('a prefix of the base address is signed as well', async () => {
  const sent: Outgoing[] = []
  const config = { ...vectors.config, baseUrl: 'http://ah.test/front' }
  const link = anhui.connect(
    config,
    async (out) => {
      sent.push(out)
      return well()
    },
    now,
  )
  await link.health('340100')
  expect(sent[0]?.url).toBe(`http://ah.test/front${sample('health').request.path}`)
})

test('a request that is too large is refused for good', async () => {
  const { run } = asking(() => front('10413', 413))
  await expect(run()).rejects.toMatchObject({ code: 'REGION_REJECTED', facts: { code: '10413' } })
})
test('every call carries the headers of the contract, and nothing that is not due', async () => {
  const { run, sent } = asking()
  await run()
  expect(sent[0]?.headers).toEqual({
    'S-Auth-Version': '1',
    'S-Auth-AppId': 'fakeappid0001',
    'S-Auth-Timestamp': String(now().getTime()),
    'S-Auth-Nonce': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    'S-Auth-Stage': 'RELEASE',
    'S-Auth-GroupId': 'fakegroupah01',
    'S-Auth-Signature': expect.any(String),
    'S-SDK-Version': '1.3',
    'User-Agent': 'ShieldJavaSDK',
  })
})
test('downloads are waited for longer than other calls', async () => {
  const waited: number[] = []
  const transport: Transport = async (_out, { timeoutMs }) => {
    waited.push(timeoutMs)
    return answerOf({ result: '01', resultmsg: '', data: { files: [] }, flag: '200' })
  }
  const link = anhui.connect(vectors.config, transport, now)
  await link.health('340100')
  await link.readResult({ ...someCase(proof), status: 'COMPLETED' }, decided('COMPLETED'))
  await link.listMatters({ division: '340100', page: 1, pageSize: 1 }).catch(() => undefined)
  expect(waited).toEqual([15_000, 60_000, 15_000])
})
