import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { Alarm } from '../kit/codes.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { close, reading, writing } from '../kit/ledger.ts'
import type { Note } from '../kit/trace.ts'
import { application } from './application.ts'
import { divisionOf, wireOf } from './areas.ts'
import { caseMessage } from './case.ts'
import * as tables from './codes.ts'
import type { AnhuiConfig } from './config.ts'
import caseCanon from './fixtures/correction-asked.case.json' with { type: 'json' }
import caseWire from './fixtures/correction-asked.wire.json' with { type: 'json' }
import matterCanon from './fixtures/household-certificate.matter.json' with { type: 'json' }
import matterWire from './fixtures/household-certificate.wire.json' with { type: 'json' }
import appliedCanon from './fixtures/household-certificate-applied.application.json' with { type: 'json' }
import applied from './fixtures/household-certificate-applied.wire.json' with { type: 'json' }
import { anhui } from './index.ts'
import { matter } from './matter.ts'
import { unidOf } from './numbers.ts'
import { openCase, openFlag } from './open.ts'
import { parseXml, xmlOf } from './xml.ts'

const config = vectors.config as AnhuiConfig
const options = config.options as unknown as Record<string, unknown>
const context = { options }

/** A row of the sample catalogue as the dialect has it. */
const row = (sc: string): Record<string, unknown> => {
  const found = vectors.catalogue.find((one) => one.sc === sc)
  if (!found) throw new Error(sc)
  const { form, ...rest } = found as unknown as Record<string, unknown>
  return { ...rest, formJson: JSON.stringify(form) }
}
const matterOf = (sc: string): Matter => matter.read(row(sc), context)
const proof = matter.read(matterWire, context)
const applying: ApplicationContext = {
  matter: proof,
  options,
  sourceNumber: 'CSJ20990102AAAAAAAAAAAA',
  appliedAt: '2099-01-02T09:00:00+08:00',
}

/** A matter of Shanghai's: its code, organ and area are of foreign shape. */
const foreign: Matter = {
  ...proof,
  id: 'shanghai:310000:312099003000',
  region: 'shanghai',
  divisions: ['310000'],
  regional: { code: '312099003000', version: '1' },
  agency: { name: '上海市公安局', code: 'SHGASH' },
}

const firm: Application = {
  matter: 'anhui:340100:3401000000000099912',
  division: '340100',
  sourceDivision: '310000',
  applicant: {
    kind: 'organisation',
    name: '芜湖示例制造有限公司',
    idDocument: { type: '001', number: '91340200MA2FAKE100' },
    legalRepresentative: '测试乙',
  },
  agent: { name: '测试丙', idDocument: { type: '111', number: '341302190204050033' }, mobile: '10000000003' },
  form: { COMPANY_NAME: '示例公司' },
  documents: [],
}

const problem = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error instanceof GatewayError ? [error.code, error.errors[0]?.pointer] : error
  }
}

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

describe('fixtures', () => {
  test('each wire document is read as its canonical one, and back', () => {
    expect(matter.read(matterWire, context)).toEqual(matterCanon)
    expect(application.read(applied, applying)).toEqual(appliedCanon)
    expect(caseMessage.read(caseWire, context)).toEqual(caseCanon)
    expect(matter.read(matter.write(matterCanon as Matter, context), context)).toEqual(matterCanon)
    expect(caseMessage.read(caseMessage.write(caseCanon as RegionalCase, context), context)).toEqual(
      caseCanon,
    )
  })
  test.each([
    ['matter', (notes: Note[]) => matter.read(matterWire, context, notes), matterWire],
    ['application', (notes: Note[]) => application.read(applied, applying, notes), applied],
    ['case', (notes: Note[]) => caseMessage.read(caseWire, context, notes), caseWire],
  ])('every leaf of the %s is in the ledger', (_name, read, wire) => {
    const notes: Note[] = []
    read(notes)
    const ledger = close(wire, reading(notes), 'unmentioned')
    const forgotten = ledger.entries
      .filter((entry) => entry.rule === 'unmentioned')
      .flatMap((entry) => entry.source)
      // Members that the contract puts into every answer to be ignored.
      .filter((pointer) => !/\/(rowNum|ext1)$/.test(pointer))
    expect(forgotten).toEqual([])
  })
  test('every leaf of what is written is in the trace, and every leaf that it came from', () => {
    const notes: Note[] = []
    const canon = appliedCanon as unknown as Application
    const wire = application.write(canon, applying, notes)
    const arrows = writing(notes)
    const made = new Set(arrows.flatMap((one) => one.to))
    expect(leaves(wire).filter((leaf) => !made.has(leaf))).toEqual([])
    const used = new Set(arrows.flatMap((one) => one.from))
    expect(leaves(canon).filter((leaf) => !used.has(leaf))).toEqual([])
  })
})

