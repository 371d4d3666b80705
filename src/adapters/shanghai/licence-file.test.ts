/** Licences: had as a copy, and verified (contract 4.6). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FoundLicence } from '../kit/contract.ts'
import type { Incoming } from '../kit/transport.ts'
import { sm3 } from './sign.ts'
import { bodyIn, fileWith, library, type Plain, person, recorded, STATUSES } from './test-holdings.ts'
import { json, refused } from './test-region.ts'
import { sample, vectors } from './test-vectors.ts'

const DERIVE = 'deriveCert.do'
const FETCH = 'getDeriveCertFile.do'
const VERIFY = 'queryCertExistence.do'

const asking = { division: '310000', holder: person, audit: recorded }

const card: FoundLicence = {
  id: '85ff54b4a84c46452b9531daa0724858',
  kind: 'idCard',
  rawType: { code: '310000000000111', label: '居民身份证' },
  name: '居民身份证',
  number: '310101190001010011',
  holder: person,
  issuer: { name: '示例发证机关' },
  status: 'valid',
  rawStatus: { code: '有效', label: '有效' },
}
const PDF = Buffer.from('%PDF-1.4 fake\r\n')
const pdf = fileWith(PDF, {
  'content-type': 'application/pdf',
  'content-disposition': "attachment; filename*=UTF-8''%E5%B1%85%E6%B0%91%E8%BA%AB%E4%BB%BD%E8%AF%81.pdf",
})
const derived = json(sample('licence-derive').response.body)

describe('a licence that is fetched', () => {
  const fetching = { ...asking, licence: card, reason: '跨省通办材料' }
  const fetched = (derive: Incoming = derived, file: Incoming = pdf, more: object = {}) => {
    const here = library({ [DERIVE]: derive, [FETCH]: file })
    return { here, at: here.at, file: () => here.licences.fetch({ ...fetching, ...more }) }
  }

  test('is derived and fetched as the samples do', async () => {
    const { here, file } = fetched()
    expect(await file()).toEqual({ name: '居民身份证.pdf', contentType: 'application/pdf', bytes: PDF })
    // The sample's copy lives for a month; ours is fetched at once.
    expect(here.bodies(DERIVE)).toEqual([
      { ...bodyIn('licence-derive'), sessionId: 's1', endDay: '2026-03-03' },
    ])
    expect(here.bodies(FETCH)).toEqual([{ ...bodyIn('licence-fetch'), sessionId: 's1' }])
    expect(here.sent.at(-1)?.limits).toEqual({ timeoutMs: 60_000, maxBytes: 20_971_520 })
  })

  test.each([
    ['2026-03-01T15:59:59Z', '2026-03-01', '2026-03-02'],
    ['2026-03-01T16:00:00Z', '2026-03-02', '2026-03-03'],
    ['2026-12-31T15:59:59Z', '2026-12-31', '2027-01-01'],
    ['2028-02-28T04:00:00Z', '2028-02-28', '2028-02-29'],
  ])('at %s is derived from %s to %s', async (time, startDay, endDay) => {
    const { here, at, file } = fetched()
    at(time)
    await file()
    expect(here.bodies(DERIVE)).toMatchObject([{ startDay, endDay }])
  })

  test('has a period that the contract allows, on any day', async () => {
    const times = fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    await fc.assert(
      fc.asyncProperty(
        times,
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300, size: 'max' }),
        async (time, reason) => {
          const { here, at, file } = fetched(derived, pdf, { reason })
          at(time.toISOString())
          await file()
          const [body = {}] = here.bodies(DERIVE)
          expect(Object.keys(body)).toEqual(Object.keys(bodyIn('licence-derive')))
          const [start, end] = [String(body['startDay']), String(body['endDay'])]
          for (const day of [start, end]) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
          const days = (Date.parse(end) - Date.parse(start)) / 86_400_000
          expect(days >= 0 && days <= 30).toBe(true)
          const midnight = (day: string) => Date.parse(`${day}T00:00:00+08:00`)
          expect(time.getTime() >= midnight(start) && time.getTime() < midnight(end)).toBe(true)
          const cause = String(body['cause'])
          expect([...cause].length <= 200 && reason.startsWith(cause)).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('of somebody else is not asked for', async () => {
    const holder = { name: '测试乙', idDocument: { type: '111', number: '320102190102020022' } }
    const { here, file } = fetched(derived, pdf, { holder })
    await expect(file()).rejects.toMatchObject({ code: 'LICENCE_NOT_FOUND' })
    expect(here.sent).toEqual([])
  })

  test.each([
    ['CERT_NOT_FOUND', '', 'LICENCE_NOT_FOUND'],
    ['STATUS_CONFLICT', '当前状态不允许该操作:注销', 'LICENCE_NOT_VALID'],
    ['STATUS_CONFLICT', '当前状态不允许该操作:过期', 'LICENCE_NOT_VALID'],
    ['NO_PERMISSION', '无权访问', 'REGION_REJECTED'],
    ['PARAM_ERROR', '参数错误:endDay', 'REGION_REJECTED'],
    ['SYSTEM_ERROR', '系统异常', 'REGION_UNAVAILABLE'],
  ])('whose copy is refused with %s (%s) is told as %s', async (errorCode, msg, code) => {
    const { here, file } = fetched(refused(errorCode, msg))
    await expect(file()).rejects.toMatchObject({
      code,
      facts: { region: 'shanghai', operation: 'licence-derive', code: errorCode },
      errors: [],
    })
    expect(here.times(FETCH)).toBe(0)
  })

  test.each([
    ['CERT_NOT_FOUND', 'LICENCE_NOT_FOUND'],
    ['DERIVE_EXPIRED', 'REGION_REJECTED'],
    ['NO_PERMISSION', 'REGION_REJECTED'],
    ['PARAM_ERROR', 'REGION_REJECTED'],
    ['SYSTEM_ERROR', 'REGION_UNAVAILABLE'],
  ])('whose file is refused with %s is told as %s', async (errorCode, code) => {
    await expect(fetched(derived, refused(errorCode)).file()).rejects.toMatchObject({
      code,
      facts: { operation: 'licence-fetch', code: errorCode },
    })
  })

  test.each([[{}], [{ deriveUuid: '' }], [{ deriveUuid: null }]])('has no copy by %j', async (body) => {
    await expect(fetched(json(body)).file()).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'licence-derive', reason: 'schema' },
    })
  })

  test.each([
    ['a page', Buffer.from('<html>')],
    ['nothing', Buffer.alloc(0)],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff])],
  ])('is not %s', async (_name, bytes) => {
    await expect(fetched(derived, fileWith(bytes)).file()).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'licence-fetch', reason: 'no PDF' },
    })
  })

  test('has a name where Shanghai gives it none', async () => {
    const plain = fileWith(PDF, { 'content-type': 'application/pdf' })
    expect(await fetched(derived, plain).file()).toMatchObject({ name: 'licence.pdf' })
  })
})

describe('a licence that is verified', () => {
  const file = Buffer.from('%PDF-1.4 whatever')
  const claim = { number: '310101190001010011', holder: person, kind: 'idCard' } as const
  const verified = (answer: Incoming | Plain, more: object = {}) => {
    const here = library({ [VERIFY]: 'headers' in answer ? (answer as Incoming) : json(answer) })
    return { here, verdict: here.licences.verify({ ...asking, claim: { ...claim, ...more } }) }
  }

  test('is asked for as the sample does, with the digest of the file', async () => {
    const { here, verdict } = verified({ exist: true, certStatus: '有效', fileMatch: '1' }, { file })
    expect(await verdict).toEqual({
      exists: true,
      status: 'valid',
      rawStatus: { code: '有效', label: '有效' },
      fileMatches: true,
    })
    expect(here.bodies(VERIFY)).toEqual([
      { ...bodyIn('licence-verify'), sessionId: 's1', fileSm3: sm3(file) },
    ])
  })

  test('needs number, holder and kind', async () => {
    const { licences } = library({})
    expect(licences.needs).toEqual([['number', 'holder', 'kind']])
    for (const member of ['number', 'holder', 'kind'])
      await expect(
        licences.verify({ ...asking, claim: { ...claim, [member]: undefined } }),
      ).rejects.toMatchObject({ code: 'FIELD_UNREADABLE', facts: { operation: 'licence-verify' } })
  })

  test('without a file has no digest, and nothing is said of the file', async () => {
    const { here, verdict } = verified({ exist: true, certStatus: '有效', fileMatch: '1' })
    expect(await verdict).not.toHaveProperty('fileMatches')
    expect(here.bodies(VERIFY)[0]).not.toHaveProperty('fileSm3')
  })

  test.each([
    ['1', true],
    ['0', false],
    [1, true],
    [0, false],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('fileMatch %j is %j', async (fileMatch, expected) => {
    const { here, verdict } = verified({ exist: true, certStatus: '有效', fileMatch }, { file })
    expect((await verdict).fileMatches).toBe(expected)
    expect(here.alarms).toEqual([])
  })

  test('a fileMatch that no table knows says nothing, and is alarmed', async () => {
    const { here, verdict } = verified({ exist: true, certStatus: '有效', fileMatch: '2' }, { file })
    expect(await verdict).not.toHaveProperty('fileMatches')
    expect(here.alarms).toEqual([{ table: 'shanghai/fileMatch', code: '2' }])
  })

  test.each(vectors.codes.certStatus)('that is there may be $canonical', async ({ raw, canonical }) => {
    const { verdict } = verified({ exist: true, certStatus: raw, fileMatch: '' })
    expect(await verdict).toEqual({
      exists: true,
      status: STATUSES[canonical],
      rawStatus: { code: raw, label: raw },
    })
  })

  test('of a status that no table knows is not valid, and alarmed', async () => {
    const { here, verdict } = verified({ exist: true, certStatus: '暂扣', fileMatch: '' })
    expect(await verdict).toMatchObject({ exists: true, status: 'unknown', rawStatus: { code: '暂扣' } })
    expect(here.alarms).toEqual([{ table: 'shanghai/certStatus', code: '暂扣' }])
  })

  test.each([[{ exist: false, certStatus: '', fileMatch: '' }], [{ exist: false }]])(
    'that Shanghai does not know is told by %j',
    async (answer) => {
      const { here, verdict } = verified(answer, { file })
      expect(await verdict).toEqual({
        exists: false,
        status: 'unknown',
        rawStatus: { code: '', label: '' },
      })
      expect(here.alarms).toEqual([])
    },
  )

  test.each([[{}], [{ exist: 'true' }], [{ exist: 1 }], [{ exist: null }]])(
    '%j is no verdict',
    async (answer) => {
      await expect(verified(answer).verdict).rejects.toMatchObject({
        code: 'REGION_ANSWER_INVALID',
        facts: { operation: 'licence-verify', reason: 'schema', member: expect.any(String) },
      })
    },
  )

  test.each([
    ['NO_PERMISSION', 'REGION_REJECTED'],
    ['PARAM_ERROR', 'REGION_REJECTED'],
    ['SYSTEM_ERROR', 'REGION_UNAVAILABLE'],
  ])('that is refused with %s is told as %s', async (errorCode, code) => {
    await expect(verified(refused(errorCode)).verdict).rejects.toMatchObject({
      code,
      facts: { operation: 'licence-verify', code: errorCode },
    })
  })
})
