/** The page with everything, the filing, and the receipt. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { type FieldError, GatewayError, PROBLEMS } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import type { Draft } from '../../federation/drafts/content.ts'
import { readDraft } from '../../federation/drafts/drafts.ts'
import { fileDraft, tryDraft } from '../../federation/drafts/file-draft.ts'
import type { PortalEnv } from '../env.ts'
import { AWAKE, overNotice } from '../frame/awake.ts'
import { tokenField } from '../frame/form-token.ts'
import { type Html, view } from '../frame/view.ts'
import { applicantLines, checkLine } from './check-line.ts'
import { whoseWords } from './for-whom.ts'
import { receipt } from './receipt.ts'
import { allSteps, type Step } from './steps.ts'

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

/** The question that a fault of the application belongs to. */
function addressOf({ pointer, zh }: FieldError, draft: Draft, steps: readonly Step[]): string {
  const [, head = '', second = ''] = pointer
    .split('/')
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
  const document = draft.content.documents[Number(second)]?.id
  const missing = draft.matter.documents.find(({ id }) => zh.includes(`(${id})`))?.id
  const key =
    { form: `form.${second}`, documents: `doc.${document ?? missing}`, delivery: 'address' }[head] ??
    (second || head)
  const step = steps.find((one) => one.key === key)
  return step ? `/me/drafts/${draft.row.id}/steps/${encodeURIComponent(step.key)}` : '#check'
}

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
    body: html`${problem ? problems(problem, draft, steps, c) : ''}<h1 id="check">${say('核对并提交', 'Check and file')}</h1><p>${name(draft.matter.name)}</p>${whoseWords(draft, reader)}
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

function problems(problem: GatewayError, draft: Draft, steps: readonly Step[], c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  const { title, fix } = PROBLEMS[problem.code]
  return html`<div class="problems" role="alert" tabindex="-1" autofocus><h2>${say('还不能提交', 'It cannot be filed yet')}</h2><p>${problem.errors.length > 0 ? say('请点下面的每一项去修改。您填的内容都在。', 'Follow each line below to mend it. All that you typed is kept.') : say(`${title.zh}。${fix.zh}。您填的内容都在。`, `${title.en}. ${fix.en}. All that you typed is kept.`)}</p><ul>${problem.errors.map(
    (one) =>
      html`<li><a href="${one.pointer === '/declared' ? '#declared' : addressOf(one, draft, steps)}">${say(one.zh, one.en)}</a></li>`,
  )}</ul></div>`
}
