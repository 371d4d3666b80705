/** The window's desk: the way in, and what only a clerk sees. */
import { Hono } from 'hono'
import type { Deps } from '../../federation/deps.ts'
import { leaveDesk } from '../../federation/desk/enter.ts'
import type { PortalEnv } from '../env.ts'
import { dropClerk } from './cookies.ts'
import { clerkEnterRoutes } from './enter.ts'
import { boundedDesk, clerkOnly } from './guard.ts'
import { homeRoutes } from './home.ts'

export function deskRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  for (const path of ['/desk', '/desk/*']) app.use(path, boundedDesk)
  app.route('/', clerkEnterRoutes(deps))
  const guard = clerkOnly(deps)
  for (const path of [
    '/desk',
    '/desk/log-out',
    '/desk/incoming',
    '/desk/incoming/*',
    '/desk/cases',
    '/desk/cases/*',
  ])
    app.use(path, guard)
  app.post('/desk/log-out', async (c) => {
    await leaveDesk(c.get('atDesk'), deps)
    dropClerk(c)
    return c.redirect('/desk/log-in', 303)
  })
  for (const own of [homeRoutes]) app.route('/', own(deps))
  return app
}
