/** Photos of a person: what is asked, what is read of the answer, and every refusal of the query. */
import { describe, expect, test } from 'vitest'
import {
  asking,
  bad,
  firm,
  good,
  holder,
  holdingAt,
  isQuiet,
  look,
  ofCase,
  photo,
  told,
} from './test-holdings.ts'
import { sample, vectors } from './test-vectors.ts'

const find = async (answer: unknown, more: object = {}, config = vectors.config) => {
  const here = holdingAt({ 'photo-query': [answer] }, config)
  return { ...here, photos: await here.photos.find({ ...asking, ...more }) }
}

test('the recorded query and download are made to the letter, and read', async () => {
  const here = holdingAt({})
  expect(here.photos.reach).toBe('region')
  const [first] = await here.photos.find(asking)
  expect(first).toEqual(photo)
  const file = await here.photos.fetch({ ...asking, photo })
  expect(file).toMatchObject({ name: 'photo.jpg', contentType: 'image/jpeg' })
  expect(file.bytes.subarray(0, 2).toString('hex')).toBe('ffd8')
  expect(here.ops()).toEqual(['photo-query', 'photo-query', 'unauth-token', 'photo-fetch'])
  for (const { op, body, out } of here.asked) {
    const { request } = sample(op)
    expect(body).toEqual(
      op === 'unauth-token'
        ? { ...(request.body as object), applyPhone: '10000000000' }
        : ((request as unknown as { decryptedBody: unknown }).decryptedBody ?? request.body),
    )
    const { 'S-Auth-RandomKey': _random, ...headers } = request.headers ?? {}
    expect(out.headers).toMatchObject(headers)
    expect(out.url).toBe(`${vectors.config.baseUrl}${request.path}`)
  }
  expect(here.asked.map(({ timeoutMs }) => timeoutMs)).toEqual([15_000, 15_000, 15_000, 60_000])
})

describe('the question', () => {
  const asked = async (more: object, config = vectors.config) =>
    (await find(good([]), more, config)).bodies('photo-query')[0]
  const withPurpose = (photoPurpose?: string) => {
    const { photoPurpose: _gone, ...options } = vectors.config.options
    return {
      ...vectors.config,
      options: { ...options, ...(photoPurpose ? { photoPurpose } : {}) },
    } as typeof vectors.config
  }

  test.each([
    ['crossProvince', '4', '3'],
    ['identityCheck', '4', '9'],
    ['documentMaking', '4', '4'],
    ['documentMaking', '3', '3'],
    ['documentMaking', undefined, '9'],
    ['crossProvince', undefined, '3'],
  ] as const)('%s is, where the default is %s, %s', async (purpose, byDefault, raw) => {
    expect(await asked({ purpose }, withPurpose(byDefault))).toMatchObject({ purpose: raw })
    expect(vectors.codes.photoPurpose.map((one) => one.raw)).toContain(raw)
  })

  test.each([
    ['that of the case', ofCase('AH340100209901020001'), 'AH340100209901020001'],
    ['that of another region’s case', ofCase('苏JS-1', 'jiangsu'), '苏JS-1'],
    ['that of a case, of fifty characters', ofCase('𠮷'.repeat(50)), '𠮷'.repeat(50)],
    ['ours, where that of the case is too long', ofCase('1'.repeat(51)), look.number],
    ['ours, where that of the case is empty', ofCase(''), look.number],
    ['ours, without a case', look, look.number],
  ])('the number for the audit is %s', async (_which, audit, projNo) => {
    expect(await asked({ audit })).toMatchObject({ projNo })
  })

  test('whoever looks is told in fifty characters', async () => {
    expect(await asked({ audit: { ...look, actor: '𠮷'.repeat(51) } })).toMatchObject({
      operator: '𠮷'.repeat(50),
    })
  })

  test.each(vectors.codes.area.map(({ raw, canonical }) => [canonical, raw] as const))(
    'the city %s is %s',
    async (division, raw) => {
      const { asked: sent } = await find(good([]), { division })
      expect(sent[0]?.out.headers['S-Area-Code']).toBe(raw)
    },
  )

  test.each([
    ['a small x', '34010319000101001x', '34010319000101001X'],
    ['fifteen digits', '340103900101001', '34010319900101001X'],
  ])('a number with %s is sent as the standard writes it', async (_how, number, ownerId) => {
    const body = await asked({ holder: { ...holder, idDocument: { type: '111', number } } })
    expect(String(body?.['ownerId']).slice(0, 17)).toBe(ownerId.slice(0, 17))
    expect(body?.['ownerId']).toMatch(/^\d{17}[\dX]$/)
  })

  test.each([
    ['an organisation', firm],
    ['a passport', { ...holder, idDocument: { type: '414', number: 'E12345678' } }],
    [
      'an identity number said to be of another type',
      { ...holder, idDocument: { ...holder.idDocument, type: '999' } },
    ],
    ['a number with a wrong check', { ...holder, idDocument: { type: '111', number: '340103190001010011' } }],
    ['a number that is none', { ...holder, idDocument: { type: '111', number: 'E12345678' } }],
    ['a name without room', { ...holder, name: '长'.repeat(51) }],
  ])('%s has no photo, and Anhui is not asked', async (_who, other) => {
    const here = holdingAt({})
    expect(await here.photos.find({ ...asking, holder: other })).toEqual([])
    await expect(here.photos.fetch({ ...asking, holder: other, photo })).rejects.toMatchObject({
      code: 'PHOTO_NOT_FOUND',
    })
    expect(here.asked).toEqual([])
  })
})

