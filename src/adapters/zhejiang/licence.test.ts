/** Licences that Zhejiang lists: what is asked, what is read of each row, and whose it must be. */
import { describe, expect, test } from 'vitest'
import { LICENCE_KINDS } from '../../schemas/licence.ts'
import type { ZhejiangConfig } from './config.ts'
import {
  asking,
  firm,
  identityCard,
  licenceFile,
  licenceRow,
  licencesOf,
  look,
  ofCase,
  recorded,
  shared,
} from './test-holdings.ts'
import { answering, pathsOf, pretend, SECRETS } from './test-region.ts'
import { replay } from './test-replay.ts'
import { config, sample, samples, vectors } from './test-vectors.ts'

const find = (datas: unknown, more: object = {}) => {
  const { link, alarms, asked } = answering([shared(datas)])
  return { found: licencesOf(link).find({ ...asking, ...more }), alarms, asked }
}

test('the recorded query, fetch and verification are made to the letter and read', async () => {
  const [byKey, bySecret] = samples
  const { link, left } = replay([
    [byKey],
    [undefined, { code: '02', msg: '密钥已过期', datas: null }],
    [bySecret],
    [sample('licence-query')],
    [sample('licence-fetch')],
    [sample('licence-verify')],
  ])
  const licences = licencesOf(link)
  const [licence = identityCard] = await licences.find({ ...asking, kind: 'idCard' })
  expect(licence).toEqual(identityCard)
  const file = await licences.fetch({ ...asking, licence, reason: '身份核验' })
  expect(file).toMatchObject({ name: '居民身份证.pdf', contentType: 'application/pdf' })
  expect(file.bytes.subarray(0, 8).toString()).toBe('%PDF-1.4')
  const claim = { identifier: licence.id, file: file.bytes }
  expect(await licences.verify({ ...asking, claim })).toEqual({
    exists: true,
    status: 'valid',
    rawStatus: { code: '01', label: '有效' },
    fileMatches: true,
  })
  expect(left).toEqual([])
})

test.each<readonly [string, (options: ZhejiangConfig['options']) => object]>([
  ['licence', ({ icCodes: { licence: _gone, ...icCodes } }) => ({ icCodes })],
  ['licenceQuery', ({ sharingApiIds: { licenceQuery: _gone, ...sharingApiIds } }) => ({ sharingApiIds })],
  ['licenceFile', ({ sharingApiIds: { licenceFile: _gone, ...sharingApiIds } }) => ({ sharingApiIds })],
  ['licenceVerify', ({ sharingApiIds: { licenceVerify: _gone, ...sharingApiIds } }) => ({ sharingApiIds })],
])('there is no licence library where the configuration has no %s', (_member, without) => {
  const { options } = config
  const { link } = answering([], { ...config, options: { ...options, ...without(options) } })
  expect(link).not.toHaveProperty('licences')
  expect(link).toHaveProperty('photos')
})

test('the province is asked as a whole, for the kinds of the contract, by identifier and file', () => {
  const { reach, codes, needs } = licencesOf(answering([]).link)
  expect([reach, needs]).toEqual(['region', [['identifier', 'file']]])
  expect(Object.values(codes).toSorted()).toEqual(vectors.codes.licenceType.map(({ raw }) => raw).toSorted())
})

describe('the secrets of the sharing dialect', () => {
  test('one pair serves matters and licences', async () => {
    const { link, sent } = pretend((out) => ({
      json: out.url.includes('refreshToken') ? { code: '00', datas: SECRETS } : shared(null),
    }))
    await link.listMatters({ division: '330100', page: 1, pageSize: 1 })
    await licencesOf(link).find(asking)
    expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', 'FAKEZJ0501.htm'])
    expect(sent.map(({ url }) => url.split('/')[5])).toEqual([
      'IC33000020990101000001',
      'IC33000020990101000001',
      'IC33000020990101000005',
    ])
  })

  test.each([
    ['01', ['refreshTokenByKey.htm', 'FAKEZJ0501.htm', 'refreshTokenByKey.htm', 'FAKEZJ0501.htm']],
    ['02', ['refreshTokenByKey.htm', 'FAKEZJ0501.htm', 'refreshTokenBySec.htm', 'FAKEZJ0501.htm']],
    ['05', ['refreshTokenByKey.htm', 'FAKEZJ0501.htm', 'FAKEZJ0501.htm']],
  ])('%s is repaired once', async (code, calls) => {
    const stubborn = pretend((out) => ({
      headers: { 'content-type': 'application/json', date: 'Mon, 05 Jan 2099 01:00:00 GMT' },
      json: out.url.includes('refreshToken') ? { code: '00', datas: SECRETS } : { code, datas: null },
    }))
    await expect(licencesOf(stubborn.link).find(asking)).rejects.toMatchObject({ code: 'REGION_AUTH' })
    expect(pathsOf(stubborn.sent)).toEqual(calls)
  })

  test.each([
    ['03', 'REGION_AUTH'],
    ['04', 'REGION_REJECTED'],
    ['06', 'REGION_REJECTED'],
    ['99', 'REGION_BUSY'],
    ['77', 'REGION_REJECTED'],
  ])('%s is %s, and the call is not repeated', async (raw, code) => {
    const { link, sent } = answering([{ code: raw, msg: '', datas: null }])
    const licences = licencesOf(link)
    await expect(licences.find(asking)).rejects.toMatchObject({ code, facts: { code: raw } })
    expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0501.htm'])
  })
})

describe('the question', () => {
  test('names a number and no name; a kind where one is asked for', async () => {
    const of = async (more: object) => {
      const { found, asked } = find(null, more)
      await found
      return asked()[0]
    }
    const question = {
      certificate_holder_code: '33010619010203101X',
      use_purpose: '2',
      project_no: 'CSJ209901050000001',
    }
    expect(await of({})).toEqual(question)
    expect(await of({ kind: 'businessLicence', holder: firm })).toEqual({
      ...question,
      certificate_holder_code: '91330100MA9TEXT19M',
      certificate_type_code: '11330000MB1TEXT0X6002',
    })
  })

  test.each([
    ['a case of Zhejiang’s', recorded, '2', 'CSJ209901050000001'],
    ['a case of another region', ofCase('JS-0001', 'jiangsu'), '3', 'JS-0001'],
    ['a case whose number does not fit', ofCase('浙A-123456'), '2', look.number],
    ['no case', look, '3', look.number],
  ])('for %s', async (_which, audit, use_purpose, project_no) => {
    const { link, asked } = answering([shared(null), licenceFile()])
    const licences = licencesOf(link)
    await licences.find({ ...asking, audit })
    await licences.fetch({ ...asking, audit, licence: identityCard, reason: '' })
    expect(asked()).toMatchObject([
      { use_purpose, project_no },
      { use_purpose, project_no },
    ])
  })

  test.each(LICENCE_KINDS.filter((kind) => !(kind in (licencesOf(answering([]).link).codes as object))))(
    'no licence is a %s, and Zhejiang is not asked',
    async (kind) => {
      const { link, sent } = answering([shared(licenceRow())])
      expect(await licencesOf(link).find({ ...asking, kind })).toEqual([])
      expect(sent).toEqual([])
    },
  )
})
