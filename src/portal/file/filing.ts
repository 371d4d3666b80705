/** The page with everything, the filing, and the receipt. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import type { Draft } from '../../federation/drafts/content.ts'
import { readDraft } from '../../federation/drafts/drafts.ts'
import { fileDraft, tryDraft } from '../../federation/drafts/file-draft.ts'
import type { PortalEnv } from '../env.ts'
import { AWAKE, overNotice } from '../frame/awake.ts'
import { tokenField } from '../frame/form-token.ts'
import { view } from '../frame/view.ts'
import { applicantLines, checkLine } from './check-line.ts'
import { checkProblems } from './check-problems.ts'
import { whoseWords } from './for-whom.ts'
import { receipt } from './receipt.ts'
import { allSteps } from './steps.ts'

export function filingRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/drafts/:draft/check', async (c) => {
    const draft = await readDraft(c.req.param('draft'), c.get('actor'), deps)
    return draft.row.caseId ? c.redirect(receiptOf(draft), 303) : show(c, draft, undefined, deps)
  })

  app.post('/me/drafts/:draft/check', async (c) => {
    const id = c.req.param('draft')
    const form = await c.req.formData()
    const draft = await readDraft(id, c.get('actor'), deps)
    if (draft.row.caseId) return c.redirect(receiptOf(draft), 303)
    if (form.get('declared') !== 'yes') return show(c, draft, NOT_DECLARED, deps)
    try {
      await fileDraft(id, c.get('actor'), deps)
      return c.redirect(receiptOf(draft), 303)
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      return show(c, await readDraft(id, c.get('actor'), deps), error, deps)
    }
  })

  app.get('/me/drafts/:draft/receipt', async (c) => {
    const draft = await readDraft(c.req.param('draft'), c.get('actor'), deps)
    const { caseId, id } = draft.row
    return caseId ? receipt(c, draft, caseId, deps) : c.redirect(`/me/drafts/${id}`, 303)
  })
  return app
}

const receiptOf = ({ row }: Draft) => `/me/drafts/${row.id}/receipt`

const NOT_DECLARED = new GatewayError(
  'BODY_INVALID',
  {},
  {
    errors: [
      {
        pointer: '/declared',
        code: 'MISSING',
        zh: '请先勾选“以上内容属实”',
        en: 'Tick that the above is true first',
      },
    ],
  },
)

async function show(c: Context<PortalEnv>, draft: Draft, error: GatewayError | undefined, deps: Deps) {
  const reader = c.get('reader')
  const { say, name } = reader
  const steps = allSteps(draft)
  const tried = error ?? (await lossesOf(draft, c, deps))
  const problem = tried instanceof GatewayError ? tried : undefined
  const losses = tried instanceof GatewayError ? [] : tried
  return view(c, {
    title: say('核对并提交', 'Check and file'),
    nav: 'me',
    scripts: [AWAKE],
    status: error ? 422 : 200,
    body: html`${problem ? checkProblems(problem, draft, steps, c) : ''}<h1 id="check">${say('核对并提交', 'Check and file')}</h1><p>${name(draft.matter.name)}</p>${whoseWords(draft, reader)}
<dl class="fields">${applicantLines(draft, reader)}${steps.map((step) => checkLine(step, draft, reader))}</dl>
${losses.length > 0 ? html`<div class="note"><h2>${say('这些内容办理地区的表格里没有位置', 'The region’s form has no place for these')}</h2><ul>${losses.map(({ reason }) => html`<li lang="zh-CN">${reason}</li>`)}</ul></div>` : ''}
<form method="post" data-awake>${tokenField(c)}<label class="choice"><input type="checkbox" name="declared" value="yes" id="declared"> ${say('以上内容属实', 'The above is true')}</label><p><button class="big">${say('提交申请', 'File the application')}</button></p>${overNotice(reader)}</form>`,
  })
}

const lossesOf = (draft: Draft, c: Context<PortalEnv>, deps: Deps) =>
  tryDraft(draft, c.get('actor'), deps).catch((error: unknown) => {
    if (error instanceof GatewayError) return error
    throw error
  })
