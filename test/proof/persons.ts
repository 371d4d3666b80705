/** Persons and firms of nobody: numbers with right check characters, and names as people have them. */
import fc from 'fast-check'
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import type { Agent, Applicant, IdDocument } from '../../src/schemas/application.ts'

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const AREAS = ['310101', '320501', '330106', '340103', '110101', '650102']

const digits = (value: number, width: number) => String(value).padStart(width, '0')

/** 居民身份证, GB 11643. */
export const residentNumber: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...AREAS),
    fc.integer({ min: 1930, max: 2007 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([area, year, month, day, serial]) => {
    const first = `${area}${year}${digits(month, 2)}${digits(day, 2)}${digits(serial, 3)}`
    const sum = RESIDENT_WEIGHTS.reduce((total, weight, place) => total + weight * Number(first[place]), 0)
    return first + '10X98765432'[sum % 11]
  })

const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** The check character of an organisation code, GB 11714, which a credit code has inside. */
function organisationCheck(first8: readonly string[]): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, place) => total + weight * ORGANISATION_ALPHABET.indexOf(first8[place] ?? '0'),
    0,
  )
  const rest = 11 - (sum % 11)
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest)
}

/** 统一社会信用代码, GB 32100. `register` is its first two characters. */
export const creditCode = (register: string): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...CREDIT_ALPHABET), { minLength: 8, maxLength: 8 }).map((organisation) => {
    const first = `${register}310000${organisation.join('')}${organisationCheck(organisation)}`
    let weight = 1
    let sum = 0
    for (const one of first) {
      sum += CREDIT_ALPHABET.indexOf(one) * weight
      weight = (weight * 3) % 31
    }
    return first + CREDIT_ALPHABET[(31 - (sum % 31)) % 31]
  })

/** Numbers of the other certificates: letters and digits, as long as the strictest region takes them. */
export const otherNumber = fc
  .tuple(fc.constantFrom('E', 'G', 'H', 'M', 'P'), fc.integer({ min: 1, max: 99_999_999 }))
  .map(([letter, value]) => letter + digits(value, 8))

export const mobile = fc.integer({ min: 0, max: 999_999_999 }).map((value) => `13${digits(value, 9)}`)

const COMMON = [...'王李张刘陈欧阳司马测试甲乙丙丁明华秀英']
/** Outside of the basic plane, outside of GB 2312, and the dot of the names of the border. */
const RARE = [...'𠮷𡈽䶮㛃㐂淼喆玥堃·']

const nameOf = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...COMMON) },
        { weight: 2, arbitrary: fc.constantFrom(...RARE) },
      ),
      { minLength, maxLength },
    )
    .map((characters) => characters.join(''))

/** Most names are short; some are as long as an application takes, in characters of two units each. */
export const personName = (longest: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: nameOf(2, 4) },
    { weight: 1, arbitrary: fc.constant('阿卜杜热合曼·麦麦提伊力') },
    { weight: 1, arbitrary: nameOf(longest - 5, longest) },
    { weight: 1, arbitrary: fc.constant('𠮷'.repeat(longest)) },
  )

const firmName = fc
  .tuple(nameOf(2, 6), fc.constantFrom('有限公司', '（上海）有限公司', '"示例"<甲&乙>商行', "O'示例\\合作社"))
  .map(([own, kind]) => own + kind)

/** Signs that JSON, XML and forms write in another way. */
const SIGNS = [...'<>&"\'\\/%+=;,: 　{}[]#?']
/** A text that a person types: as long as `longest`, never blank at its ends. */
export const typed = (longest: number): fc.Arbitrary<string> => {
  const letter = fc.constantFrom(...COMMON, ...RARE, ...'aZ09')
  const any = fc.oneof(letter, fc.constantFrom(...SIGNS))
  const between = (min: number, max: number) =>
    fc
      .tuple(letter, fc.array(any, { minLength: min, maxLength: max }), letter)
      .map(([first, rest, last]) => first + rest.join('') + last)
  if (longest < 3) return fc.constantFrom(...COMMON)
  return fc.oneof(
    { weight: 6, arbitrary: between(0, Math.min(longest - 2, 20)) },
    { weight: 1, arbitrary: between(longest - 2, longest - 2) },
  )
}

/** A person's certificate. */
export const personDocument = (types: readonly string[]): fc.Arbitrary<IdDocument> =>
  fc.oneof(
    { weight: 3, arbitrary: residentNumber.map((number) => ({ type: '111', number })) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...types)
        .chain((type) => (type === '111' ? residentNumber : otherNumber).map((number) => ({ type, number }))),
    },
  )

/** Certificates of persons that the gateway knows. */
export const PERSON_TYPES = ['111', '414', '516', '511', '553', '114', '999']

/** Who may apply: a subject of the matter. */
type Subject = 'person' | 'organisation' | 'enterprise' | 'institution' | 'agency' | 'otherOrganisation'

/** Registers of the credit code by subject. */
const REGISTERS: Readonly<Record<Exclude<Subject, 'person'>, readonly string[]>> = {
  enterprise: ['91'],
  institution: ['12'],
  agency: ['11'],
  otherOrganisation: ['92', '54'],
  organisation: ['91', '12', '11', '92'],
}

const address = fc.option(typed(200), { nil: undefined })

const person: fc.Arbitrary<Applicant> = fc
  .record({
    name: personName(100),
    idDocument: personDocument(PERSON_TYPES),
    mobile,
    address,
  })
  .map(withoutHoles)
  .map((told) => ({ kind: 'person' as const, ...told }))

const organisation = (subject: Exclude<Subject, 'person'>): fc.Arbitrary<Applicant> =>
  fc
    .record({
      name: firmName,
      number: fc.constantFrom(...REGISTERS[subject]).chain(creditCode),
      legalRepresentative: personName(50),
      address,
    })
    .map(withoutHoles)
    .map(({ number, ...told }) => ({
      kind: 'organisation' as const,
      ...told,
      idDocument: { type: '001', number },
    }))

export const applicantOf = (subject: Subject): fc.Arbitrary<Applicant> =>
  subject === 'person' ? person : organisation(subject)

/** The same firm under its organisation code (GB 11714), which is older than credit codes: Jiangsu alone still takes it. */
export function underOldCode(firm: Applicant): Applicant {
  const organisation = firm.idDocument.number.slice(8, 17)
  return { ...firm, idDocument: { type: '099', number: organisation } }
}

/** An agent. Jiangsu wants a resident where he acts for an organisation. */
export const agentFor = (region: SimulatedRegionId, { kind }: Applicant): fc.Arbitrary<Agent> =>
  fc.record({
    name: personName(50),
    idDocument: personDocument(region === 'jiangsu' && kind === 'organisation' ? ['111'] : PERSON_TYPES),
    mobile,
  })

/** Takes out members that were drawn as absent. */
function withoutHoles<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
