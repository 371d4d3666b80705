/** Photos: one ticket for each question, and the same photo behind every ticket (contract 4.7). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PHOTO_PURPOSES } from '../../schemas/photo.ts'
import type { FoundPhoto } from '../kit/contract.ts'
import { sm3 } from './sign.ts'
import {
  bodyIn,
  fileWith,
  firm,
  library,
  look,
  type Plain,
  person,
  photoWith,
  recorded,
  STRANGERS,
} from './test-holdings.ts'
import { json, refused } from './test-region.ts'
import { vectors } from './test-vectors.ts'

const QUERY = 'queryHolderPhoto.do'
const FETCH = 'getHolderPhoto.do'
const asking = { division: '310000', holder: person, audit: recorded, purpose: 'crossProvince' } as const

const PICTURE = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x0d, 0x0a, 0x00, 0xd9])
const DIGEST = sm3(PICTURE)
const ticket = (id: string, more: Plain = {}) => photoWith({ photoUuid: id, sm3: DIGEST, ...more })

const find = (answer: Plain) => {
  const here = library({ [QUERY]: photoWith(answer) })
  return { here, found: here.photos.find(asking) }
}

/** Chooses the photo of the first ticket, then fetches it. */
async function fetched(
  tickets: Parameters<typeof library>[0][string],
  files: Parameters<typeof library>[0][string],
  first: FoundPhoto = chosen,
) {
  const here = library({ [QUERY]: tickets, [FETCH]: files })
  return { here, file: here.photos.fetch({ ...asking, photo: first }) }
}
const chosen: FoundPhoto = {
  id: 'an-old-ticket',
  takenFor: 'idCard',
  rawSource: { code: '居民身份证', label: '居民身份证' },
  takenOn: '2025-08-14',
  digest: { algorithm: 'sm3', value: DIGEST },
}

describe('a photo that is found', () => {
  test('was asked for as the sample does, and is read whole', async () => {
    const { here, found } = find({})
    expect(await found).toEqual([
      {
        id: '7759ac9c7e76952063dfba2323477cb5',
        takenFor: 'idCard',
        rawSource: { code: '居民身份证', label: '居民身份证' },
        takenOn: '2025-08-14',
        width: 358,
        height: 441,
        size: 2631,
        digest: {
          algorithm: 'sm3',
          value: '9489ec753a8592d0a5866f59d2e4584bd2ecba40d0ab86961addf3ba8314085c',
        },
      },
    ])
    expect(here.bodies(QUERY)).toEqual([{ ...bodyIn('photo-query'), sessionId: 's1' }])
  })

  test('has no end of use: what ends is the ticket', async () => {
    const [photo] = await find({ expireTime: '2026-03-02 09:10:00' }).found
    expect(photo).not.toHaveProperty('validUntil')
  })

  test.each(vectors.codes.photoSource)('came from $raw', async ({ raw, canonical }) => {
    const WORDS: Record<string, string> = {
      ID_CARD: 'idCard',
      SOCIAL_SECURITY_CARD: 'socialSecurityCard',
      PASSPORT: 'passport',
    }
    const { here, found } = find({ source: raw })
    expect(await found).toMatchObject([{ takenFor: WORDS[canonical], rawSource: { code: raw, label: raw } }])
    expect(here.alarms).toEqual([])
  })

  test('of a source that no table knows is kept, and alarmed', async () => {
    const { here, found } = find({ source: '驾驶证' })
    expect(await found).toMatchObject([{ takenFor: 'unknown', rawSource: { code: '驾驶证' } }])
    expect(here.alarms).toEqual([{ table: 'shanghai/photoSource', code: '驾驶证' }])
  })

  test('may have its numbers as text, its digest in capitals, and more than was agreed', async () => {
    const text = { width: '358', height: '441', fileSize: '2631', sm3: DIGEST.toUpperCase(), mark: { a: 1 } }
    expect(await find(text).found).toMatchObject([
      { width: 358, height: 441, size: 2631, digest: { value: DIGEST } },
    ])
  })

  test.each([[''], [null], [undefined]])('may leave out what it does not know: %j', async (blank) => {
    const without = { takenDate: blank, width: blank, height: blank, fileSize: blank, expireTime: blank }
    const [photo] = await find({ ...without, format: blank }).found
    expect(Object.keys(photo ?? {})).toEqual(['id', 'takenFor', 'rawSource', 'digest'])
  })

  test.each([
    ['photoUuid', ''],
    ['photoUuid', undefined],
    ['source', undefined],
    ['sm3', ''],
    ['sm3', undefined],
    ['sm3', DIGEST.slice(1)],
    ['takenDate', '2025-13-01'],
    ['takenDate', '20250814'],
    ['width', 'wide'],
    ['height', -1],
    ['fileSize', 1.5],
  ])('whose %s is %j is no photo', async (member, value) => {
    await expect(find({ [member]: value }).found).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'photo-query', reason: 'schema', member: expect.any(String) },
    })
  })

  test.each([[null], [[]], ['x']])('is not there when data is %j', async (data) => {
    const here = library({ [QUERY]: json({ isSuccess: true, code: '200', data }) })
    await expect(here.photos.find(asking)).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
  })
})

