import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/zj.json' with { type: 'json' }
import { closeAll, DATA, open, PREFIX, settled } from './test-application.ts'
import { AUDIT, asked, CARD, DIGEST, FETCH, JIA, QUERY, type Row, TYPE, VERIFY } from './test-licences.ts'

afterEach(closeAll)

/** Identifiers of the licences of a number. */
const idsOf = async (number: string) => {
  const { rowsOf } = await asked()
  const rows = await rowsOf(QUERY, { ...JIA, certificate_holder_code: number })
  return rows.map((row) => [row['certificate_type'], row['certificate_status'], row['certificate_source_id']])
}

describe('the recorded samples', () => {
  test.each([
    ['licence-query', QUERY],
    ['licence-fetch', FETCH],
    ['licence-verify', VERIFY],
  ])('%s is answered as recorded', async (op, id) => {
    const { ask } = await asked()
    const sample = vectors.samples.find((one) => one.op === op)
    const recorded: Readonly<Record<string, string>> = { ...sample?.request.query }
    const { appKey: _, requestTime: __, sign: ___, ...query } = recorded
    expect(sample?.request.path).toBe(`${PREFIX}5/gateway/${DATA}/${id}.htm`)
    const same = (value: unknown) =>
      JSON.parse(JSON.stringify(settled(value)).replaceAll('\\r\\n', '').replace('"pdf"', '"PDF"')) as unknown
    for (let round = 0; round < 8; round += 1) {
      expect(same(await ask(id, query))).toEqual(same(sample?.response.body))
    }
  })
})

test('rows, counts and files come in every form that the contract leaves free', async () => {
  const { ask } = await asked()
  const forms = new Set<string>()
  for (let round = 0; round < 16; round += 1) {
    const none = await ask(QUERY, { ...JIA, certificate_holder_code: 'nobody' })
    forms.add(`none ${none['datas'] === null ? 'null' : 'list'}`)
    const one = await ask(FETCH, { certificate_source_id: CARD, ...AUDIT })
    forms.add(`one ${Array.isArray(one['datas']) ? 'list' : 'object'}`)
    const [row] = [one['datas']].flat() as Row[]
    forms.add(row?.['file_type'] ?? '')
    forms.add(row?.['file_base64']?.includes('\r\n') ? 'lines' : 'one line')
    const verified = await ask(VERIFY, { certificate_source_id: CARD, file_digest: DIGEST })
    forms.add(typeof ([verified['datas']].flat() as Row[])[0]?.['verify_result'])
  }
  expect([...forms].sort()).toEqual([
    'PDF',
    'lines',
    'none list',
    'none null',
    'number',
    'one line',
    'one list',
    'one object',
    'pdf',
    'string',
  ])
})

test('a holder has exactly the licences of section 8, with their states', async () => {
  expect(await idsOf('330402190304053031')).toEqual([
    ['居民身份证', '01', expect.stringContaining('6001.330400.000000300.001.')],
    ['居民户口簿', '01', expect.stringContaining('6003.330400.000000301.001.')],
    ['残疾人证', '04', expect.stringContaining('6004.330400.000000302.001.')],
    ['不动产权证书', '01', expect.stringContaining('6005.330400.000000303.001.')],
  ])
  expect((await idsOf('320505190507085052')).map(([type]) => type)).toEqual([
    '居民身份证',
    '居民户口簿',
    '残疾人证',
  ])
  expect(await idsOf('91330400MA9TEXT270')).toEqual([
    ['营业执照', '01', expect.stringContaining('6002.330400.000000800.001.')],
  ])
})

test('a firm is told from a person, and its licence has its own number', async () => {
  const { rowsOf } = await asked()
  const [row] = await rowsOf(QUERY, { ...JIA, certificate_holder_code: '91330400MA9TEXT270' })
  expect(row).toMatchObject({
    certificate_holder: '长三角测试贸易(嘉兴)有限公司',
    certificate_holder_type: '2',
    certificate_number: '91330400MA9TEXT270',
    certificate_area_code: '330401',
  })
})

test('name and type narrow the rows; a name that does not fit leaves none', async () => {
  const { rowsOf } = await asked()
  const count = async (more: Record<string, string>) => (await rowsOf(QUERY, { ...JIA, ...more })).length
  expect(await count({})).toBe(2)
  expect(await count({ certificate_holder: '测试甲' })).toBe(2)
  expect(await count({ certificate_holder: '测试乙' })).toBe(0)
  expect(await count({ certificate_type_code: `${TYPE}6003` })).toBe(1)
  expect(await count({ certificate_type_code: `${TYPE}6002` })).toBe(0)
})

