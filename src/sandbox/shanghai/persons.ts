/** Shanghai's test persons, and what it holds of them (contract section 8). All made up. */
import type { TestPerson } from '../simulated.ts'

/** A licence as it is held when the platform opens. */
export type HeldLicence = readonly [kind: string, status: string]

/** A photo as it is held when the platform opens: for which document it was taken, how long ago, and which portrait it is. */
export type HeldPhoto = readonly [source: string, daysAgo: number, portrait: number]

export interface Row {
  readonly name: string
  /** GA/T 2000.156. */
  readonly type: '111' | '414' | '001'
  readonly number: string
  readonly mobile: string
  readonly licences: readonly HeldLicence[]
  readonly photo?: HeldPhoto
  /** Of an organisation: who acts for it, by number. */
  readonly agent?: string
}

const valid = (...kinds: string[]): readonly HeldLicence[] => kinds.map((kind) => [kind, '有效'] as const)

const person = (
  name: string,
  number: string,
  mobile: number,
  licences: readonly HeldLicence[],
  photo?: HeldPhoto,
): Row => ({
  name,
  type: '111',
  number,
  mobile: `100000000${String(mobile).padStart(2, '0')}`,
  licences,
  ...(photo ? { photo } : {}),
})

const PEOPLE: readonly Row[] = [
  person('测试甲', '310101190001010011', 0, valid('居民身份证', '社会保障卡', '结婚证', '不动产权证书'), [
    '居民身份证',
    200,
    1,
  ]),
  person('测试乙', '320102190102020022', 1, valid('居民身份证', '居住证'), ['社保卡', 45, 2]),
  person('测试丙', '330106190203030032', 2, [['居民身份证', '过期']], ['居民身份证', 2900, 3]),
  person(
    '测试丁',
    '340103190304040048',
    3,
    [...valid('居民身份证', '残疾人证'), ['居住证', '注销']],
    ['护照', 700, 4],
  ),
  person('测试戊', '310115190405050050', 4, [], ['居民身份证', 150, 5]),
  person('测试己', '310101190506060065', 5, valid('社会保障卡'), ['居民身份证', 1500, 6]),
  { name: '测试庚', type: '414', number: 'E00000001', mobile: '10000000006', licences: [] },
  // Known to all four regions by the same name and number.
  person('测试通', '310101199003070000', 7, valid('居民身份证', '结婚证'), ['居民身份证', 3, 7]),
  // A person whom the photo library does not know.
  person('测试辛', '310101190708080072', 8, valid('居民身份证')),
  // Residents of Shanghai who are test persons of Zhejiang and of Anhui: their own city holds their card and photo.
  person('测试丁', '310101190006074049', 4, valid('居民身份证'), ['居民身份证', 400, 8]),
  person('测试丁', '31010119030607004X', 4, valid('居民身份证'), ['社保卡', 90, 9]),
]

const firm = (name: string, number: string, agent: string): Row => ({
  name,
  type: '001',
  number,
  mobile: PEOPLE.find((one) => one.number === agent)?.mobile ?? '',
  licences: valid('营业执照'),
  agent,
})

/** Persons, then organisations. */
export const ROWS: readonly Row[] = [
  ...PEOPLE,
  firm('上海示例科技有限公司', '91310000MA1TEXT06C', '310101190001010011'),
  firm('苏州示例制造有限公司', '91320500MA1TEXT145', '320102190102020022'),
  firm('合肥示例设计院有限公司', '91340100MA2TEXT240', '340103190304040048'),
]

/** A person or organisation by its number. */
export const rowOf = (number: string): Row | undefined => ROWS.find((one) => one.number === number)

export const PERSONS: readonly TestPerson[] = ROWS.map(({ name, type, number, mobile, agent }) => {
  const acting = agent === undefined ? undefined : rowOf(agent)
  return {
    kind: type === '001' ? 'organisation' : 'person',
    name,
    idType: type,
    idNumber: number,
    mobile,
    ...(acting ? { agent: { name: acting.name, idNumber: acting.number, mobile: acting.mobile } } : {}),
  }
})