describe('a question for a photo', () => {
  test.each(vectors.codes.purpose)('has the purpose $raw', async ({ raw, canonical }) => {
    const WORDS: Record<string, (typeof PHOTO_PURPOSES)[number]> = {
      VERIFY: 'identityCheck',
      MAKE_DOCUMENT: 'documentMaking',
      CROSS_PROVINCE: 'crossProvince',
    }
    const here = library({ [QUERY]: photoWith() })
    await here.photos.find({ ...asking, purpose: WORDS[canonical] ?? 'crossProvince' })
    expect(here.bodies(QUERY)).toMatchObject([{ purpose: raw }])
  })

  test.each([...STRANGERS, ['a credit code', firm.idDocument] as const])(
    'is not asked for %s',
    async (_name, idDocument) => {
      const here = library({})
      expect(await here.photos.find({ ...asking, holder: { ...person, idDocument } })).toEqual([])
      expect(here.sent).toEqual([])
    },
  )

  test.each([
    ['a small x', '31010119000101002x', '31010119000101002X'],
    ['blanks', '310101 19000101 0011', '310101190001010011'],
    ['fifteen digits', '310101000101001', '310101190001010011'],
  ])('names a number with %s as Shanghai takes it', async (_name, number, holderCode) => {
    const here = library({ [QUERY]: photoWith() })
    await here.photos.find({ ...asking, holder: { ...person, idDocument: { type: '111', number } } })
    expect(here.bodies(QUERY)).toMatchObject([{ holderType: '居民身份证', holderCode }])
  })

  test('finds none where Shanghai has none', async () => {
    expect(await library({ [QUERY]: refused('PHOTO_NOT_FOUND') }).photos.find(asking)).toEqual([])
  })

  test.each([
    ['HOLDER_MISMATCH', 'HOLDER_MISMATCH'],
    ['NO_PERMISSION', 'REGION_REJECTED'],
    ['PARAM_ERROR', 'REGION_REJECTED'],
    ['SYSTEM_ERROR', 'REGION_UNAVAILABLE'],
    ['SOMETHING_NEW', 'REGION_REJECTED'],
  ])('that is refused with %s is told as %s', async (errorCode, code) => {
    await expect(library({ [QUERY]: refused(errorCode) }).photos.find(asking)).rejects.toMatchObject({
      code,
      facts: { region: 'shanghai', operation: 'photo-query', code: errorCode },
    })
  })

  test('holds what the contract names, and nothing else, whatever is asked', async () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
    const audits = fc.constantFrom(look, recorded)
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom(...PHOTO_PURPOSES), audits, async (name, purpose, audit) => {
        const here = library({ [QUERY]: photoWith() })
        await here.photos.find({ ...asking, purpose, audit, holder: { ...person, name } })
        const [body = {}] = here.bodies(QUERY)
        expect(Object.keys(body)).toEqual(Object.keys(bodyIn('photo-query')))
        expect(body).toMatchObject({ holderName: name, holderType: '居民身份证' })
        expect(body['purpose']).toMatch(/^[123]$/)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a photo that is fetched', () => {
  test('is asked for anew, under one businessCode, as the sample does', async () => {
    const { here, file } = await fetched(
      ticket('7759ac9c7e76952063dfba2323477cb5'),
      fileWith(PICTURE, { 'content-type': 'image/jpeg' }),
    )
    expect(await file).toEqual({ name: 'photo.jpg', contentType: 'image/jpeg', bytes: PICTURE })
    expect(here.bodies(QUERY)).toEqual([{ ...bodyIn('photo-query'), sessionId: 's1' }])
    expect(here.bodies(FETCH)).toEqual([{ ...bodyIn('photo-fetch'), sessionId: 's1' }])
    expect(here.sent.at(-1)?.limits).toEqual({ timeoutMs: 60_000, maxBytes: 20_971_520 })
  })

  test('stands under the gateway’s number in both calls where there is no case', async () => {
    const here = library({ [QUERY]: ticket('t'), [FETCH]: fileWith(PICTURE) })
    await here.photos.fetch({ ...asking, audit: look, photo: chosen })
    for (const path of [QUERY, FETCH])
      expect(here.bodies(path)).toMatchObject([{ businessCode: look.number, itemCode: '312000000000' }])
  })

  test.each([
    ['digest', { sm3: sm3('another') }],
    ['day', { takenDate: '2025-08-15' }],
    ['day that is not told', { takenDate: '' }],
    ['source', { source: '社保卡' }],
  ])('is not another one: its %s differs', async (_name, more) => {
    const { here, file } = await fetched(ticket('t', more), fileWith(PICTURE))
    await expect(file).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND', facts: { operation: 'photo-fetch' } })
    expect(here.times(FETCH)).toBe(0)
  })

  test('is gone when the library has none any more', async () => {
    const { here, file } = await fetched(refused('PHOTO_NOT_FOUND'), fileWith(PICTURE))
    await expect(file).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' })
    expect(here.times(FETCH)).toBe(0)
  })

  test('is asked for once more when its ticket has ended', async () => {
    const { here, file } = await fetched(
      [ticket('t1'), ticket('t2')],
      [refused('PHOTO_EXPIRED'), fileWith(PICTURE)],
    )
    expect((await file).bytes).toEqual(PICTURE)
    expect(here.bodies(FETCH).map(({ photoUuid }) => photoUuid)).toEqual(['t1', 't2'])
  })

  test('is given up when the second ticket has ended as well', async () => {
    const { here, file } = await fetched(ticket('t'), refused('PHOTO_EXPIRED'))
    await expect(file).rejects.toMatchObject({
      code: 'PHOTO_NOT_FOUND',
      facts: { code: 'PHOTO_EXPIRED' },
    })
    expect([here.times(QUERY), here.times(FETCH)]).toEqual([2, 2])
  })

  test('is not the one meanwhile replaced: the second ticket is looked at like the first', async () => {
    const { here, file } = await fetched(
      [ticket('t1'), ticket('t2', { sm3: sm3('another') })],
      [refused('PHOTO_EXPIRED'), fileWith(PICTURE)],
    )
    await expect(file).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' })
    expect(here.times(FETCH)).toBe(1)
  })

  test.each([
    ['PHOTO_NOT_FOUND', 'PHOTO_NOT_FOUND'],
    ['NO_PERMISSION', 'REGION_REJECTED'],
    ['PARAM_ERROR', 'REGION_REJECTED'],
    ['SYSTEM_ERROR', 'REGION_UNAVAILABLE'],
  ])('that is refused with %s is told as %s, and not asked for again', async (errorCode, code) => {
    const { here, file } = await fetched(ticket('t'), refused(errorCode))
    await expect(file).rejects.toMatchObject({ code, facts: { operation: 'photo-fetch', code: errorCode } })
    expect(here.times(FETCH)).toBe(1)
  })

  test.each([
    ['other bytes', fileWith(Buffer.from('another'))],
    ['one byte less', fileWith(PICTURE.subarray(1))],
    ['no bytes', fileWith(Buffer.alloc(0))],
    ['a page', fileWith(Buffer.from('<html>'), { 'content-type': 'text/html' })],
  ])('with %s is refused', async (_name, answer) => {
    const { file } = await fetched(ticket('t'), answer)
    await expect(file).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'shanghai', operation: 'photo-fetch', reason: 'digest' },
    })
  })

  test('is not what a server on the way says with another HTTP status', async () => {
    const { file } = await fetched(ticket('t'), { ...fileWith(PICTURE), status: 403 })
    await expect(file).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID', facts: { status: 403 } })
  })

  test('of a person under another name is refused', async () => {
    const { file } = await fetched(refused('HOLDER_MISMATCH'), fileWith(PICTURE))
    await expect(file).rejects.toMatchObject({ code: 'HOLDER_MISMATCH' })
  })
})
