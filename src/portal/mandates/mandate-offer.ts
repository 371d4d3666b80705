/** Offering a mandate: the form, and the code that it gives, as a link and as a QR code. */
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { type Offered, offerMandate } from '../../federation/mandates/offer.ts'
import type { PortalEnv } from '../env.ts'
import { en, type Html, page } from '../frame/frame.ts'
import { EMPTY, fieldsIn, offerForm, offerOf } from './mandate-form.ts'
import { coverage, whenOf } from './mandate-words.ts'

export function mandateOfferRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const title = '授权他人代办'

  app.get('/me/mandates/new', async (c) =>
    c.html(page(title, await offerForm(EMPTY, [], c.get('formToken'), deps), true)),
  )

  app.post('/me/mandates/new', async (c) => {
    const form = await c.req.formData()
    const fields = fieldsIn(form)
    if (form.get('do') !== 'offer')
      return c.html(page(title, await offerForm(fields, [], c.get('formToken'), deps), true))
    try {
      const offered = await offerMandate(offerOf(fields), { dryRun: false }, c.get('actor'), deps)
      return c.html(page('授权码', await codePage(offered, deps), true))
    } catch (error) {
      // What was filled in wrongly is said at the form, which keeps what was right.
      if (!(error instanceof GatewayError) || error.errors.length === 0) throw error
      return c.html(page(title, await offerForm(fields, error.errors, c.get('formToken'), deps), true), 422)
    }
  })
  return app
}

/** The code is shown once: nothing is kept from which it could be shown again. */
const codePage = async ({ mandate, code, link, expiresAt }: Offered, deps: Deps): Promise<Html> =>
  html`<h1>请把授权码交给对方 ${en('Give this code to the one who shall act for you')}</h1>
<div role="img" aria-label="授权二维码" style="max-width:16rem;background:#fff;border-radius:.5rem;overflow:hidden">${raw(renderSVG(link, { ecc: 'M', border: 3 }))}</div>
<p>对方用手机扫描, 或登录后打开链接: ${en('to be scanned, or opened as a link')}</p>
<p style="overflow-wrap:anywhere"><a href="${link}">${link}</a></p>
<dl><dt>授权码</dt><dd><code>${code}</code></dd><dt>有效至</dt><dd>${whenOf(expiresAt)}, 只能用一次</dd></dl>
<section class="card">${await coverage(mandate, deps)}</section>
<p class="quiet">授权码只显示这一次; 丢了就收回这项授权再发起一次。 <span lang="en">It is shown this once. If it is lost, revoke the offer and make another.</span></p>
<p><a href="/me/mandates">我的授权 My mandates</a></p>`
