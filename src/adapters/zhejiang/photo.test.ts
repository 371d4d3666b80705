/** Photos: what is asked, what is read, an identifier that lives for minutes, and every refusal. */
import { describe, expect, test } from 'vitest'
import {
  asking,
  bad,
  firm,
  foundPhoto as found,
  holder,
  look,
  ofCase,
  photo,
  photoFile,
  photosOf,
  recorded,
} from './test-holdings.ts'
import { answering, pathsOf } from './test-region.ts'
import { replay } from './test-replay.ts'
import { config, dataOf, sample, vectors } from './test-vectors.ts'

test('the recorded query and fetch are made to the letter and read', async () => {
  const { link, left } = replay([[sample('photo-query')], [sample('photo-query')], [sample('photo-fetch')]])
  const photos = photosOf(link)
  expect(photos.reach).toBe('region')
  expect(await photos.find(asking)).toEqual([found])
  const file = await photos.fetch({ ...asking, photo: found })
  expect(file).toMatchObject({ name: 'photo.jpg', contentType: 'image/jpeg' })
  // The recorded Base64 is broken into lines.
  expect(String(dataOf(sample('photo-fetch'))['photoBase64'])).toContain('\r\n')
  expect([file.bytes.subarray(0, 2).toString('hex'), file.bytes.subarray(-2).toString('hex')]).toEqual([
    'ffd8',
    'ffd9',
  ])
  expect(left).toEqual([])
})

test('there is no photo library where the configuration has no code for it', () => {
  const { photo: _gone, ...icCodes } = config.options.icCodes
  const { link } = answering([], { ...config, options: { ...config.options, icCodes } })
  expect(link).not.toHaveProperty('photos')
  expect(link).toHaveProperty('licences')
})

describe('the question', () => {
  test.each([
    ['identityCheck', 'IDENTITY_CHECK'],
    ['documentMaking', 'CERT_MAKING'],
    ['crossProvince', 'CROSS_PROVINCE'],
  ] as const)('%s is %s', async (purpose, usage) => {
    const { link, asked } = answering([photo()])
    await photosOf(link).find({ ...asking, purpose })
    expect(asked()).toMatchObject([{ usage }])
  })

  test.each(vectors.codes.area.map(({ raw, canonical }) => [canonical, raw] as const))(
    'the city %s is %s',
    async (division, areaCode) => {
      const { link, asked } = answering([photo()])
      await photosOf(link).find({ ...asking, division })
      expect(asked()).toMatchObject([{ areaCode }])
    },
  )

  test.each([
    ['111', 'ID_CARD'],
    ['414', 'PASSPORT'],
    ['114', 'OFFICER_CARD'],
    ['516', 'MAINLAND_TRAVEL_PERMIT_FOR_HONGKONG_AND_MACAO_RESIDENTS'],
    ['511', 'MAINLAND_TRAVEL_PERMIT_FOR_TAIWAN_RESIDENTS'],
    ['999', 'OTHER'],
  ])('a document of type %s is %s', async (type, idType) => {
    const { link, asked } = answering([photo()])
    await photosOf(link).find({ ...asking, holder: { ...holder, idDocument: { type, number: 'E12345678' } } })
    expect(asked()).toMatchObject([{ idType, idNo: 'E12345678', userName: '测试甲' }])
  })

  test.each([
    ['an organisation', firm],
    ['a type without a word', { ...holder, idDocument: { type: '553', number: 'CHN110101190001011' } }],
    ['a type that every object inherits', { ...holder, idDocument: { type: 'constructor', number: '1' } }],
  ])('%s has no photo, and Zhejiang is not asked', async (_who, other) => {
    const { link, sent } = answering([photo()])
    expect(await photosOf(link).find({ ...asking, holder: other })).toEqual([])
    expect(sent).toEqual([])
  })

  test.each([
    ['the case’s number', recorded, 'CSJ209901050000001'],
    ['that of another region’s case', ofCase('JS-0001', 'jiangsu'), 'JS-0001'],
    ['ours where a case’s number is too short', ofCase('A1234'), look.number],
    ['ours where it is too long', ofCase('A'.repeat(51)), look.number],
    ['ours where it has other characters', ofCase('沪A123456'), look.number],
    ['ours where it ends in a line feed', ofCase('A123456\n'), look.number],
    ['ours without a case', look, look.number],
  ])('the number for the audit is %s, in query and fetch', async (_which, audit, bizNo) => {
    const { link, asked } = answering([photo(), photo(), photoFile()])
    await photosOf(link).find({ ...asking, audit })
    await photosOf(link).fetch({ ...asking, audit, photo: found })
    expect(asked()).toMatchObject([{ bizNo }, { bizNo }, { photoId: found.id, bizNo }])
  })
})

