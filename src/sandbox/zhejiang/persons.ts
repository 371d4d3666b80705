import type { TestPerson } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { licenceCheck } from './check-digits.ts'

/** One electronic licence of a test person, as far as a material can refer to it (contract 4.b.2, 4.g.1). */
export interface Licence {
  /** `certificate_source_id`, the identifier. */
  readonly sourceId: string
  readonly typeCode: string
  readonly typeName: string
  readonly holder: string
  readonly holderCode: string
  /** `1` person, `2` legal person. */
  readonly holderType: '1' | '2'
  /** Table 5.14: only `01` is valid. */
  readonly status: string
}

const ISSUER = '330100'
const VERSION = '001'

const typeNames: Readonly<Record<string, string>> = catalogue.licenceTypes

type Held = (typeof catalogue.persons)[number]['licences']

function licencesOf(
  holder: string,
  holderCode: string,
  holderType: '1' | '2',
  group: number,
  held: Held,
): Licence[] {
  return held.map(({ typeCode, status }, index) => {
    const serial = String(group * 100 + index).padStart(9, '0')
    const check = licenceCheck(`${typeCode}${ISSUER}${serial}${VERSION}`)
    const sourceId = `1.2.156.3005.2.${typeCode}.${ISSUER}.${serial}.${VERSION}.${check}`
    const typeName = typeNames[typeCode] ?? ''
    return { sourceId, typeCode, typeName, holder, holderCode, holderType, status }
  })
}

/** Every licence of the test persons and firms by its identifier. */
export const LICENCES: ReadonlyMap<string, Licence> = new Map(
  [
    ...catalogue.persons.flatMap((person, index) =>
      licencesOf(person.name, person.idNumber, '1', index + 1, person.licences),
    ),
    ...catalogue.firms.flatMap((firm, index) =>
      licencesOf(firm.name, firm.creditCode, '2', catalogue.persons.length + index + 1, firm.licences),
    ),
  ].map((licence) => [licence.sourceId, licence]),
)

/** One person whom every region knows by the same name and number, so that accounts can be seen to be one person's. */
export const PERSON_EVERYWHERE = {
  userId: 'u-p7',
  name: '测试通',
  idNumber: '310101199003070000',
  level: 3,
  mobile: '10000000007',
} as const

/** The test persons and firms of section 8, and the person whom every region knows, each firm with the agent that acts for it. */
export const PERSONS: readonly TestPerson[] = [
  ...[...catalogue.persons, PERSON_EVERYWHERE].map(({ name, idNumber, mobile }): TestPerson => {
    return { kind: 'person', name, idType: '111', idNumber, mobile, division: `${idNumber.slice(0, 4)}00` }
  }),
  ...catalogue.firms.map((firm): TestPerson => {
    const agent = catalogue.persons.find((person) => person.userId === firm.agent)
    if (agent === undefined)
      throw new Error(`The test firm ${firm.corpId} names an agent that does not exist.`)
    const { name, idNumber, mobile } = agent
    return {
      kind: 'organisation',
      name: firm.name,
      idType: '001',
      idNumber: firm.creditCode,
      mobile,
      division: `${firm.creditCode.slice(2, 6)}00`,
      agent: { name, idNumber, mobile },
    }
  }),
]
