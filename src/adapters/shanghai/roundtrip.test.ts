/** What is written is read back, for each of the three tables; what is read from the samples is written back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Application, Delivery } from '../../schemas/application.ts'
import type { CaseStep, RegionalCase } from '../../schemas/case.ts'
import { CASE_STATUSES } from '../../schemas/case-status.ts'
import {
  type FormField,
  HANDLINGS,
  type Matter,
  type MatterDocument,
  MODES,
  SCOPES,
} from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import { close, reading, writing } from '../kit/ledger.ts'
import type { Note } from '../kit/trace.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import { decisionIn, status } from './codes.ts'
import { matter } from './matter.ts'
import { applying, context, proof, row, sample, vectors } from './test-vectors.ts'

const record = <T extends object>(
  model: { [K in keyof T]: fc.Arbitrary<T[K]> },
  requiredKeys: (keyof T & string)[],
) => fc.record(model, { noNullPrototype: true, requiredKeys } as never) as unknown as fc.Arbitrary<T>
/** Text of all planes, at least one character that is no blank. */
const words = (max: number) =>
  fc.string({ minLength: 1, maxLength: max, unit: 'grapheme' }).filter((one) => [...one].length <= max)
const moment = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}+08:00`)

describe('an application', () => {
  const idDocument = fc.constantFrom(
    { type: '111', number: '310101190001010011' },
    { type: '414', number: 'E00000001' },
    { type: '516', number: 'H12345678' },
    { type: '511', number: '12345678' },
    { type: '114', number: 'AB123456' },
    { type: '999', number: 'x1' },
  )
  const mobile = fc.constantFrom('10000000000', '19999999999')
  const person = record<Application['applicant']>(
    {
      kind: fc.constant('person' as const),
      name: words(50),
      idDocument,
      mobile,
      address: words(200),
      legalRepresentative: words(50),
    },
    ['kind', 'name', 'idDocument', 'mobile'],
  )
  const firm = record<Application['applicant']>(
    {
      kind: fc.constant('organisation' as const),
      name: words(100),
      idDocument: fc.constantFrom(
        ...['91310000MA1TEXT06C', '12310000MA1TEXT06X', '11310000MA1TEXT061', '52310000MA1TEXT06Y'].map(
          (number) => ({ type: '001', number }),
        ),
      ),
      legalRepresentative: words(50),
      address: words(200),
    },
    ['kind', 'name', 'idDocument', 'legalRepresentative'],
  )
  const agent = fc.record(
    { name: words(50), idDocument: fc.constant({ type: '111', number: '320102190102020022' }), mobile },
    { noNullPrototype: true },
  )
  const delivery = record<Delivery>(
    {
      mode: fc.constantFrom('pickup', 'post', 'download', 'licence'),
      name: words(50),
      mobile,
      address: words(200),
    },
    ['mode'],
  )
  const rest = {
    matter: fc.constant(proof.id),
    division: fc.constant('310000'),
    sourceDivision: fc.constantFrom('320500', '340100', '330100', '310118'),
    form: fc.dictionary(
      fc.constantFrom('zmsx', 'zmnr', 'lqfs', '__proto', 'a/b~c'),
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      { noNullPrototype: true },
    ),
    documents: fc.constantFrom<Application['documents']>(
      [],
      [{ id: '003CL02', mode: 'upload', uploads: ['up_1', 'up_2'] }],
      [{ id: '003CL01', mode: 'licence', licence: '85ff54b4a84c46452b9531daa0724858' }],
      [
        { id: '003CL01', mode: 'licence', licence: '85ff54b4a84c46452b9531daa0724858' },
        { id: '003CL02', mode: 'upload', uploads: ['up_1'] },
        { id: '003CL03', mode: 'upload', uploads: ['up_1'] },
      ],
    ),
    delivery,
    mode: fc.constantFrom(...MODES),
    appliedAt: moment,
  }
  const required = [
    'matter',
    'division',
    'sourceDivision',
    'applicant',
    'form',
    'documents',
    'mode',
    'appliedAt',
  ] as const
  const any = fc.oneof(
    record<Application>({ ...rest, applicant: person } as never, [...required]),
    record<Application>(
      {
        ...rest,
        applicant: fc.oneof(
          person.map(({ mobile: _mobile, ...one }) => one),
          firm,
        ),
        agent,
      } as never,
      [...required, 'agent'],
    ),
  )

  test('is read as it was written', () => {
    fc.assert(
      fc.property(
        any,
        (canon) => void expect(application.read(application.write(canon, applying), applying)).toEqual(canon),
      ),
    )
  })

  test('accounts for each of its leaves when it is written', () => {
    fc.assert(
      fc.property(any, (canon) => {
        const notes: Note[] = []
        application.write(canon, applying, notes)
        const told = new Set(
          close(canon, writing(notes), 'unmentioned')
            .entries.filter(({ rule }) => rule !== 'unmentioned')
            .flatMap(({ source }) => source),
        )
        // Who handles it is known from the matter.
        expect(leaves(canon).filter((leaf) => !told.has(leaf) && leaf !== '/division')).toEqual([])
      }),
    )
  })

  const saved = sample('apply-save').request.body as Record<string, unknown>
  test('of the sample is read whole: every leaf is in the ledger', () => {
    const notes: Note[] = []
    expect(application.read(saved, applying, notes)).toMatchObject({
      matter: proof.id,
      sourceDivision: '320500',
      applicant: { kind: 'person', name: '测试甲', idDocument: { type: '111' } },
      form: { zmsx: '3', lqfs: '2' },
      delivery: { mode: 'post' },
      documents: [{ id: '003CL01', mode: 'licence' }],
    })
    const ledger = close(saved, reading(notes), 'unmentioned')
    expect(ledger.entries.filter((entry) => entry.rule === 'unmentioned')).toEqual([])
  })

  test('of the sample is written as it was read', () => {
    const { accessToken: _token, applyNo: _number, userId: _user, extInfo, ...expected } = saved
    const { sourceCaseNo: _source, ...ext } = extInfo as Record<string, unknown>
    expect(application.write(application.read(saved, applying), applying)).toMatchObject({
      ...expected,
      extInfo: ext,
    })
  })

  test('takes what the matter says, and the gateway’s own marks', () => {
    expect(application.write(application.read(saved, applying), applying)).toMatchObject({
      itemCode: '312099003000',
      itemName: '户籍事项证明',
      taskHandleItem: '11310000MB0TEX011E231209900300001',
      departCode: 'SHGAJU',
      departName: '上海市公安局(示例)',
      source: 'CSJGW01',
      submitType: '新办',
      userId: `gw-${applying.sourceNumber}`,
      extInfo: { sourceCaseNo: applying.sourceNumber, sourceRegion: '320500' },
    })
  })

  test('of somebody with the applicant’s number under another name or type has an agent', () => {
    expect(application.read(saved, applying)).not.toHaveProperty('agent')
    expect(application.read({ ...saved, username: '测试乙' }, applying).agent?.name).toBe('测试乙')
    expect(application.read({ ...saved, licenseType: '其他' }, applying).agent?.idDocument.type).toBe('999')
    expect(() => application.read({ ...saved, licenseType: '没有' }, applying)).toThrow(GatewayError)
  })

  test.each([
    ['91310000MA1TEXT06C', '企业'],
    ['12310000MA1TEXT06X', '事业'],
    ['11310000MA1TEXT061', '机关'],
    ['52310000MA1TEXT06Y', '其他'],
  ])('of the holder of %s is one of %s, and an agent acts with his own mobile', (number, word) => {
    const whole: Application = {
      ...application.read(saved, applying),
      applicant: {
        kind: 'organisation',
        name: '示例',
        idDocument: { type: '001', number },
        mobile: '10000000000',
      },
      agent: { name: '测试外', idDocument: { type: '414', number: 'E00000001' }, mobile: '10000000001' },
    }
    const wire = application.write(whole, applying) as Record<string, unknown>
    expect(wire).toMatchObject({
      targetType: word,
      username: '测试外',
      licenseType: '护照',
      licenseNo: 'E00000001',
      mobile: '10000000001',
    })
    const bare = application.read({ ...wire, extInfo: {} }, applying)
    expect(bare.applicant.idDocument).toEqual({ type: '001', number })
    expect(() => application.write({ ...whole, agent: null }, applying)).toThrow(
      expect.objectContaining({ facts: { field: '/agent' } }),
    )
  })

  test('whose agent has a landline alone is refused, and a landline beside the mobile is told as lost', () => {
    const { mobile: _own, ...applicant } = application.read(saved, applying).applicant
    const agent = { name: '测试外', idDocument: { type: '414', number: 'E00000001' }, phone: '021-12345678' }
    const whole: Application = { ...application.read(saved, applying), applicant, agent }
    expect(() => application.write(whole, applying)).toThrow(
      expect.objectContaining({ facts: { field: '/agent/mobile' } }),
    )
    const notes: Note[] = []
    application.write({ ...whole, agent: { ...agent, mobile: '10000000001' } }, applying, notes)
    expect(notes.filter(({ how }) => how === 'dropped').flatMap(({ canon }) => canon)).toContain(
      '/agent/phone',
    )
  })

  test('of an organisation without a credit code is one of 其他, whatever its number begins with', () => {
    const whole: Application = {
      ...application.read(saved, applying),
      applicant: { kind: 'organisation', name: '示例', idDocument: { type: '999', number: '911234567' } },
      agent: { name: '测试外', idDocument: { type: '414', number: 'E00000001' }, mobile: '10000000001' },
    }
    const wire = application.write(whole, applying)
    expect(wire).toMatchObject({ targetType: '其他', extInfo: { targetLicenseType: '其他' } })
    expect(application.read(wire, applying).applicant).toMatchObject(whole.applicant)
  })

  test('without blank members says nothing about them', () => {
    const blank = {
      ...saved,
      extInfo: {
        lawPerson: '',
        address: '',
        handleMode: '',
        delivery: { lqfs: '窗口领取', sjrusername: '' },
      },
    }
    const canon = application.read(blank, applying)
    expect(canon.applicant).toEqual({
      kind: 'person',
      name: '测试甲',
      idDocument: { type: '111', number: '310101190001010011' },
      mobile: '10000000000',
    })
    expect([canon.delivery, canon.mode]).toEqual([{ mode: 'pickup' }, undefined])
  })

  test('that nobody with a mobile acts for is not written', () => {
    const { mobile: _mobile, ...applicant } = application.read(saved, applying).applicant
    const told = () => application.write({ ...application.read(saved, applying), applicant }, applying)
    expect(told).toThrow(
      expect.objectContaining({ code: 'CONVERSION_INCOMPLETE', facts: { field: '/applicant/mobile' } }),
    )
  })
})

describe('a matter', () => {
  const names = words(50).map((zh) => ({ zh }))
  const name = fc.stringMatching(/^[a-z]{3,10}$/)
  const plain = record<FormField>(
    {
      name,
      label: names,
      type: fc.constantFrom('text', 'textarea', 'date', 'area', 'idcard', 'uscc', 'mobile'),
      required: fc.boolean(),
      maxLength: fc.constantFrom(200, 1, 500),
    },
    ['name', 'label', 'type', 'required', 'maxLength'],
  )
  const number = plain.map(
    (field): FormField => ({ ...field, type: 'number', pattern: '^-?\\d{1,12}(\\.\\d{1,2})?$' }),
  )
  const select = fc.tuple(plain, fc.uniqueArray(fc.stringMatching(/^[0-9a-z]{1,5}$/), { maxLength: 4 })).map(
    ([field, values]): FormField => ({
      ...field,
      type: 'select',
      options: values.map((value) => ({ value, label: { zh: `选项${value}` } })),
    }),
  )
  const document = fc
    .record({
      id: fc.stringMatching(/^\d{3}CL\d{2}$/),
      name: names,
      necessity: fc.constantFrom('required' as const, 'optional' as const, 'deferrable' as const),
      licenceType: fc.option(fc.constant('310000000000111'), { nil: undefined }),
      kind: fc.constantFrom('certificate', 'form', 'other', '没见过的类型'),
      form: fc.constantFrom('paper' as const, 'electronic' as const, 'both' as const),
      copies: fc.nat({ max: 9 }),
      sampleUrl: words(50),
      blankFormUrl: words(50),
    })
    .map(
      ({ licenceType, ...one }): MatterDocument => ({
        ...one,
        exemptedBy: licenceType ? [{ licenceType }] : [],
        modes: [
          'upload',
          ...(licenceType ? ['licence' as const] : []),
          ...(one.necessity === 'deferrable' ? ['later' as const] : []),
        ],
      }),
    )
  const limit = {
    promise: fc.nat({ max: 60 }),
    legal: fc.nat({ max: 60 }),
    unit: fc.constantFrom('working' as const, 'calendar' as const),
  }
  const any = fc
    .record({
      code: fc.stringMatching(/^\d{12}$/),
      version: fc.stringMatching(/^\d{1,3}$/),
      name: names,
      subjects: fc.subarray(['person', 'enterprise', 'institution', 'agency', 'otherOrganisation'] as const, {
        minLength: 1,
      }),
      fields: fc.uniqueArray(fc.oneof(plain, number, select), {
        selector: (field) => field.name,
        maxLength: 6,
      }),
      documents: fc.array(document, { maxLength: 4 }),
      ...limit,
      mode: fc.constantFrom(...MODES),
      handling: fc.constantFrom(...HANDLINGS),
      scope: fc.constantFrom(...SCOPES),
      powerType: fc.constantFrom('01', '07', '10', '20'),
      deliveryModes: fc.subarray(['pickup', 'post', 'download', 'licence'] as const, { minLength: 1 }),
      state: fc.constantFrom('active' as const, 'suspended' as const, 'cancelled' as const),
      offered: fc.boolean(),
      isOnline: fc.boolean(),
      hasFee: fc.boolean(),
      updatedAt: moment,
      texts: fc.array(words(50), { minLength: 7, maxLength: 7 }),
      points: fc.array(
        record<NonNullable<Matter['servicePoints']>[number]>(
          {
            id: fc.stringMatching(/^W\d{8}$/),
            division: fc.constantFrom('310101', '310118'),
            address: words(100),
            phone: words(20),
            hours: words(50),
          },
          ['id', 'division', 'address', 'phone', 'hours'],
        ),
        { maxLength: 3 },
      ),
    })
    .map(
      ({
        code,
        version,
        fields,
        promise,
        legal,
        unit,
        state,
        offered,
        updatedAt,
        texts,
        points,
        ...one
      }): Matter => {
        const [
          conditions = '',
          flow = '',
          legalBasis = '',
          resultName = '',
          phone = '',
          complaintPhone = '',
          applyUrl = '',
        ] = texts
        return {
          ...proof,
          ...one,
          id: `shanghai:310000:${code}`,
          baseCode: code,
          implementationCode: `11310000MB0TEX011E2${code}`,
          regional: { code, version },
          form: { fields },
          commitment: { days: promise, unit },
          statutory: { days: legal, unit },
          servicePoints: points,
          state,
          fileable: state === 'active' && offered,
          availability: [{ division: '310000', from: updatedAt.slice(0, 10), to: null }],
          updatedAt,
          conditions,
          flow,
          legalBasis,
          resultName,
          phone,
          complaintPhone,
          applyUrl,
        }
      },
    )

  test('is read as it was written', () => {
    fc.assert(
      fc.property(
        any,
        (canon) => void expect(matter.read(matter.write(canon, context), context)).toEqual(canon),
      ),
    )
  })

  test.each(vectors.catalogue.map((one) => one.itemCode))(
    '%s of the catalogue is written as it was read',
    (code) => {
      const { molder, crossRegion: _offered, areas, ...wire } = row(code)
      const written = matter.write(matter.read(row(code), context), context) as Record<string, unknown>
      // A form's own number and code names are Shanghai's business; places are called by their district.
      const form = (text: unknown) =>
        JSON.parse(String(text)).fields.map(({ code: _code, ...field }: { code: string }) => field)
      expect(form(written['molder'])).toEqual(form(molder))
      const bare = (areas as object[]).map(({ areaName: _name, ...area }: { areaName?: string }) => area)
      expect(written).toMatchObject({
        ...wire,
        stuffs: without(wire['stuffs'] as object[]),
        areas: bare,
        itemApplyUrl: wire['itemApplyUrl'],
      })
    },
  )

  test.each([
    ['""', ''],
    ['null', null],
    ['absent', undefined],
  ])('whose texts without a value are %s says nothing about them', (_name, blank) => {
    const TEXTS = [
      'acceptCondition',
      'handleFlow',
      'lawBasis',
      'resultName',
      'consultPhone',
      'supervisePhone',
      'itemApplyUrl',
      'itemVersion',
      'taskHandleItem',
      'departCode',
    ]
    const [stuff] = row('312099003000')['stuffs'] as object[]
    const canon = matter.read(
      {
        ...row('312099003000'),
        ...Object.fromEntries(TEXTS.map((name) => [name, blank])),
        stuffs: { ...stuff, catMainCode: blank, sampleUrl: blank, emptyFormUrl: blank },
      },
      context,
    )
    for (const name of [
      'conditions',
      'flow',
      'legalBasis',
      'resultName',
      'phone',
      'complaintPhone',
      'applyUrl',
      'businessItemCode',
    ])
      expect(canon).not.toHaveProperty(name)
    expect([canon.regional, canon.agency, canon.documents[0]?.exemptedBy]).toEqual([
      { code: '312099003000' },
      { name: '上海市公安局(示例)' },
      [],
    ])
  })

  test('with words that no table knows is kept: alarmed, never guessed, and not filed for when its state is unknown', () => {
    const alarms: { table: string; code: string }[] = []
    const odd = {
      itemType: '甲',
      caseType: '乙',
      handleMode: '丙',
      crossScope: '丁',
      dayUnit: '戊',
      serviceObjects: ['个人', '己'],
      deliveryModes: ['庚'],
      itemStatus: '辛',
    }
    const [stuff] = row('312099003000')['stuffs'] as object[]
    const canon = matter.read(
      {
        ...row('312099003000'),
        ...odd,
        stuffs: [{ ...stuff, required: '壬', stuffForm: '癸', stuffType: '子' }],
      },
      { ...context, alarms },
    )
    for (const name of ['powerType', 'handling', 'mode', 'scope', 'commitment', 'statutory'])
      expect(canon).not.toHaveProperty(name)
    expect(canon).toMatchObject({
      subjects: ['person'],
      deliveryModes: [],
      state: 'suspended',
      fileable: false,
      documents: [{ necessity: 'optional', kind: '子' }],
    })
    expect(new Set(alarms.map(({ code }) => code))).toEqual(new Set([...'甲乙丙丁戊己庚辛壬癸']))
  })

  test('of another region is written with what Shanghai has words for', () => {
    const foreign: Matter = {
      ...proof,
      subjects: ['organisation'],
      commitment: { days: 4, unit: 'hour' },
      form: {
        fields: [{ name: 'dh', label: { zh: '电话' }, type: 'phone', required: false, maxLength: 200 }],
      },
      documents: [
        { id: 'M1', name: { zh: '材料' }, necessity: 'creditDeferrable', exemptedBy: [], modes: ['upload'] },
      ],
    }
    const wire = matter.write(foreign, context) as Record<string, unknown>
    expect(wire).toMatchObject({
      serviceObjects: ['企业', '事业', '机关', '其他'],
      promiseDays: 0,
      stuffs: [{ required: '容缺后补', stuffType: '其他' }],
    })
    expect(JSON.parse(String(wire['molder'])).fields).toMatchObject([
      { name: 'dh', type: 'text', required: '0', maxLength: '' },
    ])
  })
})

const without = (stuffs: object[]) =>
  stuffs.map((stuff) =>
    Object.fromEntries(
      Object.entries(stuff).filter(([name, value]) => value !== '' || name === 'catMainCode'),
    ),
  )

describe('a case', () => {
  const told = {
    ...(sample('case-query').response.body as { data: object }).data,
    processes: (sample('case-process').response.body as { data: { processes: unknown } }).data.processes,
  }
  const states = CASE_STATUSES.filter((one) => one !== 'UNKNOWN')
  const step = fc
    .tuple(
      fc.constantFrom(...states),
      record<Omit<CaseStep, 'status' | 'rawStatus'>>(
        { name: words(30), occurredAt: moment, actor: words(30), agency: words(30), note: words(100) },
        ['name', 'occurredAt'],
      ),
    )
    .map(([state, one]): CaseStep => ({ status: state, rawStatus: raw(status.encode(state)), ...one }))
  const any = fc
    .record({
      state: fc.constantFrom(...states),
      text: fc.option(words(100), { nil: undefined }),
      documents: fc.uniqueArray(
        fc.constantFrom(['1', 'result'], ['2', 'denial'], ['4', 'notAcceptedNotice']),
        { selector: ([ref]) => ref, maxLength: 3 },
      ),
      granted: fc.boolean(),
      notice: fc.record(
        {
          reason: words(100),
          dueOn: moment,
          documents: fc.array(
            fc.record(
              { id: fc.stringMatching(/^\d{3}CL\d{2}$/), reason: words(50) },
              { noNullPrototype: true },
            ),
            { maxLength: 3 },
          ),
        },
        { noNullPrototype: true },
      ),
      steps: fc.array(step, { maxLength: 5 }),
      rest: record<Partial<RegionalCase>>(
        {
          matterName: words(100),
          applicantName: words(50),
          appliedAt: moment,
          acceptedAt: moment,
          dueAt: moment,
          completedAt: moment,
          updatedAt: moment,
          agency: words(50),
        },
        [],
      ),
    })
    .map(({ state, text, documents, granted, notice, steps, rest }): RegionalCase => {
      const decision = decisionIn(state, granted ? '通过' : '不通过', {})
      const papers =
        decision === undefined
          ? []
          : documents.map(([ref = '', kind = '']) => ({
              ref,
              kind,
              name: `${kind}.pdf`,
              size: 12,
              digest: 'sm3:ab',
            }))
      return {
        caseNumber: 'CSJ202603020000001',
        region: 'shanghai',
        division: '310000',
        matterCode: '312099003000',
        status: state,
        rawStatus: raw(status.encode(state)),
        steps,
        ...rest,
        ...(state === 'CORRECTION_REQUIRED' ? { correction: { fields: [], ...notice } } : {}),
        ...(decision === undefined
          ? {}
          : { result: { decision, ...(text ? { text } : {}), documents: papers } }),
      }
    })

  test('is read as it was written', () => {
    fc.assert(
      fc.property(
        any,
        (canon) => void expect(caseMessage.read(caseMessage.write(canon, context), context)).toEqual(canon),
      ),
    )
  })

  test('of the sample is written as it was read, but for what the gateway has no use for', () => {
    const written = caseMessage.write(caseMessage.read(told, context), context) as Record<string, unknown>
    const KEPT = [
      'applyNo',
      'itemCode',
      'itemName',
      'targetName',
      'sbTime',
      'status',
      'opTime',
      'opDepartName',
      'result',
      'resultView',
    ]
    for (const name of KEPT)
      expect([name, written[name]]).toEqual([name, (told as Record<string, unknown>)[name]])
    expect(written['correction']).toMatchObject({
      suggestion: '户口簿首页不清晰',
      limitTime: '2026-03-07 09:15:00',
      stuffs: [{ stuffCode: '003CL02', suggestion: '户口簿首页不清晰' }],
    })
    expect((written['processes'] as object[])[4]).toMatchObject({
      stepName: '补正',
      status: '补正',
      opTime: '2026-03-02 09:15:00',
      opUsername: '示例经办人',
      suggestion: '户口簿首页不清晰',
    })
    expect(written['onLineStatus']).toBe('')
  })

  test('accounts for each leaf of the sample', () => {
    const notes: Note[] = []
    caseMessage.read(told, context, notes)
    const lost = close(told, reading(notes), 'unmentioned')
      .entries.filter(({ rule }) => rule === 'unmentioned')
      .flatMap(({ source }) => source)
    // Persons, the current files and the lagging front are not part of a canonical case.
    expect(
      lost.filter(
        (leaf) =>
          !/^\/(taskHandleItem|target(Type|No)|username|license|mobile|onLineStatus|opDepartCode|commitmentDays|isOvertime|stuffs)/.test(
            leaf,
          ),
      ),
    ).toEqual([])
  })

  test('with a status that nobody knows keeps its word', () => {
    const odd = caseMessage.read({ ...told, status: '新状态' }, context)
    expect(odd).toMatchObject({ status: 'UNKNOWN', rawStatus: { code: '新状态' } })
    expect(caseMessage.write(odd, context)).toMatchObject({ status: '新状态' })
  })

  test('that is only dated is due at the end of the day; what has no member is told as lost', () => {
    const notes: Note[] = []
    const canon = caseMessage.read(told, context)
    const more: RegionalCase = {
      ...canon,
      title: '标题',
      correction: {
        fields: ['zmsx'],
        documents: [{ id: '003CL02', name: '户口簿' }],
        reason: 'x',
        dueOn: '2026-03-07',
      },
      result: { decision: 'granted', number: '沪字1号', documents: [] },
      steps: (canon.steps ?? []).slice(0, 1).map((one) => ({ ...one, endedAt: one.occurredAt })),
    }
    expect(caseMessage.write(more, context, notes)).toMatchObject({
      correction: { limitTime: '2026-03-07 23:59:59' },
      result: '通过',
    })
    const dropped = new Set(notes.filter(({ how }) => how === 'dropped').flatMap(({ canon: at }) => at))
    for (const leaf of [
      '/title',
      '/correction/fields/0',
      '/correction/documents/0/name',
      '/result/number',
      '/steps/0/endedAt',
    ])
      expect([leaf, dropped.has(leaf)]).toEqual([leaf, true])
  })
})

const raw = (code: string) => ({ code, label: code })
