/** Matters of any region, written in Zhejiang's words and read back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormField, Matter, MatterDocument } from '../../schemas/matter.ts'
import { all, digits, divisions, instants, label, some, text, untold } from '../kit/test-values.ts'
import type { Note } from '../kit/trace.ts'
import { matter } from './matter.ts'
import { context, moving } from './test-vectors.ts'

describe('matters', () => {
  const documentsOf = (
    format: MatterDocument['form'],
    licence: string | undefined,
    kind: 'required' | 'deferrable' | 'optional',
  ) => ({
    necessity: kind,
    exemptedBy: licence === undefined ? [] : [{ licenceType: licence }],
    modes: [
      'upload' as const,
      'scan' as const,
      ...(format === 'electronic' ? [] : ['paper' as const]),
      ...(licence === undefined ? [] : ['licence' as const]),
      ...(kind === 'deferrable' ? ['later' as const] : []),
    ],
    ...(format ? { form: format } : {}),
  })
  const documents: fc.Arbitrary<MatterDocument[]> = fc.array(
    fc
      .tuple(
        fc.option(fc.constantFrom('paper' as const, 'electronic' as const, 'both' as const), {
          nil: undefined,
        }),
        fc.option(text(20), { nil: undefined }),
        fc.constantFrom('required' as const, 'deferrable' as const, 'optional' as const),
        some<Omit<MatterDocument, 'necessity' | 'exemptedBy' | 'modes' | 'form'>>(
          {
            id: text(20),
            name: label.map((zh) => ({ zh })),
            source: fc.constantFrom('applicant', 'government', 'other'),
            requirement: text(40),
            sampleUrl: text(40),
            blankFormUrl: text(40),
          } as never,
          ['id', 'name'],
        ),
      )
      .map(([format, licence, kind, rest]) => ({ ...rest, ...documentsOf(format, licence, kind) })),
    { maxLength: 4 },
  )
  const maxLength = fc.integer({ min: 1, max: 9999 })
  const field = (model: object, required: string[]) =>
    some<FormField>(
      {
        name: text(12),
        label: label.map((zh) => ({ zh })),
        required: fc.boolean(),
        maxLength,
        ...model,
      } as never,
      ['name', 'label', 'required', ...required] as never,
    )
  const fields = fc.array(
    fc.oneof(
      field({ type: fc.constantFrom('text', 'date', 'area', 'idcard', 'uscc', 'mobile') }, ['type']),
      field({ type: fc.constant('number'), pattern: fc.constant('^\\d{1,12}(\\.\\d{1,2})?$') }, [
        'type',
        'pattern',
      ]),
      field(
        {
          type: fc.constant('select'),
          options: fc.array(
            all<{ value: string; label: { zh: string } }>({
              value: digits(2),
              label: label.map((zh) => ({ zh })),
            }),
            { maxLength: 4 },
          ),
        },
        ['type', 'options'],
      ),
    ),
    { maxLength: 5 },
  )
  const days = fc.integer({ min: 0, max: 999 })
  const unit = fc.constantFrom('working' as const, 'calendar' as const)
  const limits = fc.tuple(unit, days, days).map(([one, legal, promised]) => ({
    statutory: { days: legal, unit: one },
    commitment: { days: promised, unit: one },
  }))
  const flat = some<Partial<Matter>>(
    {
      name: text(60).map((zh) => ({ zh })),
      baseCode: text(20),
      subjects: fc.constantFrom(['person'], ['organisation'], ['person', 'organisation']),
      department: text(20),
      agency: some({ name: text(20), code: text(12), uscc: text(18) }, ['name']),
      powerType: fc.constantFrom('01', '05', '07', '08', '10', '20'),
      mode: fc.constantFrom('online', 'onBehalf', 'joint', 'authorisedLocal'),
      handling: fc.constantFrom('instant', 'committed', 'jointHandling', 'reported'),
      deliveryModes: fc.subarray(['pickup', 'post', 'download'], { minLength: 1 }),
      servicePoints: fc.array(
        some({ id: text(10), address: text(20), phone: text(10), hours: text(20) }, ['id']),
        { maxLength: 3 },
      ),
      visits: fc.integer({ min: 0, max: 9 }),
      isOnline: fc.boolean(),
      hasFee: fc.boolean(),
      conditions: text(40),
      legalBasis: text(40),
      resultName: text(20),
      phone: text(12),
      complaintPhone: text(12),
      applyUrl: text(30),
    } as never,
    // Without an organ of its own a matter is read as one of its leading department.
    ['name', 'subjects', 'agency'] as never,
  )
  const state = fc
    .tuple(
      fc.constantFrom('active', 'suspended', 'cancelled'),
      fc.constantFrom('none', 'national', 'crossProvince', 'crossCity', 'crossCounty'),
    )
    .map(([one, scope]) => ({
      state: one,
      scope,
      fileable: one === 'active' && (scope === 'national' || scope === 'crossProvince'),
    }))
  const anywhere = fc.tuple(divisions, text(20), instants).map(([division, code, updatedAt]) => ({
    id: `zhejiang:${division}:${code}`,
    divisions: [division],
    regional: { code },
    availability: [{ division, from: updatedAt.slice(0, 10), to: null }],
    updatedAt,
  }))
  const constants = {
    kind: 'matter' as const,
    region: 'zhejiang' as const,
    equivalents: [],
    loa: 2,
    source: '浙江权力事项库数据共享接口',
    confidence: 'high' as const,
  }

  test('reading what was written gives the same matter, of any place', () => {
    fc.assert(
      fc.property(flat, limits, state, anywhere, documents, fields, (one, two, three, four, files, form) => {
        const canon = {
          ...constants,
          ...one,
          ...two,
          ...three,
          ...four,
          documents: files,
          form: { fields: form },
          // Without a case type nothing can be filed: the application must repeat it.
          fileable: three.fileable && 'handling' in one,
        } as Matter
        expect(matter.read(matter.write(canon, context), context)).toEqual(canon)
        expect(untold(canon, (notes) => matter.write(canon, context, notes))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('a matter of another region is written, and what has no code is left out and told', () => {
    const foreign: Matter = {
      ...moving,
      id: 'anhui:340100:3401000000000099902',
      region: 'anhui',
      divisions: ['340100'],
      regional: { code: '3401000000000099902', version: '2' },
      powerType: '06',
      statutory: { days: 20, unit: 'calendar' },
      commitment: { days: 5, unit: 'working' },
      deliveryModes: ['pickup', 'licence'],
      subjects: ['enterprise', 'agency'],
      implementationCode: '1'.repeat(31),
      domain: '户籍',
      flow: '一步',
      feeBasis: '无',
      modes: ['online'],
      resultType: '证照',
    }
    const notes: Note[] = []
    const wire = matter.write(foreign, context, notes)
    expect(wire).toMatchObject({
      QL_INNER_CODE: '3401000000000099902',
      BELONGXIAQUCODE: '340100',
      PROMISE_DAY: 5,
      ANTICIPATE_TYPE: '1',
      Service_mode: '1',
      SERVICE_OBJECT: '2',
    })
    for (const member of ['QL_KIND', 'ANTICIPATE_DAY']) expect(wire).not.toHaveProperty(member)
    const lost = notes
      .filter((one) => one.how === 'dropped' && one.rule === 'none')
      .flatMap((one) => one.canon)
    expect(lost.toSorted()).toEqual([
      '/deliveryModes/1',
      '/domain',
      '/feeBasis',
      '/flow',
      '/implementationCode',
      '/modes/0',
      '/powerType',
      '/resultType',
      '/statutory/days',
      '/statutory/unit',
    ])
    expect(untold(foreign, (trace) => matter.write(foreign, context, trace))).toEqual([])
  })

  test('hours, long texts and telephones of other regions have the nearest form', () => {
    const foreign: Matter = {
      ...moving,
      commitment: { days: 4, unit: 'hour' },
      documents: [{ ...(moving.documents[0] as MatterDocument), necessity: 'creditDeferrable' }],
      form: {
        fields: [
          { name: 'a', label: { zh: 'a' }, type: 'textarea', required: false },
          { name: 'b', label: { zh: 'b' }, type: 'phone', required: false },
          {
            name: 'c',
            label: { zh: 'c' },
            type: 'select',
            required: true,
            options: [{ value: '1', label: { zh: '甲;乙' } }],
          },
        ],
      },
    }
    const read = matter.read(matter.write(foreign, context), context)
    expect(read.commitment).toEqual({ days: 0, unit: 'working' })
    expect(read.documents[0]?.necessity).toBe('deferrable')
    expect(read.form.fields.map((one) => one.type)).toEqual(['text', 'text', 'select'])
    expect(read.form.fields[2]?.options).toEqual([{ value: '1', label: { zh: '甲；乙' } }])
  })
})
