/**
 * The token in the QR code: a compact JWS (RFC 7515) that anybody can check offline with the gateway's published keys. It holds
 * its own name, its purpose, its minute and a subject of chance that is new each time, and nothing of a person.
 */
import { randomBytes } from 'node:crypto'
import { type CompactVerifyResult, compactVerify, createLocalJWKSet, importJWK, SignJWT } from 'jose'
import { GatewayError } from '../../errors.ts'
import { current, type Keys, publicJwks } from '../keys.ts'
import { isCanonical } from './canonical.ts'
import { PURPOSES, type Purpose } from './purposes.ts'

/** `typ` of its header: no verifier takes it for an access token, or the other way round. */
const IDENTITY_TYP = 'delta-identity+jwt'
const MOST_CHARACTERS = 1_024

/** What a token says. Times in whole seconds. */
interface Stated {
  readonly id: string
  readonly purpose: Purpose
  readonly from: Date
  readonly until: Date
}

export interface IdentityTokens {
  readonly sign: (stated: Stated) => Promise<string>
  /**
   * Reads a token of ours, one that is over included: whether it still counts is judged with the record of it.
   * @throws GatewayError `IDENTITY_CODE_INVALID` for anything that we did not sign as such
   */
  readonly read: (token: string) => Promise<Stated>
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
/** A URI for each purpose, which names the gateway too. */
const audienceOf = (publicUrl: string, purpose: Purpose) => `${publicUrl}/counter/${purpose}`

/** @param keys the keys as they are now: a rotation is seen at the next call */
export function identityTokens(keys: () => Keys, publicUrl: string, now: () => Date): IdentityTokens {
  return {
    sign: async ({ id, purpose, from, until }) => {
      const { id: kid, jwk } = current(keys().signing, now())
      return new SignJWT()
        .setProtectedHeader({ alg: 'ES256', typ: IDENTITY_TYP, kid })
        .setAudience(audienceOf(publicUrl, purpose))
        .setJti(id)
        .setSubject(randomBytes(12).toString('base64url'))
        .setIssuedAt(seconds(from))
        .setExpirationTime(seconds(until))
        .sign(await importJWK(jwk, 'ES256'))
    },
    read: async (token) => {
      if (token.length > MOST_CHARACTERS || !isCanonical(token)) throw invalid()
      // The public half alone: a key of the header's own choosing (`jwk`, `jku`, `x5u`) is never asked.
      const known = createLocalJWKSet(publicJwks(keys(), now()))
      const verified = await compactVerify(token, known, { algorithms: ['ES256'] }).catch(
        (cause: unknown) => {
          throw invalid(cause)
        },
      )
      return statedIn(verified, publicUrl)
    },
  }
}

const invalid = (cause?: unknown) => new GatewayError('IDENTITY_CODE_INVALID', {}, { cause })

function statedIn({ payload, protectedHeader }: CompactVerifyResult, publicUrl: string): Stated {
  // Access tokens and ID tokens are signed with the same keys.
  if (protectedHeader.typ !== IDENTITY_TYP) throw invalid()
  const { aud, jti, iat, exp } = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>
  const purpose = PURPOSES.find((one) => audienceOf(publicUrl, one) === aud)
  if (!purpose || typeof jti !== 'string' || typeof iat !== 'number' || typeof exp !== 'number')
    throw invalid()
  return { id: jti, purpose, from: new Date(iat * 1000), until: new Date(exp * 1000) }
}
