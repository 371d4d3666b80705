/** Starting an application, going on with one, and throwing one away. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { dropDraft, listDrafts, readDraft } from '../../federation/drafts/drafts.ts'
import { startDraft } from '../../federation/drafts/start-draft.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { view } from '../frame/view.ts'
import { nextPath } from './steps.ts'

export function draftRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  // A page, and not the start itself: a link that is loaded twice, or by a machine, starts nothing.
  app.get('/apply', async (c) => {
    const { say, name } = c.get('reader')
    const matter = await deps.catalogue.read(c.req.query('matter') ?? '')
    return view(c, {
      title: say('开始办理', 'Start'),
      nav: 'me',
      body: html`<h1>${name(matter.name)}</h1>
<p>${say('一页一个问题。已经知道的不再问您, 每一步自动保存, 换一台设备也能接着填。', 'One question a page. What is known is not asked, every step is saved, and you can go on with another device.')}</p>
<p>${say('点“开始”后, 我们会向各地区查询您的证照, 用来少填、少交。', 'When you start, we ask the regions for your licences, so that you type and bring less.')}</p>
<form method="post" action="/apply">${tokenField(c)}<input type="hidden" name="matter" value="${matter.id}"><button class="big">${say('开始', 'Start')}</button></form>`,
    })
  })

  app.post('/apply', async (c) => {
    const form = await c.req.formData()
    const id = await startDraft({ matter: String(form.get('matter') ?? '') }, c.get('actor'), deps)
    return c.redirect(`/me/drafts/${id}`, 303)
  })

  app.get('/me/drafts', async (c) => {
    const { say, name } = c.get('reader')
    const drafts = await listDrafts(c.get('actor'), deps)
    return view(c, {
      title: say('我的草稿', 'My drafts'),
      nav: 'me',
      body: html`<h1>${say('我的草稿', 'My drafts')}</h1>${
        drafts.length === 0
          ? html`<p>${say('没有没填完的申请。', 'No application is open.')}</p>`
          : html`<ul class="plainlist">${drafts.map(
              (draft) =>
                html`<li><h2>${name(draft.matter.name)}</h2><p class="quiet">${say('保留到', 'Kept until')} ${draft.row.until.toISOString().slice(0, 10)}</p><p class="row"><a class="button" href="/me/drafts/${draft.row.id}">${say('接着填', 'Go on')}<span class="unseen"> ${name(draft.matter.name)}</span></a></p><form method="post" action="/me/drafts/${draft.row.id}/removal">${tokenField(c)}<button class="plain danger">${say('删除草稿', 'Delete the draft')}<span class="unseen"> ${name(draft.matter.name)}</span></button></form></li>`,
            )}</ul>`
      }`,
    })
  })

  app.get('/me/drafts/:draft', async (c) => {
    const draft = await readDraft(c.req.param('draft'), c.get('actor'), deps)
    const { caseId, id } = draft.row
    return c.redirect(caseId ? `/me/drafts/${id}/receipt` : nextPath(draft), 303)
  })

  app.post('/me/drafts/:draft/removal', async (c) => {
    await dropDraft(c.req.param('draft'), c.get('actor'), deps)
    return c.redirect('/me/drafts', 303)
  })
  return app
}
