/** 好差评 at the window: the person rates on their own phone. A clerk never does it for them, and does not see it being done. */
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import type { PortalEnv } from '../env.ts'
import type { Html } from '../frame/view.ts'
import type { CaseView } from './case-view.ts'

export function ratingPart(c: Context<PortalEnv>, { ratingAddress }: CaseView): Html {
  const { say } = c.get('reader')
  if (ratingAddress === undefined) return html``
  // What the drawing holds is an address of ours and nothing of anybody: whoever opens it must log in as the person.
  return html`<section class="card" id="rating"><h2>${say('请本人评价', 'The person rates the service')}</h2>
<p>${say('请本人用自己的手机扫码, 登录后评价。工作人员不代评、不诱导, 本人也可以不评。', 'They scan this with their own phone and rate after logging in. A clerk neither rates for them nor urges them; they may leave it.')}</p>
<div class="code small" role="img" aria-label="${say('评价页二维码', 'QR code of the page for rating')}">${raw(renderSVG(ratingAddress, { ecc: 'M', border: 3 }))}</div></section>`
}
