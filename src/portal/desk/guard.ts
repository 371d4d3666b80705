/** Who may see the pages of a desk. */
import type { Context, MiddlewareHandler } from 'hono'
import { LIMITS } from '../../config.ts'
import type { Actor, Deps } from '../../federation/deps.ts'
import { atDesk } from '../../federation/desk/enter.ts'
import type { PortalEnv } from '../env.ts'
import { checkForm, formTokenOf } from '../frame/guard.ts'
import type { Then } from '../frame/view.ts'
import { clerkSecret } from './cookies.ts'

/** Lets a clerk in who is logged in; sends another to log in, and back to where they were. */
export const clerkOnly =
  (deps: Deps): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    c.header('cache-control', 'no-store')
    const secret = clerkSecret(c)
    const found = await atDesk(secret, deps)
    if (!secret || !found) {
      const { pathname } = new URL(c.req.url)
      // A form that comes too late leads back to the page that it stood on: every step before it is kept.
      const back = c.req.method === 'GET' ? pathname : (/^\/desk\/cases\/\w+/.exec(pathname)?.[0] ?? '/desk')
      return c.redirect(`/desk/log-in?next=${encodeURIComponent(back)}`, 303)
    }
    c.set('atDesk', found)
    c.set('formToken', formTokenOf(secret))
    if (c.req.method === 'POST') await checkForm(c, formTokenOf(secret))
    return next()
  }

/** The clerk as verbs know them. */
export const clerkActor = (c: Context<PortalEnv>): Actor => {
  const { clerk } = c.get('atDesk')
  return { clientId: clerk.clientId, clerk: clerk.id, requestId: c.get('requestId') }
}

/** Where a page goes that shows somebody's data and is not touched: works without script. */
export const CLEARED: Then = { seconds: LIMITS.deskShownMs / 1000, path: '/desk/away' }