describe('matters', () => {
  test.each(vectors.catalogue.map((one) => one.sc))(
    '%s is read, and read back from what is written',
    (sc) => {
      const canon = matterOf(sc)
      expect(canon).toMatchObject({ id: `anhui:340100:${sc}`, region: 'anhui', divisions: ['340100'] })
      expect(canon.documents.every((one) => one.modes.length > 0)).toBe(true)
      expect(matter.read(matter.write(canon, context), context)).toEqual(canon)
    },
  )
  test('what is written of a sample equals it, but for numbers that came as text', () => {
    const wire = matter.write(proof, context) as Record<string, unknown>
    for (const [member, value] of Object.entries(wire)) {
      if (typeof value !== 'string' || member === 'formJson') continue
      expect([member, value]).toEqual([member, (matterWire as Record<string, unknown>)[member]])
    }
  })
  test('a suspended or cancelled matter stays, and cannot be filed', () => {
    expect(matterOf('3401000000000099915')).toMatchObject({ state: 'suspended', fileable: false })
    expect(matterOf('3401000000000099916')).toMatchObject({ state: 'cancelled', fileable: false })
  })
  test('trap 4: JSON in a string and comma-joined strings are read', () => {
    expect(proof.form.fields.map((field) => [field.name, field.type, field.required])).toEqual([
      ['ZM_TYPE', 'select', true],
      ['ZM_REASON', 'textarea', true],
      ['TAKE_MODE', 'select', true],
      ['RECV_ADDR', 'text', false],
      ['RECV_PHONE', 'phone', false],
    ])
    expect(matterOf('3401000000000099912').subjects).toEqual(['person', 'organisation'])
    expect(proof.deliveryModes).toEqual(['post', 'download'])
    expect(proof.documents[0]?.formats).toEqual(['jpg', 'jpeg', 'png', 'pdf'])
  })
  test('trap 5: numbers as digits and digits as numbers are read', () => {
    const one = matter.read({ ...matterWire, promiseDay: '5', legalDay: 10, limitSceneNum: '0' }, context)
    expect(one).toEqual(proof)
  })
  test('trap 6: a single object for a one-element list is read', () => {
    const [first] = matterWire.materials
    expect(matter.read({ ...matterWire, materials: first }, context).documents).toHaveLength(1)
  })
  test('trap 8: 0 is required, 1 is instant, and limits know hours', () => {
    expect(proof.documents.map((one) => one.necessity)).toEqual(['required', 'deferrable'])
    expect(matterOf('3401000000000099901').handling).toBe('instant')
    expect(matterOf('3401000000000099911').commitment).toEqual({ days: 2, unit: 'hour' })
  })
  test('trap 16: sizeLimit is KiB', () => {
    expect(proof.documents[0]?.maxBytes).toBe(5120 * 1024)
  })
  test('an unknown code of an optional member tells nothing and is alarmed', () => {
    const alarms: Alarm[] = []
    const fields = JSON.stringify([{ name: 'X', label: '甲', type: 'photo', required: '1' }])
    const strange = { ...matterWire, crossMode: '9', promiseType: '7', formJson: fields }
    const canon = matter.read(strange, { ...context, alarms })
    expect(canon.mode).toBeUndefined()
    expect(canon.commitment).toBeUndefined()
    expect(canon.form.fields[0]?.type).toBe('text')
    expect(alarms.map((one) => `${one.table} ${one.code}`).sort()).toEqual([
      'anhui/dayUnit 7',
      'anhui/fieldType photo',
      'anhui/mode 9',
    ])
  })
  const documentOf = fc.record(
    {
      id: fc.stringMatching(/^[A-Z0-9]{4,12}$/),
      name: fc.constant({ zh: '材料' }),
      necessity: fc.constantFrom('required' as const, 'optional' as const),
      exemptedBy: fc.constantFrom<Matter['documents'][number]['exemptedBy']>(
        [],
        [{ licenceType: '11100001' }],
      ),
      copies: fc.integer({ min: 0, max: 99 }),
      maxBytes: fc.integer({ min: 1, max: 20_000 }).map((kib) => kib * 1024),
      order: fc.integer({ min: 0, max: 9999 }),
    },
    { noNullPrototype: true },
  )
  const any = fc
    .record(
      {
        base: fc.constantFrom(proof, foreign, matterOf('3401000000000099903')),
        documents: fc.array(documentOf, { maxLength: 4 }),
        scope: fc.constantFrom('none' as const, 'national' as const, 'crossProvince' as const),
        commitment: fc.record(
          {
            days: fc.nat({ max: 99 }),
            unit: fc.constantFrom('working' as const, 'calendar' as const, 'hour' as const),
          },
          { noNullPrototype: true },
        ),
        division: fc.constantFrom('340100', '310000', '330100', '320500'),
      },
      { noNullPrototype: true },
    )
    .map(({ base, documents, scope, commitment, division }): Matter => {
      const code = base.regional?.code ?? ''
      return {
        ...base,
        id: `anhui:${division}:${code}`,
        region: 'anhui',
        divisions: [division],
        availability: base.availability.map((one) => ({ ...one, division })),
        documents: documents.map((one) => ({
          ...one,
          modes: one.exemptedBy.length > 0 ? ['upload', 'licence'] : ['upload', 'paper'],
        })),
        scope,
        commitment,
        fileable: scope !== 'none',
      }
    })
  test('reading what was written gives the same matter, of another region too', () => {
    fc.assert(
      fc.property(any, (canon) => {
        expect(matter.read(matter.write(canon, context), context)).toEqual(canon)
      }),
    )
  })
})

