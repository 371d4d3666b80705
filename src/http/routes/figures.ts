/** The public figures. */
import { Hono } from 'hono'
import type { Deps } from '../../federation/deps.ts'
import { readFigures } from '../../federation/operations/read-figures.ts'
import type { Env } from '../env.ts'

/** A route under `/api/v1` that needs no token. */
export function figureRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/figures', async (c) =>
    c.json(await readFigures(deps), 200, { 'cache-control': 'public, max-age=60' }),
  )
  return app
}
