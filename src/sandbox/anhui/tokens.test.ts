import { expect, test } from 'vitest'
import { dataOf, type Kit, openKit } from './test-kit.ts'
import {
  ask,
  CARD,
  CARD_NO,
  CLAIM,
  FORBIDDEN,
  failure,
  fetched,
  give,
  NO_TOKEN,
  read,
  SM3,
  SUMMARY,
  summary,
  TOKEN,
  tokenOf,
  told,
  UNKNOWN,
  verified,
  wrong,
  ZZWK,
} from './test-licences.ts'

test('gives a token to nobody by the app, to no stranger and to no other name', async () => {
  const kit = openKit()
  expect(failure(await give(kit, { ...TOKEN, isApp: '1', applyId: 'nobody' }))).toEqual(FORBIDDEN)
  expect(failure(await give(kit, { ...TOKEN, applyId: 'nobody' }))).toEqual(UNKNOWN)
  expect(failure(await give(kit, { ...TOKEN, applyName: '测试乙' }))).toEqual(FORBIDDEN)
  expect(failure(await give(kit, { ...TOKEN, applyPhone: '10000000009' }))[1]).toBe('200')
  const firm = {
    applyId: '91340200MA2FAKE100',
    applyName: '芜湖示例制造有限公司',
    applyPhone: '0553-1234567',
  }
  expect(failure(await give(kit, { ...TOKEN, ...firm }))[1]).toBe('200')
})

test('tells of a token while it is usable, afterwards, and not when it never was', async () => {
  const kit = openKit()
  const token = await tokenOf(kit)
  expect(dataOf(await told(kit, token))).toMatchObject({ applyId: CARD_NO, state: '1' })
  kit.pass(600)
  expect(dataOf(await told(kit, token))).toMatchObject({ state: '0', expireTime: '2099-01-02 09:10:46' })
  expect(failure(await read(kit, { certId: CARD, token }))).toEqual(NO_TOKEN)
  expect(failure(await told(kit, '0'.repeat(32)))).toEqual(NO_TOKEN)
  kit.pass(86_400)
  await tokenOf(kit)
  expect(failure(await told(kit, token))).toEqual(NO_TOKEN)
})

test.each([
  ['unauth-token', give, TOKEN, { applyId: '', applyName: '', applyPhone: '12345', isApp: '2' }],
  ['licence-summary', summary, SUMMARY, { typeCode: '1110001', ownerId: '', ownerName: '', useForm: '4' }],
  ['licence-query', read, { certId: 'x', token: 'x' }, { certId: '', token: '' }],
  [
    'licence-fetch',
    fetched,
    { certId: 'x', token: 'x', format: 'pdf' },
    { certId: '', token: '', format: 'PDF' },
  ],
  ['licence-verify', verified, CLAIM, { certId: '', certNo: '', sm3: SM3.toUpperCase() }],
  [
    'token-info',
    (kit: Kit, body: object) => ask(kit, '/criterion/getTokenInfo', body),
    { token: 'x' },
    { token: '' },
  ],
])('%s refuses each member by its name', async (operation, call, good, bad) => {
  const kit = openKit()
  for (const [name, value] of Object.entries(bad)) {
    const { [name]: _, ...rest } = good as Record<string, string>
    expect(failure(await call(kit, { ...good, [name]: value }))).toEqual(wrong(name))
    expect(failure(await call(kit, { ...good, [name]: null }))).toEqual(wrong(name))
    if (name !== 'sm3') expect(failure(await call(kit, rest))).toEqual(wrong(name))
  }
  expect(failure(await call(kit, { ...good, ownerKind: '1' }))).toEqual(wrong('ownerKind'))
  expect(new Set(kit.region.refusals().map((one) => one.operation))).toEqual(new Set([operation]))
})

test('looks at content type and city before the members', async () => {
  const kit = openKit()
  const path = `${ZZWK}/currency/querySummary`
  const send = (type: string, area: string) =>
    kit.send('POST', path, '{}', type, { headers: { 'S-Area-Code': area } })
  expect(failure(await send('text/plain', ''))).toEqual(wrong('Content-Type'))
  expect(failure(await send('application/json', ''))).toEqual(wrong('S-Area-Code'))
  expect(failure(await send('application/json', '341800000000'))).toEqual(wrong('typeCode'))
})

test('the operations have their ids', () => {
  const { operationOf } = openKit().region
  const idOfTail = (tail: string) => operationOf('POST', `${ZZWK}${tail}`)
  expect(
    [
      '/criterion/getUnAuthToken',
      '/photoService/queryPhoto',
      '/photoService/photoDownload',
      '/currency/querySummary',
      '/criterion/queryCertificate',
      '/criterion/certificateDownload',
      '/criterion/verifyCertificate',
      '/criterion/getTokenInfo',
    ].map(idOfTail),
  ).toEqual([
    'unauth-token',
    'photo-query',
    'photo-fetch',
    'licence-summary',
    'licence-query',
    'licence-fetch',
    'licence-verify',
    'token-info',
  ])
})
