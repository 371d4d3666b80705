/** Routes of the authorization server: `/oidc/*` and the discovery documents at the root. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import type Provider from 'oidc-provider'
import type { Env } from '../env.ts'

/** Hands a request to the server. It builds its addresses from the difference between the two paths. */
export async function forward(
  c: Context<Env>,
  provider: Provider,
  paths: { readonly originalUrl: string; readonly url: string },
): Promise<Response> {
  const { incoming, outgoing } = c.env
  Object.assign(incoming, paths)
  await provider.callback()(incoming as never, outgoing as never)
  return RESPONSE_ALREADY_SENT
}

/** @param provider the server as it is now: a rotation of keys makes a new one */
export function oidcRoutes(provider: () => Provider): Hono<Env> {
  const app = new Hono<Env>()
  app.all('/oidc/*', (c) => {
    const url = c.env.incoming.url ?? '/'
    return forward(c, provider(), { originalUrl: url, url: url.slice('/oidc'.length) || '/' })
  })
  for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'])
    app.get(path, (c) =>
      forward(c, provider(), {
        originalUrl: '/oidc/.well-known/openid-configuration',
        url: '/.well-known/openid-configuration',
      }),
    )
  return app
}
