/** The sandbox's app, and how it sends a browser for a code: what the attacks on sessions and consent are made of. */
import { addressOf, pkce, pushed, redeem } from '../support/authorization.ts'
import { sandboxClient } from '../support/clients.ts'
import type { TestGateway, Told } from '../support/gateway.ts'
import type { Arrived, Visitor } from '../support/page-reader.ts'

/** The client of these tests. */
export const APP = 'sandbox-app'

type Running = Pick<TestGateway, 'anyone' | 'url' | 'clients'>

/** Pushes a request of a client. @returns where the browser goes with it */
export async function asked(
  gateway: Running,
  more: Readonly<Record<string, string>> = {},
  client = APP,
): Promise<{ readonly address: string; readonly verifier: string }> {
  const { verifier, challenge } = pkce()
  const app = sandboxClient(gateway, client)
  const over = { scope: 'openid cases persons', prompt: undefined, ...more }
  const { status, body } = await pushed(gateway, app, challenge, over)
  if (!body.request_uri) throw new Error(`the request was not taken: ${status}`)
  return { address: addressOf(app, body.request_uri), verifier }
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
): Promise<Told> => redeem(gateway, sandboxClient(gateway, APP), { code: code ?? '', verifier })
