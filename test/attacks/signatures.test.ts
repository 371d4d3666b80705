/** Signatures and texts that are nearly good, made from good ones: each is refused by the verifier of the API. */
import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { createLocalJWKSet, type JWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { signedBy } from '../../src/http/tokens.ts'

type Alg = 'ES256' | 'EdDSA'
const made = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
}
const jwkOf = (key: KeyObject, more: object): JWK => ({ ...(key.export({ format: 'jwk' }) as JWK), ...more })
const set: JWK[] = (['ES256', 'EdDSA'] as const).map((alg) =>
  jwkOf(made[alg].publicKey, { kid: alg, alg, use: 'sig' }),
)
const keys = createLocalJWKSet({ keys: set })

const text = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const bodyText = text({ iss: 'somebody', exp: 1 })

function signed(alg: Alg, head: object = {}, encoding: 'ieee-p1363' | 'der' = 'ieee-p1363'): string {
  const input = `${text({ alg, typ: 'at+jwt', kid: alg, ...head })}.${bodyText}`
  const signature = sign(alg === 'ES256' ? 'sha256' : null, Buffer.from(input), {
    key: made[alg].privateKey,
    dsaEncoding: encoding,
  })
  return `${input}.${signature.toString('base64url')}`
}
const partsOf = (token: string) => token.split('.') as [head: string, body: string, signature: string]
const outcome = (token: string) =>
  signedBy(keys, token).then(
    () => 'taken',
    (error: { code?: string; facts?: { reason?: string } }) => `${error.code} ${error.facts?.reason}`,
  )

describe.each<Alg>(['ES256', 'EdDSA'])('%s', (alg) => {
  const good = signed(alg)
  const [head, body, signature] = partsOf(good)
  const bytes = Buffer.from(signature, 'base64url')
  const withSignature = (changed: Uint8Array) =>
    `${head}.${body}.${Buffer.from(changed).toString('base64url')}`

  test('a good token is taken', async () => {
    expect(await outcome(good)).toBe('taken')
  })

  test('each single bit of the signature counts', async () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await outcome(withSignature(flipped)), `bit ${bit}`).toBe('TOKEN_INVALID signature')
    }
  })

  test('each single bit of what is signed counts', async () => {
    for (const [at, part] of [head, body].entries()) {
      const raw = Buffer.from(part, 'base64url')
      for (let bit = 0; bit < raw.length * 8; bit += 3) {
        const flipped = Buffer.from(raw)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const changed = flipped.toString('base64url')
        expect(
          await outcome(at === 0 ? `${changed}.${body}.${signature}` : `${head}.${changed}.${signature}`),
        ).toMatch(/^TOKEN_INVALID (signature|form)$/)
      }
    }
  })

  test.each<[string, () => string]>([
    ['cut short', () => withSignature(bytes.subarray(0, -1))],
    ['half of it', () => withSignature(bytes.subarray(0, 32))],
    ['with a byte more', () => withSignature(Buffer.concat([bytes, Buffer.of(0)]))],
    ['twice', () => withSignature(Buffer.concat([bytes, bytes]))],
    ['zeros', () => withSignature(Buffer.alloc(64))],
    ['chance', () => withSignature(randomBytes(64))],
    ['empty', () => `${head}.${body}.`],
    ['padded', () => `${good}==`],
    ['with a space', () => `${good} `],
    ['with a line end inside', () => `${head}.${body}.${signature.slice(0, 10)}\n${signature.slice(10)}`],
    ['in the old alphabet', () => `${head}.${body}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+`],
    ['with spare bits', () => spare(good)],
    [
      'with spare bits in the head',
      () => `${spare(text({ alg, kid: alg, typ: 'at+jwt', x: 1 }))}.${body}.${signature}`,
    ],
    ['with a payload of none', () => `${head}..${signature}`],
    ['of four parts', () => `${good}.${signature}`],
    ['of eight parts', () => Array.from({ length: 8 }, () => head).join('.')],
    ['over 8 192 letters', () => `${head}.${'a'.repeat(8_192)}.${signature}`],
  ])('a signature %s is refused', async (_name, make) => {
    expect(await outcome(make())).toMatch(/^TOKEN_INVALID (signature|form)$/)
  })

  test.each<[string, object]>([
    ['crit of an unknown member', { crit: ['exp'], exp: 1 }],
    ['crit of nothing', { crit: [] }],
    ['a payload outside Base64', { b64: false, crit: ['b64'] }],
    ['a key of another kid', { kid: alg === 'ES256' ? 'EdDSA' : 'ES256' }],
    ['a kid that nobody has', { kid: '../../etc/passwd' }],
    ['the algorithm of a bigger curve', { alg: alg === 'ES256' ? 'ES384' : 'Ed448' }],
    ['no algorithm', { alg: undefined }],
    ['none, under a good signature', { alg: 'none' }],
  ])('a head with %s is refused', async (_name, more) => {
    expect(await outcome(signed(alg, more))).toMatch(/^TOKEN_INVALID (signature|form)$/)
  })
})

/** The last letter with its unused bits set: other text, same bytes. */
function spare(token: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const other = token.slice(0, -1) + letters[letters.indexOf(token.at(-1) ?? '') ^ 1]
  const last = (one: string) => Buffer.from(one.split('.').at(-1) ?? '', 'base64url').toString('hex')
  if (last(other) !== last(token)) throw new Error('the bytes have changed: this shows nothing')
  return other
}

test('a signature in DER is none', async () => {
  expect(await outcome(signed('ES256', {}, 'der'))).toBe('TOKEN_INVALID signature')
})

test('HS256 by each form of the public key as secret is refused', async () => {
  const spki = createPublicKey(made.ES256.publicKey.export({ type: 'spki', format: 'pem' }))
  const secrets = [
    spki.export({ type: 'spki', format: 'pem' }),
    spki.export({ type: 'spki', format: 'der' }),
    JSON.stringify(set[0]),
    Buffer.from(set[0]?.x ?? '', 'base64url'),
    '',
  ]
  for (const secret of secrets) {
    const input = `${text({ alg: 'HS256', typ: 'at+jwt', kid: 'ES256' })}.${bodyText}`
    const mac = createHmac('sha256', secret).update(input).digest('base64url')
    expect(await outcome(`${input}.${mac}`)).toBe('TOKEN_INVALID signature')
  }
})

test('a secret that has come into the key set is no key for tokens', async () => {
  const secret = randomBytes(32)
  const mixed = createLocalJWKSet({
    keys: [...set, { kty: 'oct', kid: 'mac', k: secret.toString('base64url') }],
  })
  const input = `${text({ alg: 'HS256', typ: 'at+jwt', kid: 'mac' })}.${bodyText}`
  const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  await expect(signedBy(mixed, token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' })
})

test('a key of another curve under the same kid verifies nothing', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const wrong = createLocalJWKSet({ keys: [jwkOf(publicKey, { kid: 'ES256', alg: 'ES256', use: 'sig' })] })
  await expect(signedBy(wrong, signed('ES256'))).rejects.toMatchObject({ code: 'TOKEN_INVALID' })
})
