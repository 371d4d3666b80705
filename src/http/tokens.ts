/** Access tokens: JWTs of our own server (RFC 9068), checked strictly, and what they allow. */
import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import {
  type CompactVerifyResult,
  compactVerify,
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose'
import { GatewayError } from '../errors.ts'
import { type Audience, audienceOf } from '../federation/identity/audience.ts'
import { isCanonical } from '../federation/identity/canonical.ts'
import type { Endings } from '../federation/identity/endings.ts'
import type { Principal } from '../federation/identity/principal.ts'
import type { Sealing } from '../federation/sealing.ts'
import type { DpopVerifier } from './dpop.ts'
import type { Env } from './env.ts'
import type { Act } from './oidc/claims.ts'

/** Scopes of the API. `persons:verify` scans what a person shows at a counter. */
export const SCOPES = [
  'convert',
  'cases',
  'events',
  'photos',
  'licences',
  'persons',
  'persons:verify',
  'directory',
] as const
export type Scope = (typeof SCOPES)[number]

/** What a token says. */
export interface Claims {
  readonly id: string
  readonly clientId: string
  readonly scopes: ReadonlySet<string>
  /** Seconds since 1970 after which it is nothing. */
  readonly until: number
  readonly audience: Audience | undefined
  /** The person behind it; absent when a client calls for itself. */
  readonly principal: Principal | undefined
  readonly act: Act | undefined
  /** Thumbprint of the key to which it is bound (RFC 9449). */
  readonly jkt: string | undefined
}

/** @throws GatewayError `TOKEN_INVALID` */
export type Verify = (token: string) => Promise<Claims>

const MOST_CHARACTERS = 8_192
const MOST_KNOWN = 10_000
const ALGORITHMS = ['ES256', 'EdDSA']
/** Two machines of one gateway may differ by a second. */
const TOLERANCE_SECONDS = 1

/** Why a token is refused, for its holder and for the count of refusals. */
type Reason = 'form' | 'signature' | 'type' | 'claims' | 'expired' | 'early' | 'audience' | 'ended' | 'proof'

const refused = (reason: Reason, cause?: unknown) =>
  new GatewayError('TOKEN_INVALID', { reason }, cause === undefined ? {} : { cause })

/** Keys by which tokens are checked, as `createLocalJWKSet` gives them. */
type KeySet = ReturnType<typeof createLocalJWKSet>

/**
 * Checks a token's text and its signature, and nothing of what it says: one of these keys made it, by an algorithm of ours.
 * @throws GatewayError `TOKEN_INVALID` with `reason` `form` or `signature`
 */
export async function signedBy(keys: KeySet, token: string): Promise<CompactVerifyResult> {
  if (token.length > MOST_CHARACTERS || !isCanonical(token)) throw refused('form')
  try {
    const verified = await compactVerify(token, keys, { algorithms: ALGORITHMS })
    // No token of ours has a critical member. The library knows one, a payload outside Base64, and would take it.
    if (verified.protectedHeader.crit !== undefined) throw new errors.JWSInvalid('a critical member')
    return verified
  } catch (cause) {
    // A head that is no JSON, or that asks for what nobody here understands, is wrong in its form.
    throw refused(cause instanceof errors.JWSInvalid ? 'form' : 'signature', cause)
  }
}

/** @throws GatewayError `TOKEN_INVALID` unless these are the claims of an access token of this issuer, in its time */
function payloadOf({ payload: bytes, protectedHeader }: CompactVerifyResult, issuer: string): JWTPayload {
  if (protectedHeader.typ !== 'at+jwt') throw refused('type')
  const payload = jsonOf(bytes)
  const { iss, aud, exp, iat, nbf, jti } = payload
  const isWhole =
    iss === issuer &&
    aud !== undefined &&
    typeof exp === 'number' &&
    typeof iat === 'number' &&
    (nbf === undefined || typeof nbf === 'number') &&
    typeof jti === 'string' &&
    typeof payload['client_id'] === 'string'
  if (!isWhole) throw refused('claims')
  const seconds = Math.floor(Date.now() / 1000)
  if (exp <= seconds - TOLERANCE_SECONDS) throw refused('expired')
  if (nbf !== undefined && nbf > seconds + TOLERANCE_SECONDS) throw refused('early')
  return payload
}

function jsonOf(bytes: Uint8Array): JWTPayload {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (cause) {
    throw refused('claims', cause)
  }
  throw refused('claims')
}

interface Needs {
  /** The public keys as they are now: after a rotation the function gives another set. */
  readonly jwks: () => JSONWebKeySet
  readonly issuer: string
  readonly sealing: Pick<Sealing, 'open'>
  readonly endings: Pick<Endings, 'has'>
}

/** Verifies tokens against the server's public keys. Verified tokens are remembered until they end. */
export function tokenVerifier({ jwks, issuer, sealing, endings }: Needs): Verify {
  let from = jwks()
  let keys = createLocalJWKSet(from)
  let known = new Map<string, Claims>()

  return async (token) => {
    const latest = jwks()
    if (latest !== from) {
      // A key that is no longer published vouches for nothing, what it signed before included.
      from = latest
      keys = createLocalJWKSet(latest)
      known = new Map()
    }
    const digest = createHash('sha256').update(token).digest('base64')
    let claims = known.get(digest)
    if (!claims || claims.until <= Date.now() / 1000) {
      claims = claimsOf(payloadOf(await signedBy(keys, token), issuer), issuer, sealing)
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(digest, claims)
    }
    const { authenticationId, grantId } = claims.principal ?? {}
    if (
      endings.has('token', claims.id) ||
      (authenticationId !== undefined && endings.has('authentication', authenticationId)) ||
      (grantId !== undefined && endings.has('grant', grantId))
    )
      throw refused('ended')
    return claims
  }
}

function claimsOf(payload: JWTPayload, issuer: string, sealing: Pick<Sealing, 'open'>): Claims {
  const { aud, exp, jti } = payload
  // One audience, as a text: a token for two places would be for neither.
  const audience = typeof aud === 'string' && aud !== issuer ? audienceOf(aud) : undefined
  if (aud !== issuer && audience === undefined) throw refused('audience')
  const { who, loa, region, act, cnf } = payload as {
    who?: string
    loa?: Principal['loa']
    region?: Principal['region']
    act?: Act
    cnf?: { jkt?: string }
  }
  return {
    id: jti ?? '',
    clientId: String(payload['client_id']),
    scopes: new Set(String(payload['scope'] ?? '').split(' ')),
    until: exp ?? 0,
    audience,
    // The signature was ours: these claims are as we wrote them.
    principal:
      who === undefined || loa === undefined || region === undefined
        ? undefined
        : {
            ...sealing.open<Pick<Principal, 'personId' | 'organisationId' | 'authenticationId' | 'grantId'>>(
              Buffer.from(who, 'base64url'),
            ),
            loa,
            region,
          },
    act,
    jkt: cnf?.jkt,
  }
}

/** The claims of a request's token, with its proof of possession where it is bound to a key. */
export function bearer(verify: Verify, dpop: DpopVerifier): (request: Request) => Promise<Claims> {
  const read = async (request: Request): Promise<Claims> => {
    const [scheme = '', token, ...rest] = (request.headers.get('authorization') ?? '').split(' ')
    const kind = scheme.toLowerCase()
    if ((kind !== 'bearer' && kind !== 'dpop') || !token || rest.length > 0)
      throw new GatewayError('TOKEN_MISSING')
    const claims = await verify(token)
    // A bound token that is shown without its key may be stolen, and a free one must not pass for bound.
    if ((claims.jkt === undefined) !== (kind === 'bearer')) throw refused('proof')
    if (claims.jkt !== undefined) await dpop(request, token, claims.jkt)
    return claims
  }
  // A path may stand under two guards, and a proof is good for one look: the second guard hears what the first one read.
  const known = new WeakMap<Request, Promise<Claims>>()
  return (request) => {
    const claims = known.get(request) ?? read(request)
    known.set(request, claims)
    return claims
  }
}

/** Lets a request in whose token has one of the scopes. */
export const requires =
  (read: (request: Request) => Promise<Claims>, ...scopes: readonly Scope[]): MiddlewareHandler<Env> =>
  async (c, next) => {
    const claims = await read(c.req.raw)
    if (!scopes.some((scope) => claims.scopes.has(scope)))
      throw new GatewayError('SCOPE_MISSING', { scope: scopes.join(' ') })
    c.set('scopes', claims.scopes)
    c.set('token', { id: claims.id, until: new Date(claims.until * 1000) })
    c.set('actor', {
      clientId: claims.clientId,
      requestId: c.get('requestId'),
      ...(claims.audience ? { audience: claims.audience } : {}),
      ...(claims.principal ? { principal: claims.principal } : {}),
    })
    await next()
  }