describe('applications', () => {
  test('what is written equals the sample, but for the gateway’s own numbers', () => {
    const wire = application.write(application.read(applied, applying), applying) as typeof applied
    const own = structuredClone(applied)
    const unid = unidOf(applying.sourceNumber)
    own.apasInfoXml.RECORD.SERVICEINFO = {
      ...own.apasInfoXml.RECORD.SERVICEINFO,
      UNID: unid,
      PROJID: '',
      PROJPWD: '',
    }
    const record = own.attrXml.RECORDS.RECORD as unknown as {
      FILES: { FILEINFO: { FILEURL: string } }
      UNID: string
    }
    expect(wire.apasInfoXml).toEqual(own.apasInfoXml)
    expect(wire.formXml.RECORD).toEqual({ ...own.formXml.RECORD, UNID: unid })
    expect(wire.attrXml.RECORDS.RECORD).toEqual([
      {
        ...record,
        UNID: unid,
        FILES: {
          FILEINFO: [{ FILENAME: '附件1', FILEURL: record.FILES.FILEINFO.FILEURL, FILEPWD: '' }],
        },
      },
    ])
    expect(JSON.stringify(application.write(application.read(applied, applying), applying))).toBe(
      JSON.stringify(wire),
    )
  })
  test('the matter and the city are told before anything is read', () => {
    expect(application.refer(applied)).toEqual({ code: '3401000000000099902', division: '340100' })
    expect(application.refer({ apasInfoXml: 'x' })).toBeUndefined()
    expect(application.explain().find((line) => line.canon === '/matter')?.wire).toEqual([
      'apasInfoXml/RECORD/SERVICEINFO/SERVICECODE',
    ])
  })
  test('faults have their place in the three documents', () => {
    const at = (change: (document: typeof applied) => object | string) => {
      const copy = structuredClone(applied)
      change(copy)
      return problem(() => application.read(copy, applying))
    }
    const info = '/apasInfoXml/RECORD/SERVICEINFO'
    const own = (members: object) => at((one) => Object.assign(one.apasInfoXml.RECORD.SERVICEINFO, members))
    expect(own({ COLOUR: 'red' })).toEqual(['BODY_INVALID', `${info}/COLOUR`])
    expect(own({ TELPHONE: '12345' })).toEqual(['BODY_INVALID', `${info}/TELPHONE`])
    expect(own({ APPLY_CARDTYPE: '77' })).toEqual(['CODE_UNKNOWN', `${info}/APPLY_CARDTYPE`])
    expect(own({ ADDTYPE: '3' })).toEqual(['CODE_UNKNOWN', `${info}/ADDTYPE`])
    expect(own({ ADDTYPE: '2', TELPHONE: '' })).toEqual(['FIELD_UNREADABLE', `${info}/TELPHONE`])
    expect(own({ EXTEND: '[]' })).toEqual(['FIELD_UNREADABLE', `${info}/EXTEND`])
    expect(own({ AREACODE: 'hefei!' })).toEqual(['FIELD_UNREADABLE', `${info}/AREACODE`])
    const call = (CALLTIME: string) =>
      at((one) => Object.assign(one.apasInfoXml.RECORD.CALLINFO, { CALLTIME }))
    expect(call('2099-02-30 09:00:00')).toEqual(['FIELD_UNREADABLE', '/apasInfoXml/RECORD/CALLINFO/CALLTIME'])
    const record = (members: object) => at((one) => Object.assign(one.attrXml.RECORDS.RECORD, members))
    expect(record({ SORTID: 'x' })).toEqual(['BODY_INVALID', '/attrXml/RECORDS/RECORD/SORTID'])
    expect(record({ TAKETYPE: '9' })).toEqual(['CODE_UNKNOWN', '/attrXml/RECORDS/RECORD/TAKETYPE'])
  })
  test('trap 6: one record, one file, no record and an empty form are read', () => {
    const many = structuredClone(applied) as unknown as { attrXml: { RECORDS: unknown } }
    const one = application.read(applied, applying)
    many.attrXml.RECORDS = { RECORD: [applied.attrXml.RECORDS.RECORD] }
    expect(application.read(many, applying)).toEqual(one)
    const empty = {
      ...applied,
      attrXml: { RECORDS: '' },
      formXml: { RECORD: { ...applied.formXml.RECORD, FORMDATA: '' } },
    }
    expect(application.read(empty, applying)).toMatchObject({ documents: [], form: {} })
  })
  test('trap 1: TELPHONE and RECEIVE_USEID keep their spelling', () => {
    const wire = application.write(application.read(applied, applying), applying) as typeof applied
    expect(Object.keys(wire.apasInfoXml.RECORD.SERVICEINFO)).toEqual(
      expect.arrayContaining(['TELPHONE', 'RECEIVE_USEID']),
    )
  })
  test('trap 2: mixed case stands in one block, in the contract’s order', () => {
    const wire = application.write(application.read(applied, applying), applying) as typeof applied
    expect(Object.keys(wire.apasInfoXml.RECORD.SERVICEINFO)).toEqual(
      Object.keys(applied.apasInfoXml.RECORD.SERVICEINFO),
    )
  })
  test('traps 9 and 12: no number and no password before Anhui gives them, and none is kept', () => {
    const canon = application.read(applied, applying)
    expect(JSON.stringify(canon)).not.toMatch(/AH34|ea13b60e/)
    expect(application.write(canon, applying)).toMatchObject({
      apasInfoXml: {
        RECORD: { SERVICEINFO: { PROJID: '', PROJPWD: '', APPLY_CARDNUMBER: '34010319000101001X' } },
      },
    })
  })
  test('a firm names its agent as contact, and is refused without one', () => {
    const there: ApplicationContext = { ...applying, matter: matterOf('3401000000000099912') }
    expect(application.write(firm, there)).toMatchObject({
      apasInfoXml: {
        RECORD: {
          SERVICEINFO: {
            ADDTYPE: '2',
            APPLY_CARDTYPE: '60',
            CONTACTMAN: '测试丙',
            CONTACTMAN_CARDTYPE: '10',
            CONTACTMAN_CARDNUMBER: '341302190204050033',
            TELPHONE: '10000000003',
            LEGALMAN: '测试乙',
          },
        },
      },
    })
    expect(problem(() => application.write({ ...firm, agent: null }, there))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/agent',
    ])
    const { legalRepresentative: _gone, ...headless } = firm.applicant
    expect(problem(() => application.write({ ...firm, applicant: headless }, there))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/applicant/legalRepresentative',
    ])
    const otherwise = { ...firm.applicant, idDocument: { type: '099', number: '1' } }
    expect(problem(() => application.write({ ...firm, applicant: otherwise }, there))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/applicant/idDocument/type',
    ])
  })
  test('an area of a form has twelve digits there and six here', () => {
    const field = { name: 'FROM', label: { zh: '迁出地' }, type: 'area' as const, required: true }
    const there = { ...applying, matter: { ...proof, form: { fields: [field] } } }
    const canon = { ...application.read(applied, applying), form: { FROM: '320500' } }
    const wire = application.write(canon, there) as typeof applied
    expect(wire.formXml.RECORD.FORMDATA).toEqual({ FROM: '320500000000' })
    expect(application.read(wire, there).form).toEqual({ FROM: '320500' })
  })
  test('a character that XML cannot carry is refused at its place', () => {
    const canon = application.read(applied, applying)
    const form = { ...canon.form, ZM_REASON: 'a\u0001b' }
    expect(problem(() => application.write({ ...canon, form }, applying))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/form/ZM_REASON',
    ])
  })
  test('what follows later is not handed in, and what is not handed in is no document', () => {
    const canon: Application = {
      ...application.read(applied, applying),
      documents: [{ id: 'M099902002', mode: 'later' }],
    }
    const wire = application.write(canon, applying) as unknown as {
      attrXml: { RECORDS: { RECORD: Record<string, unknown>[] } }
    }
    expect(wire.attrXml.RECORDS.RECORD[0]).toMatchObject({ TAKETYPE: '4', ISTAKE: '0', TAKETIME: '' })
    wire.attrXml.RECORDS.RECORD.push({
      ...wire.attrXml.RECORDS.RECORD[0],
      ATTRID: 'M099902001',
      TAKETYPE: '2',
    })
    expect(application.read(wire, applying).documents).toEqual(canon.documents)
  })
  test('what Anhui has no place for is told as a loss', () => {
    const notes: Note[] = []
    const canon: Application = {
      ...application.read(applied, applying),
      delivery: { mode: 'pickup' },
      note: '请尽快',
      mode: 'online',
    }
    application.write(canon, applying, notes)
    const lost = close(canon, writing(notes), 'unmentioned').losses
    expect(lost.flatMap((one) => one.source).sort()).toEqual(['/delivery/mode', '/mode', '/note'])
  })
  const text = fc.stringMatching(/^[一-龥A-Za-z0-9<>&" ]{1,40}$/).filter((one) => one.trim() === one)
  const person = fc.record(
    {
      kind: fc.constant('person' as const),
      name: text,
      idDocument: fc.constantFrom(
        { type: '111', number: '34010319000101001X' },
        { type: '414', number: 'E00000000' },
      ),
      mobile: fc.constant('10000000000'),
      address: text,
      postcode: fc.constant('230000'),
    },
    { noNullPrototype: true },
  )
  const any = (here: Matter) =>
    fc.record(
      {
        matter: fc.constant(here.id),
        matterVersion: fc.constant(here.regional?.version ?? ''),
        division: fc.constantFrom('340100', '310000', '330100'),
        sourceDivision: fc.constantFrom('320500', '340100', '330100'),
        applicant: person,
        form: fc.dictionary(
          fc.constantFrom('ZM_TYPE', 'ZM_REASON', 'RECV_ADDR', 'zmsx'),
          fc.string({ minLength: 1, maxLength: 50 }),
        ),
        documents: fc.constantFrom<Application['documents']>(
          [],
          [{ id: 'M099902001', mode: 'upload', uploads: ['up_1', 'up_2'] }],
          [
            { id: 'M099902001', mode: 'licence', licence: '1.2.156.3005.2.1' },
            { id: 'M099902002', mode: 'later' },
          ],
          [{ id: '003CL01', mode: 'paper' }],
        ),
        appliedAt: fc.constant('2026-03-02T09:05:00+08:00'),
      },
      { noNullPrototype: true },
    )
  test.each([
    ['Anhui', proof],
    ['Shanghai', foreign],
  ])('reading what was written gives the same application, for a matter of %s', (_name, here) => {
    const there = { ...applying, matter: here }
    fc.assert(
      fc.property(any(here), (canon) => {
        // fast-check makes forms without a prototype.
        const plain = { ...canon, form: { ...canon.form } }
        expect(application.read(application.write(plain, there), there)).toEqual(plain)
        const acting = { ...plain, agent: firm.agent ?? null }
        const { mobile: _lost, ...rest } = plain.applicant
        const expected = { ...acting, applicant: rest }
        expect(application.read(application.write(acting, there), there)).toEqual(expected)
      }),
    )
  })
})

