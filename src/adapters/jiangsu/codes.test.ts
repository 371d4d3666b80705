/** The code tables of contract section 5, each raw code of them. */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import * as codes from './codes.ts'

describe('code tables are total, and say what the contract says', () => {
  const WORDS: Readonly<Record<string, string>> = {
    LEGAL_PERSON: 'enterprise',
    NATURAL_PERSON: 'person',
    OTHER_ORG: 'otherOrganisation',
    INSTANT: 'instant',
    COMMITMENT: 'committed',
    JOINT: 'jointHandling',
    REPORT_UP: 'reported',
    WORKING_DAY: 'working',
    CALENDAR_DAY: 'calendar',
    REQUIRED: 'required',
    OPTIONAL: 'optional',
    DEFERRABLE: 'deferrable',
    ONLINE: 'online',
    PROXY_WINDOW: 'onBehalf',
    NONE: 'none',
    NATIONAL: 'national',
    CROSS_PROVINCE: 'crossProvince',
    CROSS_CITY: 'crossCity',
    CROSS_COUNTY: 'crossCounty',
    ELECTRONIC: 'download',
    POST: 'post',
    WINDOW: 'pickup',
    GRANTED: 'granted',
    DENIED: 'denied',
    ID_CARD: '111',
    USCC: '001',
    ORG_CODE: '099',
    OTHER: '999',
  }
  const TABLES: readonly (readonly [keyof typeof vectors.codes, { find: (code: unknown) => unknown }])[] = [
    ['certtype', codes.certType],
    ['applyertype', codes.applicantKind],
    ['projecttype', codes.projectType],
    ['dayunit', codes.dayUnit],
    ['necessity', codes.necessity],
    ['applyway', codes.applyWay],
    ['iscross', codes.crossScope],
    ['sendway', codes.sendWay],
    ['banjieresult', codes.decision],
  ]
  test.each(TABLES)('%s', (name, table) => {
    const rows = vectors.codes[name] as readonly { raw: string | number; canonical: string }[]
    for (const { raw, canonical } of rows.filter((one) => one.raw !== '')) {
      const word = name === 'applyway' && canonical === 'JOINT' ? 'joint' : WORDS[canonical]
      expect([raw, table.find(String(raw))]).toEqual([raw, word])
    }
    expect(table.find('no such code')).toBeUndefined()
  })
  test('status, and the national matter types', () => {
    for (const { raw, canonical } of vectors.codes.status as readonly {
      raw: number | string
      canonical: string
    }[]) {
      expect([raw, codes.status.decode(String(raw), {})]).toEqual([raw, canonical])
      expect(codes.STATUS_NAMES[String(raw)]).toBeTruthy()
    }
    for (const { raw } of vectors.codes.tasktype) expect(codes.TASK_TYPES).toContain(raw)
    expect(codes.TASK_TYPES).toHaveLength(vectors.codes.tasktype.length)
  })
  test('operations, each with its effect', () => {
    const rows = vectors.codes.operatetype as readonly { raw: string; canonical: string; label: string }[]
    expect(Object.keys(codes.OPERATIONS)).toHaveLength(rows.length)
    for (const { raw, canonical, label } of rows) {
      const known = codes.OPERATIONS[raw]
      expect([raw, known?.name]).toEqual([raw, label])
      if (known?.effect !== 'none') expect([raw, known?.effect]).toEqual([raw, canonical])
    }
  })
  test('a code that no table knows is kept, alarmed and never guessed', () => {
    const alarms: { table: string; code: string }[] = []
    expect(codes.status.decode('77', { alarms })).toBe('UNKNOWN')
    expect(codes.effectOf('88', { alarms })).toBe('unknown')
    expect(alarms.map(({ code }) => code)).toEqual(['77', '88'])
  })
})

describe('30, 40 and 90 need the operation too', () => {
  test.each<[string, readonly string[], string]>([
    ['30', [], 'ACCEPTED'],
    ['30', ['12', '10', '21', '30', '71'], 'ACCEPTED'],
    ['30', ['23', '22', '23'], 'ACCEPTED'],
    ['30', ['23', '35'], 'IN_REVIEW'],
    ['30', ['23', '36', '30', '70'], 'REVIEW_RETURNED'],
    ['30', ['23', '40', '71'], 'SUSPENDED'],
    ['30', ['23', '40', '41'], 'IN_REVIEW'],
    ['30', ['23', '35', '88'], 'IN_REVIEW'],
    ['40', ['51'], 'DENIED'],
    ['40', ['51', '80', '81'], 'DELIVERED'],
    ['90', ['60'], 'COMPLETED'],
    ['90', ['60', '80', '81'], 'DELIVERED'],
    ['98', ['80'], 'WITHDRAWN'],
  ])('status %s after %j is %s', (raw, operations, state) => {
    expect(codes.stateOf(raw, operations, {})).toBe(state)
  })

  test.each([
    ['DRAFT', '8'],
    ['SUBMITTED', '12'],
    ['PRECHECK_RETURNED', '14'],
    ['PRECHECK_PASSED', '16'],
    ['RECEIVED', '26'],
    ['CORRECTION_REQUIRED', '28'],
    ['ACCEPTED', '30'],
    ['IN_REVIEW', '30'],
    ['REVIEW_RETURNED', '30'],
    ['SUSPENDED', '30'],
    ['APPROVED', '50'],
    ['DENIED', '40'],
    ['COMPLETED', '90'],
    ['DELIVERED', '90'],
    ['NOT_ACCEPTED', '97'],
    ['WITHDRAWN', '98'],
    ['VOIDED', '99'],
  ] as const)('%s is written %s', (state, raw) => {
    expect(codes.rawOf(state, false, false)).toBe(raw)
  })

  test('a correction is 37 after acceptance, a delivered denial 40, and a receipt operation 21', () => {
    expect(codes.rawOf('CORRECTION_REQUIRED', true, false)).toBe('37')
    expect(codes.rawOf('DELIVERED', true, true)).toBe('40')
    expect(codes.operationFor('RECEIVED')).toBe('21')
    expect(codes.operationFor('IN_REVIEW')).toBe('35')
    expect(codes.operationFor('DRAFT')).toBeUndefined()
  })
})
