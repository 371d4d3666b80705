/** Holders' tokens: kept for their life, got anew once when they are refused, one for each holder, and no more than a thousand. */
import { describe, expect, test } from 'vitest'
import { residentCheck } from '../../schemas/identifiers/resident-id.ts'
import { asking, bad, good, holder, holdingAt, isQuiet, licence, photo, told } from './test-holdings.ts'
import { vectors } from './test-vectors.ts'

const token = (name: string, expireTime = '2099-01-02 09:14:34') => good({ token: name, expireTime })
const tokens = (here: ReturnType<typeof holdingAt>) => here.bodies('photo-fetch').map((one) => one['token'])

test('one serves photos and licences, of every city, until shortly before it ends', async () => {
  const here = holdingAt({ 'unauth-token': [token('a'), token('b', '2099-01-02 09:24:04')] })
  await here.photos.fetch({ ...asking, photo })
  await here.licences.fetch({ ...asking, division: '340200', licence, reason: '' })
  here.pass(569)
  await here.photos.fetch({ ...asking, photo })
  expect(here.bodies('unauth-token')).toHaveLength(1)
  here.pass(1)
  await here.photos.fetch({ ...asking, photo })
  expect(tokens(here)).toEqual(['a', 'a', 'b'])
})

test('one that says it lives longer is believed for ten minutes', async () => {
  const here = holdingAt({ 'unauth-token': [token('a', '2099-01-03 09:00:00'), token('b')] })
  await here.photos.fetch({ ...asking, photo })
  here.pass(570)
  await here.photos.fetch({ ...asking, photo })
  expect(tokens(here)).toEqual(['a', 'b'])
})

test('one that has ended serves the call that it was got for', async () => {
  const here = holdingAt({ 'unauth-token': [token('a', '2099-01-02 09:00:00'), token('b')] })
  await here.photos.fetch({ ...asking, photo })
  await here.photos.fetch({ ...asking, photo })
  expect(tokens(here)).toEqual(['a', 'b'])
})

describe('one that is refused', () => {
  test('is got anew, once', async () => {
    const here = holdingAt({
      'unauth-token': [token('a'), token('b')],
      'photo-fetch': [bad('401'), told('photo-fetch')],
    })
    await here.photos.fetch({ ...asking, photo })
    await here.photos.fetch({ ...asking, photo })
    expect(tokens(here)).toEqual(['a', 'b', 'b'])
    expect(here.bodies('unauth-token')).toHaveLength(2)
  })
  test('is not got a third time', async () => {
    const here = holdingAt({ 'photo-fetch': [bad('401')] })
    const failure: unknown = await here.photos.fetch({ ...asking, photo }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'REGION_AUTH', facts: { code: '401' } })
    expect(here.ops()).toEqual(['photo-query', 'unauth-token', 'photo-fetch', 'unauth-token', 'photo-fetch'])
    expect(isQuiet(failure)).toBe(true)
  })
})

test('many who wait for one holder’s token ask once', async () => {
  const here = holdingAt({})
  await Promise.all([1, 2, 3].map(() => here.photos.fetch({ ...asking, photo })))
  expect(here.bodies('unauth-token')).toHaveLength(1)
})

test('a question that failed is asked again by the next', async () => {
  const here = holdingAt({ 'unauth-token': [bad('500'), token('a')] })
  const both = await Promise.allSettled([1, 2].map(() => here.photos.fetch({ ...asking, photo })))
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await here.photos.fetch({ ...asking, photo })
  expect(tokens(here)).toEqual(['a'])
})

test.each([
  ['another name', { ...holder, name: '测试乙' }],
  ['another number', { ...holder, idDocument: { type: '111', number: '340202190102030027' } }],
])('%s has a token of its own', async (_who, other) => {
  const here = holdingAt({ 'unauth-token': [token('a'), token('b')] })
  await here.photos.fetch({ ...asking, photo })
  await here.photos.fetch({ ...asking, holder: other, photo })
  await here.photos.fetch({ ...asking, photo })
  expect(tokens(here)).toEqual(['a', 'b', 'a'])
  expect(here.bodies('unauth-token').at(-1)).toMatchObject({
    applyId: other.idDocument.number,
    applyName: other.name,
  })
})

test('a thousand are kept; the oldest makes room', async () => {
  const here = holdingAt({ 'licence-fetch': [bad('400')] })
  const ask = (index: number) => {
    const seventeen = `34010319000101${String(index % 1000).padStart(3, '0')}`
    const number = seventeen + residentCheck(seventeen)
    const one = { name: `人${Math.floor(index / 1000)}`, idDocument: { type: '111', number } }
    return here.licences.fetch({ ...asking, holder: one, licence, reason: '' }).catch(() => undefined)
  }
  const asked = async (index: number) => {
    const before = here.bodies('unauth-token').length
    await ask(index)
    return here.bodies('unauth-token').length - before
  }
  for (let index = 0; index < 1000; index += 1) await ask(index)
  expect(await asked(0)).toBe(0)
  expect(await asked(1000)).toBe(1)
  expect(await asked(0)).toBe(1)
  expect(await asked(2)).toBe(0)
})

describe('the telephone', () => {
  const phoneOf = async (applyPhone?: string) => {
    const { options } = vectors.config
    const here = holdingAt({}, {
      ...vectors.config,
      options: { ...options, ...(applyPhone ? { applyPhone } : {}) },
    } as typeof vectors.config)
    await here.photos.fetch({ ...asking, photo })
    return here.bodies('unauth-token')[0]?.['applyPhone']
  }
  test('is the configured one', async () => expect(await phoneOf('0551-12345678')).toBe('0551-12345678'))
  test('is nobody’s, in the form of the contract, where none is configured', async () =>
    expect(await phoneOf()).toMatch(/^10\d{9}$/))
})

test.each([
  ['none', good([]), 'schema'],
  ['two', good([{}, {}]), 'schema'],
  ['an empty one', token(''), 'schema'],
  ['one without an end', good({ token: 'a' }), 'schema'],
  ['one whose end is no time', token('a', '2099-02-30 00:00:00'), 'unreadable'],
])('an answer with %s is refused', async (_how, answer, reason) => {
  const here = holdingAt({ 'unauth-token': [answer] })
  await expect(here.photos.fetch({ ...asking, photo })).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
    facts: { region: 'anhui', operation: 'unauth-token', reason },
  })
  expect(here.ops()).toEqual(['photo-query', 'unauth-token'])
})
