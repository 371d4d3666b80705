/** Mounts the doors in order. One place for errors. */
import { Hono, type MiddlewareHandler } from 'hono'
import { GatewayError } from './errors.ts'
import type { Deps } from './federation/deps.ts'
import type { Live } from './federation/events/live.ts'
import { newId } from './federation/ids.ts'
import type { Env } from './http/env.ts'
import { addHeaders, commonHeaders } from './http/headers.ts'
import { rateLimit } from './http/limits.ts'
import { asGatewayError, problem } from './http/problem.ts'
import { accessRoutes, questionRoutes } from './http/routes/accesses.ts'
import { callbackRoutes } from './http/routes/callbacks.ts'
import { caseRoutes } from './http/routes/cases.ts'
import { catalogueRoutes } from './http/routes/catalogue.ts'
import { consentRoutes, previewRoutes } from './http/routes/consents.ts'
import { conversionRoutes } from './http/routes/conversions.ts'
import { myCodeRoutes, verifyRoutes } from './http/routes/counter.ts'
import { docsRoutes } from './http/routes/docs.ts'
import { eventRoutes, subscriptionRoutes } from './http/routes/events.ts'
import { figureRoutes } from './http/routes/figures.ts'
import { licenceRoutes, myLicenceRoutes } from './http/routes/licences.ts'
import { mandateRoutes } from './http/routes/mandates.ts'
import { meRoutes } from './http/routes/me.ts'
import { myCaseRoutes } from './http/routes/my-cases.ts'
import { pageRoutes } from './http/routes/pages.ts'
import { myPhotoRoutes, photoCodeRoutes } from './http/routes/photos.ts'
import { preflightRoutes } from './http/routes/preflight.ts'
import { timelineRoutes } from './http/routes/timeline.ts'
import { uploadRoutes } from './http/routes/uploads.ts'
import { windowRoutes } from './http/routes/windows.ts'
import { type Claims, requires } from './http/tokens.ts'
import type { PortalEnv } from './portal/env.ts'

/** What the doors are handed besides the verbs. */
export interface Doors {
  readonly deps: Deps
  readonly live: Live
  /** The token of a request, checked. */
  readonly read: (request: Request) => Promise<Claims>
  readonly oidc: Hono<Env>
  readonly portal: Hono<PortalEnv>
  readonly sandbox: Hono | undefined
  readonly database: () => Promise<void>
  readonly publicUrl: string
  readonly measure: MiddlewareHandler<Env>
}

/** Below `/api/v1/me`, what the scope `persons` opens. Photos, licences and consents have scopes of their own. */
const PERSONAL = ['', '/codes', '/codes/*', '/scans', '/mandates', '/mandates/*', '/accesses', '/accesses/*']

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

