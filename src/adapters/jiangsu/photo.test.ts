/** Photos of Jiangsu's cities: what is asked, what is read, and that a photo is fetched under the number of its own query (4.f). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { photoPurpose, photoSource } from './holding-codes.ts'
import { sm3 } from './sign.ts'
import {
  askingPhoto,
  bad,
  dataOf,
  foundPhoto,
  good,
  heldBy,
  holder,
  holding,
  look,
  ofCase,
  problemOf,
  recorded,
} from './test-holdings.ts'
import { jsonOf, sample } from './test-samples.ts'

const photo = (changes: object = {}) => good({ ...dataOf('photo-query'), ...changes })
const file = (changes: object = {}) => good({ ...dataOf('photo-fetch'), ...changes })
const find = async (told: object, ask: object = {}) => {
  const region = holding({ zpcx: [good(told)] })
  return { found: await region.photos.find({ ...askingPhoto, ...ask }), ...region }
}
const fetching = { ...askingPhoto, photo: foundPhoto }

describe('the recorded samples', () => {
  test('are asked to the letter, and read', async () => {
    const region = holding({ zpcx: [recorded('photo-query')], zpxz: [recorded('photo-fetch')] })
    expect(region.photos.reach).toBe('city')
    expect(await region.photos.find(askingPhoto)).toEqual([foundPhoto])
    const { bytes, ...rest } = await region.photos.fetch(fetching)
    expect(rest).toEqual({ name: 'photo.jpg', contentType: 'image/jpeg' })
    expect(sm3(bytes)).toBe(dataOf('photo-fetch')['zpzy'])
    const wanted = ['photo-query', 'photo-query', 'photo-fetch'].map(
      (op) => jsonOf(sample(op).request.body).data,
    )
    expect(region.asked().map(({ data }) => data)).toEqual(wanted)
    expect(region.alarms).toEqual([])
  })
  test('nobody of that name is no photo', async () => {
    const { photos, asked } = holding({ zpcx: [recorded('photo-query-not-found')] })
    expect(await photos.find({ ...askingPhoto, holder: { ...holder, name: '无此人' } })).toEqual([])
    expect(asked()[0]?.data).toEqual(jsonOf(sample('photo-query-not-found').request.body).data)
  })
})

describe('a question', () => {
  test.each([
    ['a passport', heldBy('414', 'E12345678')],
    ['a credit code', heldBy('001', '91320500MA1TEXT06A')],
    ['a permit', heldBy('516', 'H12345678')],
    ['a number of fifteen digits', heldBy('111', '320501900101001')],
    ['a wrong check character', heldBy('111', '320501190001010016')],
    ['no date of birth', heldBy('111', '320501190013010012')],
    ['a small x', heldBy('111', '32050119000101007x')],
    ['a name of 51 characters', { ...holder, name: '𠮷'.repeat(51) }],
  ])('about %s is not sent', async (_what, other) => {
    const region = holding()
    expect(await region.photos.find({ ...askingPhoto, holder: other })).toEqual([])
    expect(region.sent).toEqual([])
  })
  test('about a name of 50 characters is sent', async () => {
    const { asked } = await find(dataOf('photo-query'), { holder: { ...holder, name: '𠮷'.repeat(50) } })
    expect(asked()).toHaveLength(1)
  })

  test.each([
    ['identityCheck', '1'],
    ['documentMaking', '2'],
    ['crossProvince', '3'],
  ] as const)('for %s says yt %s', async (purpose, yt) => {
    const { asked } = await find(dataOf('photo-query'), { purpose })
    expect(asked()[0]?.data['yt']).toBe(yt)
    expect(vectors.codes.photopurpose.map(({ raw }) => raw)).toContain(yt)
  })

  test.each([
    ['the case, of Jiangsu', ofCase('JSSZ209901020004'), 'JSSZ209901020004'],
    ['the case, of another region', ofCase('AH-1', 'anhui'), 'AH-1'],
    ['a case of fifty characters', ofCase('𠮷'.repeat(50)), '𠮷'.repeat(50)],
    ['the look, where the case has too many', ofCase('9'.repeat(51)), look.number],
    ['the look, where the case has none yet', ofCase(''), look.number],
    ['the look, where there is no case', look, look.number],
  ])('names the number of %s', async (_what, audit, ywh) => {
    const { asked } = await find(dataOf('photo-query'), { audit })
    expect(asked()[0]?.data['ywh']).toBe(ywh)
  })

  test('tells the audit nothing of who looks', async () => {
    const { asked } = await find(dataOf('photo-query'), { audit: { ...look, actor: 'FAKE窗口' } })
    expect(asked()[0]?.body).not.toContain('FAKE窗口')
  })
})

describe('a photo', () => {
  test.each([
    ['numbers as text', { zply: 1, pzrq: '4045079080000', yxqz: '4139687080000', zpkd: '358', zpgd: '441' }],
    ['members that nobody knows, and capitals', { zpgs: 'JPG', more: { a: [1] } }],
  ])('is the same with %s', async (_what, changes) => {
    const { found } = await find({ ...dataOf('photo-query'), ...changes })
    expect(found).toEqual([foundPhoto])
  })

  test.each([[undefined], [null], ['']])('has less where members are %j', async (none) => {
    const { found, alarms } = await find({
      ...{ zpbs: 'ZP1', zply: none, pzrq: none, yxqz: none, zpgs: none, zpkd: none, zpgd: none },
    })
    expect(found).toEqual([{ id: 'ZP1', takenFor: 'unknown', rawSource: { code: '', label: '' } }])
    expect(alarms).toEqual([])
  })

  test.each([
    ['1', 'idCard'],
    ['2', 'socialSecurityCard'],
    ['3', 'drivingLicence'],
  ] as const)('of source %s is %s', async (zply, takenFor) => {
    const label = vectors.codes.photosource.find(({ raw }) => raw === zply)?.label
    const { found } = await find({ ...dataOf('photo-query'), zply })
    expect(found[0]).toMatchObject({ takenFor, rawSource: { code: zply, label } })
  })
  test('of a source that no table knows is unknown, kept as it came, and alarmed', async () => {
    const { found, alarms } = await find({ ...dataOf('photo-query'), zply: '9' })
    expect(found[0]).toMatchObject({ takenFor: 'unknown', rawSource: { code: '9', label: '' } })
    expect(alarms).toEqual([{ table: 'jiangsu/zply', code: '9' }])
  })

  test.each([
    [4070966400000, '2099-01-02'],
    [4070966399999, '2099-01-01'],
    ['999999999999', '2001-09-09'],
    ['0999999999999', '2001-09-09'],
  ])('taken at %j was taken on %s in Shanghai', async (pzrq, takenOn) => {
    expect((await find({ ...dataOf('photo-query'), pzrq })).found[0]).toMatchObject({ takenOn })
  })

  test('past its end is delivered', async () => {
    const { found } = await find({ ...dataOf('photo-query'), yxqz: 1700000000000 })
    expect(found[0]?.validUntil).toBe('2023-11-15T06:13:20+08:00')
  })

  test.each([
    ['/zpbs', { zpbs: undefined }],
    ['/zpbs', { zpbs: 'x'.repeat(65) }],
    ['/pzrq', { pzrq: 4045079080 }],
    ['/pzrq', { pzrq: '2098-03-08' }],
    ['/yxqz', { yxqz: 4139687080000.5 }],
    ['/zpkd', { zpkd: '358px' }],
    ['/zpgd', { zpgd: 1.5 }],
    ['/zply', { zply: ['1'] }],
  ])('that breaks the contract in %s names it, and nothing that stood there', async (member, changes) => {
    const problem = await problemOf(find({ ...dataOf('photo-query'), ...changes }))
    expect(problem).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'jiangsu', operation: 'photo-query', member },
    })
    for (const value of Object.values(changes)) expect(problem.message).not.toContain(String(value))
  })
  test.each([null, [], 'ZP1'])('that is no object but %j is none', async (data) => {
    const region = holding({ zpcx: [good(data)] })
    expect(await problemOf(region.photos.find(askingPhoto))).toMatchObject({ code: 'REGION_ANSWER_INVALID' })
  })
})

describe('a file', () => {
  const whole = String(dataOf('photo-fetch')['zpnr'])
  const fetched = (changes: object) =>
    holding({ zpcx: [photo()], zpxz: [file(changes)] }).photos.fetch(fetching)

  test.each([
    ['lines of Base64', { zpnr: whole.replaceAll(/.{76}/g, '$&\r\n') }],
    ['a digest in capitals', { zpzy: String(dataOf('photo-fetch')['zpzy']).toUpperCase() }],
  ])('with %s is the same bytes', async (_what, changes) => {
    expect((await fetched(changes)).bytes).toEqual(Buffer.from(whole, 'base64'))
  })
  test.each([
    ['jpg', 'image/jpeg'],
    ['JPG', 'image/jpeg'],
    ['Jpeg', 'image/jpeg'],
    ['PNG', 'image/png'],
  ])('of format %s is %s', async (zpgs, contentType) => {
    expect(await fetched({ zpgs })).toMatchObject({ name: `photo.${zpgs.toLowerCase()}`, contentType })
  })
  test.each([
    ['another digest', { zpzy: '0'.repeat(64) }, { reason: 'digest', member: '/zpzy' }],
    ['bytes cut off', { zpnr: whole.slice(0, -4) }, { reason: 'digest', member: '/zpzy' }],
    ['no digest', { zpzy: undefined }, { reason: 'schema', member: '/zpzy' }],
    ['a digest of 63 characters', { zpzy: '0'.repeat(63) }, { reason: 'schema', member: '/zpzy' }],
    ['what is no Base64', { zpnr: '照片照片' }, { reason: 'no Base64', member: '/zpnr' }],
    ['Base64 for addresses', { zpnr: '_-9_' }, { reason: 'no Base64', member: '/zpnr' }],
    ['nothing', { zpnr: '' }, { reason: 'schema', member: '/zpnr' }],
    ['blanks', { zpnr: ' \r\n' }, { reason: 'no Base64', member: '/zpnr' }],
    ['no picture', { zpgs: 'svg' }, { reason: 'format', member: '/zpgs' }],
    ['a format that every object has', { zpgs: 'constructor' }, { reason: 'schema', member: '/zpgs' }],
    ['another photo', { zpbs: 'ZP2' }, { reason: 'another photo' }],
  ])('with %s is none', async (_what, changes, facts) => {
    expect(await problemOf(fetched(changes))).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'jiangsu', operation: 'photo-fetch', ...facts },
    })
  })
})

describe('an identifier serves under the number of its query alone', () => {
  const again = { zpbs: 'ZP2' }
  test('so that one is asked for at each look, and the listed one is not tried', async () => {
    const region = holding({ zpcx: [photo(again)], zpxz: [file(again)] })
    const { bytes } = await region.photos.fetch(fetching)
    expect(sm3(bytes)).toBe(dataOf('photo-fetch')['zpzy'])
    const [query, fetched] = region.asked().map(({ op, data }): Record<string, string> => ({ op, ...data }))
    expect(query).toMatchObject({ op: 'zpcx', dwdm: '320500' })
    const { yt, ywh, dwdm } = query ?? {}
    expect(fetched).toEqual({ op: 'zpxz', zpbs: 'ZP2', yt, ywh, dwdm })
    expect(region.asked()).toHaveLength(2)
  })

  test.each([
    ['another day', { pzrq: 4045079080000 + 86_400_000 }],
    ['another source', { zply: '2' }],
    ['another width', { zpkd: 359 }],
    ['another height', { zpgd: 442 }],
  ])('and a photo of %s is not the one that was chosen', async (_what, changes) => {
    const region = holding({ zpcx: [photo({ ...again, ...changes })], zpxz: [file(again)] })
    expect(await problemOf(region.photos.fetch(fetching))).toMatchObject({ code: 'PHOTO_NOT_FOUND' })
    expect(region.asked().map(({ op }) => op)).toEqual(['zpcx'])
  })

  test.each([
    ['the photo is gone', [file(again)], [bad('4')], 'PHOTO_NOT_FOUND', 1],
    ['consent is not on record', [file(again)], [bad('5', '无权使用')], 'REGION_REJECTED', 1],
    ['it ends at once', [bad('4')], [photo(again)], 'PHOTO_NOT_FOUND', 2],
    ['it is refused', [bad('5')], [photo(again)], 'REGION_REJECTED', 2],
    ['the region fails', [bad('9')], [photo(again)], 'REGION_UNAVAILABLE', 2],
    ['a member is wrong', [bad('1', '参数错误:zpbs')], [photo(again)], 'REGION_REJECTED', 2],
  ])('%s', async (_what, zpxz, zpcx, code, calls) => {
    const region = holding({ zpxz, zpcx })
    expect(await problemOf(region.photos.fetch(fetching))).toMatchObject({ code })
    expect(region.asked()).toHaveLength(calls)
  })
})

test('the tables are the contract’s', () => {
  expect(Object.values(photoSource.table).flat()).toEqual(vectors.codes.photosource.map(({ raw }) => raw))
  expect(Object.values(photoPurpose.table).flat()).toEqual(vectors.codes.photopurpose.map(({ raw }) => raw))
})
