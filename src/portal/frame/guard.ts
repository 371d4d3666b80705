/** Who may see a page, and which forms are ours. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { principalOf } from '../../federation/identity/principal.ts'
import { sessionOf } from '../../federation/identity/sessions.ts'
import type { PortalEnv } from '../env.ts'
import { bounded } from './bounds.ts'
import { sessionSecret, sessionSecretIn } from './cookies.ts'
import { keepTyped } from './kept-form.ts'
import { safePath } from './reader.ts'

/** The name by which the pages call the verbs, where a client has its own. */
export const PORTAL = 'portal'

/** The value that forms of a browser carry: made of a secret that only its own pages are served with. */
export const formTokenOf = (secret: string) =>
  createHash('sha256').update(`form ${secret}`).digest('base64url')

/** A path of ours to go on to: never another host's. */
export const safeNext = (next: string | undefined): string => safePath(next, '/me')

/** The log-in behind a `Cookie` header; `undefined` when its session has ended. */
export const logInIn = async (cookies: string | undefined, deps: Deps): Promise<string | undefined> =>
  (await sessionOf(sessionSecretIn(cookies ?? ''), deps))?.authentication.id

/** Lets a browser in that is logged in; sends another to the log-in page, and back here afterwards. */
export const loggedIn =
  (deps: Deps): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    const secret = sessionSecret(c)
    const session = await sessionOf(secret, deps)
    c.header('cache-control', 'no-store')
    if (!secret || !session) {
      // A draft is kept up to its last step: whoever comes back goes on there, with what they had typed.
      if (c.req.method === 'POST' && c.req.path.startsWith('/me/drafts/')) {
        await keepTyped(c, deps)
        return c.redirect(`/log-in?next=${encodeURIComponent(c.req.path)}`, 303)
      }
      if (c.req.method !== 'GET') throw new GatewayError('LOGIN_STATE_INVALID')
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(`/log-in?next=${encodeURIComponent(pathname + search)}`, 303)
    }
    c.set('session', session)
    c.set('formToken', formTokenOf(secret))
    c.set('actor', {
      clientId: PORTAL,
      requestId: c.get('requestId'),
      principal: principalOf(session.authentication),
    })
    if (c.req.method !== 'POST') return next()
    // Only whoever is logged in takes room for a form; it is held until the form has been dealt with.
    return bounded(c, async () => {
      await checkForm(c, formTokenOf(secret))
      await next()
    })
  }

/**
 * A form must come from a page of ours: it carries a value that only such a page knows. Another site can make a browser send a form,
 * and cannot read the value.
 * @throws GatewayError `FORM_FOREIGN`
 */
export async function checkForm(c: Context<PortalEnv>, formToken: string): Promise<void> {
  const { token } = await c.req.parseBody()
  const [sent, known] = [Buffer.from(String(token ?? '')), Buffer.from(formToken)]
  if (sent.length !== known.length || !timingSafeEqual(sent, known)) throw new GatewayError('FORM_FOREIGN')
}
