/**
 * Revocation and introspection of our JWT access tokens (RFC 7009, 7662). The server knows its opaque tokens alone and calls
 * others unsupported; what it so calls is looked at here, after it has checked who asks.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Deps } from '../../federation/deps.ts'
import { audienceName } from '../../federation/identity/audience.ts'
import type { Claims, Verify } from '../tokens.ts'

export function endTokens(server: Provider, { deps, verify }: { deps: Deps; verify: Verify }): void {
  server.use(async (ctx, next) => {
    await next()
    const { oidc } = ctx as KoaContextWithOIDC
    const route = oidc?.route
    const client = oidc?.client
    const unsupported = (ctx.body as { error?: string } | undefined)?.error === 'unsupported_token_type'
    if (!client || !unsupported || (route !== 'revocation' && route !== 'introspection')) return
    const claims = await verify(String(oidc.params?.['token'])).catch(() => undefined)
    // Whoever did not get a token learns nothing of it and cannot end it.
    const own = claims?.clientId === client.clientId ? claims : undefined
    ctx.status = 200
    if (route === 'introspection') ctx.body = introspected(own, deps.publicUrl)
    else {
      ctx.body = ''
      if (own) await deps.endings.end('token', own.id, new Date(own.until * 1000))
    }
  })
}

function introspected(claims: Claims | undefined, issuer: string): object {
  if (!claims) return { active: false }
  return {
    active: true,
    iss: issuer,
    jti: claims.id,
    client_id: claims.clientId,
    scope: [...claims.scopes].join(' '),
    exp: claims.until,
    aud: claims.audience ? audienceName(claims.audience) : issuer,
    token_type: claims.jkt ? 'DPoP' : 'Bearer',
    ...(claims.principal ? { loa: claims.principal.loa, region: claims.principal.region } : {}),
    ...(claims.act ? { act: claims.act } : {}),
    ...(claims.jkt ? { cnf: { jkt: claims.jkt } } : {}),
  }
}
