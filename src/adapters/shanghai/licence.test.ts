/** Licences: listed, and checked to be the holder's (contract 4.6). */
import { describe, expect, test } from 'vitest'
import { LICENCE_KINDS } from '../../schemas/licence.ts'
import type { FoundLicence, Holder } from '../kit/contract.ts'
import {
  bodyIn,
  firm,
  library,
  licenceWith,
  look,
  person,
  recorded,
  STATUSES,
  STRANGERS,
} from './test-holdings.ts'
import { json, refused } from './test-region.ts'
import { vectors } from './test-vectors.ts'

const QUERY = 'secQueryCertBaseData.do'

const asking = { division: '310000', holder: person, audit: recorded }

const KINDS: Record<string, FoundLicence['kind']> = {
  ID_CARD: 'idCard',
  RESIDENCE_PERMIT: 'residencePermit',
  DISABILITY_CERT: 'disabilityCertificate',
  MARRIAGE_CERT: 'marriageCertificate',
  SOCIAL_SECURITY_CARD: 'socialSecurityCard',
  BUSINESS_LICENCE: 'businessLicence',
  REAL_ESTATE_CERT: 'realEstateCertificate',
}

/** Asks, and is answered with these rows. */
function found(certs: unknown, holder: Holder = person, kind?: FoundLicence['kind']) {
  const here = library({ [QUERY]: json({ certs }) })
  return { here, found: here.licences.find({ ...asking, holder, ...(kind ? { kind } : {}) }) }
}

describe('a licence that is found', () => {
  test('was asked for as the sample does, and is read whole', async () => {
    const { here, found: list } = found(licenceWith(), person, 'idCard')
    expect(await list).toEqual([
      {
        id: '85ff54b4a84c46452b9531daa0724858',
        kind: 'idCard',
        rawType: { code: '310000000000111', label: '居民身份证' },
        name: '居民身份证',
        number: '310101190001010011',
        holder: person,
        issuer: { name: '示例发证机关' },
        issuedOn: '2022-11-18',
        validFrom: '2022-11-18',
        status: 'valid',
        rawStatus: { code: '有效', label: '有效' },
      },
    ])
    expect(here.bodies(QUERY)).toEqual([{ ...bodyIn('licence-query'), sessionId: 's1' }])
    expect(here.alarms).toEqual([])
  })

  test.each([
    ['none', [], 0],
    ['null', null, 0],
    ['""', '', 0],
    ['an object for one', licenceWith(), 1],
    ['a list of one', [licenceWith()], 1],
    ['a list of two', [licenceWith(), licenceWith({ certUuid: 'b' })], 2],
  ])('may come as %s', async (_name, certs, count) => {
    expect(await found(certs).found).toHaveLength(count)
  })

  test('is not there only when that is said', async () => {
    const here = library({ [QUERY]: json({}) })
    await expect(here.licences.find(asking)).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'licence-query', reason: 'schema', member: '/certs' },
    })
  })

  test.each(vectors.codes.catMainCode)('is a $label by $raw', async ({ raw, label, canonical }) => {
    const kind = KINDS[canonical]
    const { here, found: list } = found(licenceWith({ catMainCode: raw, certName: label }), person, kind)
    expect(await list).toMatchObject([{ kind, rawType: { code: raw, label } }])
    expect(here.bodies(QUERY)).toMatchObject([{ catMainCode: raw }])
    expect(here.alarms).toEqual([])
  })

  test.each(vectors.codes.certStatus)('is $canonical by $raw', async ({ raw, canonical }) => {
    const { here, found: list } = found(licenceWith({ certStatus: raw }))
    expect(await list).toMatchObject([{ status: STATUSES[canonical], rawStatus: { code: raw, label: raw } }])
    expect(here.alarms).toEqual([])
  })

  test('of a kind and status that no table knows is kept, and alarmed', async () => {
    const strange = licenceWith({ catMainCode: '310000000000999', certName: '出生证', certStatus: '暂扣' })
    const { here, found: list } = found([strange, licenceWith()])
    expect(await list).toMatchObject([
      {
        kind: 'unknown',
        rawType: { code: '310000000000999', label: '出生证' },
        status: 'unknown',
        rawStatus: { code: '暂扣' },
      },
      { kind: 'idCard', status: 'valid' },
    ])
    expect(here.alarms).toEqual([
      { table: 'shanghai/catMainCode', code: '310000000000999' },
      { table: 'shanghai/certStatus', code: '暂扣' },
    ])
  })

  test('with a long name has a shorter word for its type', async () => {
    const { found: list } = found(licenceWith({ certName: '证'.repeat(200) }))
    expect(await list).toMatchObject([{ name: '证'.repeat(200), rawType: { label: '证'.repeat(100) } }])
  })

  test('of another kind than the asked one is left out', async () => {
    const { found: list } = found(
      [licenceWith(), licenceWith({ catMainCode: '310000000000154' })],
      person,
      'idCard',
    )
    expect((await list).map(({ kind }) => kind)).toEqual(['idCard'])
  })

  test('that is no longer valid is found as well', async () => {
    const { found: list } = found(licenceWith({ validTo: '2025-01-31', certStatus: '过期' }))
    expect(await list).toMatchObject([{ validTo: '2025-01-31', status: 'expired' }])
  })

  test.each([[''], [null], [undefined]])('may have no dates: %j', async (blank) => {
    const { here, found: list } = found(
      licenceWith({ issueDate: blank, validFrom: blank, validTo: blank, certStatus: '' }),
    )
    const [licence = {}] = await list
    for (const member of ['issuedOn', 'validFrom', 'validTo']) expect(licence).not.toHaveProperty(member)
    expect(licence).toMatchObject({ status: 'unknown', rawStatus: { code: '', label: '' } })
    expect(here.alarms).toEqual([])
  })

  test.each([
    ['certUuid', ''],
    ['certUuid', undefined],
    ['catMainCode', null],
    ['certName', ''],
    ['certNo', undefined],
    ['holderType', undefined],
    ['holderCode', ''],
    ['holderName', undefined],
    ['issueOrg', ''],
    ['issueDate', '2022-11-40'],
    ['validFrom', '20221118'],
    ['validTo', '永久'],
    ['certStatus', undefined],
  ])('whose %s is %j is none', async (member, value) => {
    const { found: list } = found([licenceWith(), licenceWith({ [member]: value })])
    await expect(list).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'licence-query', reason: 'schema', member: expect.stringMatching(/^\/1/) },
    })
  })
})