/** The whole gateway as one Hono app. */
export function gatewayApp({
  deps,
  live,
  read,
  oidc,
  portal,
  sandbox,
  database,
  publicUrl,
  measure,
}: Doors): Hono<Env> {
  const app = new Hono<Env>()

  app.use(async (c, next) => {
    const asked = c.req.header('x-request-id')
    const requestId = asked && REQUEST_ID.test(asked) ? asked : newId('req', deps.now())
    c.set('requestId', requestId)
    await next()
    addHeaders(c, commonHeaders(requestId, c.get('formTarget')))
  })

  app.use(measure)
  app.use('/api/*', rateLimit(deps.now))
  app.use(async (c, next) => {
    // No name of ours holds a zero character, and no database takes one.
    if (/%00/.test(c.req.url)) throw new GatewayError('PARAMETER_INVALID', { reason: 'a zero character' })
    await next()
  })
  app.route('/', callbackRoutes(deps))
  app.use('/api/v1/conversions', requires(read, 'convert'))
  app.use('/api/v1/preflight', requires(read, 'cases'))
  app.use('/api/v1/cases', requires(read, 'cases'))
  app.use('/api/v1/cases/*', requires(read, 'cases'))
  app.use('/api/v1/uploads', requires(read, 'cases'))
  app.use('/api/v1/me/cases', requires(read, 'cases'))
  app.use('/api/v1/me/photos', requires(read, 'photos'))
  app.use('/api/v1/me/photos/*', requires(read, 'photos'))
  app.use('/api/v1/photos/*', requires(read, 'photos'))
  app.use('/api/v1/me/licences', requires(read, 'licences'))
  app.use('/api/v1/me/licences/*', requires(read, 'licences'))
  app.use('/api/v1/licences/*', requires(read, 'licences'))
  app.use('/api/v1/me/consents', requires(read, 'photos', 'licences', 'persons'))
  app.use('/api/v1/me/consents/*', requires(read, 'photos', 'licences', 'persons'))
  app.use('/api/v1/me/preview', requires(read, 'photos'), requires(read, 'licences'))
  for (const path of PERSONAL) app.use(`/api/v1/me${path}`, requires(read, 'persons'))
  app.use('/api/v1/questions', requires(read, 'persons'))
  app.use('/api/v1/questions/*', requires(read, 'persons'))
  app.use('/api/v1/persons/verify', requires(read, 'persons:verify'))
  app.use('/api/v1/events', requires(read, 'events'))
  app.use('/api/v1/subscriptions', requires(read, 'events'))
  app.use('/api/v1/subscriptions/*', requires(read, 'events'))
  app.route('/api/v1', catalogueRoutes(deps))
  app.route('/api/v1', windowRoutes(deps))
  app.route('/api/v1', figureRoutes(deps))
  app.route('/api/v1/conversions', conversionRoutes(deps))
  app.route('/api/v1/preflight', preflightRoutes(deps))
  app.route('/api/v1/uploads', uploadRoutes(deps))
  app.route('/api/v1/cases', caseRoutes(deps))
  app.route('/api/v1/cases', timelineRoutes(deps, live))
  app.route('/api/v1/events', eventRoutes(deps))
  app.route('/api/v1/subscriptions', subscriptionRoutes(deps))
  app.route('/api/v1/me', meRoutes(deps))
  app.route('/api/v1/me/cases', myCaseRoutes(deps))
  app.route('/api/v1/me/photos', myPhotoRoutes(deps))
  app.route('/api/v1/photos', photoCodeRoutes(deps))
  app.route('/api/v1/me/licences', myLicenceRoutes(deps))
  app.route('/api/v1/licences', licenceRoutes(deps))
  app.route('/api/v1/me/consents', consentRoutes(deps))
  app.route('/api/v1/me/preview', previewRoutes(deps))
  app.route('/api/v1/me', myCodeRoutes(deps))
  app.route('/api/v1/persons', verifyRoutes(deps))
  app.route('/api/v1/me/mandates', mandateRoutes(deps))
  app.route('/api/v1/me/accesses', accessRoutes(deps))
  app.route('/api/v1/questions', questionRoutes(deps))
  app.route('/', portal)
  app.route('/', oidc)
  if (sandbox) app.route('/', sandbox as unknown as Hono<Env>)
  app.route('/', docsRoutes(publicUrl))
  app.route(
    '/',
    pageRoutes({
      database,
      regions: () =>
        deps.directory.adapters.map(({ id, place }) => ({
          id,
          connected: deps.directory.isConnected(id),
          state: deps.directory.health(place.division).state,
        })),
    }),
  )

  app.notFound((c) => problem(c, new GatewayError('NOT_FOUND')))
  app.onError((error, c) => {
    const known = asGatewayError(error)
    if (known.code === 'INTERNAL')
      deps.log.error(
        {
          requestId: c.get('requestId'),
          path: c.req.routePath,
          reason:
            error instanceof Error
              ? known.cause instanceof Error
                ? known.cause.stack
                : error.stack
              : 'unknown',
        },
        'a request failed unexpectedly',
      )
    const answer = problem(c, known)
    answer.headers.set('x-request-id', c.get('requestId'))
    return answer
  })
  return app
}
