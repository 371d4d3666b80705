/** What people type, and what they mean. */
import { expect, test } from 'vitest'
import { entriesOf, plain, scoreOf, typedOf } from './score.ts'
import { DOMAINS, LIFE_EVENTS, servicesOf } from './services.ts'

const NAMES = [
  '户籍事项证明',
  '异地购房提取住房公积金',
  '内资有限公司设立',
  '内地居民结婚登记',
  '首次申领居民身份证',
  '失业登记',
]
const entries = servicesOf(
  NAMES.map((name, at) => ({
    id: `m${at}`,
    name,
    division: '310000',
    baseCode: null,
    fileable: true,
    domain: null,
    subjects: ['person'],
    mode: 'online',
    handling: null,
    necessities: [],
    asksFor: [],
  })),
).flatMap(entriesOf)

const best = (query: string): string | undefined => {
  const typed = typedOf(query)
  const [first] = entries
    .map((entry) => ({ name: entry.service.name.zh, score: scoreOf(entry, typed) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
  return first?.name
}

test.each([
  ['户籍事项证明', '户籍事项证明'],
  ['户籍证明', '户籍事项证明'],
  ['hjsx', '户籍事项证明'],
  ['huji', '户籍事项证明'],
  ['公积金取出来', '异地购房提取住房公积金'],
  ['gjj', '异地购房提取住房公积金'],
  ['开公司', '内资有限公司设立'],
  ['身份证丢了', '首次申领居民身份证'],
  ['结婚证', '内地居民结婚登记'],
  ['Marriage', '内地居民结婚登记'],
  ['housing fund', '异地购房提取住房公积金'],
  ['失业登计', '失业登记'],
  ['Ｇ Ｊ Ｊ', '异地购房提取住房公积金'],
])('%j finds %s', (query, name) => {
  expect(best(query)).toBe(name)
})

test.each(['', '·', '🙂', '火箭发射许可', '<script>', '𬭎'])('%j finds nothing', (query) => {
  expect(best(query)).toBeUndefined()
})

test('a typed word is compared without width, case and signs', () => {
  expect(plain(' Ｇjj·（住房） ')).toBe('gjj住房')
})

test('matters of one name are one service, and a region’s matter finds its domain', () => {
  const brief = {
    baseCode: null,
    fileable: true,
    domain: null,
    subjects: ['person'],
    mode: null,
    handling: null,
    necessities: [],
    asksFor: [],
  }
  const services = servicesOf([
    { ...brief, id: 'a', name: '失业登记', division: '310000' },
    { ...brief, id: 'b', name: '失业登记', division: '330100', subjects: ['enterprise'] },
    { ...brief, id: 'seed', name: '失业登记', division: null, fileable: false },
  ])
  expect(services).toHaveLength(1)
  expect(services[0]).toMatchObject({ domain: 'work', audiences: ['person', 'organisation'] })
  expect(services[0]?.offers.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('matters that the table holds to be one are one, whatever they are called, and each says why it stands there', () => {
  const brief = {
    fileable: true,
    domain: null,
    subjects: ['person'],
    mode: null,
    handling: null,
    necessities: [],
    asksFor: [],
  }
  const table = [
    { key: 'k', name: '丙', seed: 'seed-1', because: '', members: { shanghai: '1', zhejiang: '2' } },
  ]
  const services = servicesOf(
    [
      { ...brief, id: 'a', name: '甲', division: '310000', baseCode: '1' },
      { ...brief, id: 'b', name: '乙', division: '330100', baseCode: '2' },
      { ...brief, id: 'c', name: '乙', division: '340100', baseCode: '2' },
      { ...brief, id: 'd', name: '丁', division: '340100', baseCode: '1' },
      { ...brief, id: 'seed-1', name: '丙', division: null, baseCode: null },
    ],
    table,
  )
  expect(services.map(({ names }) => names)).toEqual([['甲', '乙', '丙'], ['丁']])
  expect(services[0]?.name.zh).toBe('丙')
  expect(services[0]?.offers.map(({ id, by }) => [id, by])).toEqual([
    ['a', 'table'],
    ['b', 'table'],
    ['c', 'name'],
  ])
})

test('there are 18 domains, 12 for people and 6 for firms, and no key twice', () => {
  expect(DOMAINS.filter((one) => one.for === 'person')).toHaveLength(12)
  expect(DOMAINS.filter((one) => one.for === 'organisation')).toHaveLength(6)
  const keys = [...DOMAINS, ...LIFE_EVENTS].map(({ key, for: audience }) => `${audience} ${key}`)
  expect(DOMAINS.length).toBe(new Set(DOMAINS.map(({ key }) => key)).size)
  expect(LIFE_EVENTS.length).toBe(new Set(LIFE_EVENTS.map(({ key }) => key)).size)
  expect(keys.length).toBeGreaterThan(20)
})
