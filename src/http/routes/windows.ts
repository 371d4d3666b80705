/** The service windows of the 41 cities. Public: nothing is kept of where somebody stands, and no cache keeps it either. */
import { type Context, Hono } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { listWindows, readWindow } from '../../federation/windows/list-windows.ts'
import { instantIn } from '../../schemas/instants.ts'
import type { Env } from '../env.ts'
import { limitOf } from '../query.ts'

/** Routes under `/api/v1` that need no token. */
export function windowRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/windows', async (c) => {
    const near = positionOf(c)
    const asked = (name: string) => c.req.query(name) || undefined
    const found = await listWindows(
      {
        limit: limitOf(c),
        city: asked('city'),
        matter: asked('matter'),
        cursor: asked('cursor'),
        near,
        openAt: openingTimeOf(c),
        isCrossRegion: flagOf(c, 'crossRegion'),
      },
      deps,
    )
    const headers: Record<string, string> = {
      'cache-control': near === undefined ? 'public, max-age=10' : 'no-store',
    }
    if (found.nextCursor !== null) {
      const next = new URL(c.req.url)
      next.searchParams.set('cursor', found.nextCursor)
      headers['link'] = `<${next.pathname}${next.search}>; rel="next"`
    }
    return c.json(found, 200, headers)
  })

  app.get('/windows/:id', async (c) =>
    c.json(await readWindow(c.req.param('id'), deps, openingTimeOf(c)), 200, {
      'cache-control': 'public, max-age=10',
    }),
  )
  return app
}

const DEGREES = /^-?\d{1,3}(\.\d{1,12})?$/

/** `?near=lon,lat`. @throws GatewayError `POSITION_INVALID`, saying so where the two are swapped */
function positionOf(c: Context<Env>): { lon: number; lat: number } | undefined {
  const told = c.req.query('near')
  if (told === undefined) return undefined
  const parts = told.split(',')
  const [lon = Number.NaN, lat = Number.NaN] = parts.map((one) =>
    DEGREES.test(one) ? Number(one) : Number.NaN,
  )
  const isOnEarth = (x: number, y: number) => Math.abs(x) <= 180 && Math.abs(y) <= 90
  if (parts.length === 2 && isOnEarth(lon, lat)) return { lon, lat }
  throw new GatewayError('POSITION_INVALID', {
    parameter: 'near',
    reason: parts.length === 2 && isOnEarth(lat, lon) ? 'swapped' : 'not a position',
  })
}

/** `?openAt=`. @throws GatewayError `OPENING_TIME_INVALID` for what is no instant with its offset */
function openingTimeOf(c: Context<Env>): Date | undefined {
  const told = c.req.query('openAt')
  if (told === undefined) return undefined
  // A time without an offset would be read in the zone of this machine.
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(told) ? instantIn(told) : undefined
  if (!instant) throw new GatewayError('OPENING_TIME_INVALID', { parameter: 'openAt' })
  return instant
}

/** A flag of the query. @throws GatewayError `PARAMETER_INVALID` */
function flagOf(c: Context<Env>, parameter: string): boolean | undefined {
  const told = c.req.query(parameter)
  if (told === undefined) return undefined
  if (told !== 'true' && told !== 'false')
    throw new GatewayError('PARAMETER_INVALID', { parameter, known: ['true', 'false'] })
  return told === 'true'
}
