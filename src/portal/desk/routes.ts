/** The window's desk: the way in, and what only a clerk sees. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { leaveDesk } from '../../federation/desk/enter.ts'
import type { PortalEnv } from '../env.ts'
import { bounded } from '../frame/bounds.ts'
import { view } from '../frame/view.ts'
import { caseRoutes } from './case.ts'
import { dropClerk } from './cookies.ts'
import { clerkEnterRoutes } from './enter.ts'
import { clerkOnly } from './guard.ts'
import { homeRoutes } from './home.ts'
import { incomingRoutes } from './incoming.ts'

export function deskRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.onError((error, c) => {
    if (error instanceof GatewayError) return deskFailure(c, error)
    deps.log.error({ requestId: c.get('requestId'), reason: error.stack ?? 'unknown' }, 'a page failed')
    return deskFailure(c, new GatewayError('INTERNAL', {}, { cause: error }))
  })
  for (const path of ['/desk', '/desk/*']) app.use(path, bounded)
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
  for (const own of [homeRoutes, caseRoutes, incomingRoutes]) app.route('/', own(deps))
  return app
}

/** What went wrong, with the way back to the desk. */
function deskFailure(c: Context<PortalEnv>, { code }: GatewayError) {
  const { say } = c.get('reader')
  const { title, fix, status } = PROBLEMS[code]
  c.header('cache-control', 'no-store')
  return view(c, {
    title: say(title.zh, title.en),
    ...(c.get('atDesk') ? { nav: 'desk' as const } : {}),
    status: status as 400,
    body: html`<h1>${say(title.zh, title.en)}</h1><p>${say(`${fix.zh}。`, `${fix.en}.`)}</p><p><a class="button" href="/desk">${say('回到工作台', 'Back to the desk')}</a></p><p class="quiet">${code} · ${c.get('requestId')}</p>`,
  })
}
