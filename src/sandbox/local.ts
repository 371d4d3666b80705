/**
 * What differs from city to city: streets, halls, hours, telephone codes, promised days, fees, and who lives there. All of it is made up, and
 * says so in its words; only the names, division codes and dialling codes are those of the cities. It is drawn from the division code:
 * the same city has the same data in every sandbox.
 */
import { lot } from './moment.ts'

/** Dialling codes of the cities whose region's own tables do not have them. */
const DIALLING: Readonly<Record<string, string>> = {
  '320100': '025',
  '320200': '0510',
  '320300': '0516',
  '320400': '0519',
  '320500': '0512',
  '320600': '0513',
  '320700': '0518',
  '320800': '0517',
  '320900': '0515',
  '321000': '0514',
  '321100': '0511',
  '321200': '0523',
  '321300': '0527',
  '330100': '0571',
  '330200': '0574',
  '330300': '0577',
  '330400': '0573',
  '330500': '0572',
  '330600': '0575',
  '330700': '0579',
  '330800': '0570',
  '330900': '0580',
  '331000': '0576',
  '331100': '0578',
}
export const diallingOf = (division: string): string => DIALLING[division] ?? '0000'

/** One of several things, always the same for a city and what is asked. */
export const chosen = <T>(division: string, what: string, items: readonly [T, ...T[]]): T =>
  items[Math.floor(lot(`${what} of ${division}`) * items.length)] ?? items[0]

const STREETS = [
  '示例大道',
  '样例街',
  '演示路',
  '测试东路',
  '虚构西路',
  '假想巷',
  '模拟路',
  '试验大街',
] as const
const HALLS = ['政务服务中心', '市民中心', '行政服务中心', '便民服务中心', '企业服务中心'] as const
/** Street and house of a city's hall: `样例街218号`. */
export const houseOf = (division: string, place: number): string =>
  `${chosen(division, 'street', STREETS)}${1 + Math.floor(lot(`house of ${division}`) * 480) + place * 2}号`
export const hallOf = (division: string): string => chosen(division, 'hall', HALLS)

/** When a cross-province window is open: morning and afternoon, Monday to Friday. Winter comes early somewhere. */
type Hours = readonly [am: string, pm: string]
const HOURS: readonly [Hours, ...Hours[]] = [
  ['09:00-12:00', '13:30-17:00'],
  ['08:30-12:00', '14:00-17:30'],
  ['09:00-11:30', '13:00-17:00'],
  ['08:30-11:30', '13:30-16:30'],
  ['09:00-12:00', '14:00-17:30'],
]
export const hoursOf = (division: string): Hours => chosen(division, 'hours', HOURS)

/** Whether a city is open on Saturday mornings too. */
export const isOpenOnSaturday = (division: string): boolean => lot(`saturday of ${division}`) < 0.4

/** What a city promises where the region's own table says so many days: as many, or up to two fifths fewer, and never none. */
export function promisedIn(division: string, matter: string, days: number): number {
  if (days <= 1) return days
  const fewest = Math.ceil(days * 0.6)
  return fewest + Math.floor(lot(`promise ${matter} of ${division}`) * (days - fewest + 1))
}

/** What a city asks for copies out of its archive, in yuan; most ask nothing. */
export const copyFeeOf = (division: string): number => chosen(division, 'fee', [0, 0, 0, 5, 10, 20])

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Somebody who lives there: born in a year in which nobody who lives was, with the city's own 市辖区 in the number. */
export function residentOf(division: string, city: string) {
  const n = Number(division.slice(2, 4))
  const first = `${division.slice(0, 4)}011907${String(1 + (n % 12)).padStart(2, '0')}${String(10 + (n % 18)).padStart(2, '0')}90${n % 10}`
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first[place]), 0)
  return {
    name: `测试${city.replace(/市$/, '')}`,
    number: `${first}${'10X98765432'[sum % 11]}`,
    mobile: `100000${division.slice(0, 4)}${n % 10}`,
    /** Which of the portraits, and how long ago it was taken. */
    portrait: n % 20,
    daysAgo: 20 + Math.floor(lot(`photo of ${division}`) * 900),
  }
}
