/** What is read of each licence that Jiangsu lists, and whose it must be (4.g). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { holderType, holderTypeCode, licenceState } from './holding-codes.ts'
import {
  asking,
  bad,
  licencesFound as find,
  firm,
  good,
  heldBy,
  holder,
  holding,
  LICENCE_ID,
  problemOf,
  licenceRow as row,
  socialCard,
} from './test-holdings.ts'

describe('an answer', () => {
  test('about a name whose dot is typed otherwise is about the asked holder', async () => {
    const other = { ...holder, name: '测试·甲' }
    for (const czzt of ['测试·甲', '测试•甲', '测试．甲'])
      expect((await find([row({ czzt })], { holder: other })).found).toMatchObject([{ holder: other }])
  })
  test('of status 4, and an empty list, are no licences', async () => {
    expect(await holding({ zzcx: [bad('4', '未查询到')] }).licences.find(asking)).toEqual([])
    expect((await find([])).found).toEqual([])
  })
  test.each([null, {}, '', row()])('that is no list but %j is against the contract', async (data) => {
    expect(await problemOf(find(data))).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'licence-query', reason: 'schema' },
    })
  })

  test.each([
    [
      'text for numbers, and numbers for text',
      {
        zzbfrq: '3984598800000',
        zzyxqqsrq: '3984598800000',
        zzyxqjzrq: '4243798800000',
        zzzt: '1',
        czztdmlxdm: 111,
        dwdm: 320500,
      },
    ],
    ['members that nobody knows', { more: [{}] }],
    ['a division of twelve digits', { dwdm: '320500000000' }],
    ['a name with blanks', { czzt: ' 张 测试' }],
    ['a number in small letters and blanks', { czztdm: '320501190001010015 ' }],
  ])('with %s is read the same', async (_what, changes) => {
    expect((await find([row(changes)])).found).toEqual([socialCard])
  })

  test.each([[undefined], [null], ['']])('has less where members are %j', async (none) => {
    const { zzbfjgdm, ...names } = { zzbfjgdm: none, dwdm: none }
    const times = { zzbfrq: none, zzyxqqsrq: none, zzyxqjzrq: none }
    const { found } = await find([row({ zzbfjgdm, ...names, ...times })])
    const { issuedOn: _i, validFrom: _f, validTo: _t, division: _d, ...rest } = socialCard
    expect(found).toEqual([{ ...rest, issuer: { name: '苏州市示例发证机关' } }])
  })

  test('is several licences in their order, each with its own', async () => {
    const other = '1.2.156.3005.2.11100000MB1TEXT935001.320500.FAKE000001.001.2'
    const told = row({ zzbs: other, zzlxdm: '11100000MB1TEXT935001', zzmc: '居民身份证', zzzt: 2 })
    const problem = await problemOf(find([row(), told]))
    expect(problem.facts).toMatchObject({ reason: 'identifier', member: '/1/zzbs' })
    const { found } = await find([row(), { ...told, zzbs: LICENCE_ID }])
    expect(found.map(({ kind, status }) => [kind, status])).toEqual([
      ['socialSecurityCard', 'valid'],
      ['idCard', 'revoked'],
    ])
  })

  test.each([
    ['/0/zzbs', { zzbs: LICENCE_ID.replace(/S$/, 'T') }, 'identifier'],
    ['/0/zzbs', { zzbs: 'ZZ1' }, 'identifier'],
    ['/0/zzbs', { zzbs: `${LICENCE_ID}${'0'.repeat(200)}` }, 'schema'],
    ['/0/zzmc', { zzmc: '' }, 'schema'],
    ['/0/zzbh', { zzbh: null }, 'schema'],
    ['/0/zzlxdm', { zzlxdm: undefined }, 'schema'],
    ['/0/zzbfrq', { zzbfrq: 3984598800 }, 'unreadable'],
    ['/0/zzyxqqsrq', { zzyxqqsrq: '2096-04-07' }, 'unreadable'],
    ['/0/zzyxqjzrq', { zzyxqjzrq: '长期' }, 'unreadable'],
    ['/0/zzzt', { zzzt: undefined }, 'schema'],
    ['/0/dwdm', { dwdm: '苏州' }, 'unreadable'],
    ['/0/czztdmlxdm', { czztdmlxdm: '888' }, 'code'],
  ])('that is wrong in %s names it (%j)', async (member, changes, reason) => {
    const problem = await problemOf(find([row(changes)]))
    expect(problem).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'jiangsu', operation: 'licence-query', reason, member },
    })
    expect(JSON.stringify(problem.facts)).not.toContain('张测试')
  })

  test.each([
    ['another number', { czztdm: '320102190102030028' }],
    ['another name', { czzt: '李样例' }],
    ['a longer name', { czzt: '张测试一' }],
    ['another type', { czztdmlxdm: '414' }],
    ['everything of another', { czzt: firm.name, czztdm: firm.idDocument.number, czztdmlxdm: '001' }],
  ])('with %s is about another holder, also behind one that is right', async (_what, changes) => {
    for (const rows of [[row(changes)], [row(), row(changes)]]) {
      const problem = await problemOf(find(rows))
      expect(problem).toMatchObject({
        code: 'REGION_ANSWER_INVALID',
        facts: { operation: 'licence-query', reason: 'another holder' },
      })
      for (const value of Object.values(changes)) expect(problem.message).not.toContain(value)
    }
  })
})

describe('the type of a holder’s number', () => {
  test.each(vectors.codes.czztdmlxdm)('$raw ($label) is known', ({ raw, canonical }) => {
    const found = holderType.find(raw)
    expect(found).toBe(canonical === 'OTHER' ? '999' : raw)
    expect(holderTypeCode(found ?? '')).toBe(canonical === 'OTHER' ? '999' : raw)
  })
  test('an unknown one is alarmed', async () => {
    const region = holding({ zzcx: [good([row({ czztdmlxdm: '888' })])] })
    await problemOf(region.licences.find(asking))
    expect(region.alarms).toEqual([{ table: 'jiangsu/czztdmlxdm', code: '888' }])
  })
  test('cards of police and army answer to the asked other document', async () => {
    const other = heldBy('999', 'X1')
    const told = row({ czztdm: 'X1', czztdmlxdm: '115' })
    expect((await find([told], { holder: other })).found).toHaveLength(1)
  })
})

describe('the state', () => {
  const END = Date.parse('2099-01-01T09:00:00+08:00')
  test.each([
    ['2099-01-01T23:59:59+08:00', 1, 'valid'],
    ['2099-01-02T00:00:00+08:00', 1, 'expired'],
    ['2099-01-02T00:00:00+08:00', '1', 'expired'],
    ['2099-01-01T00:00:00+08:00', 2, 'revoked'],
    ['2099-01-02T00:00:00+08:00', '2', 'revoked'],
  ])('at %s, with zzzt %j and 1 January as its last day, is %s', async (at, zzzt, status) => {
    const { found } = await find([row({ zzzt, zzyxqjzrq: END })], {}, { now: () => new Date(at) })
    const label = vectors.codes.licencestate.find(({ raw }) => raw === String(zzzt))?.label
    expect(found).toMatchObject([{ status, validTo: '2099-01-01', rawStatus: { code: String(zzzt), label } }])
  })
  test('without an end never expires', async () => {
    const { found } = await find([row({ zzyxqjzrq: null })], {}, { now: () => new Date('2250-01-01') })
    expect(found[0]?.status).toBe('valid')
  })
  test('that no table knows is unknown, also past the end, and alarmed', async () => {
    const { found, alarms } = await find([row({ zzzt: 3, zzyxqjzrq: 1700000000000 })])
    expect(found).toMatchObject([{ status: 'unknown', rawStatus: { code: '3', label: '' } }])
    expect(alarms).toEqual([{ table: 'jiangsu/zzzt', code: '3' }])
  })
  test('is one of the contract’s table', () => {
    expect(Object.values(licenceState.table).flat()).toEqual(vectors.codes.licencestate.map(({ raw }) => raw))
  })
})
