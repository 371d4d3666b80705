/**
 * Pages for anybody travel compressed. Personal pages (`no-store`) do not: they hold the value that forms of ours carry, and what was
 * asked for; from the length of both compressed together, somebody who chooses the question could guess the value (BREACH). They are
 * small, and what makes a visit heavy, the sheet and the scripts, is compressed for them too.
 */
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import type { PortalEnv } from '../env.ts'

const gzip = compress({ encoding: 'gzip' })

export const compressed: MiddlewareHandler<PortalEnv> = async (c, next) => {
  await next()
  if (/no-store/.test(c.res.headers.get('cache-control') ?? '')) return
  await gzip(c, async () => {})
}
