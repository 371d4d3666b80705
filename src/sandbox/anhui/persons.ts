import type { TestPerson } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { licenceCheck } from './check-digits.ts'

/** One electronic licence, as far as a material can stand on it (contract 4b, `MEMO`). */
export interface Licence {
  readonly certId: string
  /** Eight digits, the material's `styleCode`. */
  readonly typeCode: string
  readonly ownerId: string
  /** `1` valid, `0` not valid. */
  readonly state: string
}

/** The middle part of an identifier by licence type. */
const TYPE_PARTS: Readonly<Record<string, string>> = {
  '11100001': '001',
  '11100002': '002',
  '11100011': '003',
  '11200001': '004',
  '11300001': '005',
  '11400001': '006',
}

const OWNERS: ReadonlyMap<string, string> = new Map([
  ...catalogue.persons.map(({ userId, credentNo }) => [userId, credentNo] as const),
  ...catalogue.legalPersons.map(({ userId, creditCode }) => [userId, creditCode] as const),
])

function licenceOf(held: (typeof catalogue.licences)[number], place: number): Licence {
  const parts = [
    `11340000MB1FAKE98T${TYPE_PARTS[held.typeCode] ?? '999'}`,
    '11340100MB1FAKE125',
    String(place + 1).padStart(9, '0'),
    '001',
  ]
  return {
    certId: `1.2.156.3005.2.${parts.join('.')}.${licenceCheck(parts.join(''))}`,
    typeCode: held.typeCode,
    ownerId: OWNERS.get(held.owner) ?? '',
    state: held.state,
  }
}

/** The licences of the test persons and legal persons by their identifier. */
export const LICENCES: ReadonlyMap<string, Licence> = new Map(
  catalogue.licences.map(licenceOf).map((licence) => [licence.certId, licence]),
)

/** One person whom every region knows by the same name and number, so that accounts can be seen to be one person's. */
export const PERSON_EVERYWHERE = {
  userId: 'ahperson0008',
  loginName: 'test_ah_8',
  name: '测试通',
  credentType: '10',
  credentNo: '310101199003070000',
  phone: '10000000007',
  authLevel: '3',
  sex: '2',
  address: '',
  regionCode: '340100000000',
} as const

/** The test persons and legal persons of contract section 8, and the person whom every region knows. */
export const PERSONS: readonly TestPerson[] = [
  ...[...catalogue.persons, PERSON_EVERYWHERE].map(
    ({ name, credentNo, phone, regionCode }): TestPerson => ({
      kind: 'person',
      name,
      idType: '111',
      idNumber: credentNo,
      mobile: phone,
      division: regionCode.slice(0, 6),
    }),
  ),
  ...catalogue.legalPersons.map(
    (legal): TestPerson => ({
      kind: 'organisation',
      name: legal.legalName,
      idType: '001',
      idNumber: legal.creditCode,
      mobile: legal.agentPhone,
      division: legal.regionCode.slice(0, 6),
      agent: { name: legal.agentName, idNumber: legal.agentNo, mobile: legal.agentPhone },
    }),
  ),
]
