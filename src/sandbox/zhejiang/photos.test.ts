import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterEach, describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/zj.json' with { type: 'json' }
import { portrait } from '../pictures.ts'
import { closeAll, errorOf, type Gateway, open, PREFIX, settled } from './test-application.ts'
import { dataOf } from './test-gateway.ts'

afterEach(closeAll)

const BIZ = 'CSJ209901050000001'
const JIA = {
  idType: 'ID_CARD',
  idNo: '33010619010203101X',
  userName: '测试甲',
  areaCode: '330101',
  usage: 'CROSS_PROVINCE',
  bizNo: BIZ,
}

const ask = (gateway: Gateway, operation: string, body: object, contentType = 'application/json') =>
  gateway.send('POST', `${PREFIX}4/photo/${operation}`, { body: JSON.stringify(body), contentType })
const query = (gateway: Gateway, body: object) => ask(gateway, 'queryPhoto', body)
const fetched = (gateway: Gateway, photoId: string, bizNo = BIZ) =>
  ask(gateway, 'fetchPhoto', { photoId, bizNo })
const idOf = async (gateway: Gateway, body: object = JIA) =>
  dataOf(await query(gateway, body))['photoId'] ?? ''

const NONE = [200, 'C-PHOTO-NOT-EXIST', '照片不存在']
const wrong = (path: string) => [200, 'C-AFFAIR-PARAM-INVALID', `参数错误:${path}`]

const membersOf = (value: unknown) =>
  Object.keys(settled(value) as object)
    .filter((name) => name !== 'extField1')
    .sort()

describe('the recorded samples', () => {
  test('are taken as they stand, and each answer has the recorded members', async () => {
    const gateway = open()
    for (const op of ['photo-query', 'photo-fetch']) {
      const sample = vectors.samples.find((one) => one.op === op)
      const { headers, path, body } = sample?.request ?? {}
      gateway.setClock(headers?.['X-BG-DATE-TIME'] ?? '')
      // The recorded identifier is another platform's; the body is not signed.
      const sent = op === 'photo-query' ? body : { ...(body as object), photoId: await idOf(gateway) }
      const reply = await gateway.send('POST', path ?? '', {
        headers: headers as Record<string, string>,
        body: JSON.stringify(sent),
      })
      const recorded = sample?.response.body as unknown as Record<string, object>
      expect(reply.json).toMatchObject({ success: true, errorCode: null, errorMsg: null })
      expect(membersOf(reply.json['data'])).toEqual(membersOf(recorded['data']))
    }
  })
})

test('tells of the photo what its bytes say', async () => {
  const gateway = open()
  const found = dataOf(await query(gateway, JIA))
  expect(found['photoId']).toMatch(/^ph_[0-9a-f]{24}$/)
  expect(settled(found)).toMatchObject({
    source: 'ID_CARD',
    gmtTaken: '2098-12-31 10:00:00',
    contentType: 'image/jpeg',
    width: '358',
    height: '441',
    expireSeconds: '300',
  })
  const { photoBase64 = '', ...photo } = dataOf(await fetched(gateway, found['photoId'] ?? ''))
  const bytes = Buffer.from(photoBase64.replace(/\s/g, ''), 'base64')
  expect(photo).toMatchObject({
    photoId: found['photoId'],
    contentType: 'image/jpeg',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 358, height: 441 })
  expect(bytes.length).toBeLessThan(30_000)
})

test('breaks Base64 into lines of 76 or not at all, and writes numbers either way', async () => {
  const gateway = open()
  const [forms, widths] = [new Set<string>(), new Set<string>()]
  for (let round = 0; round < 12; round += 1) {
    const found = dataOf(await query(gateway, JIA))
    widths.add(typeof found['width'])
    const { photoBase64 = '' } = dataOf(await fetched(gateway, found['photoId'] ?? ''))
    const lines = photoBase64.split('\r\n')
    expect(lines.slice(0, -1).every((line) => line.length === 76)).toBe(true)
    expect(Buffer.from(lines.join(''), 'base64')).toEqual(portrait(20).bytes)
    forms.add(lines.length === 1 ? 'one line' : 'lines')
  }
  expect([...forms].sort()).toEqual(['lines', 'one line'])
  expect([...widths].sort()).toEqual(['number', 'string'])
})

