/**
 * Strategy GM of the Shield front (contract 3.4, designed): a key for one request, under SM2; the body, and the answer to it, under
 * that key by SM4-CBC. SM4 and HMAC-SM3 are Node's own. SM2 is not: what Node does with such keys, other implementations do not read.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { GatewayError } from '../../errors.ts'
import type { AnhuiConfig } from './config.ts'

const BLOCK = 16
const CIPHER = 'sm4-cbc'
const C1C3C2 = 1

/** Base64 of the vector and of the text under SM4-CBC with PKCS#7 padding. `key` and `iv` have sixteen bytes. */
export function sealed(key: Buffer, iv: Buffer, text: string | Buffer): string {
  const cipher = createCipheriv(CIPHER, key, iv)
  return Buffer.concat([iv, cipher.update(Buffer.from(text)), cipher.final()]).toString('base64')
}

/** The text back. @throws Error for what was not sealed with this key */
export function opened(key: Buffer, base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, BLOCK))
  return Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()])
}

/** One request in GM. */
interface Sealed {
  /** `S-Auth-RandomKey`. */
  readonly randomKey: string
  readonly body: string
  /** Reads the body of the answer, which is under the same key. @throws Error for one that is not */
  readonly open: (body: Buffer) => Buffer
}

export interface Gm {
  /** Key of HMAC-SM3. */
  readonly secret: string
  /** Seals the body of one attempt, under a key and a vector of its own. */
  readonly seal: (body: string | Buffer) => Sealed
}

/**
 * The strategy of a configuration that lists APIs which speak it; `undefined` of another.
 * @throws GatewayError `CONFIGURATION_INVALID` without the secret, or without a key that is a point of the curve
 */
export function gmOf({ credentials: { gmAppSecret, gmPublicKey }, options }: AnhuiConfig): Gm | undefined {
  if (options.gmApis === undefined || options.gmApis.length === 0) return undefined
  if (gmAppSecret === undefined) throw unusable('gmAppSecret')
  if (gmPublicKey === undefined || !isOnCurve(gmPublicKey)) throw unusable('gmPublicKey')
  const encrypted = recipient(gmPublicKey)
  return {
    secret: gmAppSecret,
    seal: (body) => {
      const key = randomBytes(BLOCK)
      return {
        randomKey: encrypted(key),
        body: sealed(key, randomBytes(BLOCK), body),
        open: (answer) => opened(key, answer.toString('latin1')),
      }
    },
  }
}

const unusable = (member: string): GatewayError =>
  new GatewayError('CONFIGURATION_INVALID', {
    variable: 'REGION_DIRECTORY',
    region: 'anhui',
    member: `/credentials/${member}`,
  })

function isOnCurve(publicKey: string): boolean {
  try {
    return sm2.verifyPublicKey(publicKey)
  } catch {
    return false
  }
}

/**
 * Encrypts for one public key: Base64 of C1, C3 and C2. The library leaves out the 04 with which a point begins. Multiples of the key
 * are made once, when it is used first: they cost as much as ten encryptions without them.
 */
function recipient(publicKey: string): (key: Buffer) => string {
  let point: ReturnType<typeof sm2.precomputePublicKey> | undefined
  return (key) => {
    point ??= sm2.precomputePublicKey(publicKey)
    return Buffer.from(`04${sm2.doEncrypt(key, point, C1C3C2)}`, 'hex').toString('base64')
  }
}
