import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkIdDocument } from '../../schemas/identifiers/index.ts'
import { lookAlikes } from './look-alikes.ts'
import { keptOfCanon, keptOfWire, leftOver, withoutPersons } from './without-persons.ts'

const classOf = (text: string) =>
  [...text]
    .map((one) => {
      if (/\p{Script=Han}/u.test(one)) return '汉'
      if (/\p{Lu}/u.test(one)) return 'A'
      if (/\p{L}/u.test(one)) return 'a'
      return /\p{N}/u.test(one) ? '0' : one
    })
    .join('')

describe('a look-alike', () => {
  test.each([
    ['111', '310101199003070000'],
    ['111', '31010119900307002X'],
    ['001', '91310000MB9TX1014F'],
    ['553', '911156199003070008'],
  ])('of a %s number has the right check where the number had it', (type, number) => {
    const isRight = checkIdDocument({ type, number }).ok
    for (let n = 0; n < 20; n += 1) {
      const made = lookAlikes().text(number)
      expect([made.length, made === number]).toEqual([number.length, false])
      if (isRight) expect([made, checkIdDocument({ type, number: made }).ok]).toEqual([made, true])
    }
  })

  test.each([
    ['2026-02-28T10:00:00+08:00', /^20\d\d-\d\d-\d\dT10:00:00\+08:00$/],
    ['2026-2-9', /^20\d\d-\d{1,2}-\d{1,2}$/],
    ['20260228', /^20\d{6}$/],
    ['20260228103059', /^20\d{6}103059$/],
    ['2026/02/28 10:30', /^20\d\d\/\d\d\/\d\d 10:30$/],
    ['2026年02月28日', /^20\d\d年\d\d月\d\d日$/],
  ])('of the day %s is another day in the same form', (day, form) => {
    const made = lookAlikes().text(day)
    expect(made).toMatch(form)
    expect(made).not.toBe(day)
  })

  test('days of one document keep their distance, and one value has one look-alike', () => {
    const { text } = lookAlikes()
    const far = (a: string, b: string) => Date.parse(text(b)) - Date.parse(text(a))
    expect(far('2026-01-01', '2026-03-01')).toBe(59 * 86_400_000)
    expect(text('王小明')).toBe(text('王小明'))
  })

  test('of an address of the web or a file keeps what kind it is, of a mobile its form, of a city a city', () => {
    const { text } = lookAlikes()
    expect(text('https://files.example/王小明.pdf')).toMatch(/^https:\/\/.*\.pdf$/)
    expect(text('13912345678')).toMatch(/^13\d{9}$/)
    expect(text('330100')).toMatch(/^3[1-4]\d\d00$/)
    expect(text('0012345')).toMatch(/^00[1-9]\d{4}$/)
  })

  test('has the length and the classes of characters of what it stands for, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (value) => {
        const made = lookAlikes().text(value)
        // Compared by code points: what is drawn for a rare letter may need fewer code units.
        expect(classOf(made)).toBe(classOf(value))
      }),
      { numRuns: 500 },
    )
  })
})

describe('a document without its persons', () => {
  const nothing = () => false
  const clean = (document: unknown, isKept = nothing as ReturnType<typeof keptOfCanon>) =>
    withoutPersons(document, isKept, new Set(), lookAlikes())

  test('has nothing left of any value, wherever it stands', () => {
    const leaf = fc.oneof(
      fc.constantFrom(
        '王小明',
        '310101199003070000',
        '13912345678',
        '上海市示例路1号',
        'G12345678',
        '1990-03-07',
      ),
      fc.integer({ min: 1_000_000 }),
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('name', 'a_b', '王小明', 'n310101199003070000'), tie('tree'), {
          maxKeys: 3,
        }),
        tie('tree').map((inner) => JSON.stringify(typeof inner === 'object' ? inner : [inner])),
        leaf.map((inner) => `<R><NAME a="${String(inner)}">${String(inner)}</NAME></R>`),
      ),
    }))
    fc.assert(
      fc.property(tree, (document) => {
        const made = clean(document)
        expect(leftOver(document, made, nothing, [])).toEqual([])
        for (const value of ['王小明', '310101199003070000', '13912345678', '示例路', '1990-03-07'])
          expect(JSON.stringify(made)).not.toContain(value)
      }),
      { numRuns: 300 },
    )
  })

  test('keeps codes, divisions and chosen options, and takes what was typed in the place of one', () => {
    const fields = [
      {
        name: 'why',
        label: { zh: '原因' },
        type: 'select' as const,
        required: true,
        options: [
          { value: '02', label: { zh: '升学' } },
          { value: '升学或就业', label: { zh: '其他' } },
        ],
      },
    ]
    const kept = keptOfCanon('application', fields)
    const document = (why: string) => ({
      division: '330100',
      applicant: { kind: 'person' },
      form: { why, note: '王小明' },
    })
    expect(clean(document('升学或就业'), kept)).toMatchObject({
      division: '330100',
      applicant: { kind: 'person' },
      form: { why: '升学或就业' },
    })
    expect(JSON.stringify(clean(document('王小明'), kept))).not.toContain('王小明')
  })

  test('keeps the region’s word for a status that is known, and no other', () => {
    const notes = [
      {
        how: 'derived' as const,
        wire: ['/status'],
        canon: ['/status', '/rawStatus/code'],
        label: '',
        rule: '',
      },
    ]
    const keep = (status: string, said: string) => {
      const content = { status, rawStatus: { code: said } }
      return clean({ status: said }, keptOfWire(notes, keptOfCanon('case', [], content), content))
    }
    expect(keep('SUBMITTED', '待预审')).toEqual({ status: '待预审' })
    expect(JSON.stringify(keep('UNKNOWN', '王小明已来'))).not.toContain('王小明')
  })

  test('a value that could not be taken out is found', () => {
    const before = { name: '王小明', text: '{"who":"310101199003070000"}' }
    expect(leftOver(before, { x: '给王小明的信' }, nothing, [])).toEqual(['/name'])
    expect(leftOver(before, { x: 'n310101199003070000' }, nothing, [])).toEqual(['/text/who'])
    // Words of the catalogue are nobody's.
    expect(leftOver({ title: '户籍证明' }, { title: '户籍证明' }, nothing, ['户籍证明'])).toEqual([])
  })
})
