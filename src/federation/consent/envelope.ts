/** What is handed over travels encrypted to its receiver's key alone (JWE, RFC 7516), so that no log and no proxy on the way holds it. */
import { CompactEncrypt, importJWK, type JWK } from 'jose'
import { fault, GatewayError } from '../../errors.ts'
import type { Deps } from '../deps.ts'

/** The algorithm for a kind of key: ECDH-ES with key wrapping, or RSA-OAEP with SHA-256. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  EC: 'ECDH-ES+A256KW',
  OKP: 'ECDH-ES+A256KW',
  RSA: 'RSA-OAEP-256',
}

const CURVES: readonly (string | undefined)[] = ['P-256', 'P-384', 'P-521']
/** What a key must be able to do, where it tells. */
const USES: readonly string[] = ['encrypt', 'wrapKey', 'deriveKey', 'deriveBits']

/** A key that its owner signs with is not encrypted to, whichever of its members says so. */
const isForEncryption = ({ kty = '', use, crv, alg, key_ops: uses }: JWK): boolean =>
  use !== 'sig' &&
  (alg === undefined || /^(ECDH-ES|RSA-OAEP)/.test(alg)) &&
  (uses === undefined || uses.length === 0 || uses.some((one) => USES.includes(one))) &&
  (kty === 'RSA' || (kty === 'EC' && CURVES.includes(crv)) || (kty === 'OKP' && crv === 'X25519'))

/** The key of a receiver: one that says `use: enc`, else one that does not say that it only signs. @throws GatewayError `RECEIVER_UNFIT` */
export function keyFor(receiver: string, { clients }: Pick<Deps, 'clients'>): JWK {
  const keys = clients(receiver)?.keys.filter(isForEncryption) ?? []
  const key = keys.find(({ use }) => use === 'enc') ?? keys[0]
  if (!key)
    throw new GatewayError(
      'RECEIVER_UNFIT',
      { receiver },
      {
        errors: [
          fault(
            '/receiver',
            'NO_KEY',
            '接收方没有登记加密公钥 (use=enc)',
            'The receiver has no public key for encryption (use=enc) in the directory',
          ),
        ],
      },
    )
  return key
}

/** A compact JWE of a JSON document. @throws GatewayError `RECEIVER_UNFIT` also for a key that is none */
export async function sealedFor(
  receiver: string,
  document: object,
  deps: Pick<Deps, 'clients'>,
): Promise<string> {
  const jwk = keyFor(receiver, deps)
  const alg = ALGORITHMS[jwk.kty ?? ''] ?? ''
  try {
    const key = await importJWK(jwk, alg)
    return await new CompactEncrypt(Buffer.from(JSON.stringify(document)))
      .setProtectedHeader({
        alg,
        enc: 'A256GCM',
        cty: 'json',
        ...(jwk.kid === undefined ? {} : { kid: jwk.kid }),
      })
      .encrypt(key)
  } catch (cause) {
    throw new GatewayError('RECEIVER_UNFIT', { receiver, reason: 'key' }, { cause })
  }
}
