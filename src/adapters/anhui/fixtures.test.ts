/** Each recorded document is read as its canonical form, and written as it was; nothing of it is forgotten. */
import { describe, expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import { validator } from '../../schemas/validate.ts'
import type { Alarm } from '../kit/codes.ts'
import { close, reading, writing } from '../kit/ledger.ts'
import type { Note } from '../kit/trace.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import caseCanon from './fixtures/correction-asked.case.json' with { type: 'json' }
import caseWire from './fixtures/correction-asked.wire.json' with { type: 'json' }
import matterCanon from './fixtures/household-certificate.matter.json' with { type: 'json' }
import matterWire from './fixtures/household-certificate.wire.json' with { type: 'json' }
import appliedCanon from './fixtures/household-certificate-applied.application.json' with { type: 'json' }
import applied from './fixtures/household-certificate-applied.wire.json' with { type: 'json' }
import { anhui } from './index.ts'
import { matter } from './matter.ts'
import { unidOf } from './numbers.ts'
import { applying, context, matterOf, problem, proof, vectors } from './test-vectors.ts'

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
    // A stranger in the place of a member that may be absent does not change the count.
    const swapped = ({ apasInfoXml }: typeof applied) => {
      Reflect.deleteProperty(apasInfoXml.RECORD.SERVICEINFO, 'BELONGTO')
      return Object.assign(apasInfoXml.RECORD.SERVICEINFO, { COLOUR: 'red' })
    }
    expect(at(swapped)).toEqual(['BODY_INVALID', `${info}/COLOUR`])
    const record = (members: object) => at((one) => Object.assign(one.attrXml.RECORDS.RECORD, members))
    expect(record({ SORTID: 'x' })).toEqual(['BODY_INVALID', '/attrXml/RECORDS/RECORD/SORTID'])
    expect(record({ TAKETYPE: '9' })).toEqual(['CODE_UNKNOWN', '/attrXml/RECORDS/RECORD/TAKETYPE'])
    expect(record({ COLOUR: 'red' })).toEqual(['BODY_INVALID', '/attrXml/RECORDS/RECORD/COLOUR'])
    const form = '/formXml/RECORD/FORMDATA'
    const fields = (members: object) =>
      at((one) =>
        Object.assign(one.formXml.RECORD, { FORMDATA: { ...one.formXml.RECORD.FORMDATA, ...members } }),
      )
    expect(fields({ 'two\nlines': 5 })).toEqual(['BODY_INVALID', `${form}/two\nlines`])
    expect(fields({ ['x'.repeat(61)]: 'long' })).toEqual(['BODY_INVALID', form])
    expect(fields({ '': 'nameless' })).toEqual(['BODY_INVALID', form])
  })
})

test('the adapter names itself, its marks and its callback path', () => {
  expect(anhui.callbackPaths(vectors.config)).toEqual(['/ah/callback/apas'])
  expect(Object.keys(anhui.marks).every((op) => vectors.samples.some((one) => one.op === op))).toBe(true)
})

test('a configuration is the contract’s, and one that cannot be spoken is refused', () => {
  const check = validator(anhui.configSchema)
  expect(check(vectors.config)).toBeUndefined()
  const options = (changes: object) =>
    check({ ...vectors.config, options: { ...vectors.config.options, ...changes } })
  expect(options({ gmApis: ['/materialService/queryMaterial'] })?.[0]?.pointer).toBe('/options/gmApis/0')
  expect(options({ callbackUrl: 'http://127.0.0.1/elsewhere' })?.[0]?.pointer).toBe('/options/callbackUrl')
  expect(options({ belongSystem: '34' })?.[0]?.pointer).toBe('/options/belongSystem')
  expect(options({ callbackUrl: 'https://gw.example/x/ah/callback/apas?a=1' })).toBeUndefined()
})
