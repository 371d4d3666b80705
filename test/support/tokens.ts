/** The token endpoint, as a client of the sandbox asks it. */
import type { JWK } from 'jose'
import { assertionOf } from '../../src/cli/token.ts'
import type { TestGateway } from './gateway.ts'

export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** What the token endpoint said. */
export interface TokenAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers member by member, and a wrong member fails them.
  readonly body: any
}

/** Sends a token request with a fresh assertion of the client. A list becomes several parameters of one name. */
export async function askToken(
  { url, clients }: Pick<TestGateway, 'url' | 'clients'>,
  client: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const form = new URLSearchParams({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(url, client, clients.keys[client] as JWK),
  })
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value) form.append(name, one)
  const answer = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: form,
  })
  return { status: answer.status, body: await answer.json() }
}

/** What a token says, unchecked. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export const payloadOf = (token: string): any =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
