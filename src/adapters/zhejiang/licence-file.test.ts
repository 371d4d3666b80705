/** The file of a licence, and Zhejiang's verdict on one. */
import { describe, expect, test } from 'vitest'
import type { FoundLicence } from '../kit/contract.ts'
import {
  asking,
  fileOf,
  identityCard,
  LICENCE_ID,
  licenceFile,
  licencesOf,
  OTHER_ID,
  shared,
  verdict,
  WRONG_ID,
} from './test-holdings.ts'
import { answering, pathsOf } from './test-region.ts'

const { bytes, base64, digest } = fileOf('%OFD, perhaps a longer one')

describe('the file', () => {
  const fetching = (envelope: unknown, licence: FoundLicence = identityCard) =>
    licencesOf(answering([envelope]).link).fetch({ ...asking, licence, reason: '身份核验' })

  test.each([
    ['PDF', 'application/pdf', '居民身份证.pdf'],
    ['pdf', 'application/pdf', '居民身份证.pdf'],
    ['OFD', 'application/ofd', '居民身份证.ofd'],
    ['Ofd', 'application/ofd', '居民身份证.ofd'],
  ])('of the type %s', async (file_type, contentType, name) => {
    const file = await fetching(licenceFile({ file_type, file_base64: base64, file_digest: digest }))
    expect(file).toEqual({ name, contentType, bytes })
  })

  test('may come in lines, in a list of one, its digest in capitals', async () => {
    const lines = base64.replaceAll(/(.{8})/g, '$1\r\n')
    const { datas } = licenceFile({ file_base64: lines, file_digest: digest.toUpperCase() })
    expect((await fetching(shared([datas]))).bytes).toEqual(bytes)
  })

  test.each([
    ['another licence', { certificate_source_id: OTHER_ID }, 'another licence'],
    ['another digest', { file_digest: digest }, 'digest'],
    ['other bytes', { file_base64: base64 }, 'digest'],
    ['a type that was not agreed on', { file_type: 'html' }, 'schema'],
    ['no digest', { file_digest: '' }, 'schema'],
    ['no bytes', { file_base64: null }, 'schema'],
  ])('with %s is refused', async (_what, changes, reason) => {
    await expect(fetching(licenceFile(changes))).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'zhejiang', operation: 'licence-fetch', reason },
    })
  })

  test.each([
    ['no row', null],
    ['two rows', [licenceFile().datas, licenceFile().datas]],
  ])('in an answer of %s is refused', async (_what, datas) => {
    await expect(fetching(shared(datas))).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'schema' },
    })
  })

  test.each([
    ['valid', 'LICENCE_NOT_FOUND'],
    ['suspended', 'LICENCE_NOT_VALID'],
    ['revoked', 'LICENCE_NOT_VALID'],
    ['expired', 'LICENCE_NOT_VALID'],
    ['unknown', 'LICENCE_NOT_VALID'],
  ] as const)('of a licence that is %s, when there is none', async (status, code) => {
    const gone = { code: '06', msg: '数据不存在', datas: null }
    await expect(fetching(gone, { ...identityCard, status })).rejects.toMatchObject({
      code,
      facts: { region: 'zhejiang', operation: 'licence-fetch', code: '06' },
    })
  })

  test('of a licence that became valid again is delivered', async () => {
    expect((await fetching(licenceFile(), { ...identityCard, status: 'suspended' })).contentType).toBe(
      'application/pdf',
    )
  })

  test.each([
    ['03', 'REGION_AUTH'],
    ['04', 'REGION_REJECTED'],
    ['99', 'REGION_BUSY'],
  ])('%s is %s', async (raw, code) => {
    await expect(fetching({ code: raw, msg: '', datas: null })).rejects.toMatchObject({
      code,
      facts: { code: raw },
    })
  })
})

