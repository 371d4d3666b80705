import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { ROOT } from '../kit/table.ts'
import { application } from './application.ts'
import { area, cityOf, wireOf } from './areas.ts'
import * as tables from './codes.ts'
import { matter } from './matter.ts'
import { open, openSharing } from './open.ts'
import { applied, applying, moving, vectors } from './test-vectors.ts'

/** The contract's canonical words in ours. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  certType: {
    ID_CARD: '111',
    PASSPORT: '414',
    OFFICER_CARD: '114',
    HK_MACAO_PERMIT: '516',
    TAIWAN_PERMIT: '511',
    USCC: '001',
    OTHER: '999',
  },
  applicantKind: { PERSON: 'person', ENTERPRISE: 'organisation' },
  matterState: { ACTIVE: 'active', SUSPENDED: 'suspended', CANCELLED: 'cancelled' },
  caseType: { IMMEDIATE: 'instant', COMMITMENT: 'committed', JOINT: 'jointHandling', REPORTED: 'reported' },
  dayUnit: { WORKING_DAY: 'working', CALENDAR_DAY: 'calendar' },
  necessity: { REQUIRED: 'required', DEFERRABLE: 'deferrable', OPTIONAL: 'optional' },
  takeType: { UPLOAD: 'upload', SCAN: 'scan', PAPER: 'paper', LATER: 'later', LICENCE: 'licence' },
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
  outcome: {
    GRANTED: 'granted',
    REFUSED: 'denied',
    FORWARDED: 'forwarded',
    VOIDED: 'voided',
    RETURNED: 'returned',
    WITHDRAWN: 'withdrawn',
  },
  matterType: { '01': '01', '05': '05', '07': '07', '08': '08', '10': '10', '20': '20' },
}

interface Row {
  readonly raw: string
  readonly canonical: string
}
interface Table {
  readonly find: (raw: string) => string | undefined
  readonly codeOf: (word: string) => string
  readonly table: Readonly<Record<string, readonly string[]>>
}
const rowsOf = (name: string) => (vectors.codes as unknown as Record<string, readonly Row[]>)[name] ?? []
const tableOf = (name: string) => (tables as unknown as Record<string, Table>)[name]

/** Old numbers that are read and stand in a note of the contract, not in its table. */
const BESIDE: Readonly<Record<string, readonly string[]>> = { certType: ['51'] }

describe('code tables', () => {
  test.each(Object.keys(WORDS))('%s reads every code of the contract, and no other', (name) => {
    const rows = rowsOf(name)
    expect(rows.length).toBeGreaterThan(1)
    for (const { raw, canonical } of rows)
      expect([raw, tableOf(name)?.find(raw)]).toEqual([raw, WORDS[name]?.[canonical]])
    const known = Object.values(tableOf(name)?.table ?? {}).flat()
    expect(known.toSorted()).toEqual([...rows.map(({ raw }) => raw), ...(BESIDE[name] ?? [])].toSorted())
    expect(() => tables.certType.decode('NO_SUCH', {}, ROOT)).toThrow(GatewayError)
  })

  test.each(Object.keys(WORDS))('%s sends the first code of each word', (name) => {
    for (const word of new Set(Object.values(WORDS[name] ?? {}))) {
      const first = rowsOf(name).find(({ canonical }) => WORDS[name]?.[canonical] === word)
      expect([word, tableOf(name)?.codeOf(word)]).toEqual([word, first?.raw])
    }
  })

  test('case states go both ways, one to one', () => {
    for (const { raw, canonical } of vectors.codes.caseState) {
      expect([raw, tables.phase.decode(raw, {})]).toEqual([raw, canonical])
      expect(tables.phase.encode(tables.phase.decode(raw, {}))).toBe(raw)
    }
    expect(tables.phase.codes).toHaveLength(vectors.codes.caseState.length)
  })

  test('every state has the label of the contract', () => {
    expect(tables.PHASE_LABELS).toEqual(
      Object.fromEntries(vectors.codes.caseState.map(({ raw, label }) => [raw, label])),
    )
  })

  test('an unknown state is UNKNOWN, kept and alarmed, never guessed', () => {
    const alarms: { table: string; code: string }[] = []
    expect(tables.phase.decode('06/1', { alarms })).toBe('UNKNOWN')
    expect(alarms).toEqual([{ table: 'zhejiang/case-state', code: '06/1' }])
  })
})

describe('areas', () => {
  test('the eleven cities go both ways', () => {
    expect(vectors.codes.area).toHaveLength(11)
    for (const { raw, canonical } of vectors.codes.area) {
      expect([cityOf(raw), wireOf(canonical, {})]).toEqual([canonical, raw])
      expect(area.encode(area.decode(raw, { options: {} }, ROOT), { options: {} }, ROOT)).toBe(raw)
    }
  })

  test('the ending of a city’s own level is a matter of configuration', () => {
    expect(wireOf('330100', { cityAreaSuffix: '99' })).toBe('330199')
    expect(wireOf('330000', { cityAreaSuffix: '99' })).toBe('330000')
    const options = { ...applying.options, cityAreaSuffix: '99' }
    expect(application.write(applied, { ...applying, options })).toMatchObject({ areaCode: '330199' })
    expect(matter.write(moving, { options })).toMatchObject({ BELONGXIAQUCODE: '330199' })
  })

  test('a county belongs to its city, the province and other provinces stay as they are', () => {
    expect(['330106', '330000', '310000', '320506'].map(cityOf)).toEqual([
      '330100',
      '330000',
      '310000',
      '320506',
    ])
    expect(['330000', '330106', '320500', '310000'].map((one) => wireOf(one, {}))).toEqual([
      '330000',
      '330106',
      '320500',
      '310000',
    ])
    expect(() => cityOf('3301')).toThrow(GatewayError)
  })
})

