/** Every code table both ways, the labels, and what each refusal means. */
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Alarm } from '../kit/codes.ts'
import { divisionOf, wireOf } from './areas.ts'
import { caseMessage } from './case.ts'
import * as tables from './codes.ts'
import caseWire from './fixtures/correction-asked.wire.json' with { type: 'json' }
import { openCase, openFlag } from './open.ts'
import { context, problem, sample, vectors } from './test-vectors.ts'

describe('code tables are total', () => {
  const DECISIONS: Record<string, string> = { '0': 'granted', '4': 'forwarded' }
  const WORDS: Record<string, Record<string, string>> = {
    certType: {
      ID_CARD: '111',
      PASSPORT: '414',
      HK_MACAO_PERMIT: '516',
      TAIWAN_PERMIT: '511',
      OFFICER_CARD: '114',
      USCC: '001',
      OTHER: '999',
    },
    applicantKind: { PERSON: 'person', LEGAL_PERSON: 'organisation' },
    caseType: { IMMEDIATE: 'instant', COMMITMENT: 'committed', JOINT: 'jointHandling', REPORTED: 'reported' },
    dayUnit: { WORKING_DAY: 'working', CALENDAR_DAY: 'calendar', HOUR: 'hour' },
    necessity: {
      REQUIRED: 'required',
      OPTIONAL: 'optional',
      DEFERRABLE: 'deferrable',
      CREDIT_DEFERRABLE: 'creditDeferrable',
    },
    takeType: { PAPER: 'paper', UPLOAD: 'upload', SCAN: 'scan', LATER: 'later', LICENCE: 'licence' },
    delivery: { PICKUP: 'pickup', POST: 'post', DOWNLOAD: 'download' },
    scope: {
      NONE: 'none',
      NATIONAL: 'national',
      CROSS_PROVINCE: 'crossProvince',
      CROSS_CITY: 'crossCity',
      CROSS_COUNTY: 'crossCounty',
    },
    mode: {
      ONLINE: 'online',
      COLLECT_ELSEWHERE: 'onBehalf',
      MULTI_PLACE: 'joint',
      AUTHORISED_LOCAL: 'authorisedLocal',
    },
    matterState: { ACTIVE: 'active', SUSPENDED: 'suspended', CANCELLED: 'cancelled' },
    materialSource: { APPLICANT: 'applicant', GOVERNMENT: 'government', OTHER: 'other' },
    specialProcedure: { EXTENSION: 'extension', OTHER: 'other' },
    // These are words of the national dictionary, or canonical states, as they stand.
    matterType: {},
    acceptResult: {},
    transactResult: {},
  }
  const NAMES: Record<string, string> = { mode: 'crossMode' }
  test.each(Object.keys(WORDS))('%s', (name) => {
    const rows = (vectors.codes as unknown as Record<string, { raw: string; canonical: string }[]>)[
      NAMES[name] ?? name
    ]
    expect(rows?.length).toBeGreaterThan(1)
    const table = (
      tables as unknown as Record<
        string,
        { find: (raw: string) => string | undefined; table: Record<string, readonly string[]> }
      >
    )[name]
    for (const { raw, canonical } of rows ?? [])
      expect([raw, table?.find(raw)]).toEqual([raw, WORDS[name]?.[canonical] ?? canonical])
    expect(Object.values(table?.table ?? {}).flat()).toHaveLength(rows?.length ?? 0)
  })
  test('handleState, one code for each state, and its label', () => {
    for (const { raw, canonical, label } of vectors.codes.caseStatus) {
      expect(tables.status.decode(raw, {})).toBe(canonical)
      expect(tables.status.encode(canonical as never)).toBe(raw)
      expect(tables.STATUS_LABELS[raw]).toBe(label)
    }
    expect(tables.status.codes).toHaveLength(vectors.codes.caseStatus.length)
  })
  test('labels that are sent or shown are the contract’s', () => {
    const labels = (rows: readonly { raw: string; label: string }[]) =>
      Object.fromEntries(rows.map((one) => [one.raw, one.label]))
    expect(tables.CASE_TYPE_LABELS).toEqual(labels(vectors.codes.caseType))
    expect(tables.DELIVERY_LABELS).toEqual(labels(vectors.codes.delivery))
    expect(tables.SPECIAL_LABELS).toEqual(labels(vectors.codes.specialProcedure))
    expect(tables.TRANSACT_LABELS).toEqual(labels(vectors.codes.transactResult))
  })
  test('a result code tells a decision: 转报 is kept apart from 出证', () => {
    const told = vectors.codes.transactResult.map(({ raw }) => [raw, tables.decision.find(raw)])
    expect(Object.fromEntries(told)).toMatchObject({ ...DECISIONS, '1': 'denied', '5': 'withdrawn' })
  })
  test('the sixteen cities', () => {
    for (const { raw, canonical } of vectors.codes.area) {
      expect(divisionOf(raw)).toBe(canonical)
      expect(wireOf(canonical)).toBe(raw)
    }
    expect(() => divisionOf('34')).toThrow(GatewayError)
  })
  test('result codes of both envelopes have their problem', () => {
    const refusedCase = (result: string) =>
      problem(() => openCase({ result, resultmsg: '', data: null }, 'case-query'))
    for (const { raw } of vectors.codes.result)
      if (raw !== '01') expect([raw, refusedCase(raw)]).not.toEqual([raw, null])
    for (const { raw } of vectors.codes.flag)
      if (raw !== '200')
        expect(problem(() => openFlag({ flag: raw, result: '', data: null }, 'matter-list'))).toHaveLength(2)
  })
  test('an unknown state is UNKNOWN, kept and alarmed, never guessed', () => {
    const alarms: Alarm[] = []
    const canon = caseMessage.read({ ...caseWire, handleState: '1' }, { ...context, alarms })
    expect(canon).toMatchObject({ status: 'UNKNOWN', rawStatus: { code: '1' } })
    expect(alarms).toEqual([{ table: 'anhui/handleState', code: '1' }])
    expect(caseMessage.write(canon, context)).toMatchObject({ handleState: '1' })
  })
})

