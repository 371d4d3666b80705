/** 同意: what I agreed to, for whom and until when, and one tap to withdraw it. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { listConsents, withdrawConsent } from '../../federation/consent/consents.ts'
import { purposeWords } from '../../federation/consent/wording.ts'
import type { Deps } from '../../federation/deps.ts'
import { holdingNames } from '../../federation/preview/chosen.ts'
import type { Consent } from '../../schemas/consent.ts'
import { both } from '../counter/counter-words.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { en, type Html, page } from '../frame/frame.ts'
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
    return c.html(
      page(
        '同意',
        html`<h1>我的同意 ${en('My consents')}</h1>
<p>照片和证照只有在您同意后才会交出, 每次只给一个接收方、办一件事。撤回后立即停止提供。<br>${en('Nothing is handed over without your consent: one receiver and one matter each. Withdrawing works at once.')}</p>
<p class="row"><a class="button plain" href="/me/preview">办事前预览 ${en('Preview')}</a><a class="button plain" href="/me/consents/guardian">我是监护人, 有同意码 ${en('Guardian')}</a></p>
${items.length === 0 ? html`<p class="card">还没有给出过同意。 ${en('None was given yet.')}</p>` : items.map((one) => consentCard(one, names, c))}
${next === undefined ? '' : html`<p><a href="/me/consents?cursor=${next}">更早的 Older</a></p>`}`,
        true,
      ),
    )
  })

  app.post('/me/consents/:id/withdraw', async (c) => {
    await withdrawConsent(c.req.param('id'), c.get('actor'), deps)
    return c.redirect('/me/consents', 303)
  })
  return app
}

const STATES: Readonly<Record<Consent['state'], readonly [zh: string, en: string]>> = {
  waiting: ['等待监护人同意', 'waits for the guardian'],
  inForce: ['有效', 'in force'],
  withdrawn: ['已撤回', 'withdrawn'],
  ended: ['已到期', 'ended'],
}
const KINDS = { photo: ['照片', 'photos'], licence: ['电子证照', 'licences'] } as const
const GIVERS = {
  person: '本人',
  guardian: '监护人',
  nobodyYet: '尚无人',
} as const

/** One consent with its button. @param names of the things that it is about, where they are shown */
export function consentCard(
  consent: Consent,
  names: ReadonlyMap<string, string> | undefined,
  c: Context<PortalEnv>,
): Html {
  const { id, kind, items, purpose, matter, receiver, state, wording, by, until, givenAt, withdrawnAt } =
    consent
  const what = names && items.map((one) => names.get(one)).filter((name) => name !== undefined)
  return html`<section class="card"><h2>${both(KINDS[kind])} → ${receiver.name}</h2><dl>
<dt>状态</dt><dd><strong>${STATES[state][0]}</strong> ${en(STATES[state][1])}</dd>${what && what.length > 0 ? html`<dt>交出</dt><dd>${what.join('、')}</dd>` : ''}<dt>事项</dt><dd>${matter.name}</dd><dt>用途</dt><dd>${both(purposeWords(purpose))}</dd><dt>同意人</dt><dd>${GIVERS[by]}${givenAt === null ? '' : html` ${minuteOf(givenAt)}`}</dd><dt>${withdrawnAt === null ? '有效至' : '撤回于'}</dt><dd>${minuteOf(withdrawnAt ?? until)}</dd><dt>同意书</dt><dd class="quiet">版本 ${wording.version}</dd></dl>
${state === 'inForce' || state === 'waiting' ? html`<form method="post" action="/me/consents/${id}/withdraw">${tokenField(c)}<button class="danger">撤回 Withdraw</button></form>` : ''}</section>`
}
