/** `/api/v1/me/cases`: all cases of a person, in every city. */
import { Hono } from 'hono'
import { listMyCases } from '../../federation/cases/my-cases.ts'
import type { Deps } from '../../federation/deps.ts'
import { scopeIn } from '../../federation/holdings/places.ts'
import type { Env } from '../env.ts'
import { unkept } from '../kept.ts'
import { limitOf, makeCursor, momentOf, statusesOf } from '../query.ts'

/** Routes under `/api/v1/me/cases`. The caller has the scope `cases`. */
export function myCaseRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) => {
    const status = statusesOf(c)
    const city = c.req.query('city')
    const before = momentOf(c)
    const { items, next, completeness } = await listMyCases(
      {
        scope: scopeIn(c.req.query('cities'), 'all'),
        ...(status ? { status } : {}),
        ...(city ? { city } : {}),
        ...(before ? { before: { changedAt: before.at, id: before.id } } : {}),
        limit: limitOf(c),
      },
      c.get('actor'),
      deps,
    )
    const nextCursor = next ? makeCursor({ at: next.changedAt.toISOString(), id: next.id }) : null
    return c.json({ items, nextCursor, completeness }, 200, unkept)
  })
  return app
}
