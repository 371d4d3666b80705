/** A browser without a screen, and a client that sends it: what the attacks on sessions and consent are made of. */
import { createHash, randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { assertionOf } from '../../src/cli/token.ts'
import type { TestGateway } from '../support/gateway.ts'
import { askToken, type TokenAnswer } from '../support/tokens.ts'

/** The client of these tests, and where it is sent back to. */
export const APP = 'sandbox-app'
export const CALLBACK = 'http://127.0.0.1:8090/callback'

type Running = Pick<TestGateway, 'url' | 'clients'>

/** Where a browser came to rest: outside the gateway (no page), or at a page. */
export interface Arrived {
  readonly url: URL
  readonly status: number
  readonly page: string
}

export interface Visitor {
  readonly cookies: Map<string, string>
  readonly send: (address: string, form?: Readonly<Record<string, string>>) => Promise<Response>
  /** Follows redirections inside the gateway, and agrees at the page for consent unless told to stay there. */
  readonly follow: (address: string, answer?: 'yes' | 'stay') => Promise<Arrived>
}

const MOST_STEPS = 16

/** @param cookie the session of somebody who is logged in */
export function visitor({ url: origin }: Running, cookie?: string): Visitor {
  const cookies = new Map<string, string>()
  const keep = (line: string) => {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (at === pair.length - 1) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
  if (cookie) keep(cookie)

  const send: Visitor['send'] = async (address, form) => {
    const answered = await fetch(new URL(address, origin), {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const line of answered.headers.getSetCookie()) keep(line)
    return answered
  }
  const follow: Visitor['follow'] = async (address, answer = 'yes') => {
    let url = new URL(address, origin)
    let answered = await send(url.href)
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const next = answered.headers.get('location')
      if (next !== null) {
        url = new URL(next, url)
        if (url.origin !== origin) return { url, status: answered.status, page: '' }
        answered = await send(url.href)
        continue
      }
      const page = await answered.text()
      const token = formTokenIn(page)
      if (!token || answer === 'stay' || !url.pathname.endsWith('/consent'))
        return { url, status: answered.status, page }
      answered = await send(url.href, { token, answer })
    }
    throw new Error(`the browser is sent in a circle: ${url.pathname}`)
  }
  return { cookies, send, follow }
}

/** The value that a page's forms carry. */
export const formTokenIn = (page: string): string | undefined =>
  /name="token" value="([^"]+)"/.exec(page)?.[1]

const pkce = () => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Pushes a request of a client. @returns where the browser goes with it */
export async function asked(
  { url, clients }: Running,
  more: Readonly<Record<string, string>> = {},
  client = APP,
): Promise<{ readonly address: string; readonly verifier: string }> {
  const { verifier, challenge } = pkce()
  const answered = await fetch(`${url}/oidc/request`, {
    method: 'POST',
    body: new URLSearchParams({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(url, client, clients.keys[client] as JWK),
      client_id: client,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid cases persons',
      state: 'state-of-the-client',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    }),
  })
  const { request_uri } = (await answered.json()) as { request_uri?: string }
  if (!request_uri) throw new Error(`the request was not taken: ${answered.status}`)
  return { address: `/oidc/auth?${new URLSearchParams({ client_id: client, request_uri })}`, verifier }
}

/** Sends a browser for a code. */
export async function sent(
  gateway: Running,
  by: Visitor,
  more: Readonly<Record<string, string>> = {},
): Promise<Arrived & { readonly code: string | null; readonly verifier: string }> {
  const { address, verifier } = await asked(gateway, more)
  const arrived = await by.follow(address)
  return { ...arrived, verifier, code: arrived.url.searchParams.get('code') }
}

/** Redeems a code. */
export const redeemed = (
  gateway: Running,
  { code, verifier }: { readonly code: string | null; readonly verifier: string },
): Promise<TokenAnswer> =>
  askToken(gateway, APP, {
    grant_type: 'authorization_code',
    code: code ?? '',
    code_verifier: verifier,
    redirect_uri: CALLBACK,
  })
