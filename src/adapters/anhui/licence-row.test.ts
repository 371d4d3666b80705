/** What is read of one listed licence: whose it is, its state, days, identifier, and its face. */
import { describe, expect, test } from 'vitest'
import { asking, CERT_ID, good, holder, holdingAt, isQuiet, licence, told } from './test-holdings.ts'
import { vectors } from './test-vectors.ts'

const read = async (changes: object, more: object = {}) => {
  const here = holdingAt({ 'licence-summary': [told('licence-summary', changes)] })
  return { licences: await here.licences.find({ ...asking, ...more }), alarms: here.alarms }
}

describe('the holder', () => {
  test.each([
    ['another number', { ownerId: '340202190102030027' }, 'REGION_ANSWER_INVALID', 'another holder'],
    ['another name', { ownerName: '测试乙' }, 'HOLDER_MISMATCH', undefined],
    [
      'both',
      { ownerId: '340202190102030027', ownerName: '测试乙' },
      'REGION_ANSWER_INVALID',
      'another holder',
    ],
  ])('with %s is not the one that was asked for', async (_what, changes, code, reason) => {
    const failure: unknown = await read(changes).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code, facts: { region: 'anhui', operation: 'licence-summary' } })
    if (reason !== undefined) expect(failure).toMatchObject({ facts: { reason } })
    expect(isQuiet(failure)).toBe(true)
  })
  test('one stranger among several spoils the list', async () => {
    const own = told('licence-summary').data
    const here = holdingAt({
      'licence-summary': [good([own, { ...own, ownerId: '340202190102030027' }])],
    })
    await expect(here.licences.find(asking)).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
  })
  test.each([
    ['a small x', '测试甲', { ownerId: '34010319000101001x' }],
    ['blanks', '测试甲', { ownerName: ' 测试 甲' }],
    ['another dot', '阿不都·热依木', { ownerName: '阿不都•热依木' }],
    ['wide letters', 'LI', { ownerName: 'Ｌｉ' }],
  ])('may be written with %s', async (_how, name, changes) => {
    const { licences } = await read({ ownerName: name, ...changes }, { holder: { ...holder, name } })
    expect(licences).toEqual([{ ...licence, holder: { ...holder, name } }])
  })
})

describe('the state', () => {
  const PAST = '2099-01-01'
  const TODAY = '2099-01-02'
  const alarm = (code: string) => [{ table: 'anhui/licenceState', code }]

  test.each([
    ['1', '长期', 'valid', []],
    ['1', TODAY, 'valid', []],
    ['1', PAST, 'valid', alarm('1 past its end')],
    ['0', '长期', 'invalid', []],
    ['0', TODAY, 'invalid', []],
    ['0', PAST, 'expired', []],
    ['0', null, 'invalid', []],
    ['2', '长期', 'unknown', alarm('2')],
    ['2', PAST, 'unknown', alarm('2')],
    ['toString', '长期', 'unknown', alarm('toString')],
  ])('%s, until %s, is %s', async (state, expireDate, status, alarms) => {
    const told = await read({ state, expireDate })
    const label = vectors.codes.licenceState.find(({ raw }) => raw === state)?.label ?? ''
    expect(told.licences).toMatchObject([{ status, rawStatus: { code: state, label } }])
    expect(told.alarms).toEqual(alarms)
  })
  test('may be a number', async () => {
    expect((await read({ state: 0 })).licences).toMatchObject([
      { status: 'invalid', rawStatus: { code: '0' } },
    ])
  })
})

test('a type that no table knows is kept, alarmed and not guessed', async () => {
  const { licences, alarms } = await read({ typeCode: '11199999' })
  expect(licences).toMatchObject([
    { kind: 'unknown', rawType: { code: '11199999', label: '' }, name: '居民身份证' },
  ])
  expect(alarms).toEqual([{ table: 'anhui/licenceType', code: '11199999' }])
})

