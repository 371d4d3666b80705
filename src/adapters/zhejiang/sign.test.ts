import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { enc, fixdate, headersFor, queryLine, sharingSign, signature, stringToSign } from './sign.ts'
import { config, samples, vectors } from './test-vectors.ts'

interface HmacVector {
  readonly name: string
  readonly accessKey: string
  readonly secretKey: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly date: string
  readonly expected: { readonly stringToSign: string; readonly signature: string }
}
interface SharingVector {
  readonly name: string
  readonly appKey: string
  readonly secret: string
  readonly requestTime: string
  readonly expected: { readonly sign: string }
}
const ofKind = <T>(kind: string) =>
  vectors.signing.filter((one) => one.kind === kind) as unknown as readonly T[]
const hmac = ofKind<HmacVector>('irs-hmac-sha256')
const signed = (one: HmacVector): string =>
  signature(one.secretKey, stringToSign(one.method, one.path, queryLine(one.query), one.accessKey, one.date))

test('every kind of known answer is looked at below', () => {
  expect([...new Set(vectors.signing.map((one) => one.kind))]).toEqual([
    'irs-hmac-sha256',
    'sharing-md5',
    'sha256-hex',
  ])
})

describe('the gateway signature', () => {
  test.each(hmac)('$name', (one) => {
    expect(stringToSign(one.method, one.path, queryLine(one.query), one.accessKey, one.date)).toBe(
      one.expected.stringToSign,
    )
    expect(signed(one)).toBe(one.expected.signature)
  })

  test.each(hmac)('$name: another method, path, query, key, secret or second signs otherwise', (one) => {
    const bent: readonly HmacVector[] = [
      { ...one, method: one.method === 'GET' ? 'POST' : 'GET' },
      { ...one, path: `${one.path}/` },
      { ...one, query: { ...one.query, more: '' } },
      { ...one, accessKey: `${one.accessKey}x` },
      { ...one, secretKey: `${one.secretKey}x` },
      { ...one, date: 'Tue, 09 Nov 2021 08:49:21 GMT' },
    ]
    for (const other of bent) expect(signed(other)).not.toBe(one.expected.signature)
  })

  test.each(samples.filter((one) => !['case-callback', 'sso-login'].includes(one.op)))(
    'the recorded $op carries it',
    ({ request }) => {
      const { method, path, query, headers } = request
      const made = headersFor(
        method,
        path,
        queryLine(query),
        config.credentials,
        new Date(headers['X-BG-DATE-TIME'] ?? ''),
      )
      expect(headers).toMatchObject(made)
    },
  )

  test('only unreserved characters stay, in the order of their bytes', () => {
    expect(enc("a b:*'()!~-_.张")).toBe('a%20b%3A%2A%27%28%29%21~-_.%E5%BC%A0')
    expect(queryLine({ b: '', 张: '1', B: '2', a: '3' })).toBe('B=2&a=3&b=&%E5%BC%A0=1')
  })

  test('the date is an IMF-fixdate in GMT', () => {
    expect(fixdate(new Date('2021-11-09T16:49:20+08:00'))).toBe('Tue, 09 Nov 2021 08:49:20 GMT')
  })
})

describe('the sharing signature', () => {
  test.each(ofKind<SharingVector>('sharing-md5'))('$name', ({ appKey, secret, requestTime, expected }) => {
    expect(sharingSign(appKey, secret, requestTime)).toBe(expected.sign)
    for (const other of [
      sharingSign(appKey, `${secret}x`, requestTime),
      sharingSign(appKey, secret, `${requestTime}0`),
      sharingSign(secret, appKey, requestTime),
    ])
      expect(other).not.toBe(expected.sign)
  })
})

test('the digest of a file is lower-case hex SHA-256', () => {
  const [one] = ofKind<{ text: string; expected: { digest: string } }>('sha256-hex')
  expect(
    createHash('sha256')
      .update(one?.text ?? '')
      .digest('hex'),
  ).toBe(one?.expected.digest)
})
