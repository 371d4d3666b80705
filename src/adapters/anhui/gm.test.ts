/** Strategy GM (contract 3.4): its known answers, and which calls speak it. */
import { describe, expect, test } from 'vitest'
import type { AnhuiConfig } from './config.ts'
import { gmOf, opened, sealed } from './gm.ts'
import { anhui } from './index.ts'
import { contentMd5, headersFor, signature, stringToSign } from './sign.ts'
import {
  AsItIs,
  asking,
  bad,
  front,
  gmAnswer,
  gmQuery,
  good,
  holdingAt,
  keyIn,
  photo,
  told,
} from './test-holdings.ts'
import { config, vectors } from './test-vectors.ts'

const [KEY, IV] = [Buffer.from(gmQuery.sm4Key, 'hex'), Buffer.from(gmQuery.iv, 'hex')]
const withOptions = (options: object, credentials: object = {}) => ({
  ...vectors.config,
  credentials: { ...vectors.config.credentials, ...credentials } as typeof vectors.config.credentials,
  options: { ...vectors.config.options, ...options },
})
const gm = () => {
  const made = gmOf(config)
  if (made === undefined) throw new Error('no GM')
  return made
}

describe('the known answers', () => {
  const { requestTarget: target, nonce, timestamp, appId, randomKey, secret, expected } = gmQuery
  const signed = { target, randomKey, nonce, timestamp, appId, contentMd5: expected.contentMd5 }

  test('the body is sealed', () => {
    expect(sealed(KEY, IV, gmQuery.body)).toBe(expected.sentBody)
    expect(contentMd5(expected.sentBody)).toBe(expected.contentMd5)
  })
  test('the key of the request is signed behind the target, by HMAC-SM3', () => {
    expect(stringToSign(signed)).toBe(expected.stringToSign)
    expect(signature(secret, signed)).toBe(expected.signature)
    expect(headersFor(signed, secret, 'g', config.options)).toMatchObject({
      'S-Auth-SignType': 'GM',
      'S-Auth-RandomKey': randomKey,
      'S-Auth-Signature': expected.signature,
      'S-Content-MD5': expected.contentMd5,
    })
  })
  test('the recorded key is what the platform decrypts', () => {
    expect(keyIn(randomKey)).toEqual(KEY)
  })
  test('the answer is read with the same key', () => {
    const answer = gmAnswer.expected.answerBody
    expect(opened(KEY, answer).toString()).toBe(gmAnswer.body)
    expect(() => opened(Buffer.alloc(16), answer)).toThrow()
    expect(sealed(KEY, Buffer.from(gmAnswer.iv, 'hex'), gmAnswer.body)).toBe(answer)
  })
  test.each(['', 'AAAA', Buffer.alloc(16).toString('base64'), Buffer.alloc(31).toString('base64')])(
    'what is no answer is not opened: %j',
    (text) => {
      expect(() => opened(KEY, text)).toThrow()
    },
  )
})

test('every request has a key and a vector of its own, which the platform can read', () => {
  const { seal } = gm()
  const made = Array.from({ length: 20 }, (_, index) => ({
    text: `{"页":${index}}`,
    one: seal(`{"页":${index}}`),
  }))
  for (const { text, one } of made) {
    const key = keyIn(one.randomKey)
    expect(key).toHaveLength(16)
    expect(one.body).toMatch(/^[A-Za-z0-9+/]+=*$/)
    expect(opened(key, one.body).toString()).toBe(text)
  }
  expect(new Set(made.map(({ one }) => one.randomKey)).size).toBe(20)
  expect(new Set(made.map(({ one }) => keyIn(one.randomKey).toString('hex'))).size).toBe(20)
  expect(new Set(made.map(({ one }) => one.body.slice(0, 20))).size).toBe(20)
})

