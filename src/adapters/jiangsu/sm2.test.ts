/** The SM2 signature against the contract's known answers, in both directions (3.4). */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { sm2 } from 'sm-crypto-v2'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { sm2Signer } from './sm2.ts'
import { isSignedFor } from './test-holdings.ts'
import { samples } from './test-samples.ts'

interface Known {
  readonly name: string
  readonly label: string
  readonly data: string
  readonly userId: string
  readonly publicKey: string
  readonly privateKey: string
  readonly sign: string
  readonly expected: boolean
}
const known = vectors.signing.filter(
  ({ name }) => name === 'licence-sign-verify',
) as unknown as readonly Known[]
const [first] = known
if (first === undefined) throw new Error('no known answers')
const KEYS = { sm2PrivateKey: first.privateKey, sm2PublicKey: first.publicKey }

/** The platform's side: the library's own hashing, by bytes. */
const verifies = (data: string, sign: string, userId: string): boolean =>
  sm2.doVerifySignature(Buffer.from(data), Buffer.from(sign, 'base64').toString('hex'), KEYS.sm2PublicKey, {
    hash: true,
    userId,
  })

describe('the known answers', () => {
  test('there are five, of which two must fail', () => {
    expect(known.map(({ expected }) => expected)).toEqual([true, true, true, false, false])
  })
  test.each(known)('$label: verified as told', ({ data, sign, userId, expected }) => {
    expect(verifies(data, sign, userId)).toBe(expected)
  })
  test.each(known)(
    '$label: what we sign of it verifies, and under no other user or text',
    ({ data, userId }) => {
      const sign = sm2Signer(KEYS)(data, userId)
      expect(sign).toMatch(/^[A-Za-z0-9+/]{86}==$/)
      expect(verifies(data, sign, userId)).toBe(true)
      expect(verifies(data, sign, `${userId}0`)).toBe(false)
      expect(verifies(`${data} `, sign, userId)).toBe(false)
    },
  )
  test('the samples are signed as the contract says: the token’s call by the constant, others by the token', () => {
    const heads = samples.filter(({ request }) => request.path.includes('/rest/v1.0/'))
    expect(heads.length).toBe(7)
    for (const { request } of heads) {
      const token = new URL(request.path, 'http://x').searchParams.get('token')
      expect(isSignedFor(String(request.body), token ?? '1234567812345678')).toBe(true)
      expect(isSignedFor(String(request.body), token === null ? 'x' : '1234567812345678')).toBe(false)
    }
  })
})

test('any text and any user is signed as the library hashes them', () => {
  const sign = sm2Signer(KEYS)
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ minLength: 1, maxLength: 64 }),
      (text, userId) => {
        expect(verifies(text, sign(text, userId), userId)).toBe(true)
      },
    ),
    { numRuns: 30 },
  )
})

test('a signature is another each time', () => {
  const sign = sm2Signer(KEYS)
  expect(sign('a', 'b')).not.toBe(sign('a', 'b'))
})

test('the hash of the signed text is SM3 of Z and text, as in GB/T 32918.2', () => {
  const z = sm2.getZ(KEYS.sm2PublicKey.slice(2), 'user')
  const digest = createHash('sm3').update(z).update('张测试').digest('hex')
  expect(digest).toBe(sm2.getHash(Buffer.from('张测试').toString('hex'), KEYS.sm2PublicKey, 'user'))
})

describe('keys', () => {
  const other = sm2.generateKeyPairHex()
  test('capital hex is the same key', () => {
    const sign = sm2Signer({
      sm2PrivateKey: KEYS.sm2PrivateKey.toUpperCase(),
      sm2PublicKey: KEYS.sm2PublicKey.toUpperCase(),
    })
    expect(verifies('a', sign('a', 'b'), 'b')).toBe(true)
  })
  test.each([
    ['of two pairs', { ...KEYS, sm2PublicKey: other.publicKey }, 'keys of two pairs'],
    ['of nothing', { ...KEYS, sm2PrivateKey: '0'.repeat(64) }, 'no private key of this curve'],
    ['beyond the curve', { ...KEYS, sm2PrivateKey: 'f'.repeat(64) }, 'no private key of this curve'],
  ])('%s stop the start, and are not quoted', (_name, keys, reason) => {
    let caught: unknown
    try {
      sm2Signer(keys)
    } catch (error) {
      caught = error
    }
    expect(caught).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      facts: { member: 'credentials.licence', reason },
    })
    expect(caught).not.toHaveProperty('cause', expect.anything())
    expect(String(caught)).not.toContain(keys.sm2PrivateKey)
  })
})
