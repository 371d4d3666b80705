/** The licences that the cities of the played Jiangsu hold, and their files (contract 4.g, section 8). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { openLooks } from './test-looks.ts'

type Here = Awaited<ReturnType<typeof openLooks>>
const query = (here: Here, czzt: string, czztdm: string, dwdm: string, more: object = {}) =>
  here.look('zzcx', {
    czzt,
    czztdm,
    czztdmlxdm: /^9/.test(czztdm) ? '001' : '111',
    ywh: 'JSSZ209901020004',
    dwdm,
    ...more,
  })
const CARD = '1.2.156.3005.2.11100000MB1TEXT935003.320500.FAKE000002.001.S'
const fetch = (here: Here, zzbs: string, more: object = {}) =>
  here.look('zzxxxz', { zzbs, dzzzsymd: '社会保障卡补领', ywh: 'JSSZ209901020004', dwdm: '320500', ...more })
const fileOf = async (here: Here, zzbs: string, dwdm: string): Promise<string> =>
  (await fetch(here, zzbs, { dwdm })).data.zzwj.replaceAll(/\s/g, '')
const verify = (here: Here, zzbs: string, zzwj: string, dwdm = '320500') =>
  here.look('zzwjyz', { zzbs, zzwj, dwdm })

const HELD = [
  ...vectors.testPersons.map((one) => [one.name, one.certnum, one.areacode, one.licences] as const),
  ...vectors.testLegalPersons.map((one) => [one.name, one.certnum, one.areacode, one.licences] as const),
  ['测试通', '310101199003070000', '320500', ['社会保障卡', '机动车驾驶证']] as const,
  ['测试乙', '320102190102020022', '320100', ['居民身份证']] as const,
  ['测试戊', '320505190507085052', '320500', ['居民身份证', '残疾人证']] as const,
  ['测试戊', '320505190408090059', '320500', ['居民身份证']] as const,
]

describe('licence-query', () => {
  test.each(HELD)('%s %s: %s holds %j, and no other city does', async (name, number, division, licences) => {
    const here = await openLooks()
    const { data } = await query(here, name, number, division)
    expect(data.map((one: { zzmc: string }) => one.zzmc)).toEqual(licences)
    for (const one of data) {
      expect(one).toMatchObject({ czzt: name, czztdm: number, dwdm: division })
      expect(one.zzbs).toMatch(
        new RegExp(`^1\\.2\\.156\\.3005\\.2\\.${one.zzlxdm}\\.${division}\\.FAKE\\d{6}\\.001\\.[0-9A-Z]$`),
      )
    }
    const other = division === '320700' ? '320800' : '320700'
    expect((await query(here, name, number, other)).head.message).toBe('未查询到')
  })
  test('lists of one are lists, absent kinds and empty ones are all kinds', async () => {
    const here = await openLooks()
    const of = async (more: object) =>
      (await query(here, '张测试', '320501190001010015', '320500', more)).data
    expect(await of({ zzlxdm: '' })).toHaveLength(4)
    expect(await of({})).toHaveLength(4)
    expect(await of({ zzlxdm: '11100000MB1TEXT935003' })).toMatchObject([{ zzbs: CARD }])
    expect(await of({ zzlxdm: '11100000MB1TEXT935006' })).toBeNull()
  })
  test('name, number and type must all match', async () => {
    const here = await openLooks()
    expect((await query(here, '李样例', '320501190001010015', '320500')).head.message).toBe('未查询到')
    expect((await query(here, '张测试', '320102190102030028', '320500')).head.message).toBe('未查询到')
    const passport = { czztdmlxdm: '414' }
    expect((await query(here, '张测试', '320501190001010015', '320500', passport)).head.message).toBe(
      '未查询到',
    )
  })
  test('expired and cancelled licences are listed, an endless one has no last day', async () => {
    const here = await openLooks()
    const rows = async (name: string, number: string, city: string) =>
      (await query(here, name, number, city)).data.map((one: Record<string, unknown>) => [
        one['zzmc'],
        String(one['zzzt']),
        one['zzyxqjzrq'] === null ? '长期' : Number(one['zzyxqjzrq']) < here.now() ? '过期' : '在期',
      ])
    expect(await rows('王示范', '320602190203040038', '320600')).toEqual([
      ['居民身份证', '1', '在期'],
      ['机动车驾驶证', '1', '过期'],
    ])
    expect(await rows('孙占位', '320402190506070065', '320400')).toEqual([
      ['居民身份证', '1', '在期'],
      ['残疾人证', '1', '在期'],
      ['不动产权证', '2', '长期'],
    ])
  })
  test('numbers come as numbers and as texts', async () => {
    const here = await openLooks()
    const kinds = new Set<string>()
    for (let n = 0; n < 10; n += 1)
      for (const one of (await query(here, '张测试', '320501190001010015', '320500')).data)
        kinds.add(`${typeof one.zzbfrq} ${typeof one.zzzt}`)
    expect(kinds.size).toBe(4)
  })
})

describe('licence-fetch', () => {
  test('gives a PDF, or an OFD of a firm, in either case and with line breaks now and then', async () => {
    const here = await openLooks()
    const [formats, breaks] = [new Set<string>(), new Set<boolean>()]
    for (let n = 0; n < 20; n += 1) {
      const { data } = await fetch(here, CARD)
      formats.add(data.wjgs)
      breaks.add(data.zzwj.includes('\r\n'))
      const text = Buffer.from(data.zzwj.replaceAll(/\s/g, ''), 'base64').toString('latin1')
      expect([text.slice(0, 5), text.includes(`(FAKE LICENCE ${CARD} TEST)`)]).toEqual(['%PDF-', true])
    }
    expect([formats, breaks]).toEqual([new Set(['pdf', 'PDF']), new Set([true, false])])
    const [licence] = (await query(here, '苏州测试科技有限公司', '91320500MA1TEXT06A', '320500')).data
    const { data } = await fetch(here, licence.zzbs)
    const bytes = Buffer.from(data.zzwj.replaceAll(/\s/g, ''), 'base64')
    expect([data.wjgs.toLowerCase(), bytes.toString('latin1', 0, 2)]).toEqual(['ofd', 'PK'])
    expect(bytes.toString('utf8')).toContain(`<ofd:Title>FAKE LICENCE ${licence.zzbs} TEST</ofd:Title>`)
  })
  test.each<[string, string, object, string]>([
    ['no purpose', CARD, { dzzzsymd: '' }, '1 参数错误:dzzzsymd'],
    ['a long purpose', CARD, { dzzzsymd: '长'.repeat(101) }, '1 参数错误:dzzzsymd'],
    ['a long identifier', 'x'.repeat(201), {}, '1 参数错误:zzbs'],
    ['no city of Jiangsu', CARD, { dwdm: '330100' }, '1 参数错误:dwdm'],
    ['another city', CARD, { dwdm: '320100' }, '4 未查询到'],
    ['an identifier of nothing', `${CARD}X`, {}, '4 未查询到'],
  ])('is refused for %s', async (_what, zzbs, more, expected) => {
    const { head } = await fetch(await openLooks(), zzbs, more)
    expect(`${head.status} ${head.message}`).toBe(expected)
  })
  test('needs not the case number of the question', async () => {
    expect((await fetch(await openLooks(), CARD, { ywh: 'other' })).head.message).toBe('成功')
  })
  test('a cancelled licence is refused, an expired one is given', async () => {
    const here = await openLooks()
    const cancelled = (await query(here, '孙占位', '320402190506070065', '320400')).data[2].zzbs
    const { head } = await fetch(here, cancelled, { dwdm: '320400' })
    expect(`${head.status} ${head.message}`).toBe('5 无权使用')
    const expired = (await query(here, '王示范', '320602190203040038', '320600')).data[1].zzbs
    expect((await fetch(here, expired, { dwdm: '320600' })).head.message).toBe('成功')
  })
})

describe('licence-verify', () => {
  test('tells the failures in the contract’s order, always with success in the head', async () => {
    const here = await openLooks()
    const told = async (zzbs: string, file: string, dwdm?: string) => {
      const { head, data } = await verify(here, zzbs, file, dwdm)
      expect([String(head.status), head.message]).toEqual(['0', '成功'])
      return `${data.yzjg} ${data.yzms}`
    }
    const file = await fileOf(here, CARD, '320500')
    expect(await told(CARD, file)).toBe('1 验证通过')
    expect(await told(`${CARD}X`, file)).toBe('0 证照不存在')
    expect(await told(CARD, file, '320100')).toBe('0 证照不存在')
    expect(await told(CARD, Buffer.from('%PDF-').toString('base64'))).toBe('0 文件与证照不一致')
    here.region.changeHolding?.(CARD, 'revoke')
    expect(await told(CARD, Buffer.from('%PDF-').toString('base64'))).toBe('0 文件与证照不一致')
    expect(await told(CARD, file)).toBe('0 证照已注销')
    here.region.changeHolding?.(CARD, 'expire')
    expect(await told(CARD, file)).toBe('0 证照已过期')
    here.region.changeHolding?.(CARD, 'restore')
    expect(await told(CARD, file)).toBe('1 验证通过')
  })
  test.each([
    ['no Base64', '@@'],
    ['line breaks', 'JVBE\r\nRi0='],
    ['no padding', 'JVBERi0'],
    ['the alphabet for URLs', '__8='],
  ])('a file with %s is malformed', async (_what, zzwj) => {
    const { head } = await verify(await openLooks(), CARD, zzwj)
    expect(`${head.status} ${head.message}`).toBe('1 参数错误:zzwj')
  })
  test('takes no case number', async () => {
    const here = await openLooks()
    expect(await here.head('zzwjyz', { zzbs: CARD, zzwj: 'JVBERi0=', dwdm: '320500', ywh: '1' })).toBe(
      '1 参数错误:ywh',
    )
  })
})
