import { expect, test } from 'vitest'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { MATTERS_BY_AREA } from './catalogue.ts'
import { isCreditCode } from './check-digits.ts'
import { CITIES } from './cities.ts'
import { dataOf, openKit, samplesOf } from './test-kit.ts'

const kit = openKit()
const ITEM = '/api-0.8.20/item-service'
const MATERIALS = '/api-0.8.20/zzwk-service/materialService/queryMaterial'
const NUMBERS = new Set([
  'promiseDay',
  'legalDay',
  'limitSceneNum',
  'materialCount',
  'attrSort',
  'amount',
  'sizeLimit',
  'total',
  'pageNum',
  'pageSize',
])

/** What an answer means: numbers as numbers, one element as a list, and no unknown members. */
function meaning(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => meaning(item))
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([name]) => name !== 'rowNum' && name !== 'ext1')
    return Object.fromEntries(
      members.map(([name, member]) => [
        name,
        name === 'data' ? meaning([member].flat()) : meaning(member, name),
      ]),
    )
  }
  return NUMBERS.has(key) ? Number(value) : value
}

const samples = ['matter-list', 'matter-detail', 'material-list', 'window-list'].flatMap(samplesOf)

test.each(samples)('answers the sample of $op', async ({ request, response }) => {
  const { json } = await kit.json(request.path, 'body' in request ? request.body : {})
  expect(meaning(json)).toEqual(meaning(response?.body))
})

test('has the whole sample catalogue in its first city, and its own codes in the others', () => {
  expect(
    MATTERS_BY_AREA.get('340100000000')
      ?.map(({ sc }) => sc)
      .sort(),
  ).toEqual(vectors.catalogue.map(({ sc }) => sc))
  expect(MATTERS_BY_AREA.size).toBe(CITIES.length)
  for (const [areaCode, matters] of MATTERS_BY_AREA) {
    expect(matters.length).toBeGreaterThanOrEqual(15)
    for (const matter of matters) {
      expect(matter.sc.slice(0, 6)).toBe(areaCode.slice(0, 6))
      expect(isCreditCode(matter.deptCreditCode) || areaCode === '340100000000').toBe(true)
      expect(matter.ssqdCode).toHaveLength(31)
    }
  }
})

test('shows cancelled matters only as tombstones since a time', async () => {
  const body = { areaCode: '341300000000', pageNum: 1, pageSize: 100 }
  const all = await kit.json(`${ITEM}/item/queryItemList`, body)
  expect(JSON.stringify(all.json)).not.toContain('3413000000000099916')
  const since = await kit.json(`${ITEM}/item/queryItemList`, { ...body, updateTime: '2025-07-01 00:00:00' })
  expect(JSON.stringify(since.json)).toContain('3413000000000099916')
  expect(JSON.stringify(since.json)).not.toContain('3413000000000099901')
})

test.each([
  [
    'null for an absent time',
    { areaCode: '340100000000', updateTime: null, pageNum: 1, pageSize: 1 },
    'updateTime',
  ],
  [
    'a day that does not exist',
    { areaCode: '340100000000', updateTime: '2025-02-30 00:00:00', pageNum: 1, pageSize: 1 },
    'updateTime',
  ],
  ['a page as text', { areaCode: '340100000000', pageNum: '1', pageSize: 1 }, 'pageNum'],
  ['the province', { areaCode: '340000000000', pageNum: 1, pageSize: 1 }, 'areaCode'],
  ['an unknown member', { areaCode: '340100000000', pageNum: 1, pageSize: 1, more: '' }, 'more'],
  ['no object', [], 'body'],
])('refuses %s', async (_, body, name) => {
  const { json } = await kit.json(`${ITEM}/item/queryItemList`, body)
  expect(json).toEqual({ flag: '400', result: `参数错误:${name}`, data: null })
})

test('judges content type, city header and body in that order', async () => {
  const ask = (contentType: string, area: string, body: string) =>
    kit.send('POST', MATERIALS, body, contentType, { headers: { 'S-Area-Code': area } })
  expect((await ask('text/plain', '', '{')).json['result']).toBe('参数错误:Content-Type')
  expect((await ask('application/json', '340900000000', '{')).json['result']).toBe('参数错误:S-Area-Code')
  expect((await ask('application/json; charset=UTF-8', '340200000000', '{')).json['result']).toBe(
    '参数错误:body',
  )
  const other = await ask('application/json', '340200000000', '{"serviceCode":"3401000000000099902"}')
  expect(other.json['result']).toBe('参数错误:S-Area-Code')
  const unknown = await ask('application/json', '340200000000', '{"serviceCode":"3401000000000099916"}')
  expect(unknown.json['flag']).toBe('404')
})

test('refuses a detail of another city and of a cancelled matter', async () => {
  const ask = (serviceCode: string, areaCode: string) =>
    kit.json(`${ITEM}/item/queryItemDetail`, { serviceCode, areaCode })
  expect((await ask('3401000000000099902', '340200000000')).json['flag']).toBe('404')
  expect((await ask('3401000000000099916', '340100000000')).json['flag']).toBe('404')
  expect(dataOf(await ask('3418000000000099902', '341800000000'))['deptName']).toBe('宣城市公安局')
})