describe('days', () => {
  const DAYS = { issueDate: 'issuedOn', effectDate: 'validFrom', expireDate: 'validTo' } as const
  const members = Object.entries(DAYS)

  test.each(members)('%s is read', async (member, canon) => {
    expect((await read({ [member]: '2098-02-28' })).licences).toMatchObject([{ [canon]: '2098-02-28' }])
  })
  test.each(
    members.flatMap(([member, canon]) =>
      ['长期', '', null, undefined].map((none) => [member, none, canon] as const),
    ),
  )('%s of %j is none', async (member, none, canon) => {
    expect((await read({ [member]: none })).licences[0]).not.toHaveProperty(canon)
  })
  test.each(
    members.flatMap(([member]) =>
      ['2099-02-29', '2099/01/01', '20990101', '永久'].map((day) => [member, day] as const),
    ),
  )('%s of %s is refused', async (member, day) => {
    await expect(read({ [member]: day })).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'unreadable', member: `/0/${member}` },
    })
  })
})

describe('the identifier', () => {
  test.each([
    ['a wrong check character', `${CERT_ID.slice(0, -1)}E`],
    ['four parts', CERT_ID.replace('.001.D', '.D')],
    ['small letters', CERT_ID.toLowerCase()],
  ])('with the national root and %s is refused', async (_what, certId) => {
    await expect(read({ certId })).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'identifier', member: '/0/certId' },
    })
  })
  test('of another root is Anhui’s own, and no national one', async () => {
    const [found] = (await read({ certId: 'ah-cert-1' })).licences
    expect(found?.id).toBe('ah-cert-1')
    expect(found).not.toHaveProperty('identifier')
  })
})

test('none is none; one is an object or a list; several are a list (3.8)', async () => {
  const of = (data: unknown) => holdingAt({ 'licence-summary': [good(data)] }).licences.find(asking)
  const one = told('licence-summary').data
  expect(await of([])).toEqual([])
  expect(await of(null)).toEqual([])
  expect(await of(one)).toEqual([licence])
  expect(await of([one])).toEqual([licence])
  expect(await of([one, one])).toEqual([licence, licence])
})

test.each([
  ['certId', 'x'.repeat(129)],
  ['certId', undefined],
  ['typeCode', null],
  ['certName', ''],
  ['certNo', ['1']],
  ['ownerId', undefined],
  ['ownerName', 7],
  ['issueOrg', null],
  ['state', undefined],
])('a %s of %j is refused', async (member, value) => {
  await expect(read({ [member]: value })).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
    facts: { operation: 'licence-summary', reason: 'schema', member: `/0/${member}` },
  })
})

describe('the face', () => {
  const face = async (certData: unknown) => {
    const here = holdingAt({ 'licence-query': [told('licence-query', { certData })] })
    const [found] = await here.licences.find({ ...asking, kind: 'idCard' })
    expect(found).toMatchObject(licence)
    return { face: found?.face, alarms: here.alarms }
  }
  const ALARMS = [{ table: 'anhui/certData', code: 'unreadable' }]

  test.each([
    ['{"姓名":"测试甲","期数":12,"空":"","无":null}', { 姓名: '测试甲', 期数: '12' }, []],
    ['{"姓名":"测试甲","住址":{"省":"皖"}}', { 姓名: '测试甲' }, ALARMS],
    ['{"a":[1],"b":true}', undefined, ALARMS],
    ['{}', undefined, []],
    ['{"空":""}', undefined, []],
    ['', undefined, []],
    [null, undefined, []],
    [undefined, undefined, []],
    ['{"姓名":', undefined, ALARMS],
    ['[]', undefined, ALARMS],
    ['"测试甲"', undefined, ALARMS],
    ['null', undefined, ALARMS],
    ['{"__proto__":"x"}', undefined, ALARMS],
    [{ 姓名: '测试甲' }, undefined, ALARMS],
    [7, undefined, ALARMS],
    [JSON.stringify({ a: 'x'.repeat(100_000) }), undefined, ALARMS],
  ])('of %j', async (certData, read, alarms) => {
    expect(await face(certData)).toEqual({ face: read, alarms })
  })
})
