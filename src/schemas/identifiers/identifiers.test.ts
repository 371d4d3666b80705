import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import ah from '../../../test/vectors/ah.json' with { type: 'json' }
import js from '../../../test/vectors/js.json' with { type: 'json' }
import sh from '../../../test/vectors/sh.json' with { type: 'json' }
import zj from '../../../test/vectors/zj.json' with { type: 'json' }
import { foreignPermanentResidence, icaoCheck } from './foreign-permanent-residence.ts'
import { checkIdDocument, ID_DOCUMENT_TYPES, mayHold } from './index.ts'
import { licenceId, mod3736 } from './licence-id.ts'
import { baseCodeOf, matterCode } from './matter-code.ts'
import { organisationCheck, organisationCode } from './organisation-code.ts'
import { residentCheck, residentId } from './resident-id.ts'
import { uscc, usccCheck } from './uscc.ts'

const everything = JSON.stringify([sh, js, zj, ah])
const all = (form: RegExp) => [...new Set(everything.match(form))]
const resident = (seventeen: string) => seventeen + residentCheck(seventeen)

const seventeen = fc
  .tuple(
    fc.constantFrom('310101', '320501', '340103', '330106', '820000'),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2020-01-01'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(
    ([division, birth, n]) =>
      division + birth.toISOString().slice(0, 10).replaceAll('-', '') + String(n).padStart(3, '0'),
  )
const creditSeventeen = fc.stringMatching(/^[159][1-9]3[1-4]\d{4}[0-9A-HJ-NPQRTUWXY]{9}$/)
const licenceBody = fc.stringMatching(/^[0-9A-Z]{21}[.]3[1-4]\d{4}[.][0-9A-Z]{1,12}[.]\d{3}$/)

const swap = (text: string, at: number) => text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
const replace = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1)

describe('resident identity numbers (GB 11643)', () => {
  test('all numbers of the regions’ test persons are valid', () => {
    const numbers = all(
      /(?<![0-9A-Za-z])3[1-4]\d{4}1[89]\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX](?![0-9A-Za-z])/g,
    )
    expect(numbers.length).toBeGreaterThan(15)
    for (const number of numbers) expect([number, residentId.validate(number).ok]).toEqual([number, true])
  })
  test.each([
    ['310101190001010011', 'male', '1900-01-01'],
    ['310101199001010012', 'male', '1990-01-01'],
    ['320102198505200024', 'female', '1985-05-20'],
    ['330106199212311232', 'male', '1992-12-31'],
    ['340103200010014561', 'female', '2000-10-01'],
    ['31010119900101008X', 'female', '1990-01-01'],
    ['11010519491231002X', 'female', '1949-12-31'],
  ])('%s is read', (number, sex, birthDate) => {
    expect(residentId.validate(number)).toEqual({
      ok: true,
      kind: 'resident',
      division: number.slice(0, 6),
      divisionAbolished: false,
      birthDate,
      sex,
    })
  })
  test('every change of one digit is noticed', () => {
    fc.assert(
      fc.property(
        seventeen,
        fc.integer({ min: 0, max: 17 }),
        fc.constantFrom(...'0123456789X'),
        (digits, at, by) => {
          const number = resident(digits)
          fc.pre(number[at] !== by)
          return residentId.validate(number).ok && !residentId.validate(replace(number, at, by)).ok
        },
      ),
      { numRuns: 1000 },
    )
  })
  test('every exchange of two neighbours is noticed', () => {
    fc.assert(
      fc.property(seventeen, fc.integer({ min: 0, max: 16 }), (digits, at) => {
        const number = resident(digits)
        fc.pre(number[at] !== number[at + 1])
        return !residentId.validate(swap(number, at)).ok
      }),
      { numRuns: 1000 },
    )
  })
  test.each([
    ['', 'length'],
    ['3101011900010100', 'length'],
    ['3101011900010100111', 'length'],
    ['31010119000101001x', 'format'],
    ['3101011900010100１1', 'format'],
    ['31010119000101X011', 'format'],
    [resident('99010119000101001'), 'component'],
    [resident('47010119000101001'), 'component'],
    [resident('31010119000230001'), 'component'],
    [resident('31010119000229001'), 'component'],
    [resident('31010119001301001'), 'component'],
    [resident('31010119000100001'), 'component'],
    ['310101190001010012', 'checksum'],
    ['310101900230001', 'component'],
    ['31010190010100X', 'format'],
  ])('refuses %j as %s', (number, code) => {
    expect(residentId.validate(number)).toMatchObject({ ok: false, code })
  })
  test('29 February exists in the years that have it', () => {
    expect(residentId.validate(resident('31010120000229001')).ok).toBe(true)
  })
  test('somebody born today in China is born, somebody born tomorrow is not', () => {
    const number = resident('31010120300101001')
    expect(residentId.validate(number, new Date('2030-01-01T00:00:00+08:00')).ok).toBe(true)
    expect(residentId.validate(number, new Date('2029-12-31T23:59:59+08:00'))).toMatchObject({
      code: 'component',
    })
  })
  test.each(['310230', '310108', '310222', '330184', '340901', '341402', '320222', '329001', '342427'])(
    'the abolished division %s stays valid inside a number',
    (division) => {
      const number = resident(`${division}19500101001`)
      expect(residentId.validate(number)).toMatchObject({ ok: true, divisionAbolished: true })
    },
  )
  test.each(['310115', '310151', '321081', '320585', '330226', '340123', '340124', '341302', '110101'])(
    'the division %s is not abolished',
    (division) => {
      const number = resident(`${division}19500101001`)
      expect(residentId.validate(number)).toMatchObject({ ok: true, divisionAbolished: false })
    },
  )
  test.each(['810000199001010019', '820000198505200024', '830000199212310031'])(
    '%s is the number of a residence permit',
    (number) => {
      expect(residentId.validate(number)).toMatchObject({ ok: true, kind: 'hk-macao-taiwan-residence' })
    },
  )
  test('an old number of fifteen digits becomes a modern one', () => {
    const old = '310101500101002'
    expect(residentId.validate(old)).toMatchObject({
      ok: true,
      kind: 'legacy',
      birthDate: '1950-01-01',
      sex: 'female',
    })
    expect(residentId.validate(residentId.modern(old))).toMatchObject({ ok: true, birthDate: '1950-01-01' })
  })
  test('compact mends a small x and blanks', () => {
    expect(residentId.compact(' 310101 19900101 008x ')).toBe('31010119900101008X')
  })
})