describe('the answer', () => {
  test.each(
    vectors.codes.photoType.map(({ raw, label }, index) => [
      raw,
      label,
      ['idCard', 'socialSecurityCard', 'drivingLicence'][index],
    ]),
  )('type %s is %s', async (code, label, takenFor) => {
    const { photos, alarms } = await find(told('photo-query', { photoType: code }))
    expect(photos).toMatchObject([{ takenFor, rawSource: { code, label } }])
    expect(alarms).toEqual([])
  })
  test.each(['07', '1', 'toString'])('an unknown type is kept, alarmed and not guessed: %s', async (code) => {
    const { photos, alarms } = await find(told('photo-query', { photoType: code }))
    expect(photos).toMatchObject([{ takenFor: 'unknown', rawSource: { code, label: '' } }])
    expect(alarms).toEqual([{ table: 'anhui/photoType', code }])
  })
  test('no photo is none; one is an object or a list; several are a list (3.8)', async () => {
    const one = { ...(told('photo-query').data as object) }
    expect((await find(good([]))).photos).toEqual([])
    expect((await find(good(null))).photos).toEqual([])
    expect((await find(good(one))).photos).toEqual([photo])
    expect((await find(good([one]))).photos).toEqual([photo])
    expect((await find(good([one, { ...one, photoId: 'PH2' }]))).photos).toEqual([
      photo,
      { ...photo, id: 'PH2' },
    ])
  })
  test.each([[null], [''], [undefined]])('members that are %j are absent', async (none) => {
    const { photos } = await find(
      told('photo-query', { photoDate: none, width: none, height: none, size: none }),
    )
    expect(photos).toEqual([{ id: photo.id, takenFor: 'idCard', rawSource: photo.rawSource }])
  })
  test.each([
    ['photoId', '', 'schema'],
    ['photoId', 'x'.repeat(129), 'schema'],
    ['photoType', undefined, 'schema'],
    ['photoDate', '20250230', 'unreadable'],
    ['photoDate', '2025', 'unreadable'],
    ['width', '358px', 'unreadable'],
    ['height', 44.1, 'unreadable'],
    ['size', ['1'], 'schema'],
  ])('a %s of %j is refused', async (member, value, reason) => {
    await expect(find(told('photo-query', { [member]: value }))).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'anhui', operation: 'photo-query', reason, member: `/0/${member}` },
    })
  })
})

test.each([
  ['400', 'REGION_REJECTED'],
  ['401', 'REGION_AUTH'],
  ['403', 'HOLDER_MISMATCH'],
  ['404', 'REGION_REJECTED'],
  ['500', 'REGION_UNAVAILABLE'],
  ['77', 'REGION_REJECTED'],
])('%s is %s', async (flag, code) => {
  const failure: unknown = await find(bad(flag)).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code, facts: { region: 'anhui', operation: 'photo-query' } })
  expect(isQuiet(failure)).toBe(true)
})
