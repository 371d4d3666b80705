import { readFileSync } from 'node:fs'
import { importJWK, type JWK, SignJWT } from 'jose'
import { GatewayError } from '../errors.ts'
import { type Args, need, option } from './args.ts'

/** Gets an access token by `client_credentials` and `private_key_jwt`. */
export async function token(args: Args): Promise<string> {
  return getToken({
    gateway: option(args, 'gateway') ?? 'http://localhost:8080',
    client: need(args, 'client'),
    key: keyFrom(need(args, 'key'), need(args, 'client')),
    scope: option(args, 'scope') ?? 'cases convert',
  })
}

/** A private JWK from a file: the key itself, or a sandbox's file of several keys by client. */
export function keyFrom(file: string, client: string): JWK {
  const content = JSON.parse(readFileSync(file, 'utf8')) as { keys?: Record<string, JWK> } & JWK
  const key = content.kty ? content : content.keys?.[client]
  if (!key)
    throw new GatewayError('CONFIGURATION_INVALID', {
      option: '--key',
      reason: 'holds no key of that client',
    })
  return key
}

/** A client's proof of itself for one request (RFC 7523), good for so many seconds. */
export async function assertionOf(gateway: string, client: string, key: JWK, seconds = 60): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({})
    .setProtectedHeader({ alg: key.alg ?? 'ES256', ...(key.kid ? { kid: key.kid } : {}) })
    .setIssuer(client)
    .setSubject(client)
    .setAudience(`${gateway}/oidc/token`)
    .setJti(crypto.randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(await importJWK(key, key.alg ?? 'ES256'))
}

/** The token request itself. @throws GatewayError `TOKEN_INVALID` with what the server said. */
export async function getToken({
  gateway,
  client,
  key,
  scope,
}: {
  gateway: string
  client: string
  key: JWK
  scope: string
}): Promise<string> {
  const answer = await fetch(`${gateway}/oidc/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(gateway, client, key),
    }),
  })
  const body = (await answer.json()) as Record<string, unknown>
  if (typeof body['access_token'] !== 'string')
    throw new GatewayError('TOKEN_INVALID', {
      error: String(body['error'] ?? answer.status),
      description: String(body['error_description'] ?? ''),
    })
  return body['access_token']
}
