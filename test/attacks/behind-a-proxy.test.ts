/** A gateway whose public address is https, with a proxy before it that says nothing about that. */
import type { JWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertionOf } from '../../src/cli/token.ts'
import { CALLBACK } from '../support/authorization.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { APP } from './support.ts'

const PUBLIC = 'https://gateway.test'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ publicUrl: PUBLIC })
})
afterAll(() => gateway.close())

test('its cookies are for https and for this host alone: no neighbour can plant one', async () => {
  const pushed = await fetch(`${gateway.url}/oidc/request`, {
    method: 'POST',
    body: new URLSearchParams({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(PUBLIC, APP, gateway.clients.keys[APP] as JWK),
      client_id: APP,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid cases',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }),
  })
  const { request_uri } = (await pushed.json()) as { request_uri: string }
  const asked = await fetch(
    `${gateway.url}/oidc/auth?${new URLSearchParams({ client_id: APP, request_uri })}`,
    { redirect: 'manual' },
  )
  const cookies = asked.headers.getSetCookie()
  expect(cookies.length).toBeGreaterThanOrEqual(2)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/; secure/i)
    expect(cookie).toMatch(/; httponly/i)
    expect(cookie).not.toMatch(/; domain/i)
    if (!cookie.startsWith('delta_resume')) expect(cookie).toMatch(/^__Host-.*; path=\/(;|$)/i)
  }
})

test('its documents name the public address alone', async () => {
  const text = await (await fetch(`${gateway.url}/.well-known/openid-configuration`)).text()
  const addresses = [...text.matchAll(/https?:\/\/[^"]+/g)].map(([address]) => new URL(address).origin)
  expect(new Set(addresses)).toEqual(new Set([PUBLIC]))
})
