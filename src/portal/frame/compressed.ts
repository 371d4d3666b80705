/**
 * Pages for anybody travel compressed. Personal pages (`no-store`) do not: they hold the value that forms of ours carry, and what was
 * asked for; from the length of both compressed together, somebody who chooses the question could guess the value (BREACH). They are
 * small, and what makes a visit heavy, the sheet and the scripts, is compressed for them too.
 *
 * A page that reads as it did a moment ago was compressed then: a map of 41 cities takes longer to compress than to write.
 */
import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import { LIMITS } from '../../config.ts'
import { addHeaders } from '../../http/headers.ts'
import type { PortalEnv } from '../env.ts'

const gzipped = promisify(gzip)
/** What is shorter is hardly shortened. */
const LEAST_CHARACTERS = 1_024

/** The last pages as they travelled, by digest; the one that was not asked for longest goes first. */
const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

/** As it travels: compressed anew where it is none of the last pages. */
export function compressedOnce(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = hash('sha256', text)
  const bytes = kept.get(key) ?? gzipped(text).then((one) => new Uint8Array(one))
  kept.delete(key)
  kept.set(key, bytes)
  for (const [oldest] of kept) {
    if (kept.size <= LIMITS.compressedPages) break
    kept.delete(oldest)
  }
  return bytes
}

const takesGzip = (c: Context<PortalEnv>): boolean =>
  parseAccept(c.req.header('accept-encoding') ?? '').some(({ type, q }) => type === 'gzip' && q > 0)

export const compressed: MiddlewareHandler<PortalEnv> = async (c, next) => {
  await next()
  const { headers } = c.res
  if (/no-store/.test(headers.get('cache-control') ?? '')) return
  if (!/^(text\/html|application\/json)\b/.test(headers.get('content-type') ?? '')) return
  addHeaders(c, [['vary', 'accept-encoding']], 'append')
  if (!takesGzip(c)) return
  const text = await c.res.text()
  if (text.length < LEAST_CHARACTERS) {
    c.res = new Response(text, c.res)
    return
  }
  c.res = new Response(await compressedOnce(text), c.res)
  c.res.headers.set('content-encoding', 'gzip')
  c.res.headers.delete('content-length')
}
