/** 同意: what I agreed to, for whom and until when, and one tap to withdraw it. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { listConsents, withdrawConsent } from '../../federation/consent/consents.ts'
import { departmentsOf } from '../../federation/consent/receivers.ts'
import { purposeWords } from '../../federation/consent/wording.ts'
import type { Deps } from '../../federation/deps.ts'
import { holdingNames } from '../../federation/preview/chosen.ts'
import type { Consent } from '../../schemas/consent.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { type Html, view } from '../frame/view.ts'
import { minuteOf } from '../holdings/holding-words.ts'

/** Enough for a page; older ones follow behind a link. */
const ON_A_PAGE = 20

/** Routes for somebody who is logged in. */
export function myConsentRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/consents', async (c) => {
    const after = c.req.query('cursor')
    const { items, next } = await listConsents({ limit: ON_A_PAGE, after }, c.get('actor'), deps)
    const names = await holdingNames([...new Set(items.flatMap((one) => one.items))], c.get('actor'), deps)
    const { say } = c.get('reader')
    return view(c, {
      title: say('同意', 'Consents'),
      nav: 'me',
      body: html`<h1>${say('我的同意', 'My consents')}</h1>
<p>${say('照片和证照只有在您同意后才会交出, 每次只给一个接收方、办一件事。撤回后立即停止提供。', 'Nothing is handed over without your consent: one receiver and one matter each. Withdrawing works at once.')}</p>
<p class="row"><a class="button plain extra" href="/me/preview">${say('办事前预览', 'Preview')}</a><a class="button plain" href="/me/consents/guardian">${say('我是监护人, 有同意码', 'I am a guardian with a code')}</a><a class="button plain" href="/me/services">${say('适合我的服务: 同意或关闭', 'Services that fit: agree or switch off')}</a></p>
${items.length === 0 ? html`<p class="card">${say('还没有给出过同意。', 'None was given yet.')}</p>` : items.map((one) => consentCard(one, names, c))}
${next === undefined ? '' : html`<p><a href="/me/consents?cursor=${next}">${say('更早的', 'Older')}</a></p>`}`,
    })
  })

  app.post('/me/consents/:id/withdraw', async (c) => {
    await withdrawConsent(c.req.param('id'), c.get('actor'), deps)
    return c.redirect('/me/consents', 303)
  })
  return app
}

type Words = readonly [zh: string, en: string]

const STATES: Readonly<Record<Consent['state'], Words>> = {
  waiting: ['等待监护人同意', 'waits for the guardian'],
  inForce: ['有效', 'in force'],
  withdrawn: ['已撤回', 'withdrawn'],
  ended: ['已到期', 'ended'],
}
const KINDS: Readonly<Record<Consent['kind'], Words>> = {
  photo: ['照片', 'Photos'],
  licence: ['电子证照', 'Licences'],
}
const GIVERS: Readonly<Record<Consent['by'], Words>> = {
  person: ['本人', 'yourself'],
  guardian: ['监护人', 'a guardian'],
  nobodyYet: ['尚无人', 'nobody yet'],
}

/** One consent with its button. @param names of the things that it is about, where they are shown */
export function consentCard(
  consent: Consent,
  names: ReadonlyMap<string, { readonly zh: string; readonly en: string }> | undefined,
  c: Context<PortalEnv>,
): Html {
  const { id, items, purpose, matter, state, by, until, givenAt, withdrawnAt } = consent
  const { say, name } = c.get('reader')
  const what = names && items.map((one) => names.get(one)).filter((one) => one !== undefined)
  return html`<section class="card"><h2>${say(...KINDS[consent.kind])} → ${name(departmentsOf(consent.receiver.id) ?? { zh: consent.receiver.name })}</h2><dl>
<dt>${say('状态', 'State')}</dt><dd><strong>${say(...STATES[state])}</strong></dd>${what && what.length > 0 ? html`<dt>${say('交出', 'Handed over')}</dt><dd>${say(what.map(({ zh }) => zh).join('、'), what.map(({ en }) => en).join(', '))}</dd>` : ''}<dt>${say('事项', 'Matter')}</dt><dd>${name({ zh: matter.name })}</dd><dt>${say('用途', 'For')}</dt><dd>${say(...purposeWords(purpose))}</dd><dt>${say('同意人', 'Given by')}</dt><dd>${say(...GIVERS[by])}${givenAt === null ? '' : html` ${minuteOf(givenAt)}`}</dd><dt>${withdrawnAt === null ? say('有效至', 'Until') : say('撤回于', 'Withdrawn at')}</dt><dd>${minuteOf(withdrawnAt ?? until)}</dd><dt class="extra">${say('同意书', 'Wording')}</dt><dd class="quiet extra">${say('版本', 'version')} ${consent.wording.version}</dd></dl>
${state === 'inForce' || state === 'waiting' ? html`<form method="post" action="/me/consents/${id}/withdraw">${tokenField(c)}<button class="danger">${say('撤回', 'Withdraw')}</button></form>` : ''}</section>`
}
