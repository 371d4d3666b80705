/** Codes and refresh tokens that come twice, or from somebody else: refused, counted, and what came of them ends. */
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addressOf,
  codeFor,
  pkce,
  pushed,
  redeem,
  refresh,
  residentsBrowser,
} from '../support/authorization.ts'
import { postAs, sandboxClient, type TestClient, testClient } from '../support/clients.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { counting } from '../support/refusals.ts'

const second = testClient('second-app', {
  scope: 'cases persons',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['http://127.0.0.1:8090/callback', 'http://127.0.0.1:8091/second'],
})
let gateway: TestGateway
let app: TestClient
beforeAll(async () => {
  gateway = await startTestGateway({ clients: [second.entry] })
  app = sandboxClient(gateway, 'sandbox-app')
})
afterAll(() => gateway.close())

const reach = async (token: string) =>
  (await gateway.anyone('GET', '/api/v1/cases', undefined, { authorization: `Bearer ${token}` })).status

describe('a code', () => {
  test('gives tokens once; the second time it is refused, counted, and its tokens end', async () => {
    const got = await codeFor(gateway, app)
    const { body: tokens } = await redeem(gateway, app, got)
    expect(await reach(tokens.access_token)).toBe(200)
    const { told, counted } = await counting(gateway, () => redeem(gateway, app, got))
    expect([told.status, told.body.error, counted]).toEqual([400, 'invalid_grant', ['grant invalid_grant']])
    expect(await reach(tokens.access_token)).toBe(401)
    expect((await refresh(gateway, app, tokens.refresh_token)).body.error).toBe('invalid_grant')
  })

  test('ends also what was exchanged from its token', async () => {
    const got = await codeFor(gateway, app)
    const { body: tokens } = await redeem(gateway, app, got)
    const exchanged = await postAs(gateway, app, '/oidc/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: tokens.access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'anhui',
    })
    expect(await reach(exchanged.body.access_token)).toBe(200)
    await redeem(gateway, app, got)
    expect(await reach(exchanged.body.access_token)).toBe(401)
  })

  test('ten times at once gives tokens once, and nothing breaks', async () => {
    const got = await codeFor(gateway, app)
    const told = await Promise.all(Array.from({ length: 10 }, () => redeem(gateway, app, got)))
    expect(told.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    expect(told.filter(({ status }) => status >= 500)).toEqual([])
  })

  test.each<[string, (got: Awaited<ReturnType<typeof codeFor>>) => ReturnType<typeof redeem>]>([
    ['with no verifier', (got) => redeem(gateway, app, got, { code_verifier: '' })],
    ['with another verifier', (got) => redeem(gateway, app, got, { code_verifier: pkce().verifier })],
    [
      'with the challenge as verifier',
      ({ code, challenge }) => redeem(gateway, app, { code, verifier: challenge }),
    ],
    [
      'with the verifier of another request',
      async ({ code }) => redeem(gateway, app, { code, verifier: (await codeFor(gateway, app)).verifier }),
    ],
    ['by another client', (got) => redeem(gateway, second, got)],
    [
      'for another address of the client',
      (got) => redeem(gateway, app, got, { redirect_uri: 'http://localhost:8090/callback' }),
    ],
    ['that nobody gave', ({ verifier }) => redeem(gateway, app, { code: 'A'.repeat(43), verifier })],
  ])('%s: refused and counted', async (_name, send) => {
    const got = await codeFor(gateway, app)
    const { told, counted } = await counting(gateway, () => send(got))
    expect(told.body).not.toHaveProperty('access_token')
    expect([told.status, told.body.error]).toEqual([400, 'invalid_grant'])
    expect(counted).toEqual(['grant invalid_grant'])
  })
})

test('a request for one region gets a token for that region alone, also after a refresh', async () => {
  const { verifier, challenge } = pkce()
  const resource = `${gateway.url}/api/v1/regions/anhui`
  const { body } = await pushed(gateway, app, challenge, { resource })
  const { url } = await (await residentsBrowser(gateway)).follow(addressOf(app, body.request_uri))
  const first = await redeem(gateway, app, { code: url.searchParams.get('code') ?? '', verifier })
  const next = await refresh(gateway, app, first.body.refresh_token)
  const others = await postAs(gateway, app, '/oidc/token', {
    grant_type: 'refresh_token',
    refresh_token: next.body.refresh_token,
    resource: `${gateway.url}/api/v1/regions/zhejiang`,
  })
  expect([first, next].map((told) => decodeJwt(told.body.access_token).aud)).toEqual(['anhui', 'anhui'])
  expect(others.body.error).toBe('invalid_target')
})

describe('a refresh token', () => {
  const tokensOf = async () => (await redeem(gateway, app, await codeFor(gateway, app))).body

  test('is another one after each use; the old one ends the whole family', async () => {
    const first = await tokensOf()
    const next = (await refresh(gateway, app, first.refresh_token)).body
    expect(next.refresh_token).not.toBe(first.refresh_token)
    expect([await reach(first.access_token), await reach(next.access_token)]).toEqual([200, 200])
    const { told, counted } = await counting(gateway, () => refresh(gateway, app, first.refresh_token))
    expect([told.body.error, counted]).toEqual(['invalid_grant', ['grant invalid_grant']])
    expect((await refresh(gateway, app, next.refresh_token)).body.error).toBe('invalid_grant')
    expect([await reach(first.access_token), await reach(next.access_token)]).toEqual([401, 401])
  })

  test('ten times at once is used once, and nothing breaks', async () => {
    const { refresh_token } = await tokensOf()
    const told = await Promise.all(Array.from({ length: 10 }, () => refresh(gateway, app, refresh_token)))
    expect(told.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    expect(told.filter(({ status }) => status >= 500)).toEqual([])
  })

  test('of another client is refused, and stays its owner’s', async () => {
    const { refresh_token } = await tokensOf()
    const { told, counted } = await counting(gateway, () => refresh(gateway, second, refresh_token))
    expect([told.body.error, counted]).toEqual(['invalid_grant', ['grant invalid_grant']])
    expect((await refresh(gateway, app, refresh_token)).status).toBe(200)
  })

  test('of another client is neither told of nor ended', async () => {
    const { refresh_token, access_token } = await tokensOf()
    for (const token of [refresh_token, access_token]) {
      expect((await postAs(gateway, second, '/oidc/token/introspection', { token })).body).toEqual({
        active: false,
      })
      await postAs(gateway, second, '/oidc/token/revocation', { token })
    }
    expect(await reach(access_token)).toBe(200)
    expect((await refresh(gateway, app, refresh_token)).status).toBe(200)
  })

  test('gives no more than was agreed to', async () => {
    const { refresh_token } = await tokensOf()
    const told = await postAs(gateway, app, '/oidc/token', {
      grant_type: 'refresh_token',
      refresh_token,
      scope: 'cases licences',
    })
    expect(told.body.error).toBe('invalid_scope')
  })

  test('is no access token', async () => {
    expect(await reach((await tokensOf()).refresh_token)).toBe(401)
  })
})
