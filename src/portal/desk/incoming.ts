/** 转来的件: the owner's side of the desk. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { CUSTODY, isCustodyStep, isWhole, nextSteps } from '../../federation/desk/custody.ts'
import { confirmArrival, type Incoming, listIncoming, readIncoming } from '../../federation/desk/incoming.ts'
import { CONSENT_PAPER } from '../../federation/desk/papers.ts'
import { masked } from '../../federation/identity/me.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { type Html, view } from '../frame/view.ts'
import { custodyList } from './custody-part.ts'
import { CLEARED, clerkActor } from './guard.ts'
import { dayAndMinute, statusWord } from './words.ts'

export function incomingRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/desk/incoming', async (c) => {
    const { say } = c.get('reader')
    const rows = await listIncoming(c.get('atDesk'), deps)
    const title = say('转来的件', 'Incoming')
    return view(c, {
      title,
      nav: 'desk',
      body: html`<h1>${title}</h1>${rows.length === 0 ? html`<p role="status">${say('现在没有转来的件。', 'Nothing has come in.')}</p>` : list(c, rows)}`,
    })
  })

  app.get('/desk/incoming/:id', async (c) => one(c, deps))
  app.post('/desk/incoming/:id/arrived', async (c) => {
    const id = c.req.param('id')
    await confirmArrival(id, c.get('atDesk'), clerkActor(c), deps)
    return c.redirect(`/desk/incoming/${id}`, 303)
  })
  return app
}

/** Where the papers are, in a word. */
function whereabouts(c: Context<PortalEnv>, { custody }: Pick<Incoming, 'custody'>): Html {
  const { say } = c.get('reader')
  const last = custody.at(-1)
  if (!last) return html`${say('没有纸质材料', 'no papers')}`
  const words = isCustodyStep(last.step) ? CUSTODY[last.step] : { zh: last.step, en: last.step }
  return html`${say(words.zh, words.en)}`
}

/** One card a case, on a phone as on a desk screen. */
function list(c: Context<PortalEnv>, rows: readonly Incoming[]): Html {
  const reader = c.get('reader')
  const { say } = reader
  return html`<ul class="plainlist">${rows.map(
    (line) =>
      html`<li><a href="/desk/incoming/${line.row.id}">${line.filed?.caseNumber ?? line.filed?.sourceNumber ?? line.row.id.slice(-8)}</a> <strong lang="zh-CN">${line.filed?.matterName ?? ''}</strong><dl><dt>${say('状态', 'Status')}</dt><dd>${statusWord(line.filed, reader)}</dd><dt>${say('纸质材料', 'Papers')}</dt><dd>${whereabouts(c, line)}</dd><dt>${say('提交时间', 'Handed over')}</dt><dd>${line.row.handedAt ? dayAndMinute(line.row.handedAt) : ''}</dd></dl></li>`,
  )}</ul>`
}

async function one(c: Context<PortalEnv>, deps: Deps) {
  const { say } = c.get('reader')
  const found = await readIncoming(c.req.param('id') ?? '', c.get('atDesk'), clerkActor(c), deps)
  const { row, content, filed, papers, custody } = found
  const { matter } = (await deps.catalogue.current(row.matterId ?? '')) ?? {}
  const documentNames = new Map(matter?.documents.map((document) => [document.id, document.name.zh]))
  const number = filed?.caseNumber ?? filed?.sourceNumber ?? ''
  const title = `${say('转来的件', 'Incoming')} ${number}`
  const names = new Map(
    await Promise.all(
      papers.map(
        async ({ certifiedBy }) =>
          [certifiedBy, (certifiedBy && (await deps.store.clerks.named(certifiedBy))?.name) || ''] as const,
      ),
    ),
  )
  return view(c, {
    title,
    nav: 'desk',
    away: CLEARED,
    body: html`<h1>${title}</h1><section class="card"><dl><dt>${say('事项', 'Matter')}</dt><dd lang="zh-CN">${filed?.matterName ?? ''}</dd><dt>${say('申请人', 'Applicant')}</dt><dd lang="zh-CN">${content.person.name} ${masked(content.person.idDocument.number)}</dd><dt>${say('收件窗口', 'Taken in by')}</dt><dd lang="zh-CN">${deps.clients(row.clientId)?.name ?? row.clientId}</dd><dt>${say('状态', 'Status')}</dt><dd>${statusWord(filed, c.get('reader'))}</dd></dl></section>
<section class="card"><h2>${say('扫描的材料', 'Scanned papers')}</h2><ul class="plainlist">${papers
      .filter(({ documentId }) => documentId !== CONSENT_PAPER)
      .map(
        ({ documentId, pages, certifiedBy, certifiedAt }) =>
          html`<li><span lang="zh-CN">${documentNames.get(documentId) ?? documentId}</span> · ${say(`${pages} 页`, `${pages} pages`)} · ${certifiedBy && certifiedAt ? html`${say('与原件核对无异', 'compared with the original')} <span lang="zh-CN">${names.get(certifiedBy) ?? ''}</span> ${dayAndMinute(certifiedAt)}` : say('未核对', 'not compared')}</li>`,
      )}</ul></section>
<section class="card" id="custody"><h2>${say('纸质材料', 'Papers')}</h2>${isWhole(custody, deps) ? '' : html`<p class="bad" role="alert">${say('交接记录前后不符, 请联系网关运维。', 'The record does not hold together: tell the operators of the gateway.')}</p>`}${custody.length === 0 ? html`<p>${say('没有纸质材料。', 'No papers.')}</p>` : custodyList(c, custody)}
${nextSteps(custody, 'owner').includes('arrived') ? html`<form method="post" action="/desk/incoming/${row.id}/arrived">${tokenField(c)}<button>${say('确认收到纸质材料', 'Confirm that the papers are here')}</button></form>` : ''}</section>`,
  })
}
