/** `/api/v1/events` and `/api/v1/subscriptions`: what clients are told, by asking and by post. */
import { type Context, Hono } from 'hono'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { readFeed } from '../../federation/events/feed.ts'
import {
  listSubscriptions,
  readSubscription,
  replay,
  subscribe,
  unsubscribe,
} from '../../federation/events/subscriptions.ts'
import { EVENT_TYPES } from '../../schemas/case.ts'
import { ReplayRequest, SubscriptionRequest } from '../../schemas/subscription.ts'
import { validator } from '../../schemas/validate.ts'
import { readBody } from '../body.ts'
import type { Env } from '../env.ts'
import { unkept } from '../kept.ts'
import { limitOf, refuseDryRun } from '../query.ts'

const checkSubscription = validator(SubscriptionRequest)
const checkReplay = validator(ReplayRequest)

/** `?types=`, comma-joined. @throws GatewayError `PARAMETER_INVALID` */
function typesOf(c: Context<Env>): readonly string[] {
  const text = c.req.query('types')
  if (text === undefined) return []
  const types = text.split(',')
  if (types.some((type) => !EVENT_TYPES.some((known) => known === type)))
    throw new GatewayError('PARAMETER_INVALID', { parameter: 'types', known: EVENT_TYPES })
  return types
}

/** Route of `/api/v1/events`. The caller has the scope `events`. */
export function eventRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) => {
    const ask = {
      after: c.req.query('after'),
      types: typesOf(c),
      limit: limitOf(c, LIMITS.feedPage, 100),
    }
    return c.json(await readFeed(ask, c.get('actor'), deps), 200, unkept)
  })
  return app
}

/** Routes under `/api/v1/subscriptions`. The caller has the scope `events`. */
export function subscriptionRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) =>
    c.json({ items: await listSubscriptions(c.get('actor'), deps), nextCursor: null }, 200, unkept),
  )

  // Without Idempotency-Key: the answer holds a secret, and is kept nowhere.
  app.post('/', async (c) => {
    refuseDryRun(c)
    const { content } = await readBody<SubscriptionRequest>(c, checkSubscription, 'subscription')
    const made = await subscribe(content, c.get('actor'), deps)
    return c.json(made, 201, { ...unkept, location: `/api/v1/subscriptions/${made.id}` })
  })

  app.get('/:id', async (c) =>
    c.json(await readSubscription(c.req.param('id'), c.get('actor'), deps), 200, unkept),
  )

  app.delete('/:id', async (c) => {
    refuseDryRun(c)
    await unsubscribe(c.req.param('id'), c.get('actor'), deps)
    return c.body(null, 204)
  })

  app.post('/:id/replay', async (c) => {
    refuseDryRun(c)
    const { content } = await readBody<ReplayRequest>(c, checkReplay, 'replay')
    return c.json(await replay(c.req.param('id'), content, c.get('actor'), deps), 200, unkept)
  })
  return app
}
