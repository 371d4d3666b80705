/** Matters of any region, written in Anhui's words and read back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormField, Matter, MatterDocument } from '../../schemas/matter.ts'
import { all, digits, divisions, instants, item, label, some, text, untold } from '../kit/test-values.ts'
import type { Note } from '../kit/trace.ts'
import { matter } from './matter.ts'
import { context, foreign, matterOf, proof, row, vectors } from './test-vectors.ts'

describe('matters', () => {
  /** Ways that the contract adds to those of `takeType` stand behind them: a licence where one may, later where it may follow. */
  const waysOf = (licensed: boolean, necessity: MatterDocument['necessity']): MatterDocument['modes'] => [
    'upload',
    'scan',
    ...(licensed ? ['licence' as const] : []),
    ...(necessity === 'deferrable' || necessity === 'creditDeferrable' ? ['later' as const] : []),
  ]
  const documents = fc.array(
    fc
      .tuple(
        fc.boolean(),
        fc.constantFrom<MatterDocument['necessity']>(
          'required',
          'optional',
          'deferrable',
          'creditDeferrable',
        ),
        some<Omit<MatterDocument, 'necessity' | 'exemptedBy' | 'modes'>>(
          {
            id: text(20),
            name: label.map((zh) => ({ zh })),
            copies: fc.integer({ min: 0, max: 99 }),
            source: fc.constantFrom('applicant', 'government', 'other'),
            formats: fc.subarray(['jpg', 'png', 'pdf', 'ofd'], { minLength: 1 }),
            maxBytes: fc.integer({ min: 1, max: 20_480 }).map((kib) => kib * 1024),
            order: fc.integer({ min: 0, max: 99_999 }),
          } as never,
          ['id', 'name'],
        ),
      )
      .map(([licensed, necessity, rest]) => ({
        ...rest,
        necessity,
        exemptedBy: licensed ? [{ licenceType: '11100001' }] : [],
        modes: waysOf(licensed, necessity),
      })),
    { maxLength: 4 },
  )
  const field = (model: object, required: string[]) =>
    some<FormField>(
      {
        name: text(12),
        label: label.map((zh) => ({ zh })),
        required: fc.boolean(),
        maxLength: fc.constantFrom(1, 50, 200, 1000),
        ...model,
      } as never,
      ['name', 'label', 'required', 'maxLength', ...required] as never,
    )
  const fields = fc.array(
    fc.oneof(
      field({ type: fc.constantFrom('text', 'textarea', 'date', 'area', 'idcard', 'phone') }, ['type']),
      field({ type: fc.constant('number'), pattern: fc.constant('^\\d+(\\.\\d{1,2})?$') }, [
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
  const limit = all<NonNullable<Matter['commitment']>>({
    days: fc.nat({ max: 9999 }),
    unit: fc.constantFrom('working', 'calendar', 'hour'),
  })
  const flat = some<Partial<Matter>>(
    {
      name: text(60).map((zh) => ({ zh })),
      baseCode: text(20),
      implementationCode: text(31),
      subjects: fc.constantFrom(['person'], ['organisation'], ['person', 'organisation']),
      agency: some({ name: text(20), code: text(15), uscc: text(18) }, ['name']),
      powerType: fc.constantFrom(...vectors.codes.matterType.map((one) => one.raw)),
      mode: fc.constantFrom('online', 'onBehalf', 'joint', 'authorisedLocal'),
      handling: fc.constantFrom('instant', 'committed', 'jointHandling', 'reported'),
      statutory: limit,
      commitment: limit,
      deliveryModes: fc.subarray(['pickup', 'post', 'download'], { minLength: 1 }),
      servicePoints: fc.array(all({ id: item }), { minLength: 1, maxLength: 3 }),
      visits: fc.integer({ min: 0, max: 9 }),
      hasFee: fc.boolean(),
      feeBasis: text(40),
      conditions: text(40),
      flow: text(40),
      legalBasis: text(40),
      resultName: text(20),
      resultType: digits(8),
      phone: text(12),
      complaintPhone: text(12),
      applyUrl: text(30),
    } as never,
    ['name', 'subjects'] as never,
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
  const anywhere = fc
    .tuple(divisions, text(20), digits(3), instants)
    .map(([division, code, version, updatedAt]) => ({
      id: `anhui:${division}:${code}`,
      divisions: [division],
      regional: { code, version },
      availability: [{ division, from: updatedAt.slice(0, 10), to: null }],
      updatedAt,
    }))
  const constants = {
    kind: 'matter' as const,
    region: 'anhui' as const,
    equivalents: [],
    loa: 2,
    source: '安徽事项目录接口 queryItemList, queryItemDetail, queryMaterial',
    confidence: 'high' as const,
  }

  test('reading what was written gives the same matter, of any place', () => {
    fc.assert(
      fc.property(flat, state, anywhere, documents, fields, (one, two, three, files, form) => {
        const canon = {
          ...constants,
          ...one,
          ...two,
          ...three,
          documents: files,
          form: { fields: form },
        } as Matter
        expect(matter.read(matter.write(canon, context), context)).toEqual(canon)
        expect(untold(canon, (notes) => matter.write(canon, context, notes))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test.each(vectors.catalogue.map((one) => one.sc))('%s is written as it was read', (sc) => {
    const wire = row(sc)
    const written = matter.write(matterOf(sc), context) as Record<string, unknown>
    for (const [member, value] of Object.entries(wire)) {
      // The division tells the level; the rows of the material list are looked at below.
      if (member === 'useLevel' || member === 'materials') continue
      const want = member === 'formJson' ? JSON.parse(String(value)) : value
      const got = member === 'formJson' ? JSON.parse(String(written[member])) : written[member]
      expect([member, got ?? '']).toEqual([member, want])
    }
    const materials = wire['materials'] as object[]
    expect(written['materials']).toMatchObject(
      materials.map((one) => ({ ...one, takeType: expect.any(String) })),
    )
  })

  test('a matter of another region is written, and what has no place is left out and told', () => {
    const strange: Matter = {
      ...foreign,
      subjects: ['enterprise', 'agency', 'person'],
      deliveryModes: ['pickup', 'licence'],
      domain: '户籍',
      modes: ['online'],
      isOnline: true,
      servicePoints: [{ id: 'W1', name: '窗口' }],
    }
    const notes: Note[] = []
    expect(matter.write(strange, context, notes)).toMatchObject({
      areaCode: '310000000000',
      sc: '312099003000',
      addType: '2,1',
      takeMode: '1',
      windowIds: 'W1',
    })
    const lost = notes.filter((one) => one.how === 'dropped' && one.rule === 'none')
    expect(lost.flatMap((one) => one.canon)).toEqual(
      expect.arrayContaining(['/domain', '/isOnline', '/modes/0', '/servicePoints/0/name']),
    )
    expect(untold(strange, (trace) => matter.write(strange, context, trace))).toEqual([])
  })

  test('fields of other regions have the nearest form', () => {
    const fieldOf = (type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
      name: type,
      label: { zh: type },
      type,
      required: false,
      ...more,
    })
    const choice = { options: [{ value: '1', label: { zh: '甲;乙:丙' } }] }
    const canon: Matter = {
      ...proof,
      form: { fields: [fieldOf('mobile'), fieldOf('uscc'), fieldOf('select', choice)] },
    }
    const { fields: read } = matter.read(matter.write(canon, context), context).form
    expect(read.map((one) => [one.type, one.maxLength])).toEqual([
      ['phone', 200],
      ['text', 200],
      ['select', 200],
    ])
    expect(read[2]?.options).toEqual([{ value: '1', label: { zh: '甲；乙:丙' } }])
  })

  test('a material may be replaced by a licence where it has a styleCode, and follow later where it is 容缺 or 信用', () => {
    const one = { attrId: 'A', attrName: '甲', takeType: '2', styleCode: '', isNeed: '0' }
    const modesOf = (changes: object) =>
      matter.read({ ...row('3401000000000099906'), materials: { ...one, ...changes } }, context).documents[0]
        ?.modes
    expect(modesOf({})).toEqual(['upload'])
    expect(modesOf({ styleCode: '11100001' })).toEqual(['upload', 'licence'])
    expect(modesOf({ isNeed: '2' })).toEqual(['upload', 'later'])
    expect(modesOf({ isNeed: '3' })).toEqual(['upload', 'later'])
    expect(modesOf({ isNeed: '1' })).toEqual(['upload'])
  })

  test('whatever is optional may be empty, null or missing', () => {
    const kept = [
      'sc',
      'serviceName',
      'areaCode',
      'state',
      'isCross',
      'materials',
      'attrId',
      'attrName',
      'isNeed',
    ]
    const bent = (from: object, value: unknown): object =>
      Object.fromEntries(
        Object.entries(from).map(([name, told]) => [
          name,
          name === 'materials'
            ? (told as object[]).map((one) => bent(one, value))
            : kept.includes(name)
              ? told
              : value,
        ]),
      )
    const of = (value: unknown) => matter.read(bent(row('3401000000000099902'), value), context)
    const bare = of('')
    expect(bare).toMatchObject({ id: proof.id, fileable: true, form: { fields: [] }, subjects: [] })
    expect(bare.documents.map((one) => [one.id, one.modes])).toEqual([
      ['M099902001', []],
      ['M099902002', ['later']],
    ])
    expect([of(null), of(undefined)]).toEqual([bare, bare])
  })

  test('a field without a length has 200, and one is required by the text 1 alone', () => {
    const read = (fields: object[]) =>
      matter.read({ ...row('3401000000000099906'), formJson: JSON.stringify(fields) }, context).form.fields
    const base = { name: 'A', label: '甲', type: 'text', required: '1', maxLength: '', code: '' }
    expect(read([base, { ...base, maxLength: '7', required: '' }])).toMatchObject([
      { maxLength: 200, required: true },
      { maxLength: 7, required: false },
    ])
    expect(read([{ ...base, type: 'number' }])[0]?.pattern).toBe('^\\d+(\\.\\d{1,2})?$')
    expect(read([{ ...base, type: 'select', code: '1:甲:乙;2:丙' }])[0]?.options).toEqual([
      { value: '1', label: { zh: '甲:乙' } },
      { value: '2', label: { zh: '丙' } },
    ])
  })
})
