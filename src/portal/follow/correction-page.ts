/** Answers a 补正: once, against the case as it was seen; what was typed is kept whatever happens. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { correctCase } from '../../federation/cases/correct-case.ts'
import { type CorrectionForm, readCorrectionForm } from '../../federation/cases/correction-form.ts'
import type { Deps } from '../../federation/deps.ts'
import { formOnce, newFormKey } from '../../federation/form-once.ts'
import type { Correction } from '../../schemas/application.ts'
import type { PortalEnv } from '../env.ts'
import { AWAKE } from '../frame/awake.ts'
import { view } from '../frame/view.ts'
import { type Answer, answerIn, correctionOf, errorsAt, unanswered } from './correction-answer.ts'
import { correctionForm, type Shown } from './correction-form.ts'

const PATH = '/me/cases/:id/correction'

const MOVED = [
  '这件办件刚刚有了变化。您填的都还在: 请看一看新的要求, 再提交一次。',
  'The case has just moved. What you filled in is still here: please look at what is asked now, and send it again.',
] as const
const TOO_LARGE = [
  '文件太大, 没有收下。请选小一些的文件, 或分几次交。',
  'The files are too large and were not taken. Choose smaller ones.',
] as const

/** Routes for somebody who is logged in. */
export function correctionRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get(PATH, async (c) => {
    const id = c.req.param('id')
    const asked = await askedOf(id, c, deps)
    if (!asked) return over(c, id)
    const notice = c.req.query('error') === 'BODY_TOO_LARGE' ? TOO_LARGE : undefined
    return show(c, { asked, answer: unanswered(asked), key: newFormKey(), notice }, notice ? 422 : 200, deps)
  })

  app.post(PATH, async (c) => {
    const id = c.req.param('id')
    const form = await c.req.formData()
    const key = String(form.get('key') ?? '')
    const again = await formOnce(key, c.req.path, c.get('actor'), deps, () => send(id, form, c, deps))
    return again ?? c.redirect(`/me/cases/${id}?done=correction`, 303)
  })
  return app
}

/** What is asked; nothing when no correction is awaited now. */
async function askedOf(id: string, c: Context<PortalEnv>, deps: Deps): Promise<CorrectionForm | undefined> {
  try {
    return await readCorrectionForm(id, c.get('actor'), deps)
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'STATE_CONFLICT') return undefined
    throw error
  }
}

/** @returns the page to show instead, when it could not be sent */
async function send(
  id: string,
  form: FormData,
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Response | undefined> {
  const asked = await askedOf(id, c, deps)
  if (!asked) return over(c, id)
  const [reader, actor] = [c.get('reader'), c.get('actor')]
  const answer = await answerIn(form, asked, reader, actor, deps)
  const key = newFormKey()
  const etag = String(form.get('etag') ?? '')
  if (etag !== asked.etag) return show(c, { asked, answer, key, notice: MOVED }, 409, deps)
  if (answer.errors.size > 0) return show(c, { asked, answer, key }, 422, deps)
  const content = correctionOf(answer, asked)
  try {
    const { attempted } = await correctCase(id, content, { ifMatch: etag, dryRun: false }, actor, deps)
    return attempted?.state === 'refused'
      ? shownAgain(attempted.error, id, { answer, content }, c, deps)
      : undefined
  } catch (error) {
    if (error instanceof GatewayError) return shownAgain(error, id, { answer, content }, c, deps)
    throw error
  }
}

/** The form with what the verb, or the region, found wrong with it: read anew, since a refusal has moved the case. */
async function shownAgain(
  error: GatewayError,
  id: string,
  { answer, content }: { readonly answer: Answer; readonly content: Correction },
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Response> {
  const asked = await askedOf(id, c, deps)
  if (!asked) return over(c, id)
  const key = newFormKey()
  if (error.code === 'PRECONDITION_FAILED') return show(c, { asked, answer, key, notice: MOVED }, 409, deps)
  const { title, fix, status } = PROBLEMS[error.code]
  const isTheirs = error.errors.length > 0
  const notice = isTheirs ? undefined : ([`${title.zh}。${fix.zh}。`, `${title.en}. ${fix.en}.`] as const)
  const errors = errorsAt(error, content, c.get('reader'))
  return show(c, { asked, answer: { ...answer, errors }, key, notice }, isTheirs ? 422 : status, deps)
}

const show = async (c: Context<PortalEnv>, shown: Shown, status: number, deps: Deps): Promise<Response> =>
  view(c, {
    title: c.get('reader').say('补正', 'Answer the request'),
    nav: 'me',
    scripts: [AWAKE],
    body: correctionForm(c, shown, deps),
    status: status as 200,
  })

/** Nothing is asked any more: somebody answered already, or the region went on without. */
async function over(c: Context<PortalEnv>, id: string): Promise<Response> {
  const { say } = c.get('reader')
  return view(c, {
    title: say('补正', 'Answer the request'),
    nav: 'me',
    status: 409,
    body: html`<h1>${say('现在不需要补正', 'Nothing is asked for now')}</h1><p>${say('这件办件已经有了变化, 或补正已经交上去了。', 'The case has moved, or the answer is on its way already.')}</p><p><a class="button" href="/me/cases/${id}">${say('看办件进展', 'See the case')}</a></p>`,
  })
}
