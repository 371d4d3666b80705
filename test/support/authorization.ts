/** The authorization code flow of a client, step by step, so that a test can take a wrong one. */
import { createHash, randomBytes } from 'node:crypto'
import { postAs, type TestClient } from './clients.ts'
import type { TestGateway, Told } from './gateway.ts'
import { type Visitor, visitor } from './page-reader.ts'
import { logIn, residentNumber } from './person-token.ts'

/** Where the client of these tests is sent back to. */
export const CALLBACK = 'http://127.0.0.1:8090/callback'

/** A verifier and its challenge (RFC 7636, S256). */
export function pkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Parameters of a good authorization request. */
export const requestOf = (client: TestClient, challenge: string): Record<string, string> => ({
  client_id: client.id,
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'openid offline_access cases persons',
  state: 'state-of-the-client',
  prompt: 'consent',
  code_challenge: challenge,
  code_challenge_method: 'S256',
})

type Running = Pick<TestGateway, 'anyone' | 'url'>

/** Pushes a request (RFC 9126). @param over members that shall be otherwise; `undefined` leaves one out */
export async function pushed(
  gateway: Running,
  client: TestClient,
  challenge: string,
  over: Readonly<Record<string, string | undefined>> = {},
): Promise<Told> {
  const fields = Object.entries({ ...requestOf(client, challenge), ...over }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return postAs(gateway, client, '/oidc/request', Object.fromEntries(fields))
}

/** Where a browser goes with a pushed request. */
export const addressOf = (client: TestClient, requestUri: string): string =>
  `/oidc/auth?${new URLSearchParams({ client_id: client.id, request_uri: requestUri })}`

let people = 0

/** The browser of a new person who is logged in. */
export async function residentsBrowser(gateway: Running & Pick<TestGateway, 'gateway'>): Promise<Visitor> {
  people += 1
  const { cookie } = await logIn(gateway, { name: '测试乙', number: residentNumber(100 + people) })
  return visitor(gateway, cookie)
}

/** A code with all that redeems it, got by a person who agrees. */
export async function codeFor(
  gateway: Running & Pick<TestGateway, 'gateway'>,
  client: TestClient,
  by?: Visitor,
) {
  const { verifier, challenge } = pkce()
  const { body } = await pushed(gateway, client, challenge)
  const at = by ?? (await residentsBrowser(gateway))
  const { url } = await at.follow(addressOf(client, body.request_uri))
  return { code: url.searchParams.get('code') ?? '', verifier, challenge, back: url, browser: at }
}

/** Redeems a code. */
export const redeem = (
  gateway: Running,
  client: TestClient,
  { code, verifier }: { readonly code: string; readonly verifier: string },
  over: Readonly<Record<string, string>> = {},
): Promise<Told> =>
  postAs(gateway, client, '/oidc/token', {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: CALLBACK,
    ...over,
  })

export const refresh = (gateway: Running, client: TestClient, refreshToken: string): Promise<Told> =>
  postAs(gateway, client, '/oidc/token', { grant_type: 'refresh_token', refresh_token: refreshToken })
