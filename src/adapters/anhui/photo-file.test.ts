/** One photo's bytes: under the number of a query that Anhui saw, and those that were meant, or none. */
import { describe, expect, test } from 'vitest'
import { asking, bad, good, holdingAt, isQuiet, photo, told } from './test-holdings.ts'

type Answers = Parameters<typeof holdingAt>[0]

const fetching = async (answers: Answers) => {
  const here = holdingAt(answers)
  const done: unknown = await here.photos.fetch({ ...asking, photo }).catch((error: unknown) => error)
  return { ...here, done, ops: here.ops() }
}

describe('a photo is given under the number of a query alone', () => {
  test('so that it is made at each look, before the photo is fetched', async () => {
    const { done, asked, ops } = await fetching({})
    expect(done).toMatchObject({ contentType: 'image/jpeg' })
    expect(ops).toEqual(['photo-query', 'unauth-token', 'photo-fetch'])
    const projNo = 'AH340100209901020001'
    expect([asked[0], asked[2]].map((one) => one?.body['projNo'])).toEqual([projNo, projNo])
    expect(asked[0]?.body).toMatchObject({ purpose: '3', ownerName: '测试甲' })
  })
  test('a photo that the query does not name is not there any more', async () => {
    const { done, ops } = await fetching({
      'photo-query': [told('photo-query', { photoId: 'PHahperson0002' })],
    })
    expect(done).toMatchObject({ code: 'PHOTO_NOT_FOUND', facts: { operation: 'photo-fetch' } })
    expect(ops).toEqual(['photo-query'])
  })
  test('one that is refused all the same is refused', async () => {
    const { done, ops } = await fetching({ 'photo-fetch': [bad('403')] })
    expect(done).toMatchObject({ code: 'REGION_REJECTED', facts: { code: '403' } })
    expect(ops).toHaveLength(3)
  })
  test('the query’s own refusal is told, and no token is asked for', async () => {
    const { done, ops } = await fetching({ 'photo-query': [bad('403')] })
    expect(done).toMatchObject({ code: 'HOLDER_MISMATCH', facts: { operation: 'photo-query' } })
    expect(ops).toEqual(['photo-query'])
  })
})

test.each([
  ['400', 'REGION_REJECTED', 1],
  ['401', 'REGION_AUTH', 2],
  ['404', 'PHOTO_NOT_FOUND', 1],
  ['500', 'REGION_UNAVAILABLE', 1],
  ['77', 'REGION_REJECTED', 1],
])('%s is %s', async (flag, code, times) => {
  const { done, bodies } = await fetching({ 'photo-fetch': [bad(flag)] })
  expect(done).toMatchObject({ code, facts: { region: 'anhui', operation: 'photo-fetch' } })
  expect(bodies('photo-fetch')).toHaveLength(times)
  expect(isQuiet(done)).toBe(true)
})

test.each([
  ['403', 'HOLDER_MISMATCH', 'unauth-token'],
  ['404', 'PHOTO_NOT_FOUND', 'photo-fetch'],
  ['400', 'REGION_REJECTED', 'unauth-token'],
  ['500', 'REGION_UNAVAILABLE', 'unauth-token'],
])('a token that is refused with %s is %s, and no photo is asked for', async (flag, code, operation) => {
  const { done, ops } = await fetching({ 'unauth-token': [bad(flag)] })
  expect(done).toMatchObject({ code, facts: { operation } })
  expect(ops).toEqual(['photo-query', 'unauth-token'])
  expect(isQuiet(done)).toBe(true)
})

describe('the file', () => {
  const SM3_OF_NOTHING = '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b'

  test.each([
    ['of another photo', { photoId: 'PH2' }, 'another photo'],
    ['with another digest', { sm3: '0'.repeat(64) }, 'digest'],
    ['with other bytes', { content: '/9j/2Q==' }, 'digest'],
    ['without a digest', { sm3: null }, 'schema'],
    ['without bytes', { content: '' }, 'schema'],
    ['with blanks alone', { content: '\r\n', sm3: SM3_OF_NOTHING }, 'empty'],
    ['of another kind', { suffix: 'html' }, 'schema'],
  ])('%s is refused', async (_how, changes, reason) => {
    const { done } = await fetching({ 'photo-fetch': [told('photo-fetch', changes)] })
    expect(done).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'anhui', operation: 'photo-fetch', reason },
    })
    expect(isQuiet(done)).toBe(true)
  })
  test.each([
    ['none', []],
    ['nothing', null],
    ['two', [told('photo-fetch').data, told('photo-fetch').data]],
  ])('must be one, not %s', async (_how, data) => {
    const { done } = await fetching({ 'photo-fetch': [good(data)] })
    expect(done).toMatchObject({ code: 'REGION_ANSWER_INVALID', facts: { reason: 'schema' } })
  })
  test('may be broken into lines, its digest and its suffix in capitals', async () => {
    const { content, sm3 } = told('photo-fetch').data as unknown as { content: string; sm3: string }
    const lines = content.replaceAll(/.{76}/g, '$&\r\n')
    const changes = { content: lines, sm3: sm3.toUpperCase(), suffix: 'JPEG' }
    const { done } = await fetching({ 'photo-fetch': [told('photo-fetch', changes)] })
    expect(done).toMatchObject({ bytes: Buffer.from(content, 'base64') })
  })
})