describe('refusals', () => {
  const refusedCase = (result: string, resultmsg = '', data: unknown = null, operation = 'apply-submit') =>
    problem(() => openCase({ result, resultmsg, data }, operation))

  test('a member that Anhui names is found in the application', () => {
    expect(refusedCase('02', '参数错误:APPLY_CARDNUMBER')).toEqual([
      'REGION_REJECTED',
      '/applicant/idDocument/number',
    ])
    expect(refusedCase('02', '参数错误:ZM_TYPE')).toEqual(['REGION_REJECTED', '/form/ZM_TYPE'])
    expect(refusedCase('02', '参数错误:attrXml')).toEqual(['REGION_REJECTED', '/documents'])
    expect(refusedCase('02', '参数错误:BELONGSYSTEM')).toEqual(['REGION_REJECTED', ''])
    expect(refusedCase('04')).toEqual(['REGION_REJECTED', '/matter'])
    expect(refusedCase('05', '', null, 'case-query')).toEqual(['CASE_NOT_FOUND', undefined])
  })

  test.each([
    ['TELPHONE', '/applicant/mobile'],
    ['CONTACTMAN', '/agent/name'],
    ['LEGALMAN', '/applicant/legalRepresentative'],
    ['MEMO', '/documents'],
    ['file', '/documents'],
    ['SERVICEVERSION', '/matterVersion'],
    ['EXTEND', '/sourceDivision'],
    ['DEPTNAME', ''],
    ['CALLBACK_URL', ''],
  ])('a refused %s is told at %s', (member, pointer) => {
    expect(refusedCase('02', `参数错误:${member}`)).toEqual(['REGION_REJECTED', pointer])
  })
  test('the recorded refusals mean what they say', () => {
    const recorded = (op: string, note: string) => sample(op, note).response.body as Record<string, unknown>
    expect(() => openFlag(recorded('matter-list', 'parameter error'), 'matter-list')).toThrow(
      expect.objectContaining({
        code: 'REGION_REJECTED',
        facts: expect.objectContaining({ member: 'pageSize' }),
      }),
    )
    expect(() => openCase(recorded('apply-submit', 'duplicate UNID'), 'apply-submit')).toThrow(
      expect.objectContaining({
        code: 'DUPLICATE_CASE',
        facts: expect.objectContaining({ unid: '0123456789abcdef0123456789abcdef' }),
      }),
    )
  })
  test('a fault of their system is no refusal', () => {
    const flagged = (flag: string) =>
      problem(() => openFlag({ flag, result: '', data: null }, 'material-upload'))
    expect([refusedCase('09'), flagged('500'), flagged('401'), flagged('403')]).toEqual([
      ['REGION_UNAVAILABLE', undefined],
      ['REGION_UNAVAILABLE', undefined],
      ['REGION_AUTH', undefined],
      ['REGION_REJECTED', undefined],
    ])
  })
  test('a duplicate tells whose it is, never its password', () => {
    const data = { errorCode: '07', unid: 'a'.repeat(32), projid: 'AH1', projpwd: '004711' }
    try {
      openCase({ result: '07', resultmsg: 'UNID重复', data }, 'apply-submit')
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'DUPLICATE_CASE', facts: { unid: 'a'.repeat(32) } })
      expect(String((error as Error).message)).not.toContain('004711')
    }
  })

  test('a sentence of the region goes nowhere', () => {
    const told = problem(() =>
      openFlag({ flag: '400', result: '参数错误:张三 不存在', data: null }, 'matter-list'),
    )
    expect(told).toEqual(['REGION_REJECTED', undefined])
  })
})
