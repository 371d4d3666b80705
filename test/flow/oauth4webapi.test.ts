/** `oauth4webapi`, as it comes from the registry, against a running gateway: the same grants, each answer checked by the library. */
import { importJWK } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CALLBACK, residentsBrowser } from '../support/authorization.ts'
import { testClient } from '../support/clients.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
// The gateway of a test has no certificate.
const plain = { [oauth.allowInsecureRequests]: true }

const app = testClient('web-app', {
  scope: 'cases persons',
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials', EXCHANGE],
  redirect_uris: [CALLBACK],
})
const self: oauth.Client = { client_id: app.id, id_token_signed_response_alg: 'ES256' }
let gateway: TestGateway
let server: oauth.AuthorizationServer
let auth: oauth.ClientAuth
let DPoP: oauth.DPoPHandle

beforeAll(async () => {
  gateway = await startTestGateway({ clients: [app.entry] })
  const issuer = new URL(gateway.url)
  server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, plain))
  auth = oauth.PrivateKeyJwt({
    key: (await importJWK(app.key, 'ES256')) as CryptoKey,
    kid: app.key.kid ?? '',
  })
  DPoP = oauth.DPoP(self, await oauth.generateKeyPair('ES256'))
})
afterAll(() => gateway.close())

const reach = async (token: string, bound: boolean): Promise<number> =>
  oauth
    .protectedResourceRequest(token, 'GET', new URL('/api/v1/cases', gateway.url), undefined, undefined, {
      ...plain,
      ...(bound ? { DPoP } : {}),
    })
    .then(
      ({ status }) => status,
      (error: { status?: number }) => error.status ?? 0,
    )

const exchange = async (parameters: Record<string, string>, bound: boolean) =>
  oauth.processGenericTokenEndpointResponse(
    server,
    self,
    await oauth.genericTokenEndpointRequest(server, self, auth, EXCHANGE, parameters, {
      ...plain,
      ...(bound ? { DPoP } : {}),
    }),
  )

test('the same document stands at both well-known addresses', async () => {
  const issuer = new URL(gateway.url)
  const options = { ...plain, algorithm: 'oauth2' } as const
  const other = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options))
  expect(other).toEqual(server)
  expect(server.grant_types_supported).toContain(EXCHANGE)
  expect(server.token_endpoint_auth_methods_supported).toEqual(['private_key_jwt'])
})

test.each([false, true])('a token for the client itself, bound to a key: %s', async (bound) => {
  const { access_token, token_type } = await oauth.processClientCredentialsResponse(
    server,
    self,
    await oauth.clientCredentialsGrantRequest(
      server,
      self,
      auth,
      { scope: 'cases' },
      { ...plain, ...(bound ? { DPoP } : {}) },
    ),
  )
  expect(token_type).toBe(bound ? 'dpop' : 'bearer')
  expect(await reach(access_token, bound)).toBe(200)
})

test.each([false, true])('tokens for a person by PAR and PKCE, bound to a key: %s', async (bound) => {
  const options = { ...plain, ...(bound ? { DPoP } : {}) }
  const verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const { request_uri } = await oauth.processPushedAuthorizationResponse(
    server,
    self,
    await oauth.pushedAuthorizationRequest(
      server,
      self,
      auth,
      {
        response_type: 'code',
        redirect_uri: CALLBACK,
        scope: 'openid offline_access cases persons',
        prompt: 'consent',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      },
      options,
    ),
  )
  const address = new URL(server.authorization_endpoint ?? '')
  address.search = new URLSearchParams({ client_id: app.id, request_uri }).toString()
  const { url } = await (await residentsBrowser(gateway)).follow(address.href)
  // The library sees to it that the answer comes from this issuer (RFC 9207).
  const answer = oauth.validateAuthResponse(server, self, url, state)
  const first = await oauth.processAuthorizationCodeResponse(
    server,
    self,
    await oauth.authorizationCodeGrantRequest(server, self, auth, answer, CALLBACK, verifier, options),
    { expectedNonce: nonce, requireIdToken: true },
  )
  expect(await reach(first.access_token, bound)).toBe(200)

  const next = await oauth.processRefreshTokenResponse(
    server,
    self,
    await oauth.refreshTokenGrantRequest(server, self, auth, first.refresh_token ?? '', options),
  )
  const narrowed = await exchange(
    {
      subject_token: next.access_token,
      subject_token_type: ACCESS_TOKEN,
      resource: `${gateway.url}/api/v1/cities/340100`,
    },
    bound,
  )
  expect(await reach(narrowed.access_token, bound)).toBe(200)
  // It never widens again.
  await expect(
    exchange(
      { subject_token: narrowed.access_token, subject_token_type: ACCESS_TOKEN, audience: 'jiangsu' },
      bound,
    ),
  ).rejects.toMatchObject({ error: 'invalid_target' })

  const introspected = await oauth.processIntrospectionResponse(
    server,
    self,
    await oauth.introspectionRequest(server, self, auth, narrowed.access_token, plain),
  )
  expect(introspected).toMatchObject({ active: true, aud: '340100', client_id: app.id })
  for (const token of [narrowed.access_token, next.refresh_token ?? ''])
    await oauth.processRevocationResponse(await oauth.revocationRequest(server, self, auth, token, plain))
  expect([await reach(narrowed.access_token, bound), await reach(next.access_token, bound)]).toEqual([
    401, 401,
  ])
})
