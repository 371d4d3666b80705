/** Outside the API: health, and the sheet of the door's few pages. */
import { Hono } from 'hono'
import type { Env } from '../env.ts'
import { plainRoutes } from '../plain.ts'

/** What the readiness of the process rests on. */
export interface Readiness {
  readonly database: () => Promise<void>
  readonly regions: () => readonly {
    readonly id: string
    readonly connected: boolean
    readonly state: string
  }[]
}

/** Public pages. */
export function pageRoutes(readiness: Readiness): Hono<Env> {
  const app = new Hono<Env>()

  app.route('/', plainRoutes())
  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }))
  app.get('/readyz', async (c) => {
    const database = await readiness.database().then(
      () => 'ok',
      () => 'failed',
    )
    return c.json(
      { status: database === 'ok' ? 'ok' : 'failed', database, regions: readiness.regions() },
      database === 'ok' ? 200 : 503,
      { 'cache-control': 'no-store' },
    )
  })

  return app
}