test.each([
  ['测试甲', '33010619010203101X', 'ID_CARD', '2098-12-31'],
  ['测试乙', '330203190203042021', 'SOCIAL_CARD', '2098-07-29'],
  ['测试丙', '330402190304053031', 'DRIVING', '2093-10-23'],
  ['测试丁', '310101190006074049', 'ID_CARD', '2097-11-11'],
  ['测试戊', '320505190507085052', 'SOCIAL_CARD', '2098-12-06'],
  ['测试己', '340103190408096062', 'DRIVING', '2096-12-06'],
  ['测试丙', '330106190203030032', 'ID_CARD', '2098-04-30'],
  ['测试己', '330102190510110061', 'ID_CARD', '2098-10-22'],
])('%s %s has a photo of %s taken on %s', async (userName, idNo, source, day) => {
  const found = dataOf(await query(open(), { ...JIA, userName, idNo }))
  expect([found['source'], found['gmtTaken']]).toEqual([source, `${day} 10:00:00`])
})

test('the photos of two persons are two pictures', async () => {
  const gateway = open()
  const digests = new Set<string | undefined>()
  const persons = gateway.region.persons.filter(
    ({ kind, name }) => kind === 'person' && name !== '测试通' && !/^测试..+/.test(name),
  )
  for (const { name, idNumber } of persons) {
    const id = await idOf(gateway, { ...JIA, userName: name, idNo: idNumber })
    digests.add(dataOf(await fetched(gateway, id))['sha256'])
  }
  expect([digests.size, digests.has(undefined)]).toEqual([persons.length, false])
  expect(persons).toHaveLength(8)
})

test.each([
  ['a person without a photo', { userName: '测试通', idNo: '310101199003070000' }],
  ['an unknown number', { idNo: '330106190102031011' }],
  ['the name of another', { userName: '测试乙' }],
  ['another type of certificate', { idType: 'PASSPORT' }],
  ['a firm', { idNo: '91330100MA9TEXT19M', userName: '长三角测试科技(杭州)有限公司' }],
])('has none for %s', async (_, change) => {
  const gateway = open()
  const reply = await query(gateway, { ...JIA, ...change })
  expect(errorOf(reply)).toEqual(NONE)
  expect(reply.json['data']).toBeNull()
  expect(gateway.region.refusals()).toMatchObject([{ operation: 'photo-query', code: 'C-PHOTO-NOT-EXIST' }])
})

test.each([
  ['idType', 'UNIFIED_SOCIAL_ID'],
  ['idType', '111'],
  ['idNo', ''],
  ['userName', null],
  ['areaCode', '330100'],
  ['areaCode', '310101'],
  ['usage', '3'],
  ['bizNo', 'A_123456'],
  ['bizNo', 'A1234'],
  ['bizNo', 'A'.repeat(51)],
  ['photoType', '1'],
])('refuses %s %j of a query before it looks for the person', async (name, value) => {
  const reply = await query(open(), { ...JIA, idNo: 'nobody', [name]: value })
  expect(errorOf(reply)).toEqual(wrong(name))
})

test.each(['idType', 'idNo', 'userName', 'areaCode', 'usage', 'bizNo'])('wants %s', async (name) => {
  const { [name]: _, ...rest } = JIA as Record<string, string>
  expect(errorOf(await query(open(), rest))).toEqual(wrong(name))
})

test.each(['IDENTITY_CHECK', 'CERT_MAKING', 'CROSS_PROVINCE'])('takes the usage %s', async (usage) => {
  expect((await query(open(), { ...JIA, usage })).json['success']).toBe(true)
})

test('looks at the content type, the JSON and the query before the members', async () => {
  const gateway = open()
  expect(errorOf(await ask(gateway, 'queryPhoto', {}, 'text/plain'))).toEqual(wrong('Content-Type'))
  expect(errorOf(await ask(gateway, 'fetchPhoto', []))).toEqual(wrong('body'))
  const path = `${PREFIX}4/photo/fetchPhoto`
  const bent = { query: [['a', '1']] as const, body: '{}', contentType: 'application/json' }
  expect(errorOf(await gateway.send('POST', path, bent))).toEqual(wrong('a'))
})

