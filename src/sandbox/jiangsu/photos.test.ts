/** The photo libraries of the played cities of Jiangsu (contract 4.f), and the clerk who changes what they hold. */
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openLooks } from './test-looks.ts'

type Here = Awaited<ReturnType<typeof openLooks>>
const ZHANG = {
  xm: '张测试',
  sfzh: '320501190001010015',
  yt: '3',
  ywh: 'JSSZ209901020004',
  sqbz: '1',
  dwdm: '320500',
}
const find = async (here: Here, more: object = {}) => (await here.look('zpcx', { ...ZHANG, ...more })).data
const fetch = (here: Here, zpbs: string, more: object = {}) =>
  here.look('zpxz', { zpbs, yt: ZHANG.yt, ywh: ZHANG.ywh, dwdm: ZHANG.dwdm, ...more })
const dayOf = (ms: unknown) => new Date(Number(ms) + 8 * 3_600_000).toISOString().slice(0, 10)

describe('photo-query', () => {
  test.each([
    ['张测试', '320501190001010015', '320500', '1', '2098-03-08', [358, 441]],
    ['李样例', '320102190102030028', '320100', '2', '2098-12-30', [358, 441]],
    ['王示范', '320602190203040038', '320600', '1', '2091-01-24', [358, 441]],
    ['赵虚构', '320203190304050045', '320200', '1', '2098-11-23', [358, 441]],
    ['钱演示', '320302190405060057', '320300', '1', '2097-08-20', [358, 441]],
    ['孙占位', '320402190506070065', '320400', '2', '2096-10-24', [358, 441]],
    ['测试通', '310101199003070000', '320500', '3', '2098-10-04', [260, 378]],
    ['测试乙', '320102190102020022', '320100', '1', '2098-09-04', [358, 441]],
    ['测试戊', '320505190507085052', '320500', '1', '2097-05-12', [358, 441]],
  ])('%s %s: %s holds a photo of source %s, taken %s', async (xm, sfzh, dwdm, zply, day, size) => {
    const here = await openLooks()
    const found = await find(here, { xm, sfzh, dwdm })
    expect([found.zply, dayOf(found.pzrq), Number(found.yxqz) - Number(found.pzrq)]).toEqual([
      zply,
      day,
      1_095 * 86_400_000,
    ])
    const { data } = await fetch(here, found.zpbs, { dwdm })
    const bytes = Buffer.from(data.zpnr.replaceAll(/\s/g, ''), 'base64')
    expect([data.zpbs, data.zpgs.toLowerCase()]).toEqual([found.zpbs, 'jpg'])
    expect(createHash('sm3').update(bytes).digest('hex')).toBe(data.zpzy)
    expect(bytes.length).toBeLessThan(30_000)
    const { format, width, height } = await sharp(bytes).metadata()
    expect([format, width, height]).toEqual(['jpeg', ...size])
    expect([Number(found.zpkd), Number(found.zpgd)]).toEqual(size)
    // No other city has it.
    expect(await find(here, { xm, sfzh, dwdm: '320700' })).toBeNull()
  })
  test('one photo is past its end of use, and is found and delivered all the same', async () => {
    const here = await openLooks()
    const person = { xm: '王示范', sfzh: '320602190203040038', dwdm: '320600' }
    const found = await find(here, person)
    expect(Number(found.yxqz)).toBeLessThan(here.now())
    expect((await fetch(here, found.zpbs, { dwdm: '320600' })).head.message).toBe('成功')
  })
  test('takes its freedoms: numbers or texts, either case, line breaks', async () => {
    const here = await openLooks()
    const [numbers, formats, breaks] = [new Set<string>(), new Set<string>(), new Set<boolean>()]
    for (let n = 0; n < 20; n += 1) {
      const found = await find(here)
      numbers.add(typeof found.zpkd)
      formats.add(found.zpgs)
      breaks.add((await fetch(here, found.zpbs)).data.zpnr.includes('\r\n'))
    }
    expect([numbers, formats, breaks]).toEqual([
      new Set(['number', 'string']),
      new Set(['jpg', 'JPG']),
      new Set([true, false]),
    ])
  })
  test.each<[string, object, string]>([
    ['no name', { xm: '' }, '1 参数错误:xm'],
    ['a long name', { xm: '长'.repeat(51) }, '1 参数错误:xm'],
    ['a wrong check digit', { sfzh: '320501190001010016' }, '1 参数错误:sfzh'],
    ['a day that is none', { sfzh: '320501190002300017' }, '1 参数错误:sfzh'],
    ['another purpose', { yt: '4' }, '1 参数错误:yt'],
    ['a long case number', { ywh: '1'.repeat(51) }, '1 参数错误:ywh'],
    ['no mark of consent', { sqbz: undefined }, '1 参数错误:sqbz'],
    ['another mark of consent', { sqbz: '2' }, '1 参数错误:sqbz'],
    ['no city of Jiangsu, before the consent', { dwdm: '310000', sqbz: '0' }, '1 参数错误:dwdm'],
    ['another name', { xm: '无此人' }, '4 未查询到'],
    ['another name, before the consent', { xm: '无此人', sqbz: '0' }, '4 未查询到'],
    ['a person without a photo', { xm: '测试戊', sfzh: '320505190408090059' }, '4 未查询到'],
    ['no consent', { sqbz: '0' }, '5 无权使用'],
  ])('is refused for %s', async (_what, more, expected) => {
    const here = await openLooks()
    expect(await here.head('zpcx', { ...ZHANG, ...more })).toBe(expected)
    expect(here.region.refusals()).toMatchObject([{ operation: 'photo-query', status: 200 }])
  })
})

