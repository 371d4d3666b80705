/** Mandates that I gave and received: looked at, revoked, laid down, and what was done on those that I gave. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { layDownMandate, revokeMandate } from '../../federation/mandates/end.ts'
import { listMandates, listUses } from '../../federation/mandates/list.ts'
import type { Mandate, MandateUse } from '../../schemas/mandate.ts'
import type { PortalEnv } from '../env.ts'
import { en, type Html, page } from '../frame/frame.ts'
import { PORTAL } from '../frame/guard.ts'
import { coverage, isOpen, stateWords, whenOf } from './mandate-words.ts'

/** Enough for a page; older ones follow behind a link. */
const ON_A_PAGE = 20

const ACTS: Readonly<Record<string, string>> = {
  file: '提交申请',
  correct: '补正',
  withdraw: '撤回',
  remind: '催办',
  read: '查看办件',
  list: '列出办件',
  events: '查看经过',
  ledger: '查看转换账目',
  result: '取结果文书',
}

export function mandateRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/mandates', async (c) => {
    const [given, received] = await Promise.all([section(c, 'giver', deps), section(c, 'receiver', deps)])
    return c.html(
      page(
        '授权代办',
        html`<h1>授权代办 ${en('Mandates')}</h1>
<p class="row"><a class="button" href="/me/mandates/new">授权他人代办 Offer</a><a class="button plain" href="/me/mandates/accept">我有授权码 I have a code</a></p>
<h2>我给出的 ${en('Given')}</h2>${given}
<h2>我受托的 ${en('Received')}</h2>${received}`,
        true,
      ),
    )
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
    return c.html(
      page(
        '使用记录',
        html`<h1>这项授权的使用记录 ${en('What was done on this mandate')}</h1>
${items.length > 0 ? html`<ul>${items.map(useLine)}</ul>` : html`<p>还没有使用过。 ${en('It has not been used yet.')}</p>`}
${next === undefined ? '' : html`<p><a href="/me/mandates/${id}/uses?before=${next}">更早的 Older</a></p>`}
<p><a href="/me/mandates">返回 Back</a></p>`,
        true,
      ),
    )
  })
  return app
}

const useLine = ({ at, act, clientId, caseId }: MandateUse): Html =>
  html`<li>${whenOf(at)} · ${ACTS[act] ?? act}${caseId ? html` · <span class="quiet">${caseId}</span>` : ''}<br><span class="quiet">${clientId === PORTAL ? '本网站' : `经由 ${clientId}`}</span></li>`

/** Mandates of one side, the newest first, with a link to older ones. */
async function section(c: Context<PortalEnv>, role: Mandate['role'], deps: Deps): Promise<Html> {
  const before = placeOf(c.req.query(role))
  const { items, next } = await listMandates(
    { role, ...(before ? { before } : {}), limit: ON_A_PAGE },
    c.get('actor'),
    deps,
  )
  if (items.length === 0) return html`<p class="quiet">没有 None</p>`
  const cards = await Promise.all(items.map((one) => card(one, c.get('formToken'), deps)))
  const older = next && `/me/mandates?${role}=${encodeURIComponent(`${next.at.toISOString()} ${next.id}`)}`
  return html`${cards}${older ? html`<p><a href="${older}">更早的 Older</a></p>` : ''}`
}

async function card(mandate: Mandate, formToken: string, deps: Deps): Promise<Html> {
  const isGiver = mandate.role === 'giver'
  const other = isGiver ? (mandate.receiver?.name ?? '尚无人接受') : mandate.giver.name
  const [act, words] = isGiver ? ['revoke', '收回 Revoke'] : ['decline', '放弃 Lay down']
  return html`<section class="card"><h2>${other}</h2><p>${stateWords(mandate)}</p>${await coverage(mandate, deps)}
<div class="row">${isGiver ? html`<a class="button plain" href="/me/mandates/${mandate.id}/uses">使用记录 Uses</a>` : html`<span class="quiet">授权标识 ${mandate.id}</span>`}
${isOpen(mandate) ? html`<form method="post" action="/me/mandates/${mandate.id}/${act}"><input type="hidden" name="token" value="${formToken}"><button class="danger">${words}</button></form>` : ''}</div></section>`
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
