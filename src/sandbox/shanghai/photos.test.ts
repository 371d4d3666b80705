/** The photo library of the played Shanghai (contract 4.7), and the clerk who changes what is held. */
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/sh.json' with { type: 'json' }
import { openLooks } from './test-looks.ts'

const JIA = { holderType: '居民身份证', holderCode: '310101190001010011', holderName: '测试甲', purpose: '3' }
const UNKNOWN = '0'.repeat(32)
const QUERY = 'queryHolderPhoto.do'
const FETCH = 'getHolderPhoto.do'

describe('photo-query', () => {
  test('answers the sample with all its members', async () => {
    const { look } = await openLooks()
    const { body } = await look(QUERY, JIA)
    const sample = vectors.samples.find(({ op }) => op === 'photo-query')?.response.body as unknown as {
      data: Record<string, unknown>
    }
    expect(body).toMatchObject({ isSuccess: true, msg: '' })
    for (const [name, value] of Object.entries(sample.data)) {
      // Files and identifiers are each platform's own.
      if (name === 'photoUuid') expect(body.data[name]).toMatch(/^[0-9a-f]{32}$/)
      else if (name === 'sm3') expect(body.data[name]).toMatch(/^[0-9a-f]{64}$/)
      else if (name === 'fileSize') expect(Number(body.data[name])).toBeGreaterThan(0)
      else expect([name, String(body.data[name])]).toEqual([name, String(value)])
    }
  })
  test.each([
    ['测试甲', '310101190001010011', '居民身份证', '2025-08-14'],
    ['测试乙', '320102190102020022', '社保卡', '2026-01-16'],
    ['测试丙', '330106190203030032', '居民身份证', '2018-03-24'],
    ['测试丁', '340103190304040048', '护照', '2024-04-01'],
    ['测试戊', '310115190405050050', '居民身份证', '2025-10-03'],
    ['测试己', '310101190506060065', '居民身份证', '2022-01-22'],
    ['测试通', '310101199003070000', '居民身份证', '2026-02-27'],
    ['测试丁', '310101190006074049', '居民身份证', '2025-01-26'],
    ['测试丁', '31010119030607004X', '社保卡', '2025-12-02'],
  ])('%s %s has a photo of %s, taken %s: a JPEG as it was told', async (name, code, source, takenDate) => {
    const { look } = await openLooks()
    const { data } = (await look(QUERY, { ...JIA, holderCode: code, holderName: name })).body
    expect(data).toMatchObject({ source, takenDate, format: 'jpg', expireTime: '2026-03-02 09:05:00' })
    const { type, disposition, bytes } = await look(FETCH, { photoUuid: data.photoUuid })
    expect([type, disposition, bytes.length]).toEqual(['image/jpeg', null, Number(data.fileSize)])
    expect(bytes.length).toBeLessThan(30_000)
    expect(createHash('sm3').update(bytes).digest('hex')).toBe(data.sm3)
    const { format, width, height } = await sharp(bytes).metadata()
    expect([format, width, height]).toEqual(['jpeg', Number(data.width), Number(data.height)])
  })
  test('numbers come as numbers and as texts', async () => {
    const { look } = await openLooks()
    const kinds = new Set<string>()
    for (let n = 0; n < 20; n += 1) kinds.add(typeof (await look(QUERY, JIA)).body.data.width)
    expect(kinds).toEqual(new Set(['number', 'string']))
  })
  test.each<[string, object, string]>([
    ['another type', { holderType: '护照' }, 'PARAM_ERROR 参数错误:holderType'],
    ['a wrong number', { holderCode: '310101190001010012' }, 'PARAM_ERROR 参数错误:holderCode'],
    ['a number with a small x', { holderCode: '31010119030607004x' }, 'PARAM_ERROR 参数错误:holderCode'],
    ['no name', { holderName: '' }, 'PARAM_ERROR 参数错误:holderName'],
    ['a long name', { holderName: '长'.repeat(51) }, 'PARAM_ERROR 参数错误:holderName'],
    ['another purpose', { purpose: '4' }, 'PARAM_ERROR 参数错误:purpose'],
    ['a purpose that is a number', { purpose: 3 }, 'PARAM_ERROR 参数错误:purpose'],
    ['an unknown member', { certuuid: UNKNOWN }, 'PARAM_ERROR 参数错误:certuuid'],
    [
      'the audit rule, before what there is',
      { itemCode: '312000000000', holderName: '另一人' },
      'NO_PERMISSION 无权访问',
    ],
    [
      'a person that nobody knows',
      { holderCode: '110101199003070011', holderName: '无此人' },
      'PHOTO_NOT_FOUND 无可用照片',
    ],
    [
      'a person without a photo',
      { holderCode: '310101190708080072', holderName: '测试辛' },
      'PHOTO_NOT_FOUND 无可用照片',
    ],
    ['a person without a photo by another name', { holderCode: '310101190708080072' }, 'PHOTO_NOT_FOUND'],
    ['another name', { holderName: '测试乙' }, 'HOLDER_MISMATCH 持有人信息不一致'],
  ])('is refused for %s', async (_what, members, expected) => {
    const here = await openLooks()
    expect(await here.refusal(QUERY, { ...JIA, ...members })).toMatch(new RegExp(`^${expected}`))
    expect(here.region.refusals().at(-1)).toMatchObject({ operation: 'photo-query', status: 200 })
  })
})

