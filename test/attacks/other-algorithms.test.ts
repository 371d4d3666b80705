/**
 * Signatures that are good, by an algorithm that is not ours: a key of that kind among the published ones must not open the door.
 * Wycheproof's cases for RSA, HMAC and the larger curves come down to this for a verifier that takes ES256 and EdDSA alone.
 */
import { CompactSign, createLocalJWKSet, exportJWK, generateKeyPair, generateSecret, type JWK } from 'jose'
import { expect, test } from 'vitest'
import { signedBy } from '../../src/http/tokens.ts'

const SYMMETRIC = ['HS256', 'HS384', 'HS512']
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES384', 'ES512']

async function tokenBy(alg: string, withAlg: boolean): Promise<{ token: string; jwk: JWK }> {
  const keys = SYMMETRIC.includes(alg)
    ? await generateSecret(alg, { extractable: true }).then((key) => ({ privateKey: key, publicKey: key }))
    : await generateKeyPair(alg, { extractable: true })
  const token = await new CompactSign(Buffer.from('{"sub":"x"}'))
    .setProtectedHeader({ alg, kid: 'k', typ: 'at+jwt' })
    .sign(keys.privateKey)
  return { token, jwk: { ...(await exportJWK(keys.publicKey)), kid: 'k', ...(withAlg ? { alg } : {}) } }
}

test.each([...SYMMETRIC, ...ASYMMETRIC])(
  '%s is refused, whether the published key names it or not',
  async (alg) => {
    for (const withAlg of [true, false]) {
      const { token, jwk } = await tokenBy(alg, withAlg)
      await expect(signedBy(createLocalJWKSet({ keys: [jwk] }), token)).rejects.toMatchObject({
        code: 'TOKEN_INVALID',
        facts: { reason: 'signature' },
      })
    }
  },
)

test.each(['ES256', 'EdDSA'])(
  '%s is taken: the test above would notice a verifier that takes nothing',
  async (alg) => {
    const { token, jwk } = await tokenBy(alg, true)
    const { protectedHeader } = await signedBy(createLocalJWKSet({ keys: [jwk] }), token)
    expect(protectedHeader.alg).toBe(alg)
  },
)