describe('credit codes (GB 32100) and organisation codes (GB 11714)', () => {
  test('all codes of the regions’ test firms and organs are valid', () => {
    const codes = all(/(?<![0-9A-Za-z])(?:11|91)3[1-4]\d{4}M[AB][0-9A-HJ-NPQRTUWXY]{8}(?![0-9A-Za-z])/g)
    expect(codes.length).toBeGreaterThan(20)
    for (const code of codes)
      expect(uscc.validate(code)).toMatchObject({ ok: true, organisationCodeOk: true })
  })
  test('every change of one character and every exchange of neighbours is noticed', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY')
    fc.assert(
      fc.property(creditSeventeen, fc.integer({ min: 0, max: 17 }), character, (start, at, by) => {
        const code = start + usccCheck(start)
        fc.pre(code[at] !== by)
        const swapped = at < 17 && code[at] !== code[at + 1] ? uscc.validate(swap(code, at)).ok : false
        return uscc.validate(code).ok && !uscc.validate(replace(code, at, by)).ok && !swapped
      }),
      { numRuns: 1000 },
    )
  })
  test('the organisation code inside is checked apart', () => {
    const start = '91310000MA1TEXT07'
    expect(uscc.validate(start + usccCheck(start))).toMatchObject({ ok: true, organisationCodeOk: false })
  })
  test.each([
    ['91310000MA1TEXT06D', 'checksum'],
    ['91310000MA1TEXT06', 'length'],
    ['91310000OA1TEXT06C', 'format'],
    ['91310000Ma1TEXT06C', 'format'],
    ['9131中000MA1TEXT06C', 'format'],
    ['9131A000MA1TEXT06C', 'component'],
  ])('refuses %s as %s', (code, why) => {
    expect(uscc.validate(code)).toMatchObject({ ok: false, code: why })
  })
  test.each(['D2143569X', 'MA1TEXT06'])('%s is an organisation code', (code) => {
    expect(organisationCode.validate(code)).toEqual({ ok: true })
    expect(organisationCode.compact(`${code.slice(0, 8)}-${code.slice(8)}`)).toBe(code)
  })
  test('every change of one digit of an organisation code is noticed', () => {
    const eight = fc.stringMatching(/^[A-Z0-9]{2}\d{6}$/)
    fc.assert(
      fc.property(
        eight,
        fc.integer({ min: 2, max: 7 }),
        fc.constantFrom(...'0123456789'),
        (start, at, by) => {
          const code = start + organisationCheck(start)
          fc.pre(code[at] !== by)
          return organisationCode.validate(code).ok && !organisationCode.validate(replace(code, at, by)).ok
        },
      ),
    )
  })
  test.each([
    ['D2143569', 'length'],
    ['D2143569x', 'format'],
    ['D21435691', 'checksum'],
  ])('refuses the organisation code %s as %s', (code, why) => {
    expect(organisationCode.validate(code)).toMatchObject({ ok: false, code: why })
  })
})

