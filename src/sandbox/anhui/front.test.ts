import { expect, test } from 'vitest'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { randomUUID } from '../moment.ts'
import { contentMd5, signatureOf } from './signature.ts'
import { type Bent, openKit } from './test-kit.ts'

const HEALTH = '/1.0.0/djz-tylsh-rest/api/heartbeat?areaCode=340100000000'
const LIST = '/api-0.8.20/item-service/item/queryItemList'
const page = { areaCode: '340100000000', pageNum: 1, pageSize: 2 }

test.each(vectors.signing.filter(({ strategy }) => strategy === 'PLAIN'))(
  'signs $name as the contract does',
  (vector) => {
    const { requestTarget = '', nonce = '', timestamp = '', appId = '', secret = '', body = '' } = vector
    const md5 = body === '' ? '' : contentMd5(body)
    const signed = { target: requestTarget, nonce, timestamp, appId, contentMd5: md5 }
    expect(md5).toBe(vector.expected?.contentMd5 ?? '')
    expect(signatureOf(secret, signed)).toBe(vector.expected?.signature)
  },
)

const kit = openKit()

test('answers health with its own clock', async () => {
  const { status, json } = await kit.send('GET', HEALTH, '', '')
  expect(status).toBe(200)
  expect(json).toEqual({ result: '01', resultmsg: 'ok', data: { time: '2099-01-02 09:00:46' } })
})

const nonce = randomUUID()
const refusals: readonly (readonly [string, Bent, number, string, string])[] = [
  [
    'a missing version',
    { headers: { 'S-Auth-Version': '' } },
    401,
    '10008',
    'header invalid: S-Auth-Version',
  ],
  ['a nonce that is no UUID', { nonce: 'x' }, 401, '10008', 'header invalid: S-Auth-Nonce'],
  ['another SDK', { headers: { 'S-SDK-Version': '1.2' } }, 401, '10008', 'header invalid: S-SDK-Version'],
  ['an unknown caller', { headers: { 'S-Auth-AppId': 'nobody' } }, 401, '10001', 'appId unknown'],
  ['another group', { headers: { 'S-Auth-GroupId': 'fakegroupah01' } }, 401, '10005', 'api not authorised'],
  ['strategy GM', { headers: { 'S-Auth-SignType': 'GM' } }, 401, '10007', 'sign strategy mismatch'],
  ['a random key', { headers: { 'S-Auth-RandomKey': 'AA==' } }, 401, '10007', 'sign strategy mismatch'],
  ['an old time', { timestamp: kit.nowMs() - 300_001 }, 401, '10002', 'timestamp out of range'],
  ['a wrong MD5', { headers: { 'S-Content-MD5': 'AAAA' } }, 401, '10006', 'content md5 mismatch'],
  ['a wrong secret', { secret: 'other', nonce }, 401, '10003', 'signature verify failed'],
]

test.each(refusals)('refuses %s', async (_, bent, status, code, message) => {
  const reply = await kit.json(LIST, page, bent)
  expect(reply.status).toBe(status)
  expect(reply.json).toEqual({ code, message, requestId: expect.any(String) })
  expect(kit.region.refusals().at(-1)).toMatchObject({ operation: 'matter-list', status, code, message })
})

test('takes a time at the edge of the skew', async () => {
  expect((await kit.json(LIST, page, { timestamp: kit.nowMs() + 300_000 })).json['flag']).toBe('200')
})

test('burns a nonce only with a right signature, and for ten minutes', async () => {
  expect((await kit.json(LIST, page, { nonce })).status).toBe(200)
  expect((await kit.json(LIST, page, { nonce })).json).toMatchObject({
    code: '10004',
    message: 'nonce replay',
  })
  kit.pass(599)
  expect((await kit.json(LIST, page, { nonce })).json['code']).toBe('10004')
  kit.pass(1)
  expect((await kit.json(LIST, page, { nonce })).status).toBe(200)
})

test('knows no other path and no other method', async () => {
  expect((await kit.send('GET', LIST, '', '')).json['code']).toBe('10404')
  expect((await kit.json('/uccp-user/nobody', {})).status).toBe(404)
})

test('refuses a request of more than 24 MiB before anything else', async () => {
  const reply = await kit.send('POST', '/nowhere', new Uint8Array(24 * 1024 * 1024 + 1), 'text/plain')
  expect(reply.status).toBe(413)
  expect(reply.json['code']).toBe('10413')
})

test.each([
  ['areaCode=340000000000', '参数错误:areaCode'],
  ['areaCode=', 'ok'],
  ['city=1', '参数错误:city'],
])('judges the query of health: %s', async (query, message) => {
  const reply = await kit.send('GET', `/1.0.0/djz-tylsh-rest/api/heartbeat?${query}`, '', '')
  expect(reply.json['resultmsg']).toBe(message)
})

test('names the operation of a path', () => {
  const path = '/api-0.8.20/zzwk-service/materialService/materialUpload'
  expect(kit.region.operationOf('POST', path)).toBe('material-upload')
  expect(kit.region.operationOf('GET', HEALTH)).toBe('health')
  expect(kit.region.operationOf('GET', path)).toBeUndefined()
})
