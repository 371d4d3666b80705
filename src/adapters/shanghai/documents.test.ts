import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { close, reading } from '../kit/ledger.ts'
import type { Note } from '../kit/trace.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import { matter } from './matter.ts'
import { applying, context, proof, row, sample, vectors } from './test-vectors.ts'

describe('matters', () => {
  test.each(vectors.catalogue.map((one) => one.itemCode))(
    '%s is read, and read back from what is written',
    (code) => {
      const canon = matter.read(row(code), context)
      expect(canon).toMatchObject({
        id: `shanghai:310000:${code}`,
        region: 'shanghai',
        divisions: ['310000'],
        regional: { code },
      })
      const again = matter.read(matter.write(canon, context), context)
      expect(again).toEqual(canon)
    },
  )
  test('trap 16: a suspended or cancelled matter stays, and cannot be filed', () => {
    expect(matter.read(row('312099016000'), context)).toMatchObject({ state: 'suspended', fileable: false })
    expect(matter.read(row('312099017000'), context)).toMatchObject({ state: 'cancelled', fileable: false })
  })
  test('trap 10: a single object for a one-element list is read, numbers as strings too', () => {
    const single = row('312099004000') as unknown as { stuffs: unknown[] }
    const [only] = single.stuffs
    const canon = matter.read({ ...single, stuffs: only, promiseDays: '3' }, context)
    expect(canon.documents).toHaveLength(1)
    expect(canon.commitment).toEqual({ days: 3, unit: 'working' })
  })
  test('trap 2: the form stands in a string', () => {
    expect(proof.form.fields.map((field) => [field.name, field.type, field.required])).toEqual([
      ['zmsx', 'select', true],
      ['zmnr', 'textarea', true],
      ['lqfs', 'select', true],
    ])
    expect(proof.form.fields[0]?.options?.[2]).toEqual({ value: '3', label: { zh: '曾经同户人员亲属关系' } })
  })
})

describe('applications', () => {
  const saved = sample('apply-save').request.body as Record<string, unknown>
  test('the sample is read whole: every leaf is in the ledger', () => {
    const notes: Note[] = []
    const canon = application.read(saved, applying, notes)
    expect(canon).toMatchObject({
      matter: proof.id,
      sourceDivision: '320500',
      applicant: { kind: 'person', name: '测试甲', idDocument: { type: '111' } },
      form: { zmsx: '3', lqfs: '2' },
      delivery: { mode: 'post' },
      documents: [{ id: '003CL01', mode: 'licence' }],
    })
    const ledger = close(saved, reading(notes), 'unmentioned')
    const told = new Set(ledger.entries.flatMap((entry) => entry.source))
    expect(leaves(saved).filter((leaf) => !told.has(leaf))).toEqual([])
    expect(
      ledger.entries.filter((entry) => entry.rule === 'unmentioned').map((entry) => entry.source),
    ).toEqual([])
  })
  test('what is written equals the sample where the gateway has no numbers of its own', () => {
    const canon = application.read(saved, applying)
    const wire = application.write(canon, applying) as Record<string, unknown>
    const { accessToken: _token, applyNo: _number, userId: _user, extInfo: _ext, ...expected } = saved
    expect(wire).toMatchObject(expected)
    expect(wire['extInfo']).toMatchObject({
      sourceRegion: '320500',
      handleMode: '全程网办',
      delivery: { lqfs: '邮寄' },
    })
  })
  test('trap 13: the acting person is the agent, the applicant the firm', () => {
    const canon: Application = {
      matter: proof.id,
      division: '310000',
      sourceDivision: '320500',
      applicant: {
        kind: 'organisation',
        name: '苏州示例制造有限公司',
        idDocument: { type: '001', number: '91320500MA1TEXT145' },
        legalRepresentative: '测试乙',
      },
      agent: {
        name: '测试乙',
        idDocument: { type: '111', number: '320102190102020022' },
        mobile: '10000000001',
      },
      form: {},
      documents: [],
    }
    expect(application.write(canon, applying)).toMatchObject({
      targetType: '企业',
      targetNo: '91320500MA1TEXT145',
      username: '测试乙',
      licenseType: '居民身份证',
      licenseNo: '320102190102020022',
      mobile: '10000000001',
    })
    expect(() => application.write({ ...canon, agent: null }, applying)).toThrow(GatewayError)
  })
  const forms = fc.dictionary(fc.constantFrom('zmsx', 'zmnr', 'lqfs'), fc.string({ maxLength: 50 }))
  const text = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .filter((one) => [...one].length <= 40)
  const person = fc.record(
    {
      kind: fc.constant('person' as const),
      name: text,
      idDocument: fc.constant({ type: '111', number: '310101190001010011' }),
      mobile: fc.constant('10000000000'),
    },
    { noNullPrototype: true },
  )
  const any = fc.record(
    {
      matter: fc.constant(proof.id),
      division: fc.constant('310000'),
      sourceDivision: fc.constantFrom('320500', '340100', '330100'),
      applicant: person,
      form: forms,
      documents: fc.constantFrom<Application['documents']>(
        [],
        [{ id: '003CL02', mode: 'upload', uploads: ['up_1', 'up_2'] }],
        [{ id: '003CL01', mode: 'licence', licence: '85ff54b4a84c46452b9531daa0724858' }],
      ),
      delivery: fc.constantFrom<NonNullable<Application['delivery']>>(
        { mode: 'pickup' },
        { mode: 'post', name: '甲', mobile: '10000000000', address: '示例路' },
      ),
      mode: fc.constantFrom('online' as const, 'joint' as const),
      appliedAt: fc.constant('2026-03-02T09:05:00+08:00'),
    },
    { noNullPrototype: true },
  )
  test('reading what was written gives the same application', () => {
    fc.assert(
      fc.property(
        any,
        (canon) => void expect(application.read(application.write(canon, applying), applying)).toEqual(canon),
      ),
    )
  })
})

describe('cases', () => {
  const told = {
    ...(sample('case-query').response.body as { data: object }).data,
    processes: (sample('case-process').response.body as { data: { processes: unknown } }).data.processes,
  }
  test('the sample is read: trap 7, status counts and result is no state', () => {
    const canon = caseMessage.read(told, context)
    expect(canon).toMatchObject({
      status: 'CORRECTION_REQUIRED',
      rawStatus: { code: '补正' },
      correction: { documents: [{ id: '003CL02' }], dueOn: '2026-03-07T09:15:00+08:00' },
    })
    expect(canon.steps?.map((step) => step.status)).toEqual([
      'DRAFT',
      'SUBMITTED',
      'PRECHECK_PASSED',
      'RECEIVED',
      'CORRECTION_REQUIRED',
      'RECEIVED',
      'ACCEPTED',
      'IN_REVIEW',
      'APPROVED',
      'COMPLETED',
    ])
  })
  test('reading what was written gives the same case', () => {
    const canon = caseMessage.read(told, context)
    expect(caseMessage.read(caseMessage.write(canon, context), context)).toEqual(canon)
  })
  test('a status that nobody knows does not lose the case', () => {
    expect(caseMessage.read({ ...told, status: '新状态' }, context)).toMatchObject({
      status: 'UNKNOWN',
      rawStatus: { code: '新状态' },
    })
  })
})
