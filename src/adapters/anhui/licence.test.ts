/** Licences: what is asked for, fetched and verified, and every refusal. */
import { describe, expect, test } from 'vitest'
import { LICENCE_KINDS } from '../../schemas/licence.ts'
import {
  asking,
  bad,
  CERT_ID,
  firm,
  front,
  good,
  holder,
  holdingAt,
  isQuiet,
  licence,
  told,
} from './test-holdings.ts'
import { sample, vectors } from './test-vectors.ts'

type Answers = Parameters<typeof holdingAt>[0]
const FACE = { 持有人: '测试甲', 证照编号: '34010319000101001X', 发证机关: '安徽省示例发证机关' }
const caught = (run: Promise<unknown>): Promise<unknown> => run.catch((error: unknown) => error)

test('the recorded calls are made to the letter, and read', async () => {
  const here = holdingAt({})
  expect(here.licences.reach).toBe('region')
  expect(await here.licences.find({ ...asking, kind: 'idCard' })).toEqual([{ ...licence, face: FACE }])
  const file = await here.licences.fetch({ ...asking, licence, reason: '身份核验' })
  expect(file).toMatchObject({ name: '居民身份证.pdf', contentType: 'application/pdf' })
  expect(String(file.bytes.subarray(0, 8))).toBe('%PDF-1.4')
  const claim = { identifier: CERT_ID, number: licence.number, file: file.bytes }
  expect(await here.licences.verify({ ...asking, claim })).toEqual({
    exists: true,
    status: 'valid',
    rawStatus: { code: 'true', label: '核验一致' },
    fileMatches: true,
  })
  const ops = ['licence-summary', 'unauth-token', 'licence-query', 'licence-fetch', 'licence-verify']
  expect(here.ops()).toEqual(ops)
  for (const { op, body, out } of here.asked) {
    const { request } = sample(op)
    const changes = op === 'unauth-token' ? { applyPhone: '10000000000' } : {}
    expect(body).toEqual({ ...(request.body as object), ...changes })
    expect(out.headers).toMatchObject(request.headers ?? {})
    expect(out.url).toBe(`${vectors.config.baseUrl}${request.path}`)
  }
  expect(here.asked.map(({ timeoutMs }) => timeoutMs)).toEqual([15_000, 15_000, 15_000, 60_000, 15_000])
})

