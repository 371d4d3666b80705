/** The timeline of a case: a page of it, or a stream of what comes. */
import { type Context, Hono } from 'hono'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { followCase, readEvents } from '../../federation/cases/timeline.ts'
import type { Deps } from '../../federation/deps.ts'
import type { Live } from '../../federation/events/live.ts'
import type { Env } from '../env.ts'
import { eventStream } from '../event-stream.ts'
import { limitOf, makePosition, page, positionOf } from '../query.ts'

/** More events than any case will have; a page after it still has numbers that the database can hold. */
const MOST = 2_000_000_000

/** Where to go on: a page's cursor, the last event that a stream brought, or `?after=`. @throws GatewayError `PARAMETER_INVALID` */
function afterOf(c: Context<Env>): number {
  // A browser that comes again says `Last-Event-ID` beside the address with which it first came.
  const after = positionOf(c) ?? sequenceIn(c.req.header('last-event-id') || c.req.query('after') || '0')
  if (after === undefined || after > MOST) throw new GatewayError('PARAMETER_INVALID', { parameter: 'after' })
  return after
}

const sequenceIn = (text: string): number | undefined => (/^\d{1,10}$/.test(text) ? Number(text) : undefined)

const wantsStream = (c: Context<Env>): boolean =>
  (c.req.header('accept') ?? '').toLowerCase().includes('text/event-stream')

/** `/api/v1/cases/{id}/events`. The caller has the scope `cases`. */
export function timelineRoutes(deps: Deps, live: Live): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:id/events', async (c) => {
    const [id, actor, after] = [c.req.param('id'), c.get('actor'), afterOf(c)]
    if (wantsStream(c))
      return eventStream(c, await followCase(id, { after, token: c.get('token') }, actor, deps, live))
    const limit = limitOf(c, LIMITS.eventsOfPage, DEFAULT)
    const { items, next } = await readEvents(id, { after, limit }, actor, deps)
    return page(c, items, next === undefined ? null : makePosition(next))
  })
  return app
}

/** Hardly a case has more. */
const DEFAULT = 100
