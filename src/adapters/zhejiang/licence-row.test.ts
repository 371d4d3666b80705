/** Rows of the licence library: each code, each day, each place, and whose licence it must be. */
import { describe, expect, test } from 'vitest'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import {
  asking,
  firm,
  holder,
  identityCard,
  licenceRow,
  licencesOf,
  OTHER_ID,
  shared,
  WRONG_ID,
} from './test-holdings.ts'
import { answering } from './test-region.ts'
import { vectors } from './test-vectors.ts'

const find = (datas: unknown, more: object = {}) => {
  const { link, alarms, asked } = answering([shared(datas)])
  return { found: licencesOf(link).find({ ...asking, ...more }), alarms, asked }
}

describe('rows', () => {
  const one = async (changes: object, more: object = {}) => {
    const { found, alarms } = find(licenceRow(changes), more)
    return { licences: await found, alarms }
  }

  test.each([
    ['none: null', null, 0],
    ['none: an empty text', '', 0],
    ['none: an empty list', [], 0],
    ['none: nothing', undefined, 0],
    ['one without a list', licenceRow(), 1],
    ['one in a list', [licenceRow()], 1],
    ['two', [licenceRow(), licenceRow({ certificate_source_id: OTHER_ID })], 2],
  ])('%s', async (_how, datas, count) => {
    expect(await find(datas).found).toHaveLength(count)
  })

  test('of another kind than was asked for are left out', async () => {
    const rows = [licenceRow({ certificate_type_code: '11330000MB1TEXT0X6003' }), licenceRow()]
    const found = await find(rows, { kind: 'idCard' }).found
    expect(found.map(({ kind }) => kind)).toEqual(['idCard'])
  })

  test.each([
    ['11330000MB1TEXT0X6001', 'idCard'],
    ['11330000MB1TEXT0X6002', 'businessLicence'],
    ['11330000MB1TEXT0X6003', 'householdRegister'],
    ['11330000MB1TEXT0X6004', 'disabilityCertificate'],
    ['11330000MB1TEXT0X6005', 'realEstateCertificate'],
  ])('of the type %s', async (code, kind) => {
    const { licences, alarms } = await one({ certificate_type_code: code, certificate_type: '证照' })
    expect(licences).toMatchObject([{ kind, rawType: { code, label: '证照' } }])
    expect(alarms).toEqual([])
  })

  test.each([
    ['01', 'valid', '有效'],
    ['02', 'suspended', '暂扣'],
    ['03', 'revoked', '撤销'],
    ['04', 'revoked', '注销'],
    ['05', 'expired', '失效'],
  ])('of the state %s', async (code, status, label) => {
    const { licences, alarms } = await one({ certificate_status: code })
    expect(licences).toMatchObject([{ status, rawStatus: { code, label } }])
    expect(alarms).toEqual([])
  })

  test('unknown types and states are kept, alarmed and not guessed', async () => {
    const { licences, alarms } = await one({
      certificate_type_code: 'X'.repeat(21),
      certificate_status: '06',
    })
    expect(licences).toMatchObject([
      {
        kind: 'unknown',
        rawType: { code: 'X'.repeat(21), label: '居民身份证' },
        status: 'unknown',
        rawStatus: { code: '06', label: '' },
      },
    ])
    expect(alarms).toEqual([
      { table: 'zhejiang/licenceType', code: 'X'.repeat(21) },
      { table: 'zhejiang/licenceStatus', code: '06' },
    ])
  })

  test('dates, 长期 and what is absent', async () => {
    const { licences } = await one({ issue_date: '2020/02/29', valid_to: '2030/12/31' })
    expect(licences).toMatchObject([{ issuedOn: '2020-02-29', validTo: '2030-12-31' }])
    expect((await one({ valid_to: '2099/12/31' })).licences[0]).not.toHaveProperty('validTo')
    for (const none of [null, '', undefined]) {
      const absent = {
        issue_date: none,
        valid_to: none,
        certificate_area_code: none,
        issue_dept_code: none,
        certificate_type: none,
      }
      const { issuedOn: _day, division: _city, ...rest } = identityCard
      expect((await one(absent)).licences).toEqual([
        {
          ...rest,
          rawType: { ...rest.rawType, label: '' },
          issuer: { name: '测试发证机关' },
        },
      ])
    }
  })

  test.each([
    ...vectors.codes.area.map(({ raw, canonical }) => [raw, canonical] as const),
    ['330106', '330100'] as const,
  ])('issued in %s', async (certificate_area_code, division) => {
    expect((await one({ certificate_area_code })).licences).toMatchObject([{ division }])
  })

  test('issued by the province is of no city', async () => {
    expect((await one({ certificate_area_code: '330000' })).licences[0]).not.toHaveProperty('division')
  })

  test.each([
    ['certificate_source_id', WRONG_ID, 'identifier'],
    ['certificate_source_id', 'L-1', 'identifier'],
    ['certificate_source_id', null, 'schema'],
    ['certificate_status', '', 'schema'],
    ['certificate_type_code', undefined, 'schema'],
    ['certificate_number', null, 'schema'],
    ['certificate_name', '', 'schema'],
    ['issue_dept', null, 'schema'],
    ['issue_date', '2021/02/29', 'unreadable'],
    ['issue_date', '2020-01-02', 'unreadable'],
    ['valid_to', '2099/1/1', 'unreadable'],
    ['certificate_area_code', '3301', 'unreadable'],
  ])('with a %s of %j are refused', async (member, value, reason) => {
    await expect(find([licenceRow(), licenceRow({ [member]: value })]).found).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'zhejiang', operation: 'licence-query', reason, member: `/1/${member}` },
    })
  })

  test('that are no rows are refused', async () => {
    for (const datas of ['x', [null], [[]], 7])
      await expect(find(datas).found).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
  })
})

describe('whose it is', () => {
  test('another holder’s licence among ours is an answer against the contract', async () => {
    const rows = [licenceRow(), licenceRow({ certificate_holder_code: '330203190203042021' })]
    await expect(find(rows).found).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'another holder' },
    })
  })

  test('the asked number under another name is a mismatch', async () => {
    await expect(find(licenceRow({ certificate_holder: '测试乙' })).found).rejects.toMatchObject({
      code: 'HOLDER_MISMATCH',
      facts: { region: 'zhejiang', operation: 'licence-query' },
    })
  })

  test('the holder is told as he was asked for, however the row spells him', async () => {
    const company = licenceRow({
      certificate_holder: '长三角测试科技（杭州）有限公司',
      certificate_holder_code: '91330100ma9text19m',
      certificate_holder_type: '2',
    })
    expect(await find(company, { holder: firm }).found).toMatchObject([{ holder: firm }])
    const minority = { ...holder, name: '阿不都·热依木' }
    const row = licenceRow({ certificate_holder: '阿不都•热依木 ' })
    expect(await find(row, { holder: minority }).found).toMatchObject([{ holder: minority }])
  })
})

test('the identifiers of these tests have the check characters that they are said to have', () => {
  expect([WRONG_ID, OTHER_ID].map((one) => licenceId.validate(one).ok)).toEqual([false, true])
})
