/**
 * The SM2 signature of Jiangsu's licence and photo services (contract 3.4, recipe documented, output form designed): SM3 with the Z value
 * of GB/T 32918.2, raw `r‖s` in Base64. The curve is the library's: Node's own SM2 signs with no signer's id or as plain ECDSA.
 */
import { createHash } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { GatewayError } from '../../errors.ts'

/** The gateway's pair: 64 hex, and `04` with 128 hex. */
export interface Sm2Keys {
  readonly sm2PrivateKey: string
  readonly sm2PublicKey: string
}

/** Signs the UTF-8 bytes of `text`. `userId` is the signer's id of this call. 88 characters of Base64, others each time. */
export type Sm2Sign = (text: string, userId: string) => string

const unusable = (reason: string) =>
  new GatewayError('CONFIGURATION_INVALID', { region: 'jiangsu', member: 'credentials.licence', reason })

/** The public key of a private one, in lower case. The library's own fault quotes the key, so that it is not handed on. */
function publicKeyOf(privateKey: string): string {
  try {
    return sm2.getPublicKeyFromPrivateKey(privateKey).toLowerCase()
  } catch {
    throw unusable('no private key of this curve')
  }
}

/**
 * Binds the signature to one pair of keys.
 * @throws GatewayError `CONFIGURATION_INVALID` when the two do not belong together: every signature would be refused
 */
export function sm2Signer({ sm2PrivateKey, sm2PublicKey }: Sm2Keys): Sm2Sign {
  if (publicKeyOf(sm2PrivateKey) !== sm2PublicKey.toLowerCase()) throw unusable('keys of two pairs')
  // Without its prefix the library takes the key as it is, and does not look each time whether it lies on the curve.
  const point = sm2PublicKey.slice(2)
  return (text, userId) => {
    // The library's SM3 takes two seconds for a file of 9 MB, Node's thirty milliseconds.
    const digest = createHash('sm3').update(sm2.getZ(point, userId)).update(text, 'utf8').digest()
    return Buffer.from(sm2.doSignature(digest, sm2PrivateKey), 'hex').toString('base64')
  }
}
