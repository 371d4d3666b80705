import { sm2 } from 'sm-crypto-v2'

/** Bytes of `r‖s`. */
const SIGNATURE_BYTES = 64

/**
 * Whether `sign` is the Base64 of a raw SM2 signature over the UTF-8 bytes of the text, with that user id (contract 3.4). Checked by
 * `sm-crypto-v2`; `node:crypto` knows no user id.
 */
export function verifies(text: string, sign: string, publicKey: string, userId: string): boolean {
  const bytes = Buffer.from(sign, 'base64')
  // Another alphabet, a missing padding or white space are written otherwise than they came.
  if (bytes.length !== SIGNATURE_BYTES || bytes.toString('base64') !== sign) return false
  try {
    return sm2.doVerifySignature(
      new Uint8Array(Buffer.from(text, 'utf8')),
      bytes.toString('hex'),
      publicKey,
      {
        hash: true,
        userId,
      },
    )
  } catch {
    // Numbers out of range throw.
    return false
  }
}
