/** Anhui's test persons and legal persons, and what it holds of them when it opens (contract section 8). All made up. */

import { residentOf } from '../local.ts'
import type { TestPerson } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { CITIES } from './cities.ts'

/** A photo as it is held when the platform opens: its type (contract 5.13), how long ago it was taken, and which portrait it is. */
export interface HeldPhoto {
  readonly photoId: string
  readonly photoType: '01' | '02' | '03'
  readonly daysAgo: number
  readonly portrait: number
}

/** Who holds licences, and perhaps photos. */
export interface Holder {
  readonly name: string
  readonly number: string
  readonly isPerson: boolean
  /** Six digits: where the holder is registered here. */
  readonly division: string
  readonly photos: readonly HeldPhoto[]
}

/** A licence as it is held when the platform opens. */
export interface HeldLicence {
  /** The holder's number. */
  readonly owner: string
  readonly typeCode: string
  readonly state: string
}

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

/** Residents of Hefei who are test persons of Shanghai and of Zhejiang: their own city holds their card and photo. They have no account. */
const NEIGHBOURS = [
  {
    userId: 'ahperson0101',
    name: '测试丁',
    credentNo: '340103190304040048',
    phone: '10000000003',
    regionCode: '340100000000',
  },
  {
    userId: 'ahperson0102',
    name: '测试己',
    credentNo: '340103190408096062',
    phone: '10000000006',
    regionCode: '340100000000',
  },
] as const

/** One resident of each city, with a card, a household register, a photo and a case of their own city. */
const RESIDENTS = CITIES.map(({ division, name, areaCode }) => ({
  ...residentOf(division, name),
  areaCode,
  division,
}))

/** What the user service knows of them. */
export const LOCALS = RESIDENTS.map(({ name, number, mobile, areaCode, division }) => ({
  userId: `ahlocal${division}`,
  loginName: `test_${division}`,
  name,
  credentType: '10',
  credentNo: number,
  phone: mobile,
  authLevel: '3',
  sex: Number(number.charAt(16)) % 2 === 1 ? '1' : '2',
  address: '',
  regionCode: areaCode,
}))

type Taken = readonly [photoType: HeldPhoto['photoType'], daysAgo: number, portrait: number]

/**
 * Photos by `userId`: taken this month, some months ago and years ago. Who is not here has none, as the catalogue says of
 * `ahperson0007`.
 */
const PHOTOS: Readonly<Record<string, readonly Taken[]>> = {
  ahperson0001: [['01', 12, 10]],
  ahperson0002: [
    ['02', 150, 11],
    ['01', 1500, 12],
  ],
  ahperson0003: [['03', 2200, 17]],
  ahperson0004: [['03', 400, 13]],
  ahperson0005: [['02', 240, 14]],
  ahperson0006: [['02', 45, 15]],
  ahperson0008: [['02', 250, 16]],
  ahperson0101: [['01', 20, 18]],
  ahperson0102: [['01', 35, 19]],
  ...Object.fromEntries(
    RESIDENTS.map(({ division, daysAgo, portrait }): [string, readonly Taken[]] => [
      `ahlocal${division}`,
      [['01', daysAgo, portrait]],
    ]),
  ),
}

const PEOPLE = [...catalogue.persons, PERSON_EVERYWHERE, ...NEIGHBOURS, ...LOCALS]

const photosOf = (userId: string): readonly HeldPhoto[] =>
  (PHOTOS[userId] ?? []).map(([photoType, daysAgo, portrait], place) => ({
    photoId: `PH${userId}${place === 0 ? '' : `-${place + 1}`}`,
    photoType,
    daysAgo,
    portrait,
  }))

/** Everybody of whom something may be held, by number. */
export const HOLDERS: ReadonlyMap<string, Holder> = new Map(
  [
    ...PEOPLE.map(({ userId, name, credentNo, regionCode }): Holder => {
      const division = regionCode.slice(0, 6)
      return { name, number: credentNo, isPerson: true, division, photos: photosOf(userId) }
    }),
    ...catalogue.legalPersons.map(({ legalName, creditCode, regionCode }): Holder => {
      const division = regionCode.slice(0, 6)
      return { name: legalName, number: creditCode, isPerson: false, division, photos: [] }
    }),
  ].map((holder) => [holder.number, holder]),
)

const NUMBERS: ReadonlyMap<string, string> = new Map([
  ...catalogue.persons.map(({ userId, credentNo }) => [userId, credentNo] as const),
  ...catalogue.legalPersons.map(({ userId, creditCode }) => [userId, creditCode] as const),
])

/** All licences; those of the catalogue come first, in its order, since the serials count on. */
export const HELD_LICENCES: readonly HeldLicence[] = [
  ...catalogue.licences.map(({ owner, typeCode, state }): HeldLicence => {
    return { owner: NUMBERS.get(owner) ?? '', typeCode, state }
  }),
  { owner: PERSON_EVERYWHERE.credentNo, typeCode: '11300001', state: '1' },
  ...NEIGHBOURS.map(({ credentNo }): HeldLicence => ({ owner: credentNo, typeCode: '11100001', state: '1' })),
  ...LOCALS.flatMap(({ credentNo }) =>
    ['11100001', '11100002'].map((typeCode): HeldLicence => ({ owner: credentNo, typeCode, state: '1' })),
  ),
]

/** The test persons and legal persons of contract section 8, and the persons whom other regions know too. */
export const PERSONS: readonly TestPerson[] = [
  ...PEOPLE.map(
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