const refusal = (act: () => unknown): GatewayError => {
  try {
    act()
  } catch (error) {
    if (error instanceof GatewayError) return error
  }
  throw new Error('nothing was refused')
}

describe('result codes', () => {
  /** What the operations in use may answer; photos, licences, ratings and sign-on have codes of their own. */
  const PROBLEMS: Readonly<Record<string, string>> = {
    INVALID_REQUEST: 'REGION_REJECTED',
    MATTER_NOT_FOUND: 'REGION_REJECTED',
    CASE_NOT_FOUND: 'CASE_NOT_FOUND',
    DUPLICATE_CASE: 'DUPLICATE_CASE',
    STATE_CONFLICT: 'STATE_CONFLICT',
    MATERIALS_MISSING: 'REGION_REJECTED',
    FILE_TOO_LARGE: 'REGION_REJECTED',
    FILE_TYPE_INVALID: 'REGION_REJECTED',
    ATTACHMENT_NOT_FOUND: 'REGION_REJECTED',
    LICENCE_NOT_FOUND: 'REGION_REJECTED',
    REGION_BUSY: 'REGION_BUSY',
  }
  test.each(rowsOf('errorCode'))('$raw', ({ raw, canonical }) => {
    const envelope = { success: false, errorCode: raw, errorMsg: '', data: null }
    expect(refusal(() => open(envelope, 'op'))).toMatchObject({
      code: PROBLEMS[canonical] ?? 'REGION_REJECTED',
      facts: { region: 'zhejiang', operation: 'op', code: raw },
    })
  })

  const SHARING: Readonly<Record<string, string>> = {
    AUTH: 'REGION_AUTH',
    AUTH_EXPIRED: 'REGION_AUTH',
    FORBIDDEN: 'REGION_AUTH',
    INVALID_REQUEST: 'REGION_REJECTED',
    NOT_FOUND: 'REGION_REJECTED',
    REGION_BUSY: 'REGION_BUSY',
  }
  test.each(rowsOf('sharingCode').filter(({ raw }) => raw !== '00'))('sharing $raw', ({ raw, canonical }) => {
    expect(refusal(() => openSharing({ code: raw, msg: '', datas: null }, 'op')).code).toBe(
      SHARING[canonical],
    )
  })

  test('an unknown code is REGION_REJECTED with the code kept', () => {
    expect(refusal(() => open({ success: false, errorCode: 'C-NEW' }, 'op'))).toMatchObject({
      code: 'REGION_REJECTED',
      facts: { code: 'C-NEW' },
    })
    expect(refusal(() => openSharing({ code: '77' }, 'op')).code).toBe('REGION_REJECTED')
  })

  test.each([
    ['applicantVO.applyName', '/applicant/name'],
    ['applicantVO.applyCardType', '/applicant/idDocument/type'],
    ['applicantVO.applyCardNumber', '/applicant/idDocument/number'],
    ['applicantVO.userProp', '/applicant/kind'],
    ['applicantVO.contactMan', '/agent/name'],
    ['applicantVO.contactPhone', '/applicant/mobile'],
    ['applicantVO.legalMan', '/applicant/legalRepresentative'],
    ['applicantVO.address', '/applicant/address'],
    ['affFormInfo.moveReason', '/form/moveReason'],
    ['applicantVO.contactCardType', '/agent/idDocument/type'],
    ['applicantVO.contactCardNumber', '/agent/idDocument/number'],
    ['extInfo.sourceRegion', '/sourceDivision'],
    ['extInfo.sourceAreaCode', '/sourceDivision'],
    ['suffInfoList[0].takeType', '/documents'],
    ['memo', '/note'],
    ['areaCode', '/division'],
    ['matterCode', '/matter'],
    ['recvUserId', ''],
  ])('a refused %s is told at %s', (member, pointer) => {
    const { errors } = refusal(() =>
      open({ success: false, errorCode: 'C-AFFAIR-PARAM-INVALID', errorMsg: `参数错误:${member}` }, 'op'),
    )
    expect(errors.map((one) => one.pointer)).toEqual([pointer])
  })

  test('a material stands at its own place in an application, and at none in a correction', () => {
    const pointersOf = (operation: string) =>
      refusal(() =>
        open(
          {
            success: false,
            errorCode: 'C-AFFAIR-PARAM-INVALID',
            errorMsg: '参数错误:suffInfoList[12].attachMentVOs[0].memo',
          },
          operation,
        ),
      ).errors.map((one) => one.pointer)
    expect([pointersOf('apply-submit'), pointersOf('apply-correct')]).toEqual([
      ['/documents/12'],
      ['/documents'],
    ])
  })

  test.each([
    ['C-CERT-NOT-EXIST', '改为上传文件'],
    ['C-ATTACH-NOT-EXIST', '重新上传'],
    ['C-ATTACH-TOO-LARGE', '较小的文件'],
    ['C-ATTACH-TYPE-INVALID', '换一种格式'],
  ])('%s tells the applicant what to do', (errorCode, words) => {
    const { errors } = refusal(() => open({ success: false, errorCode, errorMsg: '' }, 'op'))
    expect(errors).toMatchObject([{ pointer: '/documents', code: errorCode }])
    expect(errors[0]?.zh).toContain(words)
  })

  test('missing materials are told one by one', () => {
    const { errors } = refusal(() =>
      open(
        { success: false, errorCode: 'C-AFFAIR-MATERIAL-MISSING', errorMsg: '材料缺失:M9900201,M9900203' },
        'op',
      ),
    )
    expect(errors.map((one) => [one.pointer, one.zh])).toEqual([
      ['/documents', '浙江要求材料 M9900201'],
      ['/documents', '浙江要求材料 M9900203'],
    ])
  })
})