describe('the file', () => {
  const idOfRevoked = async () => (await idsOf('330402190304053031'))[2]?.[2] ?? ''

  test('is a PDF that says which licence it is', async () => {
    const { rowsOf } = await asked()
    const [row] = await rowsOf(FETCH, { certificate_source_id: CARD, ...AUDIT })
    const bytes = Buffer.from((row?.['file_base64'] ?? '').replace(/\s/g, ''), 'base64')
    expect(bytes.toString('latin1')).toMatch(/^%PDF-1\.4/)
    expect(bytes.toString('latin1')).toContain(`(TEST LICENCE ${CARD})`)
    expect(row?.['file_digest']).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(row?.['file_digest']).toBe(DIGEST)
  })

  test.each(['nothing', `${CARD}X`, '__proto__'])('of %s is not there', async (id) => {
    const { ask } = await asked()
    expect(await ask(FETCH, { certificate_source_id: id, ...AUDIT })).toEqual({
      code: '06',
      msg: '数据不存在',
      datas: null,
    })
  })

  test('of a licence that is not valid is not there', async () => {
    const { ask } = await asked()
    const certificate_source_id = await idOfRevoked()
    expect(await ask(FETCH, { certificate_source_id, ...AUDIT })).toMatchObject({ code: '06' })
  })

  test('is genuine with its own digest and a valid licence alone', async () => {
    const { rowsOf } = await asked()
    const verify = async (certificate_source_id: string, file_digest: string) => {
      const [row] = await rowsOf(VERIFY, { certificate_source_id, file_digest })
      expect(row?.['certificate_source_id']).toBe(certificate_source_id)
      return [String(row?.['verify_result']), row?.['certificate_status'] || undefined]
    }
    expect(await verify(CARD, DIGEST)).toEqual(['1', '01'])
    expect(await verify(CARD, DIGEST.replace('4', '5'))).toEqual(['0', '01'])
    expect(await verify(await idOfRevoked(), DIGEST)).toEqual(['0', '04'])
    expect(await verify('nothing', DIGEST)).toEqual(['0', undefined])
  })
})

test('a clerk revokes a licence, lets it end and puts it back', async () => {
  const { gateway, ask, rowsOf } = await asked()
  const act = (what: 'revoke' | 'expire' | 'restore' | 'renew') => gateway.region.changeHolding?.(CARD, what)
  const stateNow = async () => (await rowsOf(QUERY, JIA))[0]?.['certificate_status']
  expect(act('revoke')).toMatchObject({ state: '03 撤销', acts: ['expire', 'restore'] })
  expect(await stateNow()).toBe('03')
  expect(await ask(FETCH, { certificate_source_id: CARD, ...AUDIT })).toMatchObject({ code: '06' })
  const [row] = await rowsOf(VERIFY, { certificate_source_id: CARD, file_digest: DIGEST })
  expect([String(row?.['verify_result']), row?.['certificate_status']]).toEqual(['0', '03'])
  expect(act('expire')).toMatchObject({ state: '05 失效' })
  expect(await stateNow()).toBe('05')
  expect(() => act('renew')).toThrow('What can be done to it now: revoke, restore.')
  expect(act('restore')).toMatchObject({ state: '01 有效', acts: ['revoke', 'expire'] })
  expect(await stateNow()).toBe('01')
  expect(() => gateway.region.changeHolding?.('nothing', 'revoke')).toThrow('There is no such')
})

test('clerks see every licence and every photo, and which person has none', () => {
  const held = open().region.holdings?.() ?? []
  expect(held.filter(({ kind }) => kind === 'licence')).toHaveLength(21 + 2 * 11)
  expect(held.filter(({ kind }) => kind === 'photo')).toHaveLength(9 + 11)
  expect(held.filter(({ state }) => state === '无照片').map(({ holder }) => holder)).toEqual(['测试通'])
  expect(held.find(({ id }) => id === CARD)).toMatchObject({
    holder: '测试甲',
    division: '330100',
    name: '居民身份证',
  })
})

test('the operations have their ids', () => {
  const { operationOf } = open().region
  const path = (id: string) => `${PREFIX}5/gateway/${DATA}/${id}.htm`
  expect([QUERY, FETCH, VERIFY].map((id) => operationOf('GET', path(id)))).toEqual([
    'licence-query',
    'licence-fetch',
    'licence-verify',
  ])
  expect(operationOf('GET', path(QUERY).replace('5/g', '1/g'))).toBeUndefined()
})
