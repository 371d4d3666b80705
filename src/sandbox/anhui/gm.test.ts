import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { configOf } from './config.ts'
import { openRequest, sealAnswer } from './gm.ts'
import { openOffice } from './office.ts'
import { photoRoutes } from './photos.ts'
import { contentMd5, gmSignatureOf } from './signature.ts'
import { askGm, type BentGm, hmacSm3, QUERY, seal, sealKey, unseal } from './test-gm.ts'
import { openKit } from './test-kit.ts'

const known = (name: string) => {
  const found = vectors.signing.find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

const JIA = {
  ownerId: '34010319000101001X',
  ownerName: '测试甲',
  purpose: '3',
  projNo: 'AH340100209901020001',
  operator: 'gw-user-0001',
}

test('opens and signs the known request', () => {
  const {
    randomKey = '',
    requestTarget = '',
    nonce = '',
    timestamp = '',
    appId = '',
    ...vector
  } = known('gm-photo-query')
  const sent = vector.expected.sentBody ?? ''
  const opened = openRequest(randomKey, Buffer.from(sent))
  expect(opened?.key.toString('hex')).toBe(vector.sm4Key)
  expect(opened?.content.toString()).toBe(vector.body)
  const signed = { target: requestTarget, randomKey, nonce, timestamp, appId, contentMd5: contentMd5(sent) }
  expect(signed.contentMd5).toBe(vector.expected.contentMd5)
  expect(gmSignatureOf(vector.secret ?? '', signed)).toBe(vector.expected.signature)
  expect(hmacSm3(vector.secret ?? '', vector.expected.stringToSign ?? '')).toBe(vector.expected.signature)
})

test('seals the known answer', () => {
  const { sm4Key = '', iv = '', body = '', expected } = known('gm-answer')
  const [key, vector] = [Buffer.from(sm4Key, 'hex'), Buffer.from(iv, 'hex')]
  expect(sealAnswer(key, body, vector)).toBe(expected.answerBody)
  expect(unseal(key, expected.answerBody ?? '')).toBe(body)
})

const world = {
  now: () => new Date(),
  baseUrl: 'http://ah.test',
  gatewayUrl: 'http://gw.test',
  post: async () => ({ status: 200, body: '' }),
}

test('the paths of strategy GM are those of the configuration, which holds the known public key', () => {
  const { options, credentials } = configOf(world)
  expect(photoRoutes(openOffice(world)).map(({ tail }) => tail)).toEqual(options.gmApis)
  expect(credentials.gmPublicKey).toBe(known('gm-photo-query').sm2PublicKey)
  expect(JSON.stringify(configOf(world))).not.toContain(known('gm-photo-query').sm2PrivateKey)
})

const kit = openKit()

test('answers sealed with the key of the request, each time with a new vector', async () => {
  const key = randomBytes(16)
  const [one, two] = [await askGm(kit, QUERY, JIA, { key }), await askGm(kit, QUERY, JIA, { key })]
  expect([one.status, one.headers.get('S-Auth-SignType')]).toEqual([200, 'GM'])
  expect(one.headers.get('Content-Type')).toBe('text/plain;charset=utf-8')
  expect(one.text).toMatch(/^[A-Za-z0-9+/]+=*$/)
  expect(one.text.slice(0, 20)).not.toBe(two.text.slice(0, 20))
  expect(JSON.parse(unseal(key, one.text))).toMatchObject({ flag: '200', result: '查询成功' })
})

const nonce = randomUUID()
const good = randomBytes(16)
const goodKey = sealKey(good)
const bent = (change: (bytes: Buffer) => Buffer): string =>
  change(Buffer.from(goodKey, 'base64')).toString('base64')
const flipped = (place: number) =>
  bent((bytes) => {
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
    return bytes
  })
const sealed = seal(good, JSON.stringify(JIA))

const MISMATCH = ['10007', 'sign strategy mismatch'] as const
const UNDECIPHERED = ['10009', 'decrypt failed'] as const

test.each<readonly [string, BentGm, string, string]>([
  [
    'another version',
    { headers: { 'S-Auth-Version': '2', 'S-Auth-SignType': '' } },
    '10008',
    'header invalid: S-Auth-Version',
  ],
  [
    'another group',
    { headers: { 'S-Auth-GroupId': 'fakegroupah01', 'S-Auth-SignType': '' } },
    '10005',
    'api not authorised',
  ],
  ['strategy PLAIN', { headers: { 'S-Auth-SignType': '', 'S-Auth-RandomKey': '' } }, ...MISMATCH],
  ['GM without its name', { headers: { 'S-Auth-SignType': '' } }, ...MISMATCH],
  ['GM in small letters', { headers: { 'S-Auth-SignType': 'gm' } }, ...MISMATCH],
  ['GM without a key', { headers: { 'S-Auth-RandomKey': '' }, timestamp: 1_000_000_000_000 }, ...MISMATCH],
  [
    'an old time',
    { timestamp: kit.nowMs() - 300_001, headers: { 'S-Content-MD5': 'AAAA' } },
    '10002',
    'timestamp out of range',
  ],
  ['a wrong MD5', { headers: { 'S-Content-MD5': 'AAAA' }, secret: 'x' }, '10006', 'content md5 mismatch'],
  [
    'the secret of PLAIN',
    { secret: 'FAKE_APP_SECRET_AH', nonce, sealed: 'x' },
    '10003',
    'signature verify failed',
  ],
  [
    'another key than the signed one',
    { headers: { 'S-Auth-RandomKey': goodKey } },
    '10003',
    'signature verify failed',
  ],
  ['a key without 04', { randomKey: bent((bytes) => bytes.subarray(1)), sealed }, ...UNDECIPHERED],
  ['a compressed point', { randomKey: flipped(0), sealed }, ...UNDECIPHERED],
  ['a point off the curve', { randomKey: flipped(20), sealed }, ...UNDECIPHERED],
  ['a wrong hash', { randomKey: flipped(70), sealed }, ...UNDECIPHERED],
  ['a key of 15 bytes', { randomKey: sealKey(good.subarray(1)), sealed }, ...UNDECIPHERED],
  ['a key that is no Base64', { randomKey: `${goodKey.slice(0, -1)}*`, sealed }, ...UNDECIPHERED],
  [
    'C1C2C3',
    {
      randomKey: bent((bytes) =>
        Buffer.concat([bytes.subarray(0, 65), bytes.subarray(97), bytes.subarray(65, 97)]),
      ),
      sealed,
    },
    ...UNDECIPHERED,
  ],
  ['no body', { sealed: '' }, ...UNDECIPHERED],
  [
    'a body in two lines',
    { randomKey: goodKey, sealed: `${sealed.slice(0, 76)}\r\n${sealed.slice(76)}` },
    ...UNDECIPHERED,
  ],
  ['a vector without a text', { randomKey: goodKey, sealed: sealed.slice(0, 24) }, ...UNDECIPHERED],
  [
    'a body under another key',
    { randomKey: goodKey, sealed: seal(randomBytes(16), JSON.stringify(JIA)) },
    ...UNDECIPHERED,
  ],
  ['a body that is not sealed', { sealed: JSON.stringify(JIA) }, ...UNDECIPHERED],
])('refuses %s in plain JSON', async (_, change, code, message) => {
  const reply = await askGm(kit, QUERY, JIA, change)
  expect(reply.status).toBe(401)
  expect(reply.json).toEqual({ code, message, requestId: expect.any(String) })
  expect(reply.headers.get('S-Auth-SignType')).toBeNull()
  expect(kit.region.refusals().at(-1)).toMatchObject({ operation: 'photo-query', status: 401, code })
})

test('burns a nonce before it decrypts, and not with a wrong signature', async () => {
  expect((await askGm(kit, QUERY, JIA, { nonce, sealed: 'x' })).json['code']).toBe('10009')
  expect((await askGm(kit, QUERY, JIA, { nonce })).json['code']).toBe('10004')
})

test('no other API takes strategy GM', async () => {
  const target = '/api-0.8.20/zzwk-service/currency/querySummary'
  expect((await askGm(kit, target, {})).json['code']).toBe('10007')
})

test('looks at content type, city and body in that order, and answers them sealed', async () => {
  const told = async (body: unknown, change: BentGm) => {
    const { status, json, headers } = await askGm(kit, QUERY, body, change)
    expect([status, headers.get('S-Auth-SignType'), json['flag'], json['data']]).toEqual([
      200,
      'GM',
      '400',
      null,
    ])
    return json['result']
  }
  const elsewhere = { 'S-Area-Code': '340000000000' }
  expect(await told('{', { contentType: 'application/json', headers: elsewhere })).toBe(
    '参数错误:Content-Type',
  )
  expect(await told('{', { contentType: 'text/plain; charset=gb2312' })).toBe('参数错误:Content-Type')
  expect(await told('{', { headers: elsewhere })).toBe('参数错误:S-Area-Code')
  expect(await told('{', { contentType: 'text/plain' })).toBe('参数错误:body')
  expect(await told('[]', {})).toBe('参数错误:body')
  expect(await told({}, {})).toBe('参数错误:ownerId')
  const large = await askGm(kit, QUERY, `{"ownerId":"${'x'.repeat(4 * 1024 * 1024)}"}`)
  expect(large.json['result']).toBe('参数错误:body')
})
