import { describe, expect, test } from 'vitest'
import * as tables from './codes.ts'
import { refusal } from './open.ts'
import { vectors } from './test-vectors.ts'

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
    userType: { PERSON: 'person', LEGAL_PERSON: 'organisation' },
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
    certStatus: { VALID: 'valid', REVOKED: 'revoked', EXPIRED: 'expired' },
    catMainCode: {
      ID_CARD: 'idCard',
      RESIDENCE_PERMIT: 'residencePermit',
      DISABILITY_CERT: 'disabilityCertificate',
      MARRIAGE_CERT: 'marriageCertificate',
      SOCIAL_SECURITY_CARD: 'socialSecurityCard',
      BUSINESS_LICENCE: 'businessLicence',
      REAL_ESTATE_CERT: 'realEstateCertificate',
    },
    photoSource: {
      ID_CARD: 'idCard',
      SOCIAL_SECURITY_CARD: 'socialSecurityCard',
      PASSPORT: 'passport',
    },
    purpose: { VERIFY: 'identityCheck', MAKE_DOCUMENT: 'documentMaking', CROSS_PROVINCE: 'crossProvince' },
  }
  test.each(Object.keys(WORDS))('%s', (name) => {
    const rows = (vectors.codes as Record<string, { raw: string; canonical: string }[]>)[name] ?? []
    expect(rows.length).toBeGreaterThan(1)
    const table = (
      tables as unknown as Record<
        string,
        {
          find: (raw: string) => string | undefined
          codeOf: (word: string) => string
          table: Record<string, readonly string[]>
        }
      >
    )[name]
    for (const { raw, canonical } of rows) {
      const word = WORDS[name]?.[canonical] ?? ''
      expect([raw, table?.find(raw)]).toEqual([raw, word])
      expect([word, table?.codeOf(word)]).toEqual([word, raw])
    }
    expect(Object.values(table?.table ?? {}).flat()).toHaveLength(rows.length)
  })
  test('itemType is the national code', () => {
    for (const { raw, canonical } of vectors.codes.itemType) {
      expect(tables.itemType.find(raw)).toBe(canonical)
      expect(tables.itemType.codeOf(canonical)).toBe(raw)
    }
    expect(Object.keys(tables.itemType.table)).toHaveLength(vectors.codes.itemType.length)
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

describe('each errorCode is told as a problem of the gateway', () => {
  const PROBLEMS: Record<string, string> = {
    TOKEN_INVALID: 'REGION_AUTH',
    SESSION_INVALID: 'REGION_AUTH',
    LOGIN_FAILED: 'REGION_AUTH',
    PARAM_ERROR: 'REGION_REJECTED',
    ITEM_NOT_FOUND: 'REGION_REJECTED',
    APPLY_NOT_FOUND: 'CASE_NOT_FOUND',
    STUFF_NOT_FOUND: 'REGION_REJECTED',
    STUFF_MISSING: 'REGION_REJECTED',
    STUFF_TOO_LARGE: 'REGION_REJECTED',
    STATUS_CONFLICT: 'STATE_CONFLICT',
    DUPLICATE_APPLY: 'DUPLICATE_CASE',
    DUPLICATE_EVALUATE: 'RATED_ALREADY',
    EVALUATE_REASON_REQUIRED: 'RATING_REASON_REQUIRED',
    DOCUMENT_NOT_FOUND: 'RESULT_NOT_READY',
    CERT_NOT_FOUND: 'REGION_REJECTED',
    NO_PERMISSION: 'REGION_REJECTED',
    SYSTEM_ERROR: 'REGION_UNAVAILABLE',
  }
  test.each(vectors.codes.errorCode.map(({ raw }) => raw))('%s', (errorCode) => {
    // What is about photos and licences has its meaning there: refusals like any unknown one.
    const error = refusal({ isSuccess: false, errorCode, msg: '说明' }, 'apply-save')
    expect([error.code, error.facts['code']]).toEqual([PROBLEMS[errorCode] ?? 'REGION_REJECTED', errorCode])
  })

  test.each([
    ['参数错误:targetNo', '/applicant/idDocument/number'],
    ['参数错误:targetName', '/applicant/name'],
    ['参数错误:targetType', '/applicant/kind'],
    ['参数错误:username', '/agent/name'],
    ['参数错误:licenseType', '/agent/idDocument/type'],
    ['参数错误:licenseNo', '/agent/idDocument/number'],
    ['参数错误:mobile', '/applicant/mobile'],
    ['参数错误:districtCode', '/sourceDivision'],
    ['参数错误:itemCode', '/matter'],
    ['参数错误:stuffs', '/documents'],
    ['参数错误:file', '/documents'],
    ['参数错误:extInfo.certs', '/documents'],
    ['参数错误:extInfo.lawPerson', '/applicant/legalRepresentative'],
    ['参数错误:extInfo.address', '/applicant/address'],
    ['参数错误:extInfo.delivery', '/delivery'],
    ['参数错误:extInfo.delivery.lqfs', '/delivery'],
    ['参数错误:info.zmsx', '/form/zmsx'],
    ['参数错误:opTime', '/appliedAt'],
    ['参数错误:submitType', ''],
  ])('%s is told at %s', (msg, pointer) => {
    expect(refusal({ errorCode: 'PARAM_ERROR', msg }, 'apply-save').errors).toMatchObject([{ pointer }])
  })

  test('missing materials are told by their codes, a licence that does not fit at the documents', () => {
    const missing = refusal(
      { errorCode: 'STUFF_MISSING', msg: '缺少必要材料:003CL01,003CL02' },
      'apply-submit',
    )
    expect(missing.facts['documents']).toEqual(['003CL01', '003CL02'])
    expect(missing.errors.map(({ pointer, en }) => [pointer, en])).toEqual([
      ['/documents', 'Shanghai asks for document 003CL01'],
      ['/documents', 'Shanghai asks for document 003CL02'],
    ])
    expect(refusal({ errorCode: 'CERT_NOT_FOUND', msg: '' }, 'apply-save').errors).toMatchObject([
      { pointer: '/documents' },
    ])
  })

  test('nothing else of msg goes on: it may hold what a person wrote', () => {
    expect(
      JSON.stringify(refusal({ errorCode: 'PARAM_ERROR', msg: '参数错误:310101190001010011 不对' }, 'x')),
    ).not.toContain('3101')
  })
})