test('refuses the members of a fetch before it looks for the photo', async () => {
  const gateway = open()
  expect(errorOf(await ask(gateway, 'fetchPhoto', { photoId: 'x' }))).toEqual(wrong('bizNo'))
  expect(errorOf(await ask(gateway, 'fetchPhoto', { bizNo: BIZ }))).toEqual(wrong('photoId'))
  expect(errorOf(await ask(gateway, 'fetchPhoto', { photoId: '', bizNo: BIZ }))).toEqual(wrong('photoId'))
  const unknown = { photoId: 'x', bizNo: BIZ, usage: 'CERT_MAKING' }
  expect(errorOf(await ask(gateway, 'fetchPhoto', unknown))).toEqual(wrong('usage'))
})

test('a photo is fetched again and again for 300 s, then it has expired', async () => {
  const gateway = open()
  const photoId = await idOf(gateway)
  expect((await fetched(gateway, photoId)).json['success']).toBe(true)
  gateway.pass(300)
  expect((await fetched(gateway, photoId)).json['success']).toBe(true)
  gateway.pass(1)
  expect(errorOf(await fetched(gateway, photoId))).toEqual([200, 'C-PHOTO-EXPIRED', '照片标识已过期'])
  // Who asks for another case is not told that it was there.
  expect(errorOf(await fetched(gateway, photoId, 'CSJ209901050000002'))).toEqual(NONE)
})

test.each(['ph_85f9503bebe44cc83060274d', 'toString', '__proto__'])('knows no photo %s', async (photoId) => {
  expect(errorOf(await fetched(open(), photoId))).toEqual(NONE)
})

test('gives each query an identifier of its own, good for its own case alone', async () => {
  const gateway = open()
  const first = await idOf(gateway)
  const second = await idOf(gateway, { ...JIA, bizNo: 'CSJ209901050000002' })
  expect(first).not.toBe(second)
  expect(errorOf(await fetched(gateway, second))).toEqual(NONE)
  expect((await fetched(gateway, first)).json['success']).toBe(true)
})

test('forgets identifiers after a day', async () => {
  const gateway = open()
  const photoId = await idOf(gateway)
  gateway.pass(86_401)
  await idOf(gateway)
  expect(errorOf(await fetched(gateway, photoId))).toEqual(NONE)
})

test('a clerk takes a photo away, renews it and puts it back', async () => {
  const gateway = open()
  const photoId = await idOf(gateway)
  const act = (what: 'remove' | 'renew' | 'restore') =>
    gateway.region.changeHolding?.(`photo-${JIA.idNo}`, what)
  expect(act('remove')).toMatchObject({ state: '无照片', acts: ['renew', 'restore'] })
  expect(errorOf(await query(gateway, JIA))).toEqual(NONE)
  expect(errorOf(await fetched(gateway, photoId))).toEqual(NONE)
  expect(act('renew')).toMatchObject({ name: '居民身份证', state: '2099-01-05' })
  expect(errorOf(await fetched(gateway, photoId))).toEqual(NONE)
  const renewed = dataOf(await query(gateway, JIA))
  expect(renewed['gmtTaken']).toBe('2099-01-05 09:00:15')
  const { sha256 } = dataOf(await fetched(gateway, renewed['photoId'] ?? ''))
  expect(sha256).toBe(createHash('sha256').update(portrait(10).bytes).digest('hex'))
  const other = open()
  other.region.load(JSON.parse(JSON.stringify(gateway.region.save())))
  expect(dataOf(await query(other, JIA))['gmtTaken']).toBe('2099-01-05 09:00:15')
  expect(act('restore')).toMatchObject({ state: '2098-12-31', acts: ['remove', 'renew'] })
  expect((await fetched(gateway, photoId)).json['success']).toBe(true)
  expect(() => act('restore')).toThrow('What can be done to it now: remove, renew.')
})

test('the operations have their ids', () => {
  const { operationOf } = open().region
  expect(operationOf('POST', `${PREFIX}4/photo/queryPhoto`)).toBe('photo-query')
  expect(operationOf('POST', `${PREFIX}4/photo/fetchPhoto`)).toBe('photo-fetch')
  expect(operationOf('POST', `${PREFIX}5/photo/fetchPhoto`)).toBeUndefined()
})
