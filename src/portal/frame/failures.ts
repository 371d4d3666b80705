/** What went wrong, as a page: what it is, what to do, and the way back. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { type GatewayError, PROBLEMS } from '../../errors.ts'
import type { PortalEnv } from '../env.ts'
import { en, page } from './frame.ts'

/** Where somebody who sees this goes on. */
const AGAIN = html`<p><a class="button" href="/log-in">重新登录 ${en('Log in again')}</a></p>`
/** Somebody who is logged in, and would not fare better with another log-in. */
const BACK = html`<p><a class="button plain" href="/me">返回 ${en('Back')}</a></p>`

export function failurePage(c: Context<PortalEnv>, error: GatewayError): Response | Promise<Response> {
  const { title, fix, status } = PROBLEMS[error.code]
  c.header('cache-control', 'no-store')
  const isIn = c.get('session') !== undefined
  const isOver = status === 401
  if (status === 429 || status === 503) c.header('retry-after', String(error.facts['retryAfter'] ?? 5))
  return c.html(
    page(
      title.zh,
      html`<h1>${title.zh}</h1><p lang="en" class="quiet">${title.en}</p>
<p>${fix.zh}。</p><p lang="en" class="quiet">${fix.en}.</p>${isIn && !isOver ? BACK : AGAIN}
<p class="quiet">代码 <a href="/problems/${error.code}">${error.code}</a> · 编号 ${c.get('requestId')}</p>`,
      isIn,
    ),
    status as 400,
  )
}
