/** Each table both ways: canonical → wire → canonical, and the samples back again. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import * as codes from './codes.ts'
import { jiangsu } from './index.ts'
import { context, jsonOf, readMatter, sample } from './test-samples.ts'

describe('round trips', () => {
  const text = (max: number) =>
    fc
      .string({ minLength: 1, maxLength: max, unit: 'grapheme' })
      .filter((one) => one.trim() !== '' && [...one].length <= max)
  const arbitrary = (matter: Matter): fc.Arbitrary<Application> =>
    fc.record({
      matter: fc.constant(matter.id),
      division: fc.constant('320500'),
      sourceDivision: fc.constantFrom('310000', '330100'),
      applicant: fc
        .record({
          name: text(50),
          type: fc.constantFrom('111', '414', '516', '999'),
          address: fc.option(text(100), { nil: undefined }),
        })
        .map(({ name, type, address }) => ({
          kind: 'person' as const,
          name,
          idDocument: { type, number: '320501190001010015' },
          mobile: '10000000001',
          ...(address ? { address } : {}),
        })),
      form: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/), text(40), { maxKeys: 5 }),
      documents: fc
        .uniqueArray(fc.constantFrom('m1', 'm2', 'm3'))
        .map((ids) => ids.map((id) => ({ id, mode: 'upload' as const, uploads: [`up_${id}`] }))),
      delivery: fc.constantFrom(
        { mode: 'download' as const },
        { mode: 'pickup' as const },
        { mode: 'post' as const, name: '甲', mobile: '10000000001', address: '示例路' },
      ),
      mode: fc.constantFrom('online' as const, 'onBehalf' as const, 'joint' as const),
      appliedAt: fc.constant('2026-03-02T09:05:00+08:00'),
    })

  test('an application comes back as it went, also for a matter of another region', async () => {
    const own = await readMatter()
    const foreign: Matter = {
      ...own,
      id: 'shanghai:310000:312099003000',
      region: 'shanghai',
      divisions: ['310000'],
    }
    for (const matter of [own, foreign])
      fc.assert(
        fc.property(arbitrary(matter), (application) => {
          const ctx = { ...context, matter, sourceNumber: 'CSJ1', appliedAt: '2026-03-02T09:05:00+08:00' }
          const wire = jiangsu.dialect.application.write(application, ctx)
          expect(jiangsu.dialect.application.read(JSON.parse(JSON.stringify(wire)), ctx)).toEqual(application)
        }),
        { numRuns: 100 },
      )
  })

  test('a matter comes back as it went', async () => {
    const own = await readMatter()
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
    const limit = fc.record({
      days: fc.nat({ max: 9999 }),
      unit: fc.constantFrom('working' as const, 'calendar' as const),
    })
    const some = <const W extends readonly string[]>(words: W) =>
      fc.subarray([...words], { minLength: 1 }) as fc.Arbitrary<W[number][]>
    const field = fc.record({
      name: fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/),
      label: fc.record({ zh: text(20) }),
      type: fc.constantFrom(
        'text' as const,
        'date' as const,
        'idcard' as const,
        'uscc' as const,
        'mobile' as const,
      ),
      required: fc.boolean(),
      maxLength: fc.integer({ min: 1, max: 500 }),
    })
    const select = fc.record({
      name: fc.constant('xz'),
      label: fc.constant({ zh: '选择' }),
      type: fc.constant('select' as const),
      required: fc.boolean(),
      options: fc.uniqueArray(
        fc.record({
          value: fc.stringMatching(/^[A-Z0-9]{1,4}$/),
          label: fc.record({ zh: text(10).filter((one) => !one.includes(';')) }),
        }),
        { selector: (one) => one.value, minLength: 1, maxLength: 4 },
      ),
      maxLength: fc.constant(200),
    })
    const document = fc.record({
      id: fc.uuid(),
      name: fc.record({ zh: text(40) }),
      necessity: fc.constantFrom('required' as const, 'optional' as const, 'deferrable' as const),
      exemptedBy: fc.array(fc.record({ licenceType: fc.constant('11100000MB1TEXT935001') }), {
        maxLength: 1,
      }),
      form: fc.constantFrom('electronic' as const, 'paper' as const, 'both' as const),
      copies: fc.nat({ max: 99 }),
      source: fc.constantFrom('applicant' as const, 'government' as const, 'other' as const),
      isPhoto: fc.boolean(),
    })
    const arbitraryMatter = fc.record({
      name: fc.record({ zh: text(200) }),
      subjects: some(['enterprise', 'person', 'otherOrganisation'] as const),
      modes: some(['online', 'onBehalf', 'joint'] as const),
      handling: fc.constantFrom(
        'instant' as const,
        'committed' as const,
        'jointHandling' as const,
        'reported' as const,
      ),
      scope: fc.constantFrom(
        'none' as const,
        'national' as const,
        'crossProvince' as const,
        'crossCity' as const,
        'crossCounty' as const,
      ),
      powerType: fc.constantFrom('01', '05', '10', '20'),
      statutory: limit,
      commitment: limit,
      deliveryModes: some(['download', 'post', 'pickup'] as const),
      state: fc.constantFrom('active' as const, 'suspended' as const),
      isOnline: fc.boolean(),
      hasFee: fc.boolean(),
      phone: optional(text(60)),
      conditions: optional(text(100)),
      fields: fc.tuple(field, select).map((both) => [...both]),
      documents: fc.array(document, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(arbitraryMatter, ({ fields, documents, phone, conditions, ...change }) => {
        const { phone: _phone, conditions: _conditions, ...rest } = own
        const matter: Matter = {
          ...rest,
          ...change,
          ...(phone ? { phone } : {}),
          ...(conditions ? { conditions } : {}),
          mode: change.modes[0] as (typeof change.modes)[number],
          fileable:
            change.state === 'active' && (change.scope === 'national' || change.scope === 'crossProvince'),
          form: { fields },
          documents: documents.map((one) => ({
            ...one,
            modes: one.necessity === 'deferrable' ? ['upload', 'later'] : ['upload'],
          })),
        }
        const wire = jiangsu.dialect.matter.write(matter, context)
        expect(jiangsu.dialect.matter.read(JSON.parse(JSON.stringify(wire)), context)).toEqual(matter)
      }),
      { numRuns: 100 },
    )
  })

  test('a case comes back as it went', () => {
    const time = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 19)}+08:00`)
    const step = fc.record({
      operatetype: fc.constantFrom('10', '11', '12', '20', '21', '22', '24', '50', '51', '60', '61', '62'),
      name: text(20),
      occurredAt: time,
      actor: text(20),
      agency: text(20),
      note: text(100),
    })
    const request = fc.record({
      fields: fc.constant<string[]>([]),
      documents: fc.array(fc.record({ id: fc.uuid(), name: text(40), reason: text(40) }), { maxLength: 3 }),
      reason: text(100),
      dueOn: time,
    })
    const outcome = fc.record({
      decision: fc.constantFrom('granted' as const, 'denied' as const),
      number: text(20),
      text: text(20),
      documents: fc.array(
        fc.record({ ref: fc.uuid(), kind: fc.constant('result'), name: text(40), size: fc.nat() }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    const arbitraryCase = fc.record({
      caseNumber: text(50),
      caseKey: fc.uuid(),
      division: fc.constantFrom('320500', '321300'),
      sourceDivision: fc.constantFrom('310000', '340100'),
      sourceNumber: fc.stringMatching(/^[0-9A-Za-z-]{6,40}$/),
      matterCode: fc.uuid(),
      matterName: text(100),
      title: text(100),
      applicantName: text(50),
      appliedAt: time,
      acceptedAt: time,
      dueAt: time,
      completedAt: time,
      agency: text(40),
      correction: request,
      result: outcome,
      raw: fc.constantFrom('12', '14', '16', '26', '28', '50', '97', '98', '99'),
      steps: fc.uniqueArray(step, { selector: (one) => one.occurredAt, minLength: 1, maxLength: 5 }),
    })
    fc.assert(
      fc.property(arbitraryCase, ({ raw, steps: made, result, ...rest }) => {
        const ENDS: Readonly<Record<string, 'notAccepted' | 'withdrawn' | 'voided'>> = {
          '97': 'notAccepted',
          '98': 'withdrawn',
          '99': 'voided',
        }
        const steps = made.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt))
        const status = codes.status.decode(raw, {})
        // An accepted case that is to be corrected is 37 (5.1, outbound).
        const code = raw === '28' ? '37' : raw
        const canon = {
          ...rest,
          region: 'jiangsu' as const,
          status,
          rawStatus: { code, label: codes.STATUS_NAMES[code] ?? '' },
          updatedAt: steps.at(-1)?.occurredAt ?? '',
          result: { ...result, decision: ENDS[raw] ?? result.decision },
          steps: steps.map(({ operatetype, ...one }) => ({
            ...one,
            status: codes.OPERATIONS[operatetype]?.effect as never,
            rawStatus: { code: operatetype, label: one.name },
          })),
        }
        const wire = jiangsu.dialect.case.write(canon, context)
        expect(jiangsu.dialect.case.read(JSON.parse(JSON.stringify(wire)), context)).toEqual(canon)
      }),
      { numRuns: 100 },
    )
  })

  test('the samples come back as they were: a case, and an application', async () => {
    const told = jsonOf(sample('case-query').response.body).custom
    const { code: _code, text: _text, ...wire } = told
    const again = jiangsu.dialect.case.write(jiangsu.dialect.case.read(told, context), context)
    expect({ ...again, status: Number((again as { status: unknown }).status) }).toEqual(wire)

    const sent = jsonOf(sample('case-submit').request.body).params
    const matter = await readMatter()
    const ctx = {
      ...context,
      matter,
      sourceNumber: sent.sourceprojectno,
      appliedAt: '2099-01-02T09:00:10+08:00',
    }
    const { extinfo: _ext, projectname: _title, projectguid: _key, ...params } = sent
    const back = jiangsu.dialect.application.write(jiangsu.dialect.application.read(sent, ctx), ctx)
    // An empty value of the form is no value.
    expect(back).toMatchObject({ ...params, formdata: '{"blyy":"1"}' })
  })

  test('every state of a case comes back, by status and operation', () => {
    const base = {
      caseNumber: 'JSSZ1',
      caseKey: '5c169abe-b050-b37d-ce01-eb5ceb594eb5',
      region: 'jiangsu' as const,
      division: '320500',
      matterCode: 'm',
      rawStatus: { code: '', label: '' },
      appliedAt: '2026-03-02T09:05:00+08:00',
      updatedAt: '2026-03-02T10:05:00+08:00',
    }
    const STATES = (vectors.codes.operatetype as readonly { canonical: string }[])
      .map((one) => one.canonical)
      .filter((state) => /^[A-Z_]+$/.test(state) && state !== 'NONE')
    expect(STATES.length).toBeGreaterThan(12)
    const denied = {
      ...base,
      status: 'DELIVERED' as const,
      result: { decision: 'denied' as const, documents: [] },
    }
    const told = jiangsu.dialect.case.read(jiangsu.dialect.case.write(denied, context), context)
    expect([told.status, told.result?.decision]).toEqual(['DELIVERED', 'denied'])
    for (const status of STATES as never[]) {
      const denied = status === 'DENIED'
      const canon = {
        ...base,
        status,
        ...(denied ? { result: { decision: 'denied' as const, documents: [] } } : {}),
      }
      const wire = jiangsu.dialect.case.write(canon, context)
      expect([status, jiangsu.dialect.case.read(wire, context).status]).toEqual([status, status])
    }
  })
})
