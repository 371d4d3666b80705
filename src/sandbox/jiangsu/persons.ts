/** Jiangsu's test persons and firms, and what its cities hold of them (contract section 8). All made up. */

import { residentOf } from '../local.ts'
import type { TestPerson } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { CITIES } from './cities.ts'

/** A photo as it is held when the platform opens: its source, how long ago it was taken, and which portrait it is. */
export interface HeldPhoto {
  /** `1` 居民身份证, `2` 社保卡, `3` 驾驶证. */
  readonly source: '1' | '2' | '3'
  readonly daysAgo: number
  readonly portrait: number
}

/** A holder of licences and perhaps of a photo. */
export interface Holder {
  readonly name: string
  readonly number: string
  /** National code of the number's type. */
  readonly type: '111' | '001'
  /** The city that holds all of it. */
  readonly division: string
  readonly licences: readonly string[]
  readonly expired: readonly string[]
  readonly cancelled: readonly string[]
  readonly photo?: HeldPhoto
}

/** The person whom all four regions know by the same name and number. */
export const EVERYWHERE = {
  name: '测试通',
  certnum: '310101199003070000',
  areacode: '320500',
  authlevel: '3',
  sex: '0',
  mobile: '10000000007',
} as const

/** Somebody from abroad who stays for good, with a card of the form of 2023 (外国人永久居留身份证): Jiangsu alone has a code for it. */
export const FOREIGNER = {
  name: 'MUSTER ANNA',
  certnum: '932276199001010024',
  papers: '5',
  areacode: '320500',
  authlevel: '3',
  sex: '0',
  mobile: '10000000008',
} as const

const RESIDENTS = CITIES.map(({ division, name }) => ({ ...residentOf(division, name), division }))

/** One resident of each city, with a card, a household register and a photo of their own city. */
export const LOCALS = RESIDENTS.map(({ name, number, mobile, division }) => ({
  id: `js_${division}`,
  name,
  certnum: number,
  areacode: division,
  authlevel: '3',
  sex: String(Number(number.charAt(16)) % 2),
  mobile,
}))

/** Photos by the holder's number. One is old and past its end of use, one was taken this week. */
const PHOTOS: Readonly<Record<string, HeldPhoto>> = {
  '320501190001010015': { source: '1', daysAgo: 300, portrait: 10 },
  '320102190102030028': { source: '2', daysAgo: 3, portrait: 11 },
  '320602190203040038': { source: '1', daysAgo: 2_900, portrait: 12 },
  '320203190304050045': { source: '1', daysAgo: 40, portrait: 14 },
  '320302190405060057': { source: '1', daysAgo: 500, portrait: 15 },
  '320402190506070065': { source: '2', daysAgo: 800, portrait: 16 },
  '310101199003070000': { source: '3', daysAgo: 90, portrait: 17 },
  '320102190102020022': { source: '1', daysAgo: 120, portrait: 18 },
  '320505190507085052': { source: '1', daysAgo: 600, portrait: 19 },
  ...Object.fromEntries(
    RESIDENTS.map(({ number, daysAgo, portrait }): [string, HeldPhoto] => [
      number,
      { source: '1', daysAgo, portrait },
    ]),
  ),
}

const holder = (
  name: string,
  number: string,
  division: string,
  licences: readonly string[],
  { expired = [], cancelled = [] }: { expired?: readonly string[]; cancelled?: readonly string[] } = {},
): Holder => {
  const photo = PHOTOS[number]
  const type = /^9/.test(number) ? '001' : '111'
  return { name, number, type, division, licences, expired, cancelled, ...(photo ? { photo } : {}) }
}

/** Residents of Jiangsu who are test persons of another region: their own city holds their card, and most of their photos. */
const NEIGHBOURS: readonly (Holder & { readonly mobile: string })[] = [
  { ...holder('测试乙', '320102190102020022', '320100', ['居民身份证']), mobile: '10000000001' },
  { ...holder('测试戊', '320505190507085052', '320500', ['居民身份证', '残疾人证']), mobile: '10000000005' },
  // A person whom no photo library of Jiangsu knows.
  { ...holder('测试戊', '320505190408090059', '320500', ['居民身份证']), mobile: '10000000005' },
]

/** All holders; those of section 8 come first, in its order, since the serials of their licences count on. */
export const HOLDERS: readonly Holder[] = [
  ...catalogue.persons.map((one) =>
    holder(one.name, one.certnum, one.areacode, one.licences, {
      expired: one.expiredLicences,
      cancelled: one.cancelledLicences,
    }),
  ),
  ...catalogue.legalPersons.map((one) => holder(one.name, one.certnum, one.areacode, one.licences)),
  holder(EVERYWHERE.name, EVERYWHERE.certnum, EVERYWHERE.areacode, ['社会保障卡', '机动车驾驶证']),
  ...NEIGHBOURS,
  ...LOCALS.map((one) => holder(one.name, one.certnum, one.areacode, ['居民身份证', '居民户口簿'])),
]

const personOf = (
  name: string,
  idNumber: string,
  mobile: string,
  division: string,
  idType: TestPerson['idType'] = '111',
): TestPerson => ({
  kind: 'person',
  name,
  idType,
  idNumber,
  mobile,
  division,
})

/** The persons and firms of section 8, and those whom other regions know too. */
export const PERSONS: readonly TestPerson[] = [
  ...[...catalogue.persons, EVERYWHERE, ...LOCALS].map((one) =>
    personOf(one.name, one.certnum, one.mobile, one.areacode),
  ),
  personOf(FOREIGNER.name, FOREIGNER.certnum, FOREIGNER.mobile, FOREIGNER.areacode, '553'),
  ...NEIGHBOURS.map((one) => personOf(one.name, one.number, one.mobile, one.division)),
  ...catalogue.legalPersons.map(
    (one): TestPerson => ({
      kind: 'organisation',
      name: one.name,
      idType: '001',
      idNumber: one.certnum,
      mobile: one.mobile,
      division: one.areacode,
      agent: { name: one.agent, idNumber: one.agentid, mobile: one.mobile },
    }),
  ),
]
