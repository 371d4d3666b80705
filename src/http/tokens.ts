/** Access tokens: JWTs of our own server (RFC 9068), checked strictly, and what they allow. */
import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { GatewayError } from '../errors.ts'
import type { Env } from './env.ts'

/** Scopes of the API. */
export const SCOPES = ['convert', 'cases', 'events', 'photos', 'licences', 'persons', 'directory'] as const
export type Scope = (typeof SCOPES)[number]

interface Claims {
  readonly clientId: string
  readonly scopes: ReadonlySet<string>
  readonly until: number
}

const PART = /^[A-Za-z0-9_-]+$/

/**
 * A token's text must be the one encoding of its parts: JOSE libraries accept others, and two texts of one token must not
 * pass for two tokens.
 */
function isCanonical(token: string): boolean {
  const parts = token.split('.')
  return (
    parts.length === 3 &&
    parts.every((part) => PART.test(part) && Buffer.from(part, 'base64url').toString('base64url') === part)
  )
}

/** Verifies tokens against the server's public keys. Verified tokens are remembered until they end. */
export function tokenVerifier(
  jwks: JSONWebKeySet,
  issuer: string,
  audience: string,
): (token: string) => Promise<Claims> {
  const keys = createLocalJWKSet(jwks)
  const known = new Map<string, Claims>()
  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64')
    const now = Date.now() / 1000
    const hit = known.get(digest)
    if (hit && hit.until > now) return hit
    if (token.length > 8_192 || !isCanonical(token)) throw new GatewayError('TOKEN_INVALID')
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        typ: 'at+jwt',
        algorithms: ['ES256', 'EdDSA'],
        requiredClaims: ['exp', 'iat', 'jti', 'client_id'],
      })
      const claims = {
        clientId: String(payload['client_id']),
        scopes: new Set(String(payload['scope'] ?? '').split(' ')),
        until: payload.exp ?? 0,
      }
      if (known.size > 10_000) known.clear()
      known.set(digest, claims)
      return claims
    } catch (cause) {
      throw new GatewayError('TOKEN_INVALID', {}, { cause })
    }
  }
}

/** Lets a request in whose token has the scope. */
export const requires =
  (verify: (token: string) => Promise<Claims>, scope: Scope): MiddlewareHandler<Env> =>
  async (c, next) => {
    const [scheme, token, ...rest] = (c.req.header('authorization') ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0)
      throw new GatewayError('TOKEN_MISSING')
    const claims = await verify(token)
    if (!claims.scopes.has(scope)) throw new GatewayError('SCOPE_MISSING', { scope })
    c.set('actor', { clientId: claims.clientId, requestId: c.get('requestId') })
    await next()
  }