describe('licence identifiers (GB/T 36904)', () => {
  test('all identifiers of the vectors are valid', () => {
    const ids = all(/1\.2\.156\.3005\.2\.[0-9A-Z]{21}\.[0-9A-Z]+\.[0-9A-Z]+\.\d{3}\.[0-9A-Z]/g)
    expect(ids.length).toBeGreaterThan(2)
    for (const id of ids) expect([id, licenceId.validate(id).ok]).toEqual([id, true])
  })
  test.each([
    '11100000000013338W011.11430000006122244L.20230000403.001.U',
    '11100000MB03271699022.340100.000000016.001.9',
    '11100000000013338W009.11330105002500287C.2025052201.002.0',
  ])('the check of the public identifier %s is right', (parts) => {
    const [type, issuer, serial, version] = parts.split('.')
    expect(licenceId.validate(`1.2.156.3005.2.${parts}`)).toEqual({ ok: true, type, issuer, serial, version })
  })
  test('every change of one character is noticed', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    fc.assert(
      fc.property(licenceBody, fc.nat(), character, (body, n, by) => {
        const id = `1.2.156.3005.2.${body}.${mod3736(body.replaceAll('.', ''))}`
        const at = 15 + (n % (id.length - 15))
        fc.pre(id[at] !== '.' && id[at] !== by)
        return licenceId.validate(id).ok && !licenceId.validate(replace(id, at, by)).ok
      }),
      { numRuns: 1000 },
    )
  })
  test.each([
    ['1.2.156.3005.3.11100000MB03271699022.340100.000000016.001.9', 'component'],
    ['1.2.156.3005.2.11100000MB03271699022.340100.000000016.001', 'length'],
    ['1.2.156.3005.2.11100000MB0327169902.340100.000000016.001.9', 'format'],
    [`1.2.156.3005.2.11100000MB03271699022.340100.${'0'.repeat(300)}.001.9`, 'length'],
  ])('refuses %s as %s', (id, code) => {
    expect(licenceId.validate(id)).toMatchObject({ ok: false, code })
  })
})

describe('foreign permanent residence', () => {
  test.each([
    ['911124198108030024', '11', '124', '1981-08-03'],
    ['932682198501010017', '32', '682', '1985-01-01'],
  ])('the specimen %s of the announcement is read', (number, province, country, birthDate) => {
    expect(foreignPermanentResidence.validate(number)).toEqual({
      ok: true,
      kind: 'new',
      country,
      province,
      birthDate,
    })
  })
  test('the old form is read', () => {
    const old = 'USA31009001011'
    expect(foreignPermanentResidence.validate(old + icaoCheck(old))).toEqual({
      ok: true,
      kind: 'old',
      country: 'USA',
      province: '31',
    })
  })
  test('every change of one digit is noticed', () => {
    const digit = fc.constantFrom(...'0123456789')
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 14 }), digit, (at, by) => {
        const old = `USA31009001011${icaoCheck('USA31009001011')}`
        fc.pre(old[at] !== by)
        return !foreignPermanentResidence.validate(replace(old, at, by)).ok
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), digit, (at, by) => {
        fc.pre('911124198108030024'[at] !== by)
        return !foreignPermanentResidence.validate(replace('911124198108030024', at, by)).ok
      }),
    )
  })
  test.each([
    ['USA3100900101', 'length'],
    ['usa310090010110', 'format'],
    ['811124198108030024', 'format'],
    [resident('99912419810803002'), 'component'],
    [resident('91100019810803002'), 'component'],
    [resident('91112419811303002'), 'component'],
    ['911124198108030025', 'checksum'],
  ])('refuses %s as %s', (number, code) => {
    expect(foreignPermanentResidence.validate(number)).toMatchObject({ ok: false, code })
  })
  test('nobody is born in the future', () => {
    const number = resident('91112420300101002')
    expect(foreignPermanentResidence.validate(number, new Date('2026-01-01')).ok).toBe(false)
  })
})

