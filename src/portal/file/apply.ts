/** Starting an application. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { startDraft } from '../../federation/drafts/start-draft.ts'
import { personOf, subjectContent } from '../../federation/identity/principal.ts'
import { usableMandates } from '../../federation/mandates/usable.ts'
import { isQuick } from '../../federation/matters/quick.ts'
import type { PortalEnv } from '../env.ts'
import { quickTag } from '../find/parts.ts'
import { tokenField } from '../frame/form-token.ts'
import { view } from '../frame/view.ts'
import { forWhom, MANDATE } from './for-whom.ts'

export function applyRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  // A page, and not the start itself: a link that is loaded twice, or by a machine, starts nothing.
  app.get('/apply', async (c) => {
    const reader = c.get('reader')
    const { say, name } = reader
    const actor = c.get('actor')
    const matter = await deps.catalogue.read(c.req.query('matter') ?? '')
    const usable = await usableMandates(matter, actor, deps)
    const principal = personOf(actor)
    const { name: ownName } = await subjectContent(principal, deps)
    const own = { name: ownName, isFirm: principal.organisationId !== null }
    return view(c, {
      title: say('开始办理', 'Start'),
      nav: 'me',
      body: html`<h1>${name(matter.name)}</h1>
${isQuick(matter) ? html`<p>${quickTag(reader)}</p>` : html`<p>${say('一页一个问题。已经知道的不再问您, 每一步自动保存, 换一台设备也能接着填。', 'One question a page. What is known is not asked, every step is saved, and you can go on with another device.')}</p>`}
<p>${say('点“开始”后, 我们会向各地区查询您的证照, 用来少填、少交。', 'When you start, we ask the regions for your licences, so that you type and bring less.')}</p>
<form method="post" action="/apply">${tokenField(c)}<input type="hidden" name="matter" value="${matter.id}">${forWhom(usable, own, reader)}<button class="big">${say('开始', 'Start')}</button></form>`,
    })
  })

  app.post('/apply', async (c) => {
    const form = await c.req.formData()
    const text = (name: string) => String(form.get(name) ?? '')
    const asked = { matter: text('matter'), mandate: text(MANDATE) }
    const id = await startDraft(asked, c.get('actor'), deps)
    return c.redirect(`/me/drafts/${id}`, 303)
  })
  return app
}
