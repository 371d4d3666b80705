/** The page that a mandate's link or QR code leads to: what it stands for, and a button for yes and one for no. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { acceptMandate, declineOffer, previewOffer } from '../../federation/mandates/answer.ts'
import type { PortalEnv } from '../env.ts'
import { en, type Html, page } from '../frame/frame.ts'
import { coverage } from './mandate-words.ts'

export function mandateAnswerRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/mandates/accept', async (c) => {
    const code = c.req.query('code')?.trim()
    if (!code) return c.html(page('接受授权', asking(), true))
    const mandate = await previewOffer(code, c.get('actor'), deps)
    return c.html(
      page(
        '接受授权',
        html`<h1>${mandate.giver.name} 请您代办 ${en('asks you to act on their behalf')}</h1>
<section class="card">${await coverage(mandate, deps)}</section>
<p>接受后, 您可以在这个范围内替对方提交、查看、补正和撤回办件; 每次使用对方都看得到, 对方随时可以收回。<br>${en('You may file, follow, correct and withdraw cases within these terms. The other sees every use, and can take it back at any time.')}</p>
<form method="post" action="/me/mandates/accept"><input type="hidden" name="token" value="${c.get('formToken')}"><input type="hidden" name="code" value="${code}">
<div class="row"><button name="answer" value="accept">接受 Accept</button><button class="danger" name="answer" value="decline">谢绝 Decline</button></div></form>`,
        true,
      ),
    )
  })

  app.post('/me/mandates/accept', async (c) => {
    const { code, answer } = await c.req.parseBody()
    // Whatever is not a clear yes is a no.
    await (answer === 'accept' ? acceptMandate : declineOffer)(String(code ?? ''), c.get('actor'), deps)
    return c.redirect('/me/mandates', 303)
  })
  return app
}

const asking = (): Html =>
  html`<h1>接受授权 ${en('Accept a mandate')}</h1>
<form method="get" action="/me/mandates/accept"><label for="code">授权码 ${en('Code')}</label><input id="code" name="code" required maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false">
<p class="quiet">也可以用手机相机扫描对方出示的二维码。 <span lang="en">Or scan the other’s QR code with your phone’s camera.</span></p><button>查看 Look</button></form>`