describe('cases', () => {
  test('trap 4: correctInfo is JSON in a string, or nothing', () => {
    expect(caseMessage.read(caseWire, context).correction?.documents[0]?.id).toBe('M099902001')
    expect(caseMessage.read({ ...caseWire, correctInfo: '' }, context).correction).toBeUndefined()
    const single = JSON.stringify({ deadline: '', items: { attrId: 'A', reason: '不清' }, remark: '' })
    expect(caseMessage.read({ ...caseWire, correctInfo: single }, context).correction).toEqual({
      fields: [],
      documents: [{ id: 'A', reason: '不清' }],
      reason: '',
    })
    expect(problem(() => caseMessage.read({ ...caseWire, correctInfo: '{' }, context))).toEqual([
      'FIELD_UNREADABLE',
      '/correctInfo',
    ])
  })
  test('trap 6: one step as an object, and none, are read', () => {
    const [first] = caseWire.nodes
    expect(caseMessage.read({ ...caseWire, nodes: first }, context).steps).toHaveLength(1)
    expect(caseMessage.read({ ...caseWire, nodes: [] }, context)).toMatchObject({ steps: [] })
  })
  test('trap 11: a number without an application is a draft', () => {
    const taken = {
      ...caseWire,
      handleState: '00',
      handleStateName: '已取号',
      projectName: '',
      applyTime: '',
      correctInfo: '',
      nodes: [],
    }
    const canon = caseMessage.read(taken, context)
    expect(canon).toMatchObject({ status: 'DRAFT', steps: [] })
    expect(canon.appliedAt).toBeUndefined()
  })
  test('a decision stands beside the state, and one that contradicts it is alarmed', () => {
    const alarms: Alarm[] = []
    const ended = (handleState: string, transactResultCode: string) =>
      caseMessage.read(
        { ...caseWire, handleState, transactResultCode, transactResult: '', correctInfo: '' },
        { ...context, alarms },
      ).result?.decision
    expect([ended('20', '0'), ended('30', '1'), ended('20', '4'), ended('07', ''), ended('12', '')]).toEqual([
      'granted',
      'denied',
      'forwarded',
      'notAccepted',
      'denied',
    ])
    expect(alarms).toEqual([])
    expect(ended('20', '1')).toBe('denied')
    expect(ended('20', '8')).toBeNull()
    expect(alarms.map((one) => one.code)).toEqual(['1 in COMPLETED', '8'])
  })
  const at = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((one) => `${one.toISOString().slice(0, 19)}+08:00`)
  const state = fc.constantFrom(...vectors.codes.caseStatus)
  const any = fc
    .record({
      state,
      steps: fc.array(fc.record({ state, at, note: fc.constantFrom(undefined, '材料已收') }), {
        minLength: 1,
        maxLength: 5,
      }),
      appliedAt: at,
      division: fc.constantFrom('340100', '341800', '310000'),
      decided: fc.boolean(),
      asked: fc.boolean(),
    })
    .map(({ state: now, steps, appliedAt, division, decided, asked }): RegionalCase => {
      const raw = (one: (typeof vectors.codes.caseStatus)[number]) => ({
        status: one.canonical as RegionalCase['status'],
        rawStatus: { code: one.raw, label: one.label },
      })
      const ended = decided && ['COMPLETED', 'DELIVERED'].includes(now.canonical)
      const decision = { DENIED: 'denied' as const, NOT_ACCEPTED: 'notAccepted' as const }[
        now.canonical as 'DENIED'
      ]
      const words = { denied: '不予许可', notAccepted: '不予受理' }
      return {
        caseNumber: 'AH340100209901020001',
        caseKey: '0123456789abcdef0123456789abcdef',
        region: 'anhui',
        division,
        matterCode: '312099003000',
        matterName: '户籍事项证明',
        title: '关于测试甲的户籍事项证明',
        ...raw(now),
        appliedAt,
        updatedAt:
          steps
            .map((one) => one.at)
            .toSorted()
            .at(-1) ?? '',
        ...(asked
          ? {
              correction: {
                fields: [],
                documents: [{ id: 'A', name: '甲', reason: '不清' }],
                reason: '补',
                dueOn: appliedAt,
              },
            }
          : {}),
        ...(ended
          ? { result: { decision: 'granted', number: '〔2025〕1号', text: '准予', documents: [] } }
          : decision
            ? { result: { decision, text: words[decision], documents: [] } }
            : {}),
        steps: steps.map((one) => ({
          ...raw(one.state),
          name: one.state.label,
          occurredAt: one.at,
          ...(one.note ? { note: one.note } : {}),
        })),
      }
    })
  test('reading what was written gives the same case', () => {
    fc.assert(
      fc.property(any, (canon) => {
        expect(caseMessage.read(caseMessage.write(canon, context), context)).toEqual(canon)
      }),
    )
  })
})

