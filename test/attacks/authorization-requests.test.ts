/** What a browser is sent to the authorization server with, wrongly: refused and counted, and never sent on to a stranger. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addressOf,
  CALLBACK,
  codeFor,
  pkce,
  pushed,
  requestOf,
  residentsBrowser,
} from '../support/authorization.ts'
import { postForm, sandboxClient, type TestClient, testClient } from '../support/clients.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { counting } from '../support/refusals.ts'

const second = testClient('second-app', {
  scope: 'cases persons',
  grant_types: ['authorization_code'],
  redirect_uris: [CALLBACK],
})
let gateway: TestGateway
let app: TestClient
beforeAll(async () => {
  gateway = await startTestGateway({ clients: [second.entry] })
  app = sandboxClient(gateway, 'sandbox-app')
})
afterAll(() => gateway.close())

describe('a pushed request', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['with a plain challenge (downgrade)', { code_challenge_method: 'plain' }, 'invalid_request'],
    [
      'with a challenge of no method, which would be plain',
      { code_challenge_method: undefined },
      'invalid_request',
    ],
    ['with a challenge that is too short', { code_challenge: 'abc' }, 'invalid_request'],
    ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
    [
      'for an id token in the address',
      { response_type: 'code id_token', nonce: 'n' },
      'unsupported_response_type',
    ],
    ['for no place', { resource: 'https://other.example/api' }, 'invalid_target'],
    [
      'for the place that its address only begins with',
      { resource: `${CALLBACK}/api/v1/regions/anhui` },
      'invalid_target',
    ],
    ['for more than the client may', { scope: 'openid persons:verify' }, 'invalid_scope'],
    ['to nowhere', { redirect_uri: undefined }, 'invalid_request'],
    ['to a stranger', { redirect_uri: 'https://evil.example/callback' }, 'invalid_request'],
    [
      'to a stranger behind our name',
      { redirect_uri: 'http://127.0.0.1:8090@evil.example/callback' },
      'invalid_request',
    ],
    ['with userinfo', { redirect_uri: 'http://me@127.0.0.1:8090/callback' }, 'invalid_request'],
    ['with a fragment', { redirect_uri: `${CALLBACK}#here` }, 'invalid_request'],
    ['with a suffix', { redirect_uri: `${CALLBACK}/more` }, 'invalid_request'],
    [
      'with a suffix of the host',
      { redirect_uri: 'http://127.0.0.1.evil.example:8090/callback' },
      'invalid_request',
    ],
    ['with a query', { redirect_uri: `${CALLBACK}?next=https://evil.example` }, 'invalid_request'],
    ['with a way back up', { redirect_uri: `${CALLBACK}/../evil` }, 'invalid_request'],
    ['to another port', { redirect_uri: 'http://127.0.0.1:9999/callback' }, 'invalid_request'],
    ['to a script', { redirect_uri: 'javascript:alert(1)' }, 'invalid_request'],
    [
      'with a request inside a request',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      'request_uri_not_supported',
    ],
  ])('%s: refused and counted', async (_name, over, error) => {
    const { told, counted } = await counting(gateway, () => pushed(gateway, app, pkce().challenge, over))
    expect([told.status, told.body.error]).toEqual([400, error])
    expect(counted).toEqual([`pushed_authorization_request ${error}`])
  })

  test('in another client’s name: refused and counted', async () => {
    const { told, counted } = await counting(gateway, () =>
      pushed(gateway, app, pkce().challenge, { client_id: second.id }),
    )
    expect(told.body.error).toBe('invalid_request')
    expect(counted).toEqual(['pushed_authorization_request invalid_request'])
  })

  test('from nobody: refused and counted', async () => {
    const { told, counted } = await counting(gateway, () =>
      postForm(gateway, '/oidc/request', requestOf(app, pkce().challenge)),
    )
    expect([told.body.error, counted]).toEqual([
      'invalid_client',
      ['pushed_authorization_request invalid_client'],
    ])
  })
})

describe('a browser', () => {
  /** Where it comes with an address of the authorization endpoint, and what was counted. */
  const sent = (address: string) =>
    counting(gateway, async () => (await residentsBrowser(gateway)).send(address))

  test('without a pushed request: refused and counted, told only to an address of the client', async () => {
    const { told, counted } = await sent(
      `/oidc/auth?${new URLSearchParams(requestOf(app, pkce().challenge))}`,
    )
    expect(counted).toEqual(['authorization invalid_request'])
    const to = told.headers.get('location')
    if (to) expect(to.startsWith(`${CALLBACK}?error=invalid_request`)).toBe(true)
    else expect(told.status).toBe(400)
  })

  test('without a pushed request and with a stranger’s address: sent nowhere', async () => {
    const params = { ...requestOf(app, pkce().challenge), redirect_uri: 'https://evil.example/callback' }
    const { told, counted } = await sent(`/oidc/auth?${new URLSearchParams(params)}`)
    expect([told.status, told.headers.get('location')]).toEqual([400, null])
    // Both faults count: no pushed request, and an address that is not the client's.
    expect(counted).toEqual(['authorization invalid_redirect_uri', 'authorization invalid_request'])
  })

  test('with a request that was used: refused and counted', async () => {
    const { body } = await pushed(gateway, app, pkce().challenge)
    const own = await residentsBrowser(gateway)
    expect((await own.follow(addressOf(app, body.request_uri))).url.searchParams.get('code')).toBeTruthy()
    const { told, counted } = await counting(gateway, () => own.send(addressOf(app, body.request_uri)))
    expect(told.headers.get('location')).toBeNull()
    expect([told.status, counted]).toEqual([400, ['authorization invalid_request_uri']])
  })

  test('with the request of another client: refused and counted', async () => {
    const { body } = await pushed(gateway, app, pkce().challenge)
    const { told, counted } = await sent(addressOf(second, body.request_uri))
    const to = new URL(told.headers.get('location') ?? '')
    expect([to.origin + to.pathname, to.searchParams.get('error')]).toEqual([
      CALLBACK,
      'invalid_request_object',
    ])
    expect(counted).toEqual(['authorization invalid_request_object'])
  })

  test('with a request elsewhere: not fetched, refused and counted', async () => {
    const { told, counted } = await sent(addressOf(app, 'https://evil.example/request'))
    expect(told.status).toBe(400)
    expect(counted).toHaveLength(1)
  })

  test('that was not sent by the client: somebody else’s interaction is not its own', async () => {
    const { body } = await pushed(gateway, app, pkce().challenge)
    const own = await residentsBrowser(gateway)
    const { headers } = await own.send(addressOf(app, body.request_uri))
    const interaction = headers.get('location') ?? ''
    const { told, counted } = await counting(gateway, async () =>
      (await residentsBrowser(gateway)).send(interaction),
    )
    expect([told.status, counted]).toEqual([400, ['portal LOGIN_STATE_INVALID']])
  })

  test('whose form comes from another site: refused and counted', async () => {
    const { body } = await pushed(gateway, app, pkce().challenge)
    const own = await residentsBrowser(gateway)
    let address = addressOf(app, body.request_uri)
    for (let step = 0; step < 8 && !address.endsWith('/consent'); step++)
      address = (await own.send(address)).headers.get('location') ?? ''
    const { told, counted } = await counting(gateway, () =>
      own.send(address, { answer: 'yes', token: 'guessed' }),
    )
    expect([told.status, counted]).toEqual([403, ['portal FORM_FOREIGN']])
  })

  test('of a person who refuses: the client hears it, from whom, and gets no code', async () => {
    const { body } = await pushed(gateway, app, pkce().challenge)
    const own = await residentsBrowser(gateway)
    const { url } = await own.follow(addressOf(app, body.request_uri), 'no')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state-of-the-client',
      iss: gateway.url,
    })
    expect(url.searchParams.has('code')).toBe(false)
  })

  test('comes back with the name of the issuer, so that no other can be mixed up with it (RFC 9207)', async () => {
    const { back } = await codeFor(gateway, app)
    expect(back.searchParams.get('iss')).toBe(gateway.url)
    const { body } = await gateway.anyone('GET', '/.well-known/openid-configuration')
    expect([body.issuer, body.authorization_response_iss_parameter_supported]).toEqual([gateway.url, true])
    expect(body.code_challenge_methods_supported).toEqual(['S256'])
    expect(body.require_pushed_authorization_requests).toBe(true)
  })
})
