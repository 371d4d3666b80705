/** Signatures of webhooks after the Standard Webhooks specification (https://www.standardwebhooks.com, 1.0.0, read 2026-11). */
import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** `hmac`: both sides know one secret; `ed25519`: the receiver knows a public key. */
export const ALGORITHMS = ['hmac', 'ed25519'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

/** What signs, as it is kept sealed: the secret's bytes in Base64, or a private key as PKCS #8 in Base64. */
export interface SigningSecret {
  readonly algorithm: Algorithm
  readonly key: string
}

/** Makes a secret, and what the receiver is told of it. */
export function newSecret(algorithm: Algorithm): {
  readonly secret: SigningSecret
  readonly told: { readonly secret: string } | { readonly publicKey: string }
} {
  if (algorithm === 'hmac') {
    const key = randomBytes(32).toString('base64')
    return { secret: { algorithm, key }, told: { secret: `whsec_${key}` } }
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  return { secret: { algorithm, key }, told: { publicKey: publicKeyOf(privateKey) } }
}

const publicKeyOf = (privateKey: ReturnType<typeof createPrivateKey>): string => {
  const { x } = privateKey.export({ format: 'jwk' })
  return `whpk_${Buffer.from(x ?? '', 'base64url').toString('base64')}`
}

const privateKeyOf = (key: string) =>
  createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })

/** The public key of a secret that has one. */
export const publicPart = ({ algorithm, key }: SigningSecret): string | undefined =>
  algorithm === 'ed25519' ? publicKeyOf(privateKeyOf(key)) : undefined

/** `webhook-signature` over id, time in seconds since 1970, and body. */
export function signatureOf(
  { algorithm, key }: SigningSecret,
  id: string,
  seconds: number,
  body: string,
): string {
  const content = Buffer.from(`${id}.${seconds}.${body}`)
  if (algorithm === 'hmac')
    return `v1,${createHmac('sha256', Buffer.from(key, 'base64')).update(content).digest('base64')}`
  return `v1a,${sign(null, content, privateKeyOf(key)).toString('base64')}`
}
