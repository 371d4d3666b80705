/** Strategy GM (contract 3.4): what seals and opens the bodies of the photo service. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { randomBytes } from '../moment.ts'

/** The half of `credentials.gmPublicKey` that nobody else has; the contract prints it, so that a platform can be played. */
const PRIVATE_KEY = '4aee5c5c79da32a95b44e0d63b60b0e23a4c460dd2ea25d7effa187af53e8af1'

/** SM2 ciphertext of a key of 16 bytes, C1C3C2: a point with its leading `04`, a hash, and the key. */
const SEALED_KEY_BYTES = 65 + 32 + 16
const KEY_BYTES = 16
const BLOCK_BYTES = 16
const C1C3C2 = 1

/** A request that could be opened, and the key with which its answer is sealed. */
export interface Opened {
  readonly key: Buffer
  readonly content: Buffer
}

/** Standard Base64 with padding, in one line; `undefined` for anything else. */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

function openKey(randomKey: string): Buffer | undefined {
  const sealed = bytesOf(randomKey)
  if (sealed?.length !== SEALED_KEY_BYTES || sealed[0] !== 4) return undefined
  try {
    // The library leaves the leading byte out, and gives nothing when the hash is wrong.
    const key = sm2.doDecrypt(sealed.toString('hex').slice(2), PRIVATE_KEY, C1C3C2, { output: 'array' })
    return key.length === KEY_BYTES ? Buffer.from(key) : undefined
  } catch {
    // It throws for a point that is not on the curve.
    return undefined
  }
}

/** Opens a body as sent; `undefined` when the key or the body cannot be decrypted (contract 3.6, check 11). */
export function openRequest(randomKey: string, body: Buffer): Opened | undefined {
  const key = openKey(randomKey)
  const sealed = bytesOf(body.toString('latin1'))
  if (key === undefined || sealed === undefined || sealed.length < 2 * BLOCK_BYTES) return undefined
  const decipher = createDecipheriv('sm4-cbc', key, sealed.subarray(0, BLOCK_BYTES))
  try {
    const content = Buffer.concat([decipher.update(sealed.subarray(BLOCK_BYTES)), decipher.final()])
    return { key, content }
  } catch {
    return undefined
  }
}

/** Seals an answer with the key of its request and a vector that is new each time. */
export function sealAnswer(key: Buffer, text: string, iv: Buffer = randomBytes(BLOCK_BYTES)): string {
  const cipher = createCipheriv('sm4-cbc', key, iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}
