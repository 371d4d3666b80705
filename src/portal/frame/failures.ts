/** What went wrong, as a page: what it is, what to do, and the way back. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { type GatewayError, PROBLEMS } from '../../errors.ts'
import type { PortalEnv } from '../env.ts'
import { view } from './view.ts'

export function failurePage(c: Context<PortalEnv>, error: GatewayError): Response | Promise<Response> {
  const { title, fix, status } = PROBLEMS[error.code]
  const { say, isElder } = c.get('reader')
  c.header('cache-control', 'no-store')
  const isIn = c.get('session') !== undefined
  if (status === 429 || status === 503) c.header('retry-after', String(error.facts['retryAfter'] ?? 5))
  // Somebody who is logged in would not fare better with another log-in.
  const onward =
    isIn && status !== 401
      ? html`<a class="button plain" href="/me">${say('返回我的主页', 'Back to my page')}</a>`
      : html`<a class="button" href="/log-in">${say('重新登录', 'Log in again')}</a>`
  return view(c, {
    title: say(title.zh, title.en),
    nav: isIn ? 'me' : undefined,
    status: status as 400,
    body: html`<h1>${say(title.zh, title.en)}</h1>
<p>${say(`${fix.zh}。`, `${fix.en}.`)}</p><p>${onward}</p>
<p class="quiet">${isElder ? say('需要帮助请拨打 12345, 并报出编号', 'For help call 12345 and tell them this number') : html`${say('代码', 'Code')} <a href="/problems/${error.code}">${error.code}</a> · ${say('编号', 'number')}`} ${c.get('requestId')}</p>`,
  })
}