describe('a question', () => {
  test.each([
    ['idCard', '11100001'],
    ['householdRegister', '11100002'],
    ['socialSecurityCard', '11100011'],
    ['businessLicence', '11200001'],
    ['housingFundCertificate', '11300001'],
    ['drivingLicence', '11400001'],
  ] as const)('for a %s has the type %s, and only such are found', async (kind, typeCode) => {
    const changed = told('licence-summary', { typeCode }).data
    const here = holdingAt({
      'licence-summary': [good([changed, { ...changed, typeCode: '11100099' }])],
      'licence-query': [told('licence-query', { typeCode })],
    })
    const found = await here.licences.find({ ...asking, kind })
    expect(found).toMatchObject([{ kind, rawType: { code: typeCode } }])
    expect(here.bodies('licence-summary')).toMatchObject([{ typeCode, useForm: '1' }])
    expect(here.licences.codes[kind]).toBe(typeCode)
  })
  test('for all names no type, and reads no faces', async () => {
    const here = holdingAt({})
    expect(await here.licences.find(asking)).toEqual([licence])
    expect(here.bodies('licence-summary')).toMatchObject([{ typeCode: 'ALL' }])
    expect(here.ops()).toEqual(['licence-summary'])
  })
  test.each(LICENCE_KINDS.filter((kind) => !(kind in holdingAt({}).licences.codes)))(
    'for a %s is not asked: Anhui has none',
    async (kind) => {
      const here = holdingAt({})
      expect(await here.licences.find({ ...asking, kind })).toEqual([])
      expect(here.asked).toEqual([])
    },
  )

  const of = (type: string, number: string) => ({ ...holder, idDocument: { type, number } })
  test.each([
    ['a credit code', firm, firm.idDocument.number],
    ['a credit code in small letters', of('001', '91340100ma2text08a'), '91340100MA2TEXT08A'],
    ['a small x', of('111', '34010319000101001x'), '34010319000101001X'],
    ['a passport', of('414', 'E12345678'), 'E12345678'],
    ['an officer’s card', of('114', '军字第001号'), '军字第001号'],
    ['a permit of Hong Kong', of('516', 'H12345678'), 'H12345678'],
    ['a permit of Taiwan', of('511', '12345678'), '12345678'],
    ['another document', of('999', 'a-1'), 'a-1'],
  ])('for the holder of %s', async (_what, who, ownerId) => {
    const here = holdingAt({ 'licence-summary': [good([])] })
    expect(await here.licences.find({ ...asking, holder: who })).toEqual([])
    expect(here.bodies('licence-summary')).toMatchObject([{ ownerId, ownerName: who.name }])
  })
  test.each([
    ['an identity number with a wrong check', of('111', '340103190001010011')],
    ['an identity number that is none', of('111', 'E12345678')],
    ['a credit code with a wrong check', of('001', '91340100MA2TEXT08B')],
    ['an identity number said to be a passport’s', of('414', '34010319000101001X')],
    ['an identity number said to be of another type', of('999', '34010319000101001x')],
    ['a credit code said to be of another type', of('999', '91340100MA2TEXT08A')],
    ['no number', of('999', '')],
    ['a number that is too long', of('999', '1'.repeat(31))],
  ])('for the holder of %s is not asked', async (_what, who) => {
    const here = holdingAt({})
    expect(await here.licences.find({ ...asking, holder: who })).toEqual([])
    const failure = await caught(here.licences.fetch({ ...asking, holder: who, licence, reason: '' }))
    expect(failure).toMatchObject({ code: 'LICENCE_NOT_FOUND' })
    expect(here.asked).toEqual([])
  })
  test.each([
    ['400', 'REGION_REJECTED'],
    ['401', 'REGION_AUTH'],
    ['403', 'HOLDER_MISMATCH'],
    ['404', 'REGION_REJECTED'],
    ['500', 'REGION_UNAVAILABLE'],
    ['77', 'REGION_REJECTED'],
  ])('that is refused with %s is %s', async (flag, code) => {
    const failure = await caught(holdingAt({ 'licence-summary': [bad(flag)] }).licences.find(asking))
    expect(failure).toMatchObject({ code, facts: { region: 'anhui', operation: 'licence-summary' } })
    expect(isQuiet(failure)).toBe(true)
  })
})

describe('a face', () => {
  const find = (answers: Answers) => {
    const here = holdingAt(answers)
    return { ...here, found: here.licences.find({ ...asking, kind: 'idCard' }) }
  }
  test.each([
    ['the licence is not known there', { 'licence-query': [bad('404')] }],
    ['the holder has no token', { 'unauth-token': [bad('404')] }],
  ])('is not there where %s', async (_why, answers) => {
    expect(await find(answers).found).toEqual([licence])
  })
  test('comes with the licence as it is now', async () => {
    const { found } = find({ 'licence-query': [told('licence-query', { state: '0' })] })
    expect(await found).toEqual([
      { ...licence, face: FACE, status: 'invalid', rawStatus: { code: '0', label: '失效' } },
    ])
  })
  test.each([
    [
      'another licence',
      told('licence-query', { certId: '1.2.3' }),
      'REGION_ANSWER_INVALID',
      'another licence',
    ],
    [
      'another holder',
      told('licence-query', { ownerId: '340202190102030027' }),
      'REGION_ANSWER_INVALID',
      'another holder',
    ],
    ['no licence', good([]), 'REGION_ANSWER_INVALID', 'schema'],
    ['a refusal', bad('403'), 'REGION_REJECTED', undefined],
    ['a fault', bad('500'), 'REGION_UNAVAILABLE', undefined],
  ])('that is answered with %s is refused', async (_what, answer, code, reason) => {
    const failure = await caught(find({ 'licence-query': [answer] }).found)
    expect(failure).toMatchObject({
      code,
      facts: reason === undefined ? {} : { operation: 'licence-query', reason },
    })
    expect(isQuiet(failure)).toBe(true)
  })
  test('is asked for with a new token where the old one has ended', async () => {
    const { found, ops } = find({ 'licence-query': [bad('401'), told('licence-query')] })
    expect(await found).toMatchObject([{ face: FACE }])
    expect(ops()).toEqual([
      'licence-summary',
      'unauth-token',
      'licence-query',
      'unauth-token',
      'licence-query',
    ])
  })
})

