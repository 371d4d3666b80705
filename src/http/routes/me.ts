/** `/api/v1/me`: the person behind the token. */
import { Hono } from 'hono'
import type { Deps } from '../../federation/deps.ts'
import { readMe } from '../../federation/identity/me.ts'
import type { Env } from '../env.ts'

/** Routes under `/api/v1/me`. The caller has the scope `persons`. */
export function meRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) => c.json(await readMe(c.get('actor'), deps), 200, { 'cache-control': 'no-store' }))
  return app
}