describe('which calls speak it', () => {
  const [QUERY, DOWNLOAD] = vectors.config.options.gmApis as [string, string]
  const spoken = async (gmApis: readonly string[] | undefined) => {
    const here = holdingAt({}, withOptions({ gmApis }) as typeof vectors.config)
    await here.photos.find(asking)
    await here.photos.fetch({ ...asking, photo })
    await here.licences.find(asking)
    return here.asked.filter(({ isGm }) => isGm).map(({ op }) => op)
  }

  test.each([
    ['both', [QUERY, DOWNLOAD], ['photo-query', 'photo-query', 'photo-fetch']],
    ['the query alone', [QUERY], ['photo-query', 'photo-query']],
    ['the download alone', [DOWNLOAD], ['photo-fetch']],
    ['a call of the licences', ['/currency/querySummary'], ['licence-summary']],
    ['none', [], []],
    ['nothing', undefined, []],
    ['another', [`${QUERY}s`], []],
  ])('those that are listed, exactly: %s', async (_which, listed, ops) => {
    expect(await spoken(listed)).toEqual(ops)
  })

  test('materials do not, and a configuration that wants it is refused', async () => {
    const sent: string[] = []
    const link = anhui.connect(
      vectors.config,
      async (out) => {
        sent.push(out.headers['S-Auth-SignType'] ?? 'PLAIN')
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(good([]))) }
      },
      () => new Date(0),
    )
    await link.readMatter({ division: '340100', code: 's' }).catch(() => undefined)
    expect(sent).toEqual(['PLAIN', 'PLAIN'])
  })
})

describe('a configuration', () => {
  const start = (changed: unknown) =>
    anhui.connect(
      changed as typeof vectors.config,
      async () => new AsItIs('').answer,
      () => new Date(0),
    )

  test.each([
    ['without the secret', { gmAppSecret: undefined }, '/credentials/gmAppSecret'],
    ['without the key', { gmPublicKey: undefined }, '/credentials/gmPublicKey'],
    [
      'with a key that is no point of the curve',
      { gmPublicKey: `04${'11'.repeat(64)}` },
      '/credentials/gmPublicKey',
    ],
  ])('%s does not start, where GM is listed', (_how, credentials, member) => {
    expect(() => start(withOptions({}, credentials))).toThrow(
      expect.objectContaining({
        code: 'CONFIGURATION_INVALID',
        facts: { variable: 'REGION_DIRECTORY', region: 'anhui', member },
      }),
    )
  })
  test.each([undefined, []])('needs no keys where none is listed: %j', (gmApis) => {
    const bare = { gmAppSecret: undefined, gmPublicKey: undefined }
    expect(gmOf(withOptions({ gmApis }, bare) as unknown as AnhuiConfig)).toBeUndefined()
    expect(start(withOptions({ gmApis }, bare))).toHaveProperty('photos')
  })
  test('may write the key in capitals', () => {
    expect(start(withOptions({}, { gmPublicKey: gmQuery.sm2PublicKey.toUpperCase() }))).toHaveProperty(
      'photos',
    )
  })
})

describe('the answer', () => {
  const fails = async (answer: unknown) => {
    const here = holdingAt({ 'photo-query': [answer] })
    const failure: unknown = await here.photos.find(asking).catch((error: unknown) => error)
    return { failure, asked: here.asked }
  }
  const GM = { 's-auth-signtype': 'GM' }

  test.each([
    ['in the clear', new AsItIs(good([])), 'not in GM'],
    ['in the clear, said to be GM', new AsItIs(good([]), 200, GM), 'not decrypted'],
    // One wrong key in 256 leaves an ending that looks like padding: what stands before it is no JSON then.
    [
      'under another key',
      new AsItIs(gmAnswer.expected.answerBody, 200, GM),
      expect.stringMatching(/^(not decrypted|no JSON)$/),
    ],
    ['empty', new AsItIs('', 200, GM), 'not decrypted'],
  ])('%s is refused', async (_how, answer, reason) => {
    const { failure, asked } = await fails(answer)
    expect(failure).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'photo-query', reason },
    })
    expect(asked).toHaveLength(1)
  })

  test.each(['10001', '10003', '10005', '10006', '10007', '10008', '10009'])(
    'a failure of the front is in the clear: %s, which is not repeated',
    async (code) => {
      const { failure, asked } = await fails(front(code))
      expect(failure).toMatchObject({ code: 'REGION_AUTH', facts: { code } })
      expect(asked).toHaveLength(1)
    },
  )
  test('a fault inside the platform is no answer', async () => {
    expect((await fails(front('10500', 500))).failure).toMatchObject({ code: 'REGION_UNAVAILABLE' })
    expect((await fails(bad('500'))).failure).toMatchObject({ code: 'REGION_UNAVAILABLE' })
  })
  test('a nonce that was there before is replaced once, and the key with it', async () => {
    const here = holdingAt({ 'photo-query': [front('10004'), told('photo-query')] })
    expect(await here.photos.find(asking)).toEqual([photo])
    const [first, second] = here.asked
    expect(first?.key).not.toEqual(second?.key)
    expect(first?.body).toEqual(second?.body)
  })
})
