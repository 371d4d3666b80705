/** Zhejiang's test persons and firms, and what it holds of them when it opens (contract section 8). All made up. */

import { residentOf } from '../local.ts'
import type { TestPerson } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { AREAS } from './cities.ts'

/** A photo as it is held when the platform opens: for which document it was taken (table 5.18), how long ago, and which portrait it is. */
export interface HeldPhoto {
  readonly source: 'ID_CARD' | 'SOCIAL_CARD' | 'DRIVING'
  readonly daysAgo: number
  readonly portrait: number
}

/** A licence as it is held when the platform opens, by its type (table 5.18) and state (table 5.14). */
export interface HeldLicence {
  readonly typeCode: string
  readonly status: string
}

/** A holder of licences, and perhaps of a photo. */
export interface Holder {
  /** `1` person, `2` legal person, as `certificate_holder_type` counts them. */
  readonly kind: '1' | '2'
  readonly name: string
  readonly number: string
  /** Wire code of the city that issued all of it. */
  readonly areaCode: string
  readonly licences: readonly HeldLicence[]
  readonly photo?: HeldPhoto
}

/** One person whom every region knows by the same name and number, so that accounts can be seen to be one person's. */
export const PERSON_EVERYWHERE = {
  userId: 'u-p7',
  name: '测试通',
  idNumber: '310101199003070000',
  level: 3,
  mobile: '10000000007',
} as const

/** One resident of each area, with a card, a household register, a photo and a case of their own city. */
export const LOCALS = AREAS.map(({ canonical, name }) => {
  const { number: idNumber, ...local } = residentOf(canonical, name)
  return { ...local, userId: `u-${canonical}`, idNumber, level: 3, division: canonical }
})

/** Photos by the holder's number: taken this week, some months ago and years ago. The person whom every region knows has none here. */
const PHOTOS: Readonly<Record<string, HeldPhoto>> = {
  '33010619010203101X': { source: 'ID_CARD', daysAgo: 5, portrait: 20 },
  '330203190203042021': { source: 'SOCIAL_CARD', daysAgo: 160, portrait: 2 },
  '330402190304053031': { source: 'DRIVING', daysAgo: 1900, portrait: 13 },
  '310101190006074049': { source: 'ID_CARD', daysAgo: 420, portrait: 5 },
  '320505190507085052': { source: 'SOCIAL_CARD', daysAgo: 30, portrait: 6 },
  '340103190408096062': { source: 'DRIVING', daysAgo: 760, portrait: 8 },
  '330106190203030032': { source: 'ID_CARD', daysAgo: 250, portrait: 9 },
  '330102190510110061': { source: 'ID_CARD', daysAgo: 75, portrait: 1 },
  ...Object.fromEntries(
    LOCALS.map(({ idNumber, daysAgo, portrait }) => [
      idNumber,
      { source: 'ID_CARD' as const, daysAgo, portrait },
    ]),
  ),
}

/** Residents of Zhejiang who are test persons of Shanghai and of Anhui: their own city holds their card and photo. */
const NEIGHBOURS = [
  { name: '测试丙', idNumber: '330106190203030032', mobile: '10000000002' },
  { name: '测试己', idNumber: '330102190510110061', mobile: '10000000006' },
] as const

/** The city of a number's place; Hangzhou for those of other provinces. */
const areaOf = (place: string): string => (place.startsWith('33') ? `${place.slice(0, 4)}01` : '330101')

const valid = (...types: string[]): readonly HeldLicence[] =>
  types.map((type) => ({ typeCode: `11330000MB1TEXT0X${type}`, status: '01' }))

function person(name: string, number: string, licences: readonly HeldLicence[]): Holder {
  const photo = PHOTOS[number]
  return { kind: '1', name, number, areaCode: areaOf(number), licences, ...(photo ? { photo } : {}) }
}

/** All holders; those of section 8 come first, in its order, since the serials of their licences count on. */
export const HOLDERS: readonly Holder[] = [
  ...catalogue.persons.map(({ name, idNumber, licences }) => person(name, idNumber, licences)),
  ...catalogue.firms.map(({ name, creditCode, licences }): Holder => {
    return { kind: '2', name, number: creditCode, areaCode: areaOf(creditCode.slice(2)), licences }
  }),
  person(PERSON_EVERYWHERE.name, PERSON_EVERYWHERE.idNumber, valid('6005')),
  ...NEIGHBOURS.map(({ name, idNumber }) => person(name, idNumber, valid('6001'))),
  ...LOCALS.map(({ name, idNumber }) => person(name, idNumber, valid('6001', '6003'))),
]

/** The test persons and firms of section 8 and the persons whom other regions know too, each firm with the agent that acts for it. */
export const PERSONS: readonly TestPerson[] = [
  ...[...catalogue.persons, PERSON_EVERYWHERE, ...NEIGHBOURS, ...LOCALS].map(
    ({ name, idNumber, mobile }): TestPerson => {
      return { kind: 'person', name, idType: '111', idNumber, mobile, division: `${idNumber.slice(0, 4)}00` }
    },
  ),
  ...catalogue.firms.map((firm): TestPerson => {
    const agent = catalogue.persons.find(({ userId }) => userId === firm.agent)
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
