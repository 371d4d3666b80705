/** `POST /preflight`: one application, as far as it goes, against many cities. */
import { Hono } from 'hono'
import type { Deps } from '../../federation/deps.ts'
import { preflight } from '../../federation/preflight/preflight.ts'
import { PreflightRequest } from '../../schemas/preflight.ts'
import { validator } from '../../schemas/validate.ts'
import { readBody } from '../body.ts'
import type { Env } from '../env.ts'

const check = validator(PreflightRequest)

/** Routes under `/api/v1/preflight`. The caller has the scope `cases`. Nothing is kept. */
export function preflightRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', async (c) => {
    const { content: asked } = await readBody<PreflightRequest>(c, check, 'preflight')
    const cities = asked.cities?.includes('*') ? undefined : asked.cities
    const items = await preflight(asked.application, cities, deps)
    return c.json({ items }, 200, { 'cache-control': 'no-store' })
  })
  return app
}