describe('photo-fetch', () => {
  const FOREIGN = { businessCode: '900000000000001', itemCode: '312000000000' }
  test('is refused in the contract’s order', async () => {
    const here = await openLooks()
    const { photoUuid } = (await here.look(QUERY, JIA)).body.data
    const fetch = (more: object) => here.refusal(FETCH, { photoUuid, ...more })
    expect(await fetch({ photoUuid: 'x' })).toBe('PARAM_ERROR 参数错误:photoUuid')
    expect(await fetch({ photoUuid: UNKNOWN, itemCode: '312099001000' })).toBe('NO_PERMISSION 无权访问')
    expect(await fetch({ photoUuid: UNKNOWN, ...FOREIGN })).toBe('PHOTO_NOT_FOUND 无可用照片')
    expect(await fetch(FOREIGN)).toBe('NO_PERMISSION 无权访问')
    here.pass(300)
    expect([await fetch({}), await fetch({})]).toEqual(['ok', 'ok'])
    here.pass(1)
    expect(await fetch({})).toBe('PHOTO_EXPIRED 照片凭证已失效')
    expect(await fetch(FOREIGN)).toBe('NO_PERMISSION 无权访问')
  })
  test('needs the number of the question alone, not its other audit members', async () => {
    const here = await openLooks()
    const { photoUuid } = (await here.look(QUERY, JIA)).body.data
    expect(await here.refusal(FETCH, { photoUuid, username: '另一位', itemName: '另一事项' })).toBe('ok')
  })
})

describe('the clerk', () => {
  test('cancels a licence, and puts it back', async () => {
    const here = await openLooks()
    const id = '85ff54b4a84c46452b9531daa0724858'
    const period = { cause: '材料', startDay: '2026-03-02', endDay: '2026-03-02' }
    const derive = () => here.refusal('deriveCert.do', { certUuid: id, ...period })
    expect(here.region.changeHolding?.(id, 'revoke')).toMatchObject({
      state: '注销',
      acts: ['expire', 'restore'],
    })
    expect(await derive()).toMatch(/^STATUS_CONFLICT .*:注销$/)
    expect(() => here.region.changeHolding?.(id, 'revoke')).toThrow('expire, restore')
    expect(here.region.changeHolding?.(id, 'restore')).toMatchObject({
      state: '有效',
      acts: ['revoke', 'expire'],
    })
    expect(await derive()).toBe('ok')
  })
  test('takes a photo away, takes a new one, and puts the old one back', async () => {
    const here = await openLooks()
    const id = `photo-${JIA.holderCode}`
    const first = (await here.look(QUERY, JIA)).body.data
    here.region.changeHolding?.(id, 'remove')
    expect(await here.refusal(QUERY, JIA)).toMatch(/^PHOTO_NOT_FOUND/)
    here.region.changeHolding?.(id, 'renew')
    const second = (await here.look(QUERY, JIA)).body.data
    expect([second.takenDate, second.sm3 === first.sm3]).toEqual(['2026-03-02', false])
    // What was found before stays what it was.
    const { bytes } = await here.look(FETCH, { photoUuid: first.photoUuid })
    expect(createHash('sm3').update(bytes).digest('hex')).toBe(first.sm3)
    here.region.changeHolding?.(id, 'restore')
    expect((await here.look(QUERY, JIA)).body.data.sm3).toBe(first.sm3)
    expect(() => here.region.changeHolding?.('photo-1', 'renew')).toThrow('no such')
  })
  test('keeps what was changed, and every session, over a restart', async () => {
    const here = await openLooks()
    here.region.changeHolding?.(`photo-${JIA.holderCode}`, 'remove')
    const saved = JSON.parse(JSON.stringify(here.region.save()))
    here.region.changeHolding?.(`photo-${JIA.holderCode}`, 'restore')
    here.region.load(saved)
    expect(await here.refusal(QUERY, JIA)).toMatch(/^PHOTO_NOT_FOUND/)
  })
  test('a state of an older sandbox has sessions and photos too', async () => {
    const here = await openLooks()
    const {
      openedAt: _o,
      sessions: _s,
      derived: _d,
      foundPhotos: _f,
      photos: _p,
      ...old
    } = here.region.save() as Record<string, unknown>
    here.region.load(old)
    here.session.id = await here.logIn()
    expect((await here.look(QUERY, JIA)).body.data.takenDate).toBe('2025-08-14')
  })
})