describe('the answer', () => {
  const read = async (changes: object) => {
    const { link, alarms } = answering([photo(changes)])
    return { photos: await photosOf(link).find(asking), alarms }
  }

  test.each([
    ['ID_CARD', 'idCard', '居民身份证'],
    ['SOCIAL_CARD', 'socialSecurityCard', '社保卡'],
    ['DRIVING', 'drivingLicence', '驾驶证'],
  ])('a photo of the source %s', async (code, takenFor, label) => {
    const { photos, alarms } = await read({ source: code })
    expect(photos).toMatchObject([{ takenFor, rawSource: { code, label } }])
    expect(alarms).toEqual([])
  })

  test('an unknown source is kept, alarmed and not guessed', async () => {
    const { photos, alarms } = await read({ source: 'RESIDENCE' })
    expect(photos).toMatchObject([{ takenFor: 'unknown', rawSource: { code: 'RESIDENCE', label: '' } }])
    expect(alarms).toEqual([{ table: 'zhejiang/photoSource', code: 'RESIDENCE' }])
  })

  test('a source that every object inherits has no label', async () => {
    const { photos } = await read({ source: 'toString' })
    expect(photos).toMatchObject([{ takenFor: 'unknown', rawSource: { code: 'toString', label: '' } }])
  })

  test.each([
    ['null', null],
    ['empty', ''],
    ['missing', undefined],
  ])('members that are %s are absent', async (_how, none) => {
    const { photos, alarms } = await read({ source: none, gmtTaken: none, width: none, height: none })
    expect(photos).toEqual([{ id: found.id, takenFor: 'unknown', rawSource: { code: '', label: '' } }])
    expect(alarms).toEqual([])
  })

  test('pixels are numbers or their digits, and other members are passed over', async () => {
    expect((await read({ width: 358, height: '441', expireSeconds: '300', more: [1] })).photos).toEqual([
      found,
    ])
  })

  test.each([
    ['photoId', '', 'schema'],
    ['photoId', undefined, 'schema'],
    ['photoId', 7, 'schema'],
    ['source', ['ID_CARD'], 'schema'],
    ['gmtTaken', '2024-02-30 10:00:00', 'unreadable'],
    ['gmtTaken', '2024/03/01', 'unreadable'],
    ['width', '358px', 'unreadable'],
    ['height', 44.1, 'unreadable'],
  ])('a %s of %j is refused', async (member, value, reason) => {
    await expect(read({ [member]: value })).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'zhejiang', operation: 'photo-query', reason, member: `/${member}` },
    })
  })

  test('an answer without a photo in it is refused', async () => {
    const { link } = answering([{ success: true, data: null }])
    await expect(photosOf(link).find(asking)).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
  })
})

test('a person without a photo has none', async () => {
  const { link } = answering([bad('C-PHOTO-NOT-EXIST')])
  expect(await photosOf(link).find(asking)).toEqual([])
})

test.each([
  ['C-AFFAIR-PARAM-INVALID', 'REGION_REJECTED'],
  ['S-SYSTEM-BUSY', 'REGION_BUSY'],
  ['C-NEW', 'REGION_REJECTED'],
])('%s is %s in query and fetch', async (errorCode, code) => {
  const { link, sent } = answering([bad(errorCode), photo(), bad(errorCode)])
  await expect(photosOf(link).find(asking)).rejects.toMatchObject({ code, facts: { code: errorCode } })
  await expect(photosOf(link).fetch({ ...asking, photo: found })).rejects.toMatchObject({
    code,
    facts: { code: errorCode },
  })
  expect(pathsOf(sent)).toEqual(['queryPhoto', 'queryPhoto', 'fetchPhoto'])
})