describe('the holder of a licence', () => {
  const COMPANY = {
    holderType: '统一社会信用代码',
    holderCode: '91310000MA1TEXT06C',
    holderName: '上海示例科技有限公司',
  }

  test('may be an organisation', async () => {
    const { here, found: list } = found(licenceWith(COMPANY), firm)
    expect(await list).toMatchObject([{ holder: firm }])
    const { holderType, holderCode } = COMPANY
    expect(here.bodies(QUERY)).toMatchObject([{ holderType, holderCode }])
    expect(here.bodies(QUERY)[0]).not.toHaveProperty('catMainCode')
  })

  test.each([
    ['another number', { holderCode: '320102190102020022', holderName: '测试乙' }],
    ['another number with the same name', { holderCode: '320102190102020022' }],
    ['another type with the same number', { holderType: '其他' }],
    ['a type that no table knows', { holderType: '户口簿' }],
    ['an organisation', COMPANY],
  ])('that is %s is another one', async (_name, told) => {
    // One licence of somebody else spoils the whole answer: nobody knows whose the rest is.
    await expect(found([licenceWith(), licenceWith(told)]).found).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'shanghai', operation: 'licence-query', reason: 'another holder' },
    })
  })

  test('that has another name under the same number is told as such, without either name', async () => {
    const error = await found(licenceWith({ holderName: '测试癸' })).found.catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'HOLDER_MISMATCH', facts: { operation: 'licence-query' } })
    expect(`${(error as Error).message}${JSON.stringify(error)}`).not.toMatch(/测试|3101/)
  })

  test.each([
    ['a small x', '31010119000101002X', { holderCode: '31010119000101002x' }],
    ['fifteen digits', '310101190001010011', { holderCode: '310101000101001' }],
    ['another dot and blanks', '310101190001010011', { holderName: '测试·甲' }, '测试 • 甲'],
    ['wide brackets', '310101190001010011', { holderName: '测试（甲）' }, '测试(甲)'],
  ])('is the same with %s', async (_name, number, told, name = '测试甲') => {
    const holder = { name, idDocument: { type: '111', number } }
    expect(await found(licenceWith({ holderCode: number, ...told }), holder).found).toMatchObject([
      { holder: { idDocument: { type: '111', number } } },
    ])
  })

  test.each([
    ...STRANGERS,
    ['a wrong credit code', { ...firm.idDocument, number: '91310000MA1TEXT06D' }] as const,
  ])('with %s has none, and Shanghai is not asked', async (_name, idDocument) => {
    const here = library({})
    const holder = { ...person, idDocument }
    expect(await here.licences.find({ ...asking, holder })).toEqual([])
    expect(await here.licences.verify({ ...asking, claim: { number: '1', holder, kind: 'idCard' } })).toEqual(
      { exists: false, status: 'unknown', rawStatus: { code: '', label: '' } },
    )
    expect(here.sent).toEqual([])
  })
})

describe('kinds', () => {
  test('have the codes of the contract', () => {
    const codes = vectors.codes.catMainCode.map(({ raw, canonical }) => [KINDS[canonical], raw])
    expect(library({}).licences.codes).toEqual(Object.fromEntries(codes))
  })

  const others = LICENCE_KINDS.filter((kind) => !Object.values(KINDS).includes(kind))
  test('are not all of the four regions’', () => expect(others).toHaveLength(4))
  test.each(others)('%s is not asked for', async (kind) => {
    const here = library({})
    expect(await here.licences.find({ ...asking, kind })).toEqual([])
    const claim = { number: '1', holder: person, kind }
    await expect(here.licences.verify({ ...asking, claim })).rejects.toMatchObject({ code: 'NOT_OFFERED' })
    expect(here.sent).toEqual([])
  })
})

test.each([
  ['NO_PERMISSION', 'REGION_REJECTED'],
  ['PARAM_ERROR', 'REGION_REJECTED'],
  ['SYSTEM_ERROR', 'REGION_UNAVAILABLE'],
])('a question that is refused with %s is told as %s', async (errorCode, code) => {
  const here = library({ [QUERY]: refused(errorCode) })
  await expect(here.licences.find({ ...asking, audit: look })).rejects.toMatchObject({
    code,
    facts: { operation: 'licence-query', code: errorCode },
  })
})
