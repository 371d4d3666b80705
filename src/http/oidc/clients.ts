/** `CLIENT_DIRECTORY`: the clients of the API, with members as in RFC 7591. */
import type { JWK } from 'jose'
import type { ClientMetadata } from 'oidc-provider'
import { Type } from 'typebox'
import { GatewayError } from '../../errors.ts'
import { PURPOSES, type Purpose } from '../../federation/identity/purposes.ts'
import { validator } from '../../schemas/validate.ts'
import { EXCHANGE } from './grants.ts'

const addresses = Type.Optional(Type.Array(Type.String({ pattern: '^https?://[^\\s#]+$' }), { maxItems: 50 }))

const Client = Type.Object(
  {
    // In records of access these two are the gateway's own pages and its staff.
    client_id: Type.String({ minLength: 1, maxLength: 100, pattern: '^(?!(portal|operator)$)' }),
    client_name: Type.Optional(Type.String()),
    region: Type.Optional(Type.String()),
    jwks: Type.Optional(
      Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1 }) }),
    ),
    jwks_uri: Type.Optional(Type.String()),
    scope: Type.String(),
    grant_types: Type.Array(Type.String(), { minItems: 1 }),
    redirect_uris: addresses,
    post_logout_redirect_uris: addresses,
    backchannel_logout_uri: Type.Optional(Type.String({ pattern: '^https?://[^\\s#]+$' })),
    dpop_bound_access_tokens: Type.Optional(Type.Boolean()),
    // A host, with or without a port: no address, no pattern.
    webhook_hosts: Type.Optional(
      Type.Array(Type.String({ pattern: '^([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?$' }), {
        maxItems: 50,
      }),
    ),
    purposes: Type.Optional(Type.Array(Type.Unsafe<Purpose>({ type: 'string', enum: [...PURPOSES] }))),
    divisions: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{6}$' }), { maxItems: 50 })),
  },
  { additionalProperties: true },
)
/** Shape of `CLIENT_DIRECTORY`. */
const checkClients = validator(Type.Object({ clients: Type.Array(Client) }, { additionalProperties: false }))

/** One client of the directory. */
export interface ClientEntry {
  readonly client_id: string
  readonly client_name?: string
  /** The region whose system it is. */
  readonly region?: string
  readonly jwks?: { readonly keys: readonly JWK[] }
  readonly jwks_uri?: string
  readonly scope: string
  readonly grant_types: readonly string[]
  readonly redirect_uris?: readonly string[]
  readonly post_logout_redirect_uris?: readonly string[]
  readonly backchannel_logout_uri?: string
  /** Its access tokens must be bound to a key (RFC 9449). */
  readonly dpop_bound_access_tokens?: boolean
  /** For what it may scan a person's code: `hotel`, `window`. */
  readonly purposes?: readonly Purpose[]
  /** Cities for which its windows take papers over: they see what was handed over to them. */
  readonly divisions?: readonly string[]
  /** Hosts to which its events may be posted. */
  readonly webhook_hosts?: readonly string[]
}

/** Reads a client directory. @throws GatewayError `CONFIGURATION_INVALID` naming the member. */
export function parseClients(content: unknown): readonly ClientEntry[] {
  const errors = checkClients(content)
  if (errors)
    throw new GatewayError('CONFIGURATION_INVALID', {
      variable: 'CLIENT_DIRECTORY',
      member: errors[0]?.pointer ?? '',
    })
  // The schema has just been checked.
  return (content as { clients: readonly ClientEntry[] }).clients
}

const GRANTS: readonly string[] = ['client_credentials', 'authorization_code', 'refresh_token', EXCHANGE]

/** An entry as the authorization server takes it. Whoever may send browsers may refresh only if it says so. */
export function metadataOf(entry: ClientEntry): ClientMetadata {
  const grants = entry.grant_types.filter((type) => GRANTS.includes(type))
  const hasCode = grants.includes('authorization_code')
  return {
    client_id: entry.client_id,
    ...(entry.client_name ? { client_name: entry.client_name } : {}),
    ...(entry.jwks ? { jwks: { keys: entry.jwks.keys.map((key) => ({ ...key })) } } : {}),
    ...(entry.jwks_uri ? { jwks_uri: entry.jwks_uri } : {}),
    scope: hasCode ? withOpenid(entry.scope) : entry.scope,
    grant_types: grants,
    redirect_uris: hasCode ? [...(entry.redirect_uris ?? [])] : [],
    response_types: hasCode ? ['code'] : [],
    ...(entry.post_logout_redirect_uris
      ? { post_logout_redirect_uris: [...entry.post_logout_redirect_uris] }
      : {}),
    ...(entry.backchannel_logout_uri
      ? { backchannel_logout_uri: entry.backchannel_logout_uri, backchannel_logout_session_required: true }
      : {}),
    ...(entry.dpop_bound_access_tokens ? { dpop_bound_access_tokens: true } : {}),
    token_endpoint_auth_method: 'private_key_jwt',
    id_token_signed_response_alg: 'ES256',
    subject_type: 'pairwise',
  }
}

const withOpenid = (scope: string) =>
  [...new Set(['openid', 'offline_access', ...scope.split(' ')])].join(' ')
