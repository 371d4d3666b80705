/** Offering a mandate: the form, and the code that it gives, as a link and as a QR code. */
import { type Context, Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { type FieldError, GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { type Offered, offerMandate } from '../../federation/mandates/offer.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { EMPTY, fieldsIn, type OfferFields, offerForm, offerOf } from './mandate-form.ts'
import { coverage, whenOf } from './mandate-words.ts'

export function mandateOfferRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const showForm = async (c: Context<PortalEnv>, fields: OfferFields, errors: readonly FieldError[]) =>
    view(c, {
      title: c.get('reader').say('授权他人代办', 'Let somebody act for you'),
      body: await offerForm(fields, errors, c, deps),
      nav: 'me',
      status: errors.length > 0 ? 422 : 200,
    })

  app.get('/me/mandates/new', (c) => showForm(c, EMPTY, []))

  app.post('/me/mandates/new', async (c) => {
    const form = await c.req.formData()
    const fields = fieldsIn(form)
    if (form.get('do') !== 'offer') return showForm(c, fields, [])
    try {
      const offered = await offerMandate(offerOf(fields), { dryRun: false }, c.get('actor'), deps)
      const reader = c.get('reader')
      const body = await codePage(offered, reader, deps)
      return view(c, { title: reader.say('授权码', 'Code of the mandate'), body, nav: 'me' })
    } catch (error) {
      // What was filled in wrongly is said at the form, which keeps what was right.
      if (!(error instanceof GatewayError) || error.errors.length === 0) throw error
      return showForm(c, fields, error.errors)
    }
  })
  return app
}

/** The code is shown once: nothing is kept from which it could be shown again. */
async function codePage(
  { mandate, code, link, expiresAt }: Offered,
  reader: Reader,
  deps: Deps,
): Promise<Html> {
  const { say } = reader
  return html`<h1>${say('请把授权码交给对方', 'Give this code to the one who shall act for you')}</h1>
<div class="code small" role="img" aria-label="${say('授权二维码', 'QR code of the mandate')}">${raw(renderSVG(link, { ecc: 'M', border: 3 }))}</div>
<p>${say('对方用手机扫描, 或登录后打开链接:', 'To be scanned with a phone, or opened as a link:')}</p>
<p class="anywhere"><a href="${link}">${link}</a></p>
<dl><dt>${say('授权码', 'Code')}</dt><dd><code>${code}</code></dd><dt>${say('有效至', 'Until')}</dt><dd>${whenOf(expiresAt)}, ${say('只能用一次', 'works once')}</dd></dl>
<section class="card">${await coverage(mandate, reader, deps)}</section>
<p class="quiet">${say('授权码只显示这一次; 丢了就收回这项授权再发起一次。', 'It is shown this once. If it is lost, revoke the offer and make another.')}</p>
<p><a href="/me/mandates">${say('我的授权', 'My mandates')}</a></p>`
}
