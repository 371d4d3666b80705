import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { division, nine, regionCode } from './areas.ts'
import * as tables from './codes.ts'
import { open } from './open.ts'
import { callbackText, signCallback, sm3 } from './sign.ts'
import { vectors } from './test-vectors.ts'

describe('signatures', () => {
  test.each(vectors.signing.filter((one) => one.kind === 'callback'))('$name', (vector) => {
    const { secret, path, timestamp, nonce, body, signature, valid } = vector as unknown as Record<
      string,
      string
    > & { valid?: boolean }
    const made = signCallback(
      secret as string,
      callbackText(path as string, timestamp as string, nonce as string, Buffer.from(body as string)),
    )
    if (valid === false) expect(made).not.toBe(signature)
    else expect(made).toBe(signature)
  })
  test('sm3 of a text', () => {
    const vector = vectors.signing.find((one) => one.kind === 'sm3') as unknown as Record<string, string>
    expect(Object.values(vector)).toContain(
      sm3(Object.values(vector).find((value) => value === 'abc') ?? 'abc'),
    )
  })
})

describe('code tables are total', () => {
  const ID: Record<string, string> = {
    ID_CARD: '111',
    USCC: '001',
    PASSPORT: '414',
    HK_MACAO_PERMIT: '516',
    TAIWAN_PERMIT: '511',
    OFFICER_CARD: '114',
    OTHER: '999',
  }
  const WORDS: Record<string, Record<string, string>> = {
    certType: ID,
    applicantKind: {
      PERSON: 'person',
      ENTERPRISE: 'enterprise',
      INSTITUTION: 'institution',
      AGENCY: 'agency',
      OTHER: 'otherOrganisation',
    },
    caseType: { IMMEDIATE: 'instant', COMMITMENT: 'committed', JOINT: 'jointHandling', REPORTED: 'reported' },
    dayUnit: { WORKING_DAY: 'working', CALENDAR_DAY: 'calendar' },
    stuffType: { CERTIFICATE: 'certificate', FORM: 'form', OTHER: 'other' },
    stuffForm: { PAPER: 'paper', ELECTRONIC: 'electronic', BOTH: 'both' },
    necessity: { REQUIRED: 'required', OPTIONAL: 'optional', DEFERRABLE: 'deferrable' },
    deliveryMode: { PICKUP: 'pickup', POST: 'post', DOWNLOAD: 'download', E_LICENCE: 'licence' },
    crossScope: {
      NONE: 'none',
      NATIONAL: 'national',
      CROSS_PROVINCE: 'crossProvince',
      CROSS_CITY: 'crossCity',
      CROSS_COUNTY: 'crossCounty',
    },
    handleMode: {
      ONLINE: 'online',
      COLLECT_ELSEWHERE: 'onBehalf',
      MULTI_PLACE: 'joint',
      AUTHORISED_LOCAL: 'authorisedLocal',
    },
    itemStatus: { ACTIVE: 'active', SUSPENDED: 'suspended', CANCELLED: 'cancelled' },
    submitType: {
      NEW: 'new',
      CHANGE: 'change',
      EXTEND: 'extend',
      CORRECTION: 'correction',
      CANCEL: 'cancel',
      TRANSFER: 'transfer',
      REVOKE: 'revoke',
      OTHER: 'other',
    },
    decision: { GRANTED: 'granted', REFUSED: 'denied' },
    documentType: {
      RESULT: 'result',
      DENIAL: 'denial',
      CORRECTION_NOTICE: 'correctionNotice',
      NOT_ACCEPTED_NOTICE: 'notAcceptedNotice',
    },
  }
  test.each(Object.keys(WORDS))('%s', (name) => {
    const rows = (vectors.codes as Record<string, { raw: string; canonical: string }[]>)[name] ?? []
    expect(rows.length).toBeGreaterThan(1)
    const table = (
      tables as unknown as Record<
        string,
        { find: (raw: string) => string | undefined; table: Record<string, readonly string[]> }
      >
    )[name]
    for (const { raw, canonical } of rows)
      expect([raw, table?.find(raw)]).toEqual([raw, WORDS[name]?.[canonical]])
    expect(Object.values(table?.table ?? {}).flat()).toHaveLength(rows.length)
  })
  test('itemType is the national code', () => {
    for (const { raw, canonical } of vectors.codes.itemType) expect(tables.itemType.find(raw)).toBe(canonical)
  })
  test('status, with all its synonyms', () => {
    for (const { raw, canonical } of vectors.codes.status)
      expect(tables.status.decode(raw, {})).toBe(canonical)
    expect(tables.status.codes).toHaveLength(vectors.codes.status.length)
    for (const { raw, canonical, primary } of vectors.codes.status)
      if (primary) expect(tables.status.encode(canonical as never)).toBe(raw)
  })
  test('an unknown status is UNKNOWN, kept and alarmed, never guessed', () => {
    const alarms: { table: string; code: string }[] = []
    expect(tables.status.decode('挂起', { alarms })).toBe('UNKNOWN')
    expect(alarms).toEqual([{ table: 'shanghai/status', code: '挂起' }])
  })
})

test('trap 11: four widths of an area code', () => {
  expect([division('SH00SH'), division('320500000'), division('310118000000'), division('310118')]).toEqual([
    '310000',
    '320500',
    '310118',
    '310118',
  ])
  expect([
    regionCode.encode('310000', {}, { wire: '', canon: '', notes: undefined }),
    nine.encode('320500', {}, { wire: '', canon: '', notes: undefined }),
  ]).toEqual(['SH00SH', '320500000'])
  expect(() => division('31')).toThrow(GatewayError)
})

test('trap 8 and 9: a failure comes with HTTP 200, and errorCode decides', () => {
  const failure = (body: object) => {
    try {
      open(body as Record<string, unknown>, 'apply-submit')
      return 'opened'
    } catch (error) {
      return error instanceof GatewayError ? [error.code, error.errors[0]?.pointer] : error
    }
  }
  expect(failure({ isSuccess: true, code: '500', data: {} })).toBe('opened')
  expect(
    failure({ isSuccess: false, code: '500', errorCode: 'PARAM_ERROR', msg: '参数错误:info.zmsx' }),
  ).toEqual(['REGION_REJECTED', '/form/zmsx'])
  expect(failure({ isSuccess: false, code: 500, errorCode: 'DUPLICATE_APPLY', msg: '' })).toEqual([
    'DUPLICATE_CASE',
    undefined,
  ])
  expect(failure({ isSuccess: false, msg: '未知' })).toEqual(['REGION_REJECTED', undefined])
  expect(failure({ isSuccess: 'true' })).toEqual(['REGION_REJECTED', undefined])
})
