import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { ROOT } from '../kit/trace.ts'
import { application } from './application.ts'
import { area, cityOf, wireOf } from './areas.ts'
import * as tables from './codes.ts'
import { matter } from './matter.ts'
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
  photoUsage: {
    VERIFY: 'identityCheck',
    MAKE_DOCUMENT: 'documentMaking',
    CROSS_PROVINCE: 'crossProvince',
  },
  photoSource: {
    ID_CARD: 'idCard',
    SOCIAL_SECURITY_CARD: 'socialSecurityCard',
    DRIVING_LICENCE: 'drivingLicence',
  },
  licenceType: {
    ID_CARD: 'idCard',
    BUSINESS_LICENCE: 'businessLicence',
    HOUSEHOLD_REGISTER: 'householdRegister',
    DISABILITY_CERT: 'disabilityCertificate',
    REAL_ESTATE_CERT: 'realEstateCertificate',
  },
  licenceStatus: { VALID: 'valid', SUSPENDED: 'suspended', REVOKED: 'revoked', EXPIRED: 'expired' },
  licencePurpose: {
    VERIFY: 'identityCheck',
    REPLACE_MATERIAL: 'insteadOfMaterial',
    CROSS_PROVINCE: 'crossProvince',
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

  test('sources of photos and states of licences have the labels of the contract', () => {
    const labels = (rows: readonly { raw: string; label: string }[]) =>
      Object.fromEntries(rows.map(({ raw, label }) => [raw, label.replace(' (inbound many-to-one)', '')]))
    expect(tables.PHOTO_SOURCE_LABELS).toEqual(labels(vectors.codes.photoSource))
    expect(tables.LICENCE_STATUS_LABELS).toEqual(labels(vectors.codes.licenceStatus))
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
