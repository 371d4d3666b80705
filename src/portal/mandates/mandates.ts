/** Mandates that I gave and received: looked at, revoked, laid down, and what was done on those that I gave. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { layDownMandate, revokeMandate } from '../../federation/mandates/end.ts'
import { listMandates, listUses } from '../../federation/mandates/list.ts'
import type { Mandate, MandateUse } from '../../schemas/mandate.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { PORTAL } from '../frame/guard.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { coverage, isOpen, stateWords, whenOf } from './mandate-words.ts'

/** Enough for a page; older ones follow behind a link. */
const ON_A_PAGE = 20

const ACTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  file: ['提交申请', 'filed'],
  correct: ['补正', 'corrected'],
  withdraw: ['撤回', 'withdrew'],
  remind: ['催办', 'reminded'],
  readRating: ['查看评价', 'looked at the rating'],
  read: ['查看办件', 'read a case'],
  list: ['列出办件', 'listed cases'],
  events: ['查看经过', 'read the events'],
  ledger: ['查看转换账目', 'read the conversion'],
  result: ['取结果文书', 'fetched the result'],
}

export function mandateRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/mandates', async (c) => {
    const [given, received] = await Promise.all([section(c, 'giver', deps), section(c, 'receiver', deps)])
    const { say } = c.get('reader')
    const title = say('授权代办', 'Mandates')
    return view(c, {
      title,
      nav: 'me',
      body: html`<h1>${title}</h1>
<p class="row"><a class="button" href="/me/mandates/new">${say('授权他人代办', 'Let somebody act for me')}</a><a class="button plain" href="/me/mandates/accept">${say('我有授权码', 'I have a code')}</a></p>
<h2>${say('我给出的', 'Given')}</h2>${given}
<h2>${say('我受托的', 'Received')}</h2>${received}`,
    })
  })

  app.post('/me/mandates/:id/revoke', async (c) => {
    await revokeMandate(c.req.param('id'), { dryRun: false }, c.get('actor'), deps)
    return c.redirect('/me/mandates', 303)
  })

  app.post('/me/mandates/:id/decline', async (c) => {
    await layDownMandate(c.req.param('id'), { dryRun: false }, c.get('actor'), deps)
    return c.redirect('/me/mandates', 303)
  })

  app.get('/me/mandates/:id/uses', async (c) => {
    const id = c.req.param('id')
    const before = positionOf(c.req.query('before'))
    const ask = { ...(before === undefined ? {} : { before }), limit: ON_A_PAGE }
    const { items, next } = await listUses(id, ask, c.get('actor'), deps)
    const reader = c.get('reader')
    const { say } = reader
    return view(c, {
      title: say('使用记录', 'Uses'),
      nav: 'me',
      body: html`<h1>${say('这项授权的使用记录', 'What was done on this mandate')}</h1>
${items.length > 0 ? html`<ul>${items.map((one) => useLine(one, reader))}</ul>` : html`<p>${say('还没有使用过。', 'It has not been used yet.')}</p>`}
${next === undefined ? '' : html`<p><a href="/me/mandates/${id}/uses?before=${next}">${say('更早的', 'Older')}</a></p>`}
<p><a href="/me/mandates">${say('返回授权', 'Back to the mandates')}</a></p>`,
    })
  })
  return app
}

const useLine = ({ at, act, clientId, caseId }: MandateUse, { say }: Reader): Html =>
  html`<li>${whenOf(at)} · ${say(...(ACTS[act] ?? ([act, act] as const)))}${caseId ? html` · <span class="quiet">${caseId}</span>` : ''}<br><span class="quiet">${clientId === PORTAL ? say('本网站', 'this website') : say(`经由 ${clientId}`, `through ${clientId}`)}</span></li>`

/** Mandates of one side, the newest first, with a link to older ones. */
async function section(c: Context<PortalEnv>, role: Mandate['role'], deps: Deps): Promise<Html> {
  const before = placeOf(c.req.query(role))
  const { say } = c.get('reader')
  const { items, next } = await listMandates(
    { role, ...(before ? { before } : {}), limit: ON_A_PAGE },
    c.get('actor'),
    deps,
  )
  if (items.length === 0) return html`<p class="quiet">${say('没有', 'None')}</p>`
  const cards = await Promise.all(items.map((one) => card(one, c, deps)))
  const older = next && `/me/mandates?${role}=${encodeURIComponent(`${next.at.toISOString()} ${next.id}`)}`
  return html`${cards}${older ? html`<p><a href="${older}">${say('更早的', 'Older')}</a></p>` : ''}`
}

async function card(mandate: Mandate, c: Context<PortalEnv>, deps: Deps): Promise<Html> {
  const reader = c.get('reader')
  const { say } = reader
  const isGiver = mandate.role === 'giver'
  const other = isGiver ? (mandate.receiver?.name ?? say('尚无人接受', 'Nobody yet')) : mandate.giver.name
  const act = isGiver ? 'revoke' : 'decline'
  return html`<section class="card"><h2>${other}</h2><p>${stateWords(mandate, reader)}</p>${await coverage(mandate, reader, deps)}
<div class="row">${isGiver ? html`<a class="button plain" href="/me/mandates/${mandate.id}/uses">${say('使用记录', 'Uses')}</a>` : html`<span class="quiet">${say('授权标识', 'Number of the mandate')} ${mandate.id}</span>`}
${isOpen(mandate) ? html`<form method="post" action="/me/mandates/${mandate.id}/${act}">${tokenField(c)}<button class="danger">${isGiver ? say('收回', 'Revoke') : say('放弃', 'Lay down')}</button></form>` : ''}</div></section>`
}

/** @throws GatewayError `PARAMETER_INVALID` for a place that is none */
function placeOf(text: string | undefined): { at: Date; id: string } | undefined {
  if (text === undefined) return undefined
  const [instant = '', id = ''] = text.split(' ')
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw new GatewayError('PARAMETER_INVALID', { parameter: 'before' })
  return { at, id }
}

function positionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const position = Number(text)
  if (!Number.isSafeInteger(position)) throw new GatewayError('PARAMETER_INVALID', { parameter: 'before' })
  return position
}
