/** The door for people. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../errors.ts'
import { accessRoutes } from './accesses.ts'
import { bounded } from './bounds.ts'
import { captureRoutes, captureScript } from './capture.ts'
import { codeRoutes } from './codes.ts'
import { myConsentRoutes } from './consents.ts'
import { counterRoutes } from './counter.ts'
import type { PortalEnv } from './env.ts'
import { failurePage } from './failures.ts'
import { en, page } from './frame.ts'
import { loggedIn } from './guard.ts'
import { guardianRoutes } from './guardian.ts'
import { licenceRoutes } from './licences.ts'
import { logInRoutes } from './log-in.ts'
import { mandateAnswerRoutes } from './mandate-answer.ts'
import { mandateOfferRoutes } from './mandate-offer.ts'
import { mandateRoutes } from './mandates.ts'
import type { Needs } from './needs.ts'
import { tellsNewLooks } from './new-looks.ts'
import { photoPageRoutes } from './photo-page.ts'
import { photoRoutes } from './photos.ts'
import { previewRoutes } from './preview.ts'
import { previewDoneRoutes } from './preview-done.ts'
import { sessionRoutes } from './sessions.ts'

export function portalRoutes(needs: Needs): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.onError((error, c) => {
    if (error instanceof GatewayError) return failurePage(c, error)
    needs.deps.log.error({ requestId: c.get('requestId'), reason: error.stack ?? 'unknown' }, 'a page failed')
    return failurePage(c, new GatewayError('INTERNAL', {}, { cause: error }))
  })
  app.route('/', logInRoutes(needs))
  app.get('/logged-out', (c) =>
    c.html(
      page(
        '已退出',
        html`<h1>您已退出登录 ${en('You are logged out')}</h1><p><a class="button" href="/log-in">再次登录 ${en('Log in')}</a></p>`,
      ),
    ),
  )
  const guard = loggedIn(needs.deps)
  for (const path of ['/me', '/me/*', '/log-out']) app.use(path, bounded, guard)
  app.route('/', captureScript())
  for (const path of ['/me', '/me/*']) app.use(path, tellsNewLooks(needs.deps))
  app.route('/', sessionRoutes(needs))
  app.route('/', codeRoutes(needs))
  app.route('/', accessRoutes(needs.deps))
  app.route('/', counterRoutes(needs.deps))
  app.route('/', mandateAnswerRoutes(needs.deps))
  app.route('/', mandateOfferRoutes(needs.deps))
  app.route('/', mandateRoutes(needs.deps))
  for (const own of [
    photoRoutes,
    captureRoutes,
    photoPageRoutes,
    licenceRoutes,
    previewRoutes,
    previewDoneRoutes,
    guardianRoutes,
    myConsentRoutes,
  ])
    app.route('/', own(needs.deps))
  return app
}
