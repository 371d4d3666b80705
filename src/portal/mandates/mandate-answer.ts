/** The page that a mandate's link or QR code leads to: what it stands for, and a button for yes and one for no. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { acceptMandate, declineOffer, previewOffer } from '../../federation/mandates/answer.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { coverage } from './mandate-words.ts'

export function mandateAnswerRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/mandates/accept', async (c) => {
    const code = c.req.query('code')?.trim()
    const reader = c.get('reader')
    const { say, name } = reader
    const title = say('接受授权', 'Accept a mandate')
    if (!code) return view(c, { title, body: asking(reader), nav: 'me' })
    const mandate = await previewOffer(code, c.get('actor'), deps)
    return view(c, {
      title,
      nav: 'me',
      body: html`<h1>${say(html`${mandate.giver.name} 请您代办`, html`${name({ zh: mandate.giver.name })} asks you to act on their behalf`)}</h1>
<section class="card">${await coverage(mandate, reader, deps)}</section>
<p>${say('接受后, 您可以在这个范围内替对方提交、查看、补正和撤回办件; 每次使用对方都看得到, 对方随时可以收回。', 'You may file, follow, correct and withdraw cases within these terms. The other sees every use, and can take it back at any time.')}</p>
<form method="post" action="/me/mandates/accept">${tokenField(c)}<input type="hidden" name="code" value="${code}">
<div class="row"><button name="answer" value="accept">${say('接受', 'Accept')}</button><button class="danger" name="answer" value="decline">${say('谢绝', 'Decline')}</button></div></form>`,
    })
  })

  app.post('/me/mandates/accept', async (c) => {
    const { code, answer } = await c.req.parseBody()
    // Whatever is not a clear yes is a no.
    await (answer === 'accept' ? acceptMandate : declineOffer)(String(code ?? ''), c.get('actor'), deps)
    return c.redirect('/me/mandates', 303)
  })
  return app
}

const asking = ({ say }: Reader): Html =>
  html`<h1>${say('接受授权', 'Accept a mandate')}</h1>
<form method="get" action="/me/mandates/accept"><label for="code">${say('授权码', 'Code')}</label><input id="code" name="code" required maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="camera">
<p class="quiet" id="camera">${say('也可以用手机相机扫描对方出示的二维码。', 'Or scan the other’s QR code with your phone’s camera.')}</p><p><button>${say('查看', 'Look')}</button></p></form>`
