import sharp from 'sharp'
import { sm3 } from 'sm-crypto-v2'
import { expect, test } from 'vitest'
import { askGm, FETCH, type GmReply, QUERY } from './test-gm.ts'
import { dataOf, type Kit, openKit, samplesOf } from './test-kit.ts'

const JIA = {
  ownerId: '34010319000101001X',
  ownerName: '测试甲',
  purpose: '3',
  projNo: 'AH340100209901020001',
  operator: 'gw-user-0001',
}
const ID = 'PHahperson0001'
const { projNo } = JIA

const query = (kit: Kit, body: object = JIA) => askGm(kit, QUERY, body)
const fetched = (kit: Kit, body: object) => askGm(kit, FETCH, body)

async function tokenOf(kit: Kit, applyId = JIA.ownerId, applyName = JIA.ownerName): Promise<string> {
  const body = { applyId, applyName, applyPhone: '10000000001', isApp: '0' }
  const reply = await kit.json('/api-0.8.20/zzwk-service/criterion/getUnAuthToken', body)
  return dataOf(reply)['token'] ?? ''
}

const failure = ({ status, json }: GmReply) => [status, json['flag'], json['result'], json['data']]
const wrong = (name: string) => [200, '400', `参数错误:${name}`, null]
const FORBIDDEN = [200, '403', '无权限', null]
const NO_TOKEN = [200, '401', '令牌无效', null]
const UNKNOWN = [200, '404', '未查询到', null]

/** Members of one element without those that are to be passed over, and with numbers as texts. */
const rowOf = (reply: GmReply) =>
  Object.fromEntries(
    Object.entries(dataOf(reply))
      .filter(([name]) => name !== 'rowNum' && name !== 'ext1')
      .map(([name, value]) => [name, String(value)]),
  )
const rowsOf = ({ json }: GmReply) => [json['data']].flat() as Record<string, unknown>[]

test('the recorded samples are taken as they stand, and the answers have the recorded members', async () => {
  const kit = openKit()
  const token = await tokenOf(kit)
  const told: string[] = []
  for (const op of ['photo-query', 'photo-fetch']) {
    const { request, response } = samplesOf(op)[0] ?? {}
    // Only the token is another platform's.
    const body = { ...request?.decryptedBody, ...(op === 'photo-fetch' ? { token } : {}) }
    const reply = await askGm(kit, request?.path ?? '', body, {
      contentType: request?.headers?.['Content-Type'] ?? '',
    })
    const recorded = response?.body as unknown as { result: string; data: object | object[] }
    const [row] = [recorded.data].flat()
    const members = Object.keys(row ?? {}).filter((name) => name !== 'rowNum' && name !== 'ext1')
    expect([reply.json['flag'], reply.json['result']]).toEqual(['200', recorded.result])
    expect(Object.keys(rowOf(reply)).sort()).toEqual(members.sort())
    told.push(rowOf(reply)['photoId'] ?? '')
  }
  expect(told).toEqual([ID, ID])
})

test('tells of the photo what its bytes say', async () => {
  const kit = openKit()
  const found = rowOf(await query(kit))
  const { content = '', ...photo } = rowOf(
    await fetched(kit, { photoId: ID, token: await tokenOf(kit), projNo }),
  )
  const bytes = Buffer.from(content, 'base64')
  expect(found).toEqual({
    photoId: ID,
    photoType: '01',
    photoDate: '20981221',
    suffix: 'jpg',
    width: '358',
    height: '441',
    size: String(bytes.length),
  })
  expect(photo).toEqual({ photoId: ID, suffix: 'jpg', sm3: sm3(bytes) })
  expect(bytes.toString('base64')).toBe(content)
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 358, height: 441 })
})

test('one photo comes alone or in a list, numbers come either way', async () => {
  const kit = openKit()
  const forms = new Set<string>()
  for (let round = 0; round < 12; round += 1) {
    const reply = await query(kit)
    forms.add(Array.isArray(reply.json['data']) ? 'list' : 'object')
    forms.add(typeof rowsOf(reply)[0]?.['size'])
    forms.add('rowNum' in dataOf(reply) ? 'more' : 'no more')
  }
  expect([...forms].sort()).toEqual(['list', 'more', 'no more', 'number', 'object', 'string'])
})

test.each([
  ['测试甲', '34010319000101001X', [['01', '20981221']]],
  [
    '测试乙',
    '340202190102030027',
    [
      ['02', '20980805'],
      ['01', '20941124'],
    ],
  ],
  ['测试丙', '341302190204050033', [['03', '20921224']]],
  ['测试丁', '31010119030607004X', [['03', '20971128']]],
  ['测试戊', '320505190408090059', [['02', '20980507']]],
  ['测试己', '330102190510110061', [['02', '20981118']]],
  ['测试庚', '341102190003120073', []],
  ['测试通', '310101199003070000', [['02', '20980427']]],
  ['测试丁', '340103190304040048', [['01', '20981213']]],
  ['测试己', '340103190408096062', [['01', '20981128']]],
])('%s %s has the photos %j', async (ownerName, ownerId, photos) => {
  const reply = await query(openKit(), { ...JIA, ownerName, ownerId })
  expect(rowsOf(reply).map((row) => [row['photoType'], row['photoDate']])).toEqual(photos)
  if (photos.length === 0) expect(reply.json['data']).toEqual([])
})

test('every photo is another picture under another identifier', async () => {
  const kit = openKit()
  const [ids, digests] = [new Set(), new Set()]
  let count = 0
  const persons = kit.region.persons.filter(({ kind, name }) => kind === 'person' && !/^测试..+/.test(name))
  for (const { name, idNumber } of persons) {
    const token = await tokenOf(kit, idNumber, name)
    for (const { photoId } of rowsOf(await query(kit, { ...JIA, ownerName: name, ownerId: idNumber }))) {
      ids.add(photoId)
      digests.add(rowOf(await fetched(kit, { photoId, token, projNo }))['sm3'])
      count += 1
    }
  }
  expect([count, ids.size, digests.size, digests.has(undefined)]).toEqual([10, 10, 10, false])
})

