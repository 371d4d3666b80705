/** `openid-client`, as it comes from the registry, against a running gateway: everything that a client does, in one story. */
import { createServer, type Server } from 'node:http'
import { createRemoteJWKSet, decodeJwt, importJWK, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CALLBACK, residentsBrowser } from '../support/authorization.ts'
import { testClient } from '../support/clients.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import type { Visitor } from '../support/page-reader.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const AFTER = 'http://127.0.0.1:8090/'

const heard: string[] = []
let listener: Server
let gateway: TestGateway
let config: client.Configuration
let handle: client.DPoPHandle
let person: Visitor

/** The client's own server, which hears of log-outs. */
async function listen(): Promise<string> {
  listener = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      heard.push(new URLSearchParams(body).get('logout_token') ?? '')
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  return `http://127.0.0.1:${(listener.address() as { port: number }).port}/log-out`
}

beforeAll(async () => {
  const app = testClient('story-app', {
    client_name: '故事里的应用',
    scope: 'cases persons',
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials', EXCHANGE],
    redirect_uris: [CALLBACK],
    post_logout_redirect_uris: [AFTER],
    backchannel_logout_uri: await listen(),
    dpop_bound_access_tokens: true,
  })
  gateway = await startTestGateway({ clients: [app.entry] })
  const key = (await importJWK(app.key, 'ES256')) as CryptoKey
  config = await client.discovery(
    new URL(gateway.url),
    app.id,
    { id_token_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt({ key, kid: app.key.kid ?? '' }),
    // The gateway of a test has no certificate.
    { execute: [client.allowInsecureRequests] },
  )
  handle = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  person = await residentsBrowser(gateway)
})
afterAll(async () => {
  await gateway.close()
  await new Promise((resolve) => listener.close(resolve))
})

/** What the API answers to a token that is shown with its key. */
const reach = async (token: string): Promise<number> =>
  client
    .fetchProtectedResource(config, token, new URL('/api/v1/cases', gateway.url), 'GET', null, undefined, {
      DPoP: handle,
    })
    .then(
      ({ status }) => status,
      (error: { status?: number }) => error.status ?? 0,
    )

/** The code flow by PAR, PKCE and DPoP, with the person's browser. */
async function tokens() {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const expectedState = client.randomState()
  const expectedNonce = client.randomNonce()
  const address = await client.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: CALLBACK,
      scope: 'openid offline_access cases persons',
      prompt: 'consent',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
    },
    { DPoP: handle },
  )
  expect([...address.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri'])
  const { url } = await person.follow(address.href)
  return client.authorizationCodeGrant(
    config,
    url,
    { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true },
    undefined,
    { DPoP: handle },
  )
}

test('finds the server, and gets a token for itself', async () => {
  expect(config.serverMetadata()).toMatchObject({
    issuer: gateway.url,
    require_pushed_authorization_requests: true,
  })
  const own = await client.clientCredentialsGrant(config, { scope: 'cases' }, { DPoP: handle })
  expect(own.token_type).toBe('dpop')
  expect(await reach(own.access_token)).toBe(200)
})

test('gets tokens for a person, refreshes, exchanges, asks after them and gives them back', async () => {
  const first = await tokens()
  expect(first.scope?.split(' ').toSorted()).toEqual(['cases', 'persons'])
  expect(first.claims()).toMatchObject({ iss: gateway.url, aud: 'story-app' })
  expect(await reach(first.access_token)).toBe(200)

  const next = await client.refreshTokenGrant(config, first.refresh_token ?? '', undefined, { DPoP: handle })
  expect(next.refresh_token).not.toBe(first.refresh_token)
  expect(await reach(next.access_token)).toBe(200)

  const narrowed = await client.genericGrantRequest(
    config,
    EXCHANGE,
    { subject_token: next.access_token, subject_token_type: ACCESS_TOKEN, audience: 'anhui', scope: 'cases' },
    { DPoP: handle },
  )
  const said = decodeJwt(narrowed.access_token)
  expect(said).toMatchObject({ aud: 'anhui', scope: 'cases', client_id: 'story-app' })
  // Another place is another sector: the person has another name there.
  expect(said.sub).not.toBe(decodeJwt(next.access_token).sub)
  expect(await reach(narrowed.access_token)).toBe(200)

  expect(await client.tokenIntrospection(config, next.access_token)).toMatchObject({
    active: true,
    client_id: 'story-app',
    token_type: 'DPoP',
  })
  await client.tokenRevocation(config, next.access_token)
  expect(await client.tokenIntrospection(config, next.access_token)).toEqual({ active: false })
  expect(await reach(next.access_token)).toBe(401)

  await client.tokenRevocation(config, next.refresh_token ?? '')
  await expect(
    client.refreshTokenGrant(config, next.refresh_token ?? '', undefined, { DPoP: handle }),
  ).rejects.toMatchObject({ error: 'invalid_grant' })
  // What the person agreed to is taken back with it: all its tokens end.
  expect(await reach(first.access_token)).toBe(401)
})

test('a bound token cannot be exchanged by whoever has not its key', async () => {
  const { access_token } = await tokens()
  const thief = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  await expect(
    client.genericGrantRequest(
      config,
      EXCHANGE,
      { subject_token: access_token, subject_token_type: ACCESS_TOKEN, audience: 'anhui' },
      { DPoP: thief },
    ),
  ).rejects.toMatchObject({ error: 'invalid_grant' })
})

/** Whose log-outs the client has heard of since it was asked last, each message checked as the client must. */
async function heardOf(): Promise<(string | undefined)[]> {
  const keys = createRemoteJWKSet(new URL('/oidc/jwks', gateway.url))
  const expected = { issuer: gateway.url, audience: 'story-app', typ: 'logout+jwt' }
  const messages = await Promise.all(heard.splice(0).map((text) => jwtVerify(text, keys, expected)))
  return messages.map(({ payload }) => {
    expect(payload['events']).toHaveProperty(['http://schemas.openid.net/event/backchannel-logout'])
    return payload.sub
  })
}

test('logs the person out: here, at the clients, and in every token', async () => {
  const { access_token, refresh_token, id_token = '', claims } = await tokens()
  expect((await person.send('/me')).status).toBe(200)
  const address = client.buildEndSessionUrl(config, {
    id_token_hint: id_token,
    post_logout_redirect_uri: AFTER,
    state: 'after',
  })
  const { page } = await person.follow(address.href)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const answered = await person.send('/oidc/session/end/confirm', { xsrf, logout: 'yes' })
  expect(answered.headers.get('location')).toBe(`${AFTER}?state=after`)

  expect(await heardOf()).toEqual([claims()?.sub])

  expect(await reach(access_token)).toBe(401)
  expect((await person.send('/me')).headers.get('location')).toMatch(/^\/log-in/)
  await expect(
    client.refreshTokenGrant(config, refresh_token ?? '', undefined, { DPoP: handle }),
  ).rejects.toMatchObject({ error: 'invalid_grant' })
})

test('hears of a log-out at the gateway’s own page, under the name by which it knows the person', async () => {
  person = await residentsBrowser(gateway)
  const { claims, access_token } = await tokens()
  const text = await (await person.send('/me')).text()
  const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const action = /action="(\/me\/sessions\/[^"]+)"/.exec(text)?.[1] ?? ''
  expect((await person.send(action, { token })).status).toBe(303)
  expect(await heardOf()).toEqual([claims()?.sub])
  expect(await reach(access_token)).toBe(401)
})
