/** The authorization server: oidc-provider, with its state in our database, mounted under `/oidc`. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { JSONWebKeySet, JWK } from 'jose'
import Provider, { type AdapterPayload, type Configuration, errors } from 'oidc-provider'
import { Type } from 'typebox'
import { GatewayError } from '../errors.ts'
import type { Keys } from '../federation/sealing.ts'
import { validator } from '../schemas/validate.ts'
import type { Env } from './env.ts'
import { SCOPES } from './tokens.ts'

/** The few queries that the server's state needs. */
export interface OidcState {
  readonly upsert: (
    model: string,
    id: string,
    payload: Readonly<Record<string, unknown>>,
    expiresIn: number | undefined,
  ) => Promise<void>
  readonly once: (model: string, id: string, expiresAt: Date) => Promise<boolean>
  readonly find: (model: string, id: string) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly findByUid: (model: string, uid: string) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly findByUserCode: (
    model: string,
    userCode: string,
  ) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly consume: (model: string, id: string) => Promise<void>
  readonly destroy: (model: string, id: string) => Promise<void>
  readonly revokeByGrantId: (model: string, grantId: string) => Promise<void>
}

const Client = Type.Object(
  {
    client_id: Type.String({ minLength: 1, maxLength: 100 }),
    client_name: Type.Optional(Type.String()),
    region: Type.Optional(Type.String()),
    jwks: Type.Optional(
      Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1 }) }),
    ),
    jwks_uri: Type.Optional(Type.String()),
    scope: Type.String(),
    grant_types: Type.Array(Type.String(), { minItems: 1 }),
    redirect_uris: Type.Optional(Type.Array(Type.String())),
    webhook_hosts: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: true },
)
/** Shape of `CLIENT_DIRECTORY`. */
const checkClients = validator(Type.Object({ clients: Type.Array(Client) }, { additionalProperties: false }))

/** One machine client of the directory; members as in RFC 7591. */
export interface ClientEntry {
  readonly client_id: string
  readonly client_name?: string
  readonly jwks?: { readonly keys: readonly JWK[] }
  readonly jwks_uri?: string
  readonly scope: string
  readonly grant_types: readonly string[]
  readonly redirect_uris?: readonly string[]
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

const TOKEN_SECONDS = 600

/** Public halves of the signing keys. */
export const publicJwks = (keys: Keys): JSONWebKeySet => ({
  keys: keys.signing.map(({ jwk: { d: _d, ...rest } }) => rest as unknown as JWK),
})

/** Makes the server. `issuer` is `PUBLIC_URL`; tokens are for `audience`. */
export function authorizationServer(
  issuer: string,
  audience: string,
  clients: readonly ClientEntry[],
  keys: Keys,
  state: OidcState,
): Provider {
  const configuration: Configuration = {
    adapter: (model: string) => adapterFor(model, state),
    clients: clients.map((client) => ({
      client_id: client.client_id,
      ...(client.client_name ? { client_name: client.client_name } : {}),
      ...(client.jwks ? { jwks: { keys: client.jwks.keys.map((key) => ({ ...key })) } } : {}),
      ...(client.jwks_uri ? { jwks_uri: client.jwks_uri } : {}),
      scope: client.scope,
      grant_types: client.grant_types.filter((type) => type === 'client_credentials'),
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'private_key_jwt' as const,
      id_token_signed_response_alg: 'ES256' as const,
    })),
    clientAuthMethods: ['private_key_jwt'],
    jwks: { keys: keys.signing.map(({ jwk }) => ({ ...jwk })) as never },
    scopes: [...SCOPES],
    responseTypes: [],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== audience) throw new errors.InvalidTarget()
          return {
            scope: SCOPES.join(' '),
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: TOKEN_SECONDS,
            jwt: { sign: { alg: 'ES256' } },
          }
        },
      },
    },
    ttl: { ClientCredentials: TOKEN_SECONDS, AccessToken: TOKEN_SECONDS },
    renderError: (ctx) => {
      ctx.type = 'application/problem+json'
      ctx.body = {
        type: '/problems/NOT_FOUND',
        title: 'The authorization server refused the request',
        status: ctx.status,
        code: 'OIDC',
      }
    },
  }
  const provider = new Provider(issuer, configuration)
  provider.proxy = true
  return provider
}

function adapterFor(model: string, state: OidcState) {
  return {
    upsert: async (id: string, payload: AdapterPayload, expiresIn: number) => {
      // A client assertion may be used once: the second insertion of its id must fail, whichever process sees it.
      if (
        model === 'ReplayDetection' &&
        !(await state.once(model, id, new Date(Date.now() + expiresIn * 1000)))
      )
        throw new Error('replayed')
      if (model !== 'ReplayDetection') await state.upsert(model, id, payload, expiresIn)
    },
    find: (id: string) => state.find(model, id) as Promise<AdapterPayload | undefined>,
    findByUid: (uid: string) => state.findByUid(model, uid) as Promise<AdapterPayload | undefined>,
    findByUserCode: (code: string) =>
      state.findByUserCode(model, code) as Promise<AdapterPayload | undefined>,
    consume: (id: string) => state.consume(model, id),
    destroy: (id: string) => state.destroy(model, id),
    revokeByGrantId: (id: string) => state.revokeByGrantId(model, id),
  }
}

/** Routes: `/oidc/*` and the discovery document at the root. */
export function oidcRoutes(provider: Provider): Hono<Env> {
  const app = new Hono<Env>()
  const handle = provider.callback()
  const forward = (prefix: string) =>
    app.all(prefix === '/oidc' ? '/oidc/*' : prefix, async (c) => {
      const { incoming, outgoing } = c.env
      const url = incoming.url ?? '/'
      // The server builds its addresses from the difference between these two.
      Object.assign(
        incoming,
        prefix === '/oidc'
          ? { originalUrl: url, url: url.slice('/oidc'.length) || '/' }
          : { originalUrl: `/oidc${url}`, url },
      )
      await handle(incoming as never, outgoing as never)
      return RESPONSE_ALREADY_SENT
    })
  forward('/oidc')
  forward('/.well-known/openid-configuration')
  return app
}
