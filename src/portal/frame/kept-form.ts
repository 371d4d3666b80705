/**
 * What was typed into a step when its log-in had ended, for a browser without script: kept by that browser alone, sealed, for that step and
 * a quarter of an hour. It is put back into the step after the next log-in, and saved by nobody but the person.
 */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { LIMITS } from '../../config.ts'
import type { Deps } from '../../federation/deps.ts'
import type { PortalEnv } from '../env.ts'

const NAME = 'delta-typed'

interface Kept {
  readonly path: string
  readonly until: number
  readonly fields: readonly (readonly [string, string])[]
}

const ours = (path: string) =>
  ({ path, secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'secure' }) as const

/** As the browser writes it: names of regions' fields may be no signs of a header. */
const pathOf = (c: Context) => new URL(c.req.url).pathname

/** Keeps a small form; a file, and what is too long for a cookie, is not kept. */
export async function keepTyped(c: Context<PortalEnv>, { sealing, now }: Deps): Promise<void> {
  const path = pathOf(c)
  const size = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY)
  const type = c.req.header('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded') || !(size <= LIMITS.typedBytes)) return
  const form = await c.req.formData()
  const fields = [...form].flatMap(([name, value]) =>
    name === 'token' || typeof value !== 'string' ? [] : [[name, value] as const],
  )
  const kept: Kept = { path, until: now().getTime() + LIMITS.typedMs, fields }
  const sealed = sealing.seal(kept).toString('base64url')
  if (sealed.length <= LIMITS.typedBytes)
    setCookie(c, NAME, sealed, { ...ours(path), maxAge: LIMITS.typedMs / 1000 })
}

/** What was kept for this page, once. */
export function typedBefore(
  c: Context<PortalEnv>,
  { sealing, now }: Deps,
): ReadonlyMap<string, string> | undefined {
  const sealed = getCookie(c, NAME, 'secure')
  if (sealed === undefined) return undefined
  const path = pathOf(c)
  deleteCookie(c, NAME, ours(path))
  try {
    const kept = sealing.open<Kept>(Buffer.from(sealed, 'base64url'))
    return kept.path === path && kept.until > now().getTime() ? new Map(kept.fields) : undefined
  } catch {
    // Not one of ours.
    return undefined
  }
}
