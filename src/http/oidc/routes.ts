/** Routes of the authorization server: `/oidc/*` and the discovery documents at the root. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import type Provider from 'oidc-provider'
import type { Env } from '../env.ts'
import { commonHeaders, POLICY } from '../headers.ts'

/** What the server may know of a request, beside the request. */
interface Known {
  readonly provider: Provider
  readonly publicUrl: string
  readonly paths: { readonly originalUrl: string; readonly url: string }
}

/**
 * Hands a request to the server, which builds its addresses from the difference between the two paths and from the host. What a
 * caller says the host is does not count: a client's assertion for another server would be one for us, and browsers would be led there.
 */
export async function forward(c: Context<Env>, { provider, publicUrl, paths }: Known): Promise<Response> {
  const { incoming, outgoing } = c.env
  const { host, protocol } = new URL(publicUrl)
  Object.assign(incoming, paths)
  delete incoming.headers['x-forwarded-host']
  Object.assign(incoming.headers, { host, 'x-forwarded-proto': protocol.slice(0, -1) })
  // The server writes the answer itself, so that nobody can add them afterwards.
  for (const [name, value] of commonHeaders(c.get('requestId'))) outgoing.setHeader(name, value)
  // Where it sends a form by itself it adds the digest of its script to this member, and to no other. Such a form goes to the client.
  outgoing.setHeader('content-security-policy', `${POLICY}; script-src 'self'`)
  await handlerOf(provider)(incoming as never, outgoing as never)
  return RESPONSE_ALREADY_SENT
}

const handlers = new WeakMap<Provider, ReturnType<Provider['callback']>>()

/** Koa puts a handler together each time it is asked for one: once a server is enough. */
function handlerOf(provider: Provider): ReturnType<Provider['callback']> {
  const handler = handlers.get(provider) ?? provider.callback()
  handlers.set(provider, handler)
  return handler
}

const DISCOVERY = {
  originalUrl: '/oidc/.well-known/openid-configuration',
  url: '/.well-known/openid-configuration',
}

/** @param provider the server as it is now: a rotation of keys makes a new one */
export function oidcRoutes(provider: () => Provider, publicUrl: string): Hono<Env> {
  const app = new Hono<Env>()
  app.all('/oidc/*', (c) => {
    const url = c.env.incoming.url ?? '/'
    const paths = { originalUrl: url, url: url.slice('/oidc'.length) || '/' }
    return forward(c, { provider: provider(), publicUrl, paths })
  })
  for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'])
    app.get(path, (c) => forward(c, { provider: provider(), publicUrl, paths: DISCOVERY }))
  return app
}
