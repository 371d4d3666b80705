/** The vectors of Project Wycheproof through the verifier of the API: nothing invalid passes, and what passes is of our algorithms. */
import { createLocalJWKSet, type JWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { signedBy } from '../../src/http/tokens.ts'
import vectors from '../fixtures/wycheproof-jose.json' with { type: 'json' }

interface Case {
  readonly file: string
  readonly id: number
  readonly says: string
  readonly keys: readonly (string | JWK)[]
  readonly token: string
  readonly valid: boolean
}

// One member of the file is a name of a key or a key: JSON modules widen that.
const cases = vectors.cases as readonly Case[]
const named = vectors.keys as Readonly<Record<string, JWK>>
const keyOf = (key: string | JWK): JWK => (typeof key === 'string' ? (named[key] ?? {}) : key)

/** Good tokens of algorithms that we do not use are refused like bad ones. */
const isOurs = ({ token }: Case) => {
  const head = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()
  return /"alg":"(ES256|EdDSA)"/.test(head)
}

const isTaken = ({ keys, token }: Case) =>
  Promise.resolve()
    .then(() => signedBy(createLocalJWKSet({ keys: keys.map(keyOf) }), token))
    .then(
      () => true,
      (error: { code?: string }) => {
        // What is refused is refused as such: a verifier that breaks down has not judged.
        expect(error.code).toBe('TOKEN_INVALID')
        return false
      },
    )

describe('Wycheproof', () => {
  test.each(cases.map((one) => [`${one.file} ${one.id}: ${one.says}`, one] as const))(
    '%s',
    async (_name, one) => {
      expect(await isTaken(one)).toBe(one.valid && isOurs(one))
    },
  )

  test('brings good tokens of ours, so that refusing all would be seen', () => {
    expect(cases.filter((one) => one.valid && isOurs(one)).map(({ id }) => id)).toEqual([18, 378])
    expect(cases.filter(({ valid }) => !valid).length).toBeGreaterThan(80)
  })
})