describe('photo-fetch', () => {
  test('works several times, for ten minutes, with purpose, case number and city of the question', async () => {
    const here = await openLooks()
    const { zpbs } = await find(here)
    const head = async (more: object = {}, id = zpbs) => {
      const told = (await fetch(here, id, more)).head
      return `${told.status} ${told.message}`
    }
    expect(await head({ yt: '1' })).toBe('5 无权使用')
    expect(await head({ ywh: 'other' })).toBe('5 无权使用')
    expect(await head({ dwdm: '320100', yt: '1' })).toBe('4 未查询到')
    expect(await head({ dwdm: '310000' })).toBe('1 参数错误:dwdm')
    expect(await head({ yt: '' })).toBe('1 参数错误:yt')
    expect(await head({}, 'x'.repeat(65))).toBe('1 参数错误:zpbs')
    expect(await head({}, 'constructor')).toBe('4 未查询到')
    here.pass(600)
    expect([await head(), await head()]).toEqual(['0 成功', '0 成功'])
    here.pass(1)
    expect(await head()).toBe('4 未查询到')
  })
})

describe('the clerk', () => {
  test('takes a photo away, takes a new one, lets it grow old, and puts the first one back', async () => {
    const here = await openLooks()
    const id = `photo-${ZHANG.sfzh}`
    const digest = async () => (await fetch(here, (await find(here)).zpbs)).data.zpzy
    const first = await digest()
    expect(here.region.changeHolding?.(id, 'remove')).toMatchObject({
      state: '无照片',
      acts: ['renew', 'restore'],
    })
    expect(await find(here)).toBeNull()
    here.region.changeHolding?.(id, 'renew')
    expect([dayOf((await find(here)).pzrq), (await digest()) === first]).toEqual(['2099-01-02', false])
    here.region.changeHolding?.(id, 'expire')
    expect(Number((await find(here)).yxqz)).toBeLessThan(here.now())
    here.region.changeHolding?.(id, 'restore')
    expect(await digest()).toBe(first)
    expect(() => here.region.changeHolding?.(id, 'restore')).toThrow('remove, expire, renew')
    expect(() => here.region.changeHolding?.('photo-1', 'renew')).toThrow('no such')
  })
  test('what was changed and found stays over a restart, and an older state opens now', async () => {
    const here = await openLooks()
    const { zpbs } = await find(here)
    here.region.changeHolding?.(`photo-${ZHANG.sfzh}`, 'remove')
    const saved = JSON.parse(JSON.stringify(here.region.save()))
    here.region.load(saved)
    expect([await find(here), (await fetch(here, zpbs)).head.message]).toEqual([null, '成功'])
    const { openedAt: _o, licenceTokens: _t, foundPhotos: _f, photos: _p, licenceStates: _s, ...old } = saved
    here.region.load(old)
    await here.logIn()
    expect(dayOf((await find(here)).pzrq)).toBe('2098-03-08')
  })
  test('sees every licence and every photo, each in its city', async () => {
    const { region } = await openLooks()
    const held = region.holdings?.() ?? []
    expect(held.filter(({ kind }) => kind === 'licence')).toHaveLength(13 + 3 + 2 + 4 + 2 * 13)
    expect(held.filter(({ kind }) => kind === 'photo')).toHaveLength(10 + 13)
    for (const { division, acts } of held) {
      expect(division).toMatch(/^32\d{2}00$/)
      expect(acts.length).toBeGreaterThan(0)
    }
  })
})
