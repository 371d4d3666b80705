/** Proofs of possession at the API (RFC 9449, section 7): made with the token's key, for this request, used once. */
import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import { GatewayError } from '../errors.ts'
import { isCanonical } from '../federation/identity/canonical.ts'

/** @throws GatewayError `TOKEN_INVALID` with `reason: 'proof'` */
export type DpopVerifier = (request: Request, token: string, jkt: string) => Promise<void>

/** How far a proof's clock may be from ours, in seconds. */
const WINDOW_SECONDS = 60
const MOST_CHARACTERS = 4_096
/** With which proofs may be signed. */
export const ALGORITHMS = ['ES256', 'EdDSA', 'PS256']

const refused = (cause?: unknown) => new GatewayError('TOKEN_INVALID', { reason: 'proof' }, { cause })

/**
 * @param publicUrl the address that callers know; the one of the request may be a proxy's
 * @param once remembers a proof; false when it was seen before
 */
export function dpopVerifier(
  publicUrl: string,
  once: (id: string, until: Date) => Promise<boolean>,
  now: () => Date,
): DpopVerifier {
  return async (request, token, jkt) => {
    const proof = request.headers.get('dpop') ?? ''
    if (proof.length > MOST_CHARACTERS || !isCanonical(proof)) throw refused()
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ALGORITHMS,
      currentDate: now(),
    }).catch((cause: unknown) => {
      throw refused(cause)
    })
    const { jti, iat, htm, htu, ath } = payload as Record<string, unknown>
    const seconds = now().getTime() / 1000
    const path = new URL(request.url).pathname
    const fits =
      protectedHeader.jwk !== undefined &&
      typeof jti === 'string' &&
      jti.length > 0 &&
      typeof iat === 'number' &&
      Math.abs(seconds - iat) <= WINDOW_SECONDS &&
      htm === request.method &&
      typeof htu === 'string' &&
      htu.split(/[?#]/, 1)[0] === publicUrl + path &&
      ath === createHash('sha256').update(token).digest('base64url') &&
      (await calculateJwkThumbprint(protectedHeader.jwk)) === jkt
    if (!fits) throw refused()
    if (!(await once(`${jkt} ${String(jti)}`, new Date((Number(iat) + 2 * WINDOW_SECONDS) * 1000))))
      throw refused()
  }
}