describe('the verdict', () => {
  const verifying = async (envelope: unknown, claim: object = {}) => {
    const { link, alarms, asked, sent } = answering([envelope])
    const whole = { identifier: LICENCE_ID, file: bytes, ...claim }
    return { told: await licencesOf(link).verify({ ...asking, claim: whole }), alarms, asked, sent }
  }

  test('is asked for by identifier and digest, and nothing of the holder', async () => {
    const { asked } = await verifying(verdict(), { holder: asking.holder, number: '33010619010203101X' })
    expect(asked()).toEqual([{ certificate_source_id: LICENCE_ID, file_digest: digest }])
  })

  test('is the same for an identifier in small letters, with blanks', async () => {
    const { asked } = await verifying(verdict(), { identifier: ` ${LICENCE_ID.toLowerCase()} ` })
    expect(asked()).toMatchObject([{ certificate_source_id: LICENCE_ID }])
  })

  const NOT_VALID = [
    ['02', 'suspended', '暂扣'],
    ['03', 'revoked', '撤销'],
    ['04', 'revoked', '注销'],
    ['05', 'expired', '失效'],
  ] as const

  test.each([
    [1, true],
    ['1', true],
    [0, false],
    ['0', false],
  ])('%j of a valid licence tells of the file', async (verify_result, fileMatches) => {
    const { told } = await verifying(verdict({ verify_result }))
    expect(told).toEqual({
      exists: true,
      status: 'valid',
      rawStatus: { code: '01', label: '有效' },
      fileMatches,
    })
  })

  test.each(NOT_VALID)(
    '0 of a licence in the state %s tells nothing of the file',
    async (code, status, label) => {
      const { told, alarms } = await verifying(verdict({ verify_result: 0, certificate_status: code }))
      expect(told).toEqual({ exists: true, status, rawStatus: { code, label } })
      expect(alarms).toEqual([])
    },
  )

  test.each([
    [1, { fileMatches: true }],
    [0, {}],
  ])('%j in an unknown state: it is kept and alarmed', async (verify_result, more) => {
    const { told, alarms } = await verifying(verdict({ verify_result, certificate_status: '09' }))
    expect(told).toEqual({ exists: true, status: 'unknown', rawStatus: { code: '09', label: '' }, ...more })
    expect(alarms).toEqual([{ table: 'zhejiang/licenceStatus', code: '09' }])
  })

  const NONE = { exists: false, status: 'unknown', rawStatus: { code: '', label: '' } }

  test.each([[null], [''], [undefined]])('an unknown identifier has the status %j', async (none) => {
    const { told, alarms } = await verifying(verdict({ verify_result: '0', certificate_status: none }))
    expect([told, alarms]).toEqual([NONE, []])
  })

  test.each([
    ['a wrong check character', WRONG_ID],
    ['no form', 'L-1'],
    ['nothing in it', ''],
  ])('an identifier with %s is none, and Zhejiang is not asked', async (_what, identifier) => {
    const { told, sent } = await verifying(verdict(), { identifier })
    expect([told, sent]).toEqual([NONE, []])
  })

  test.each([
    ...NOT_VALID.map(
      ([code]) => [`1 in the state ${code}`, { certificate_status: code }, 'contradiction'] as const,
    ),
    ['1 without a state', { certificate_status: null }, 'contradiction'] as const,
    ['another licence', { certificate_source_id: OTHER_ID }, 'another licence'] as const,
    ['another result', { verify_result: '2' }, 'schema'] as const,
    ['no result', { verify_result: null }, 'schema'] as const,
  ])('%s is refused', async (_what, changes, reason) => {
    await expect(verifying(verdict(changes))).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'zhejiang', operation: 'licence-verify', reason },
    })
  })

  test.each([
    ['identifier', { identifier: undefined }],
    ['file', { file: undefined }],
  ])('a claim without its %s cannot be asked', async (field, claim) => {
    await expect(verifying(verdict(), claim)).rejects.toMatchObject({
      code: 'FIELD_UNREADABLE',
      facts: { field },
    })
  })

  test('no row is no verdict', async () => {
    await expect(verifying(shared(null))).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
  })

  test('goes to its own address', async () => {
    expect(pathsOf((await verifying(verdict())).sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0503.htm'])
  })
})
