/** What a client may do for a person: said in words, agreed to or refused. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Interaction } from '../../federation/identity/interaction.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { loggedIn } from '../frame/guard.ts'
import { view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'

const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  openid: ['知道是您本人登录 (不含姓名和证件号码)', 'know that you logged in, without your name or number'],
  offline_access: ['在您离开后继续代您办理, 直到您收回', 'go on while you are away, until you take it back'],
  convert: ['转换申请表格', 'convert forms'],
  cases: ['代您提交、查看、补正和撤回办件', 'file, follow, correct and withdraw your cases'],
  events: ['接收您办件的进展', 'hear of what happens to your cases'],
  photos: ['经您逐次同意使用您的证件照', 'use your photos, each time with your consent'],
  licences: ['经您逐次同意使用您的电子证照', 'use your licences, each time with your consent'],
  persons: [
    '知道您的姓名和证件类型, 为您出示身份码并查看扫码记录, 并替您给出、接受和收回授权',
    'know your name and kind of document, show codes for you at counters, and offer, accept and revoke mandates for you',
  ],
}
const wordsOf = (scope: string) => WORDS[scope] ?? ([scope, scope] as const)

export function consentRoutes({ deps, interactions }: Pick<Needs, 'deps' | 'interactions'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.use('/oidc/interaction/:uid/consent', loggedIn(deps))

  app.get('/oidc/interaction/:uid/consent', async (c) => {
    const { client, scopes } = await askedBy(c, interactions)
    c.set('formTarget', client.origin)
    const { say, name } = c.get('reader')
    return view(c, {
      title: say('同意', 'Consent'),
      body: html`<h1>${say(html`${client.name} 想要`, html`${name({ zh: client.name })} asks to`)}</h1>
<ul>${scopes.map((scope) => html`<li>${say(...wordsOf(scope))}</li>`)}</ul>
<form method="post">${tokenField(c)}<div class="row"><button name="answer" value="yes">${say('同意', 'Agree')}</button><button class="plain" name="answer" value="no">${say('不同意', 'Refuse')}</button></div></form>`,
    })
  })

  app.post('/oidc/interaction/:uid/consent', async (c) => {
    await askedBy(c, interactions)
    const { answer } = await c.req.parseBody()
    return c.redirect(
      answer === 'yes' ? await interactions.consented(c.env) : await interactions.refused(c.env),
      303,
    )
  })
  return app
}

/** @throws GatewayError `LOGIN_STATE_INVALID` when this browser was not sent by a client, or that was too long ago */
export async function askedBy(
  c: Context<PortalEnv, '/oidc/interaction/:uid'> | Context<PortalEnv, '/oidc/interaction/:uid/consent'>,
  interactions: Needs['interactions'],
): Promise<Interaction> {
  const asked = await interactions.read(c.env)
  if (!asked || asked.uid !== c.req.param('uid')) throw new GatewayError('LOGIN_STATE_INVALID')
  return asked
}