test('a person who is not known has no photo, and one of another name is refused', async () => {
  const kit = openKit()
  const unknown = await query(kit, { ...JIA, ownerId: '330106190203030032' })
  expect([unknown.json['flag'], unknown.json['data']]).toEqual(['200', []])
  expect(failure(await query(kit, { ...JIA, ownerName: '测试乙' }))).toEqual(FORBIDDEN)
  expect(kit.region.refusals().at(-1)).toMatchObject({ operation: 'photo-query', status: 200, code: '403' })
  // Of one who has none, the name is looked at all the same.
  const none = { ...JIA, ownerId: '341102190003120073' }
  expect(failure(await query(kit, none))).toEqual(FORBIDDEN)
})

test.each([
  ['ownerId', '340103190001010011'],
  ['ownerId', '34010319000101001x'],
  ['ownerId', '91340100MA2TEXT08A'],
  ['ownerId', ''],
  ['ownerName', '测'.repeat(51)],
  ['ownerName', null],
  ['purpose', '5'],
  ['purpose', 3],
  ['projNo', ''],
  ['projNo', 'A'.repeat(51)],
  ['operator', ''],
  ['operator', '人'.repeat(51)],
  ['caller', '长三角网关'],
])('refuses %s %j of a query', async (name, value) => {
  expect(failure(await query(openKit(), { ...JIA, [name]: value }))).toEqual(wrong(name))
})

test.each(['ownerId', 'ownerName', 'purpose', 'projNo', 'operator'])('wants %s', async (name) => {
  const { [name]: _, ...rest } = JIA as Record<string, string>
  expect(failure(await query(openKit(), rest))).toEqual(wrong(name))
})

test.each(['1', '2', '3', '4', '9'])('takes the purpose %s, and a case of any region', async (purpose) => {
  const reply = await query(openKit(), { ...JIA, purpose, projNo: '沪-1' })
  expect(reply.json['flag']).toBe('200')
})

test('refuses a fetch in the order 400, 401, 404, 403, 403', async () => {
  const kit = openKit()
  const [own, foreign] = [await tokenOf(kit), await tokenOf(kit, '340202190102030027', '测试乙')]
  const ask = async (body: object) => failure(await fetched(kit, body))
  const all = { photoId: 'PHnobody', token: 'x', projNo: 'A'.repeat(51) }
  expect(await ask({ ...all, photoId: '' })).toEqual(wrong('photoId'))
  expect(await ask({ ...all, token: 1 })).toEqual(wrong('token'))
  expect(await ask(all)).toEqual(wrong('projNo'))
  expect(await ask({ ...all, projNo, purpose: '3' })).toEqual(wrong('purpose'))
  expect(await ask({ ...all, projNo })).toEqual(NO_TOKEN)
  expect(await ask({ ...all, projNo, token: '__proto__' })).toEqual(NO_TOKEN)
  expect(await ask({ ...all, projNo, token: foreign })).toEqual(UNKNOWN)
  expect(await ask({ photoId: ID, projNo, token: foreign })).toEqual(FORBIDDEN)
  expect(await ask({ photoId: ID, projNo, token: own })).toEqual(FORBIDDEN)
  await query(kit)
  expect(await ask({ photoId: ID, projNo: 'AH340100209901020002', token: own })).toEqual(FORBIDDEN)
  expect(await ask({ photoId: ID, projNo, token: foreign })).toEqual(FORBIDDEN)
  expect((await ask({ photoId: ID, projNo, token: own }))[1]).toBe('200')
})

test('a token is good for 600 s, as often as it is used', async () => {
  const kit = openKit()
  const token = await tokenOf(kit)
  await query(kit)
  const ask = async () => (await fetched(kit, { photoId: ID, token, projNo })).json['flag']
  expect([await ask(), await ask()]).toEqual(['200', '200'])
  kit.pass(599)
  expect(await ask()).toBe('200')
  kit.pass(1)
  expect(await ask()).toBe('401')
})

test('a clerk takes photos away, renews them and puts them back', async () => {
  const kit = openKit()
  const yi = { ...JIA, ownerName: '测试乙', ownerId: '340202190102030027' }
  const act = (what: 'remove' | 'renew' | 'restore' | 'expire') =>
    kit.region.changeHolding?.(`photo-${yi.ownerId}`, what)
  const shown = async () => rowsOf(await query(kit, yi)).map((row) => row['photoDate'])
  const token = await tokenOf(kit, yi.ownerId, yi.ownerName)
  const before = rowsOf(await query(kit, yi))[0]?.['photoId']
  expect(act('remove')).toMatchObject({ name: '', state: '无照片', acts: ['renew', 'restore'] })
  expect(await shown()).toEqual([])
  expect(failure(await fetched(kit, { photoId: before, token, projNo }))).toEqual(UNKNOWN)
  expect(act('renew')).toMatchObject({ name: '社会保障卡', state: '20990102' })
  expect(await shown()).toEqual(['20990102'])
  const other = openKit()
  other.region.load(JSON.parse(JSON.stringify(kit.region.save())))
  expect(rowsOf(await query(other, yi)).map((row) => row['photoDate'])).toEqual(['20990102'])
  expect(act('restore')).toMatchObject({ name: '社会保障卡、居民身份证', acts: ['remove', 'renew'] })
  expect(await shown()).toEqual(['20980805', '20941124'])
  expect(() => act('expire')).toThrow('What can be done to it now: remove, renew.')
})
