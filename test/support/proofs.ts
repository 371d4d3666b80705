/** Proofs of possession (RFC 9449) as a client makes them, good or not. */
import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export interface Holder {
  readonly key: CryptoKey
  readonly jwk: JWK
  readonly jkt: string
}

/** A key that tokens can be bound to. */
export async function holder(alg: 'ES256' | 'EdDSA' = 'ES256'): Promise<Holder> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(publicKey)
  return { key: privateKey, jwk, jkt: await calculateJwkThumbprint(jwk) }
}

interface Asked {
  readonly method: string
  readonly url: string
  /** The access token that is shown with it. */
  readonly token?: string
  /** Claims and head members that shall be otherwise. */
  readonly claims?: object
  readonly head?: object
}

export const proof = ({ key, jwk }: Holder, { method, url, token, claims, head }: Asked): Promise<string> =>
  new SignJWT({
    jti: crypto.randomUUID(),
    htm: method,
    htu: url,
    iat: Math.floor(Date.now() / 1000),
    ...(token ? { ath: createHash('sha256').update(token).digest('base64url') } : {}),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...head })
    .sign(key)