describe('matter codes', () => {
  test.each([
    ['312099003000', 'base'],
    ['11310000MB0TEX011E2312099003000', 'implementation'],
    ['11310000MB0TEX011E231209900300001', 'businessItem'],
    ['1234567890', 'legacyBase'],
    ['123456789012345678901234', 'legacyImplementation'],
  ])('%s is of kind %s', (code, kind) => {
    expect(matterCode.validate(code)).toMatchObject({ ok: true, kind })
  })
  test('every implementation code of the sample catalogues is of the right shape', () => {
    const codes = all(/(?<![0-9A-Za-z])11[0-9A-Z]{16}[1-7]3[1-4]\d{10}(?:\d\d)?(?![0-9A-Za-z])/g)
    expect(codes.length).toBeGreaterThan(50)
    for (const code of codes) {
      expect(matterCode.validate(code)).toMatchObject({ ok: true, baseCode: baseCodeOf(code) })
    }
  })
  test('the organ’s credit code is reported, not required', () => {
    const code = '11320500MB1TEXT18U3322012003000'
    expect(matterCode.validate(code)).toMatchObject({
      organ: '11320500MB1TEXT18U',
      level: '3',
      organOk: true,
    })
    expect(matterCode.validate(replace(code, 17, 'A'))).toMatchObject({ ok: true, organOk: false })
  })
  test('the base code stands inside the implementation code', () => {
    expect(baseCodeOf('11310000MB0TEX011E2312099003000')).toBe('312099003000')
    expect(baseCodeOf('312099003000')).toBeUndefined()
  })
  test.each([
    ['31209900300', 'length'],
    ['31209900300a', 'format'],
    ['11310000MB0TEX011E9312099003000', 'component'],
  ])('refuses %s as %s', (code, why) => {
    expect(matterCode.validate(code)).toMatchObject({ ok: false, code: why })
  })
})

describe('identity documents by type', () => {
  test.each([
    ['111', '310101190001010011', true],
    ['111', '310101190001010012', false],
    ['111', '810000199001010019', true],
    ['001', '91310000MA1TEXT06C', true],
    ['001', '310101190001010011', false],
    ['099', 'D2143569X', true],
    ['099', 'D21435690', false],
    ['414', 'E00000001', true],
    ['414', 'E-0000001', false],
    ['511', '12345678', true],
    ['511', '1234567(A)', true],
    ['511', '1234 5678', false],
    ['516', 'H12345678', true],
    ['516', 'M1234567801', true],
    ['516', 'X12345678', true],
    ['516', 'H'.repeat(31), false],
    ['114', '1234567', true],
    ['114', '军字第1234567号', true],
    ['114', '军字第 1234567 号', false],
    ['553', '911124198108030024', true],
    ['553', '911124198108030025', false],
    ['999', 'AB-1', true],
    ['999', 'AB\u00071', false],
    ['999', '', false],
    ['790', 'ab12', true],
    ['790', '0'.repeat(31), false],
    ['constructor', '', false],
  ])('type %s, number %s: %s', (type, number, ok) => {
    expect(checkIdDocument({ type, number }).ok).toBe(ok)
  })
  test.each([
    ['001', false, true],
    ['099', false, true],
    ['999', true, true],
    ['790', true, true],
    ['111', true, false],
    ['114', true, false],
    ['414', true, false],
    ['511', true, false],
    ['516', true, false],
    ['553', true, false],
  ])('type %s may be a person’s: %s, an organisation’s: %s', (type, person, organisation) => {
    expect([mayHold('person', type), mayHold('organisation', type)]).toEqual([person, organisation])
  })
  test('no check throws, and no message holds the number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(ID_DOCUMENT_TYPES)),
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9A-Z]{6,18}$/)),
        (type, number) => {
          const checked = checkIdDocument({ type, number })
          return checked.ok || number.length < 5 || !JSON.stringify(checked.message).includes(number)
        },
      ),
    )
  })
})
