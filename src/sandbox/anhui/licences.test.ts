import { sm3 } from 'sm-crypto-v2'
import { expect, test } from 'vitest'
import { dataOf, openKit, samplesOf } from './test-kit.ts'
import {
  CARD,
  CARD_NO,
  CLAIM,
  FORBIDDEN,
  failure,
  fetched,
  idOf,
  NO_TOKEN,
  read,
  rowsOf,
  SUMMARY,
  summary,
  tokenOf,
  UNKNOWN,
  unzip,
  verified,
} from './test-licences.ts'

test.each([
  'licence-summary',
  'licence-query',
  'licence-fetch',
  'licence-verify',
  'token-info',
  'unauth-token',
])('%s is answered as recorded', async (op) => {
  const { request, response } = samplesOf(op)[0] ?? {}
  const recorded = response?.body as unknown as { result: string; data: object }
  const plain = (data: unknown) => {
    const { rowNum: _, ext1: __, ...row } = [data].flat()[0] as Record<string, unknown>
    return row
  }
  const kit = openKit()
  const token = await tokenOf(kit)
  const fresh = { ...(op === 'unauth-token' ? { token: expect.stringMatching(/^[0-9a-f]{32}$/) } : {}) }
  const time = { expireTime: '2099-01-02 09:10:46' }
  const sent = request?.body as unknown as Record<string, string>
  for (let round = 0; round < 6; round += 1) {
    const reply = await kit.json(request?.path ?? '', 'token' in sent ? { ...sent, token } : sent)
    expect([reply.json['flag'], reply.json['result']]).toEqual(['200', recorded.result])
    const expected = {
      ...plain(recorded.data),
      ...fresh,
      ...('expireTime' in plain(recorded.data) ? time : {}),
    }
    expect(plain(reply.json['data'])).toEqual(expected)
  }
})

test('one element comes alone or in a list, with more members now and then', async () => {
  const kit = openKit()
  const forms = new Set<string>()
  for (let round = 0; round < 12; round += 1) {
    const reply = await verified(kit)
    forms.add(Array.isArray(reply.json['data']) ? 'list' : 'object')
    forms.add('ext1' in dataOf(reply) ? 'more' : 'no more')
  }
  expect([...forms].sort()).toEqual(['list', 'more', 'no more', 'object'])
})

test('lists valid licences and others, of one type or of all', async () => {
  const kit = openKit()
  const list = async (more: object = {}) =>
    rowsOf(await summary(kit, { ...SUMMARY, ...more })).map((row) => [
      row['certName'],
      row['state'],
      row['expireDate'],
    ])
  expect(await list()).toEqual([
    ['居民身份证', '1', '长期'],
    ['居民户口簿', '1', '长期'],
    ['社会保障卡', '1', '2104-06-25'],
    ['机动车驾驶证', '0', '2098-12-03'],
  ])
  expect(await list({ typeCode: '11400001', useForm: '2' })).toEqual([['机动车驾驶证', '0', '2098-12-03']])
  expect(await list({ typeCode: '11300001' })).toEqual([])
  expect(await list({ useForm: '3' })).toEqual([])
  const firm = { ownerId: '91340200MA2FAKE100', ownerName: '芜湖示例制造有限公司' }
  expect(await list(firm)).toEqual([['营业执照', '1', '长期']])
})

test('a holder who is not known has no licences, and one of another name is refused', async () => {
  const kit = openKit()
  expect((await summary(kit, { ...SUMMARY, ownerId: 'nobody' })).json['data']).toEqual([])
  expect(failure(await summary(kit, { ...SUMMARY, ownerName: '测试乙' }))).toEqual(FORBIDDEN)
})

test('the person of whom another region asks has a card, a register and a driving licence that ended', async () => {
  const kit = openKit()
  const token = await tokenOf(kit)
  for (const name of ['居民身份证', '居民户口簿']) {
    const body = { certId: idOf(kit, name), token, format: 'pdf' }
    expect((await fetched(kit, body)).json['flag']).toBe('200')
  }
  expect(failure(await fetched(kit, { certId: idOf(kit, '机动车驾驶证'), token, format: 'pdf' }))).toEqual(
    FORBIDDEN,
  )
})

