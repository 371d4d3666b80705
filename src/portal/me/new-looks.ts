/** A calm line on every page of somebody who is logged in: how many looks at what is theirs are new. */
import type { MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { newLooks } from '../../federation/audit/notices.ts'
import type { Deps } from '../../federation/deps.ts'
import type { PortalEnv } from '../env.ts'
import { MAIN } from '../frame/view.ts'

const MOST = 100

/** Puts the line into pages that are read. What a page marks as seen is counted no more. */
export const tellsNewLooks =
  (deps: Deps): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    await next()
    const isPage = c.res.headers.get('content-type')?.startsWith('text/html') === true
    if (c.req.method !== 'GET' || !isPage || c.res.status !== 200) return
    const count = await newLooks(c.get('actor'), deps)
    if (count === 0) return
    const { say } = c.get('reader')
    const number = count < MOST ? String(count) : `${MOST}+`
    const line =
      await html`<p role="status" class="quiet"><a href="/me/accesses">${say(`有 ${number} 条新的查看记录`, count === 1 ? '1 new look' : `${number} new looks`)}</a></p>`
    const text = await c.res.text()
    c.res = new Response(
      text.replace(MAIN, () => `${MAIN}${line.toString()}`),
      c.res,
    )
  }