describe('a file', () => {
  const fetching = async (answers: Answers) => {
    const here = holdingAt(answers)
    const done = await caught(here.licences.fetch({ ...asking, licence, reason: '' }))
    return { ...here, done, ops: here.ops() }
  }
  test.each([
    ['400', 'REGION_REJECTED'],
    ['401', 'REGION_AUTH'],
    ['404', 'LICENCE_NOT_FOUND'],
    ['500', 'REGION_UNAVAILABLE'],
    ['77', 'REGION_REJECTED'],
  ])('refused with %s is %s', async (flag, code) => {
    const { done } = await fetching({ 'licence-fetch': [bad(flag)] })
    expect(done).toMatchObject({ code, facts: { region: 'anhui', operation: 'licence-fetch' } })
    expect(isQuiet(done)).toBe(true)
  })
  test('a front that does not know the call is not a licence that is not there', async () => {
    const { done } = await fetching({ 'licence-fetch': [front('404', 404)] })
    expect(done).toMatchObject({ code: 'REGION_AUTH' })
  })
  test.each([
    [
      'a licence that is not valid',
      told('licence-query', { state: '0' }),
      'LICENCE_NOT_VALID',
      'licence-fetch',
    ],
    ['another holder’s', bad('403'), 'LICENCE_NOT_FOUND', 'licence-fetch'],
    ['one that is gone', bad('404'), 'LICENCE_NOT_FOUND', 'licence-fetch'],
    ['a valid one, refused all the same', told('licence-query'), 'REGION_REJECTED', 'licence-fetch'],
    ['one of which nothing can be learnt', bad('500'), 'REGION_UNAVAILABLE', 'licence-query'],
  ])('403 is looked into: %s', async (_what, answer, code, operation) => {
    const { done, ops } = await fetching({ 'licence-fetch': [bad('403')], 'licence-query': [answer] })
    expect(done).toMatchObject({ code, facts: { operation } })
    expect(ops).toEqual(['unauth-token', 'licence-fetch', 'licence-query'])
  })
  test.each([
    ['403', 'HOLDER_MISMATCH'],
    ['404', 'LICENCE_NOT_FOUND'],
    ['500', 'REGION_UNAVAILABLE'],
  ])('without a token, refused with %s, is %s', async (flag, code) => {
    const { done, ops } = await fetching({ 'unauth-token': [bad(flag)] })
    expect(done).toMatchObject({ code })
    expect(ops).toEqual(['unauth-token'])
  })
  test.each([
    ['of another licence', { certId: '1.2.3' }, 'another licence'],
    ['with another digest', { sm3: '0'.repeat(64) }, 'digest'],
    ['with other bytes', { content: 'JVBERi0=' }, 'digest'],
    ['without a digest', { sm3: undefined }, 'schema'],
    ['without bytes', { content: '' }, 'schema'],
    ['of another kind', { suffix: 'exe' }, 'schema'],
    ['without a name', { fileName: null }, 'schema'],
  ])('%s is refused', async (_how, changes, reason) => {
    const { done } = await fetching({ 'licence-fetch': [told('licence-fetch', changes)] })
    expect(done).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'anhui', operation: 'licence-fetch', reason },
    })
    expect(isQuiet(done)).toBe(true)
  })
  test('may be in OFD and broken into lines, its digest in capitals, in a list of one', async () => {
    const { content, sm3, ...rest } = told('licence-fetch').data as unknown as {
      content: string
      sm3: string
    }
    const lines = {
      ...rest,
      content: content.replaceAll(/.{76}/g, '$&\r\n'),
      sm3: sm3.toUpperCase(),
      suffix: 'OFD',
    }
    const { done } = await fetching({ 'licence-fetch': [good([lines])] })
    expect(done).toMatchObject({ contentType: 'application/ofd', bytes: Buffer.from(content, 'base64') })
  })
})