test.each([
  ['licence-query', read, {}],
  ['licence-fetch', fetched, { format: 'ofd' }],
])('%s refuses in the order 401, 404, 403', async (_, call, more) => {
  const kit = openKit()
  const [own, foreign] = [await tokenOf(kit), await tokenOf(kit, '340202190102030027', '测试乙')]
  expect(failure(await call(kit, { ...more, certId: 'nothing', token: 'x' }))).toEqual(NO_TOKEN)
  expect(failure(await call(kit, { ...more, certId: 'nothing', token: own }))).toEqual(UNKNOWN)
  expect(failure(await call(kit, { ...more, certId: CARD, token: foreign }))).toEqual(FORBIDDEN)
  expect((await call(kit, { ...more, certId: CARD, token: own })).json['flag']).toBe('200')
})

test('the face is a text that holds JSON', async () => {
  const kit = openKit()
  const token = await tokenOf(kit)
  const row = dataOf(await read(kit, { certId: idOf(kit, '机动车驾驶证'), token }))
  expect(row).toMatchObject({ state: '0', certName: '机动车驾驶证' })
  expect(JSON.parse(row['certData'] ?? '')).toEqual({
    持有人: '测试甲',
    证照编号: CARD_NO,
    发证机关: '安徽省示例发证机关',
  })
})

test('the file is a PDF or an OFD, as asked, and says which licence it is', async () => {
  const kit = openKit()
  const token = await tokenOf(kit)
  const get = async (format: string) => {
    const { content = '', ...row } = dataOf(await fetched(kit, { certId: CARD, token, format }))
    const bytes = Buffer.from(content, 'base64')
    expect(row['sm3']).toBe(sm3(bytes))
    expect([row['fileName'], row['suffix']]).toEqual([`居民身份证.${format}`, format])
    return bytes
  }
  expect((await get('pdf')).toString('latin1')).toContain(`(FAKE LICENCE ${CARD})`)
  const document = unzip(await get('ofd'))
  expect(Object.keys(document)).toEqual(['OFD.xml', 'Doc_0/Document.xml', 'Doc_0/Pages/Page_0/Content.xml'])
  expect(document['OFD.xml']).toContain(`<ofd:Title>FAKE LICENCE ${CARD}</ofd:Title>`)
})

test('verifies by number, and by either file', async () => {
  const kit = openKit()
  const say = async (change: object) => {
    const { verify, msg = '' } = dataOf(await verified(kit, { ...CLAIM, ...change }))
    return [verify, msg]
  }
  const ofd = dataOf(await fetched(kit, { certId: CARD, token: await tokenOf(kit), format: 'ofd' }))['sm3']
  expect(await say({})).toEqual(['true', ''])
  expect(await say({ sm3: '' })).toEqual(['true', ''])
  expect(await say({ sm3: ofd })).toEqual(['true', ''])
  expect(await say({ sm3: '0'.repeat(64) })).toEqual(['false', '文件不一致'])
  expect(await say({ certNo: '340202190102030027' })).toEqual(['false', '证照编号不一致'])
  expect(await say({ certId: 'nothing' })).toEqual(['false', '证照不存在'])
  expect(await say({ certId: idOf(kit, '机动车驾驶证'), sm3: '' })).toEqual(['false', '证照已失效'])
  const { sm3: _, ...numberOnly } = CLAIM
  expect(dataOf(await verified(kit, numberOnly))['verify']).toBe('true')
})

test('a clerk revokes a licence, lets it end and puts it back', async () => {
  const kit = openKit()
  const act = (what: 'revoke' | 'expire' | 'restore') => kit.region.changeHolding?.(CARD, what)
  const shown = async () => {
    const [row] = rowsOf(await summary(kit, { ...SUMMARY, typeCode: '11100001' }))
    return [row?.['state'], row?.['expireDate'], dataOf(await verified(kit))['verify']]
  }
  expect(act('revoke')).toMatchObject({ state: '0 失效', acts: ['restore'] })
  expect(await shown()).toEqual(['0', '长期', 'false'])
  expect(failure(await fetched(kit, { certId: CARD, token: await tokenOf(kit), format: 'pdf' }))).toEqual(
    FORBIDDEN,
  )
  expect(() => act('expire')).toThrow('What can be done to it now: restore.')
  expect(act('restore')).toMatchObject({ state: '1 有效', acts: ['revoke', 'expire'] })
  act('expire')
  expect(await shown()).toEqual(['0', '2099-01-01', 'false'])
  const other = openKit()
  other.region.load(JSON.parse(JSON.stringify(kit.region.save())))
  expect(dataOf(await verified(other))['verify']).toBe('false')
  expect(() => kit.region.changeHolding?.('nothing', 'revoke')).toThrow('There is no such')
  expect(() => kit.region.changeHolding?.(idOf(kit, '机动车驾驶证'), 'revoke')).toThrow('nothing')
})
