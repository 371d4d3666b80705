/** The door for people. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../errors.ts'
import { codeRoutes } from './counter/codes.ts'
import { counterRoutes } from './counter/counter.ts'
import { atWindowRoutes } from './desk/at-window.ts'
import { deskRoutes } from './desk/routes.ts'
import { operationRoutes as apiOperationRoutes } from './developers/call.ts'
import { docsRoutes } from './developers/docs.ts'
import { problemRoutes } from './developers/problems.ts'
import { regionRoutes } from './developers/regions.ts'
import type { PortalEnv } from './env.ts'
import { applyRoutes } from './file/apply.ts'
import { draftRoutes } from './file/drafts.ts'
import { filingRoutes } from './file/filing.ts'
import { quickRoutes } from './file/quick-page.ts'
import { stepRoutes } from './file/step-page.ts'
import { guideRoutes } from './find/guides.ts'
import { preflightRoutes } from './find/preflight.ts'
import { findRoutes } from './find/routes.ts'
import { casePageRoutes } from './follow/case-page.ts'
import { casesPageRoutes } from './follow/cases-page.ts'
import { correctionRoutes } from './follow/correction-page.ts'
import { ratingRoutes } from './follow/rating-page.ts'
import { resultRoutes } from './follow/result-page.ts'
import { withdrawalRoutes } from './follow/withdrawal-page.ts'
import { assetRoutes } from './frame/assets.ts'
import { awakeRoutes } from './frame/awake.ts'
import { compressed } from './frame/compressed.ts'
import { failurePage } from './frame/failures.ts'
import { loggedIn } from './frame/guard.ts'
import { readingRoutes, withReader } from './frame/reader.ts'
import { view } from './frame/view.ts'
import { captureRoutes } from './holdings/capture.ts'
import { guardianRoutes } from './holdings/guardian.ts'
import { licenceRoutes } from './holdings/licences.ts'
import { photoPageRoutes } from './holdings/photo-page.ts'
import { photoRoutes } from './holdings/photos.ts'
import { previewRoutes } from './holdings/preview.ts'
import { previewDoneRoutes } from './holdings/preview-done.ts'
import { logInRoutes } from './log-in/log-in.ts'
import { mandateAnswerRoutes } from './mandates/mandate-answer.ts'
import { mandateOfferRoutes } from './mandates/mandate-offer.ts'
import { mandateRoutes } from './mandates/mandates.ts'
import { mapRoutes } from './map/routes.ts'
import { accessRoutes } from './me/accesses.ts'
import { myConsentRoutes } from './me/consents.ts'
import { tellsNewLooks } from './me/new-looks.ts'
import { serviceRoutes } from './me/services.ts'
import { sessionRoutes } from './me/sessions.ts'
import type { Needs } from './needs.ts'
import { figureRoutes } from './operations/figures-page.ts'
import { operationRoutes } from './operations/operations.ts'

export function portalRoutes(needs: Needs): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.onError((error, c) => {
    if (error instanceof GatewayError) return failurePage(c, error)
    needs.deps.log.error({ requestId: c.get('requestId'), reason: error.stack ?? 'unknown' }, 'a page failed')
    return failurePage(c, new GatewayError('INTERNAL', {}, { cause: error }))
  })
  app.use(compressed)
  app.use((c, next) => {
    c.set('isSandbox', needs.isSandbox)
    return withReader(c, next)
  })
  app.route('/', assetRoutes())
  app.route('/', readingRoutes())
  app.route('/', findRoutes(needs.deps))
  app.route('/', guideRoutes(needs.deps))
  app.route('/', preflightRoutes(needs.deps))
  app.route('/', mapRoutes(needs.deps))
  app.route('/', problemRoutes(needs))
  app.route('/', figureRoutes(needs.deps))
  app.route('/', operationRoutes(needs.deps))
  app.route('/', docsRoutes(needs))
  app.route('/', regionRoutes(needs.deps))
  app.route('/', apiOperationRoutes(needs))
  app.route('/', logInRoutes(needs))
  app.get('/logged-out', (c) => {
    const { say } = c.get('reader')
    return view(c, {
      title: say('已退出', 'Logged out'),
      body: html`<h1>${say('您已退出登录', 'You are logged out')}</h1><p><a class="button" href="/log-in">${say('再次登录', 'Log in again')}</a></p>`,
    })
  })
  const guard = loggedIn(needs.deps)
  // `/me/*` is `/me` too.
  for (const path of ['/me/*', '/apply', '/log-out']) app.use(path, guard)
  app.use('/me/*', tellsNewLooks(needs.deps))
  app.route('/', awakeRoutes())
  app.route('/', sessionRoutes(needs))
  app.route('/', codeRoutes(needs))
  app.route('/', accessRoutes(needs.deps))
  app.route('/', counterRoutes(needs.deps))
  app.route('/', deskRoutes(needs.deps))
  app.route('/', mandateAnswerRoutes(needs.deps))
  app.route('/', mandateOfferRoutes(needs.deps))
  app.route('/', mandateRoutes(needs.deps))
  app.route('/', casesPageRoutes(needs.deps))
  app.route('/', casePageRoutes(needs))
  for (const own of [correctionRoutes, withdrawalRoutes, resultRoutes, ratingRoutes])
    app.route('/', own(needs.deps))
  for (const own of [
    photoRoutes,
    captureRoutes,
    photoPageRoutes,
    licenceRoutes,
    previewRoutes,
    previewDoneRoutes,
    guardianRoutes,
    atWindowRoutes,
    myConsentRoutes,
    serviceRoutes,
    applyRoutes,
    draftRoutes,
    filingRoutes,
    stepRoutes,
    quickRoutes,
  ])
    app.route('/', own(needs.deps))
  return app
}
