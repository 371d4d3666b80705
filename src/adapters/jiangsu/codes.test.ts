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