describe('refusals', () => {
  const refusedCase = (result: string, resultmsg = '', data: unknown = null, operation = 'apply-submit') =>
    problem(() => openCase({ result, resultmsg, data }, operation))
  test('trap 7: result is the code in one envelope and the text in the other', () => {
    expect(openCase({ result: '01', resultmsg: '登记成功', data: { a: 1 } }, 'apply-submit')).toEqual({
      a: 1,
    })
    expect(openFlag({ flag: '200', result: '查询成功', data: [] }, 'matter-list')).toMatchObject({ data: [] })
    expect(refusedCase('1')).toEqual(['REGION_REJECTED', undefined])
    expect(problem(() => openFlag({ flag: 200, data: [] }, 'matter-list'))).toEqual([
      'REGION_REJECTED',
      undefined,
    ])
  })
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

describe('XML', () => {
  test('entities, references, CDATA and comments are understood, and text is trimmed', () => {
    expect(
      parseXml(
        '<?xml version="1.0" encoding="utf-8"?><R><!-- x --><A> <![CDATA[c<]]>&#115;&#x6a;&amp;lt; </A><B/></R>',
        'R',
      ),
    ).toEqual({ A: 'c<sj&lt;', B: '' })
  })
  test.each(['<R>', 'hello', '<R/><S/>', '<S/>', '<!DOCTYPE R [<!ENTITY a "b">]><R/>'])(
    'refuses %s',
    (xml) => {
      expect(() => parseXml(xml, 'R')).toThrow(GatewayError)
    },
  )
  test('any text survives writing and reading', () => {
    const text = fc.stringMatching(/^[\u0020-\u007e一-龥\u{1F600}-\u{1F640}]*$/u).map((one) => one.trim())
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(parseXml(xmlOf('R', { A: a, L: { I: [b, a] } }), 'R')).toEqual({ A: a, L: { I: [b, a] } })
      }),
    )
  })
})

test('the adapter names itself, its marks and its callback path', () => {
  expect(anhui.callbackPaths(vectors.config)).toEqual(['/ah/callback/apas'])
  expect(Object.keys(anhui.marks).every((op) => vectors.samples.some((one) => one.op === op))).toBe(true)
})
