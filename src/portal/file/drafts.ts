/** Applications that are not filed yet: going on with one, and throwing one away. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { dropDraft, listDrafts, readDraft } from '../../federation/drafts/drafts.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { view } from '../frame/view.ts'
import { whoseWords } from './for-whom.ts'
import { nextPath } from './steps.ts'

export function draftRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

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
                html`<li><h2>${name(draft.matter.name)}</h2>${whoseWords(draft, c.get('reader'))}<p class="quiet">${say('保留到', 'Kept until')} ${draft.row.until.toISOString().slice(0, 10)}</p><p class="row"><a class="button" href="/me/drafts/${draft.row.id}">${say('接着填', 'Go on')}<span class="unseen"> ${name(draft.matter.name)}</span></a></p><form method="post" action="/me/drafts/${draft.row.id}/removal">${tokenField(c)}<button class="plain danger">${say('删除草稿', 'Delete the draft')}<span class="unseen"> ${name(draft.matter.name)}</span></button></form></li>`,
            )}</ul>`
      }`,
    })
  })

  app.get('/me/drafts/:draft', async (c) => {
    const draft = await readDraft(c.req.param('draft'), c.get('actor'), deps)
    return c.redirect(nextPath(draft), 303)
  })

  app.post('/me/drafts/:draft/removal', async (c) => {
    await dropDraft(c.req.param('draft'), c.get('actor'), deps)
    return c.redirect('/me/drafts', 303)
  })
  return app
}
