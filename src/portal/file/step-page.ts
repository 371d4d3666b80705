/** One question on one page. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { answerTo, type Draft } from '../../federation/drafts/content.ts'
import { readDraft } from '../../federation/drafts/drafts.ts'
import { type Change, type Saved, saveAnswer } from '../../federation/drafts/save-answer.ts'
import { checkForm } from '../../federation/matters/check-form.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { PortalEnv } from '../env.ts'
import { fieldId, fieldValue } from '../forms/field.ts'
import { AWAKE, overNotice } from '../frame/awake.ts'
import { tokenField } from '../frame/form-token.ts'
import { typedBefore } from '../frame/kept-form.ts'
import { type Html, view } from '../frame/view.ts'
import { documentBody, documentIn, sealedChoice } from './document-step.ts'
import { theirName } from './document-words.ts'
import { whoseWords } from './for-whom.ts'
import { ANSWER, inputOf } from './inputs.ts'
import { type Answered, problemName, type Told, typedBack } from './step-told.ts'
import { allSteps, asked, nextPath, type Step } from './steps.ts'

export function stepRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const path = '/me/drafts/:draft/steps/:step'

  app.get(path, async (c) => {
    const draft = await readDraft(c.req.param('draft'), c.get('actor'), deps)
    // Whoever comes back to a question of what is filed sees what became of it.
    if (draft.row.caseId) return c.redirect(nextPath(draft), 303)
    const tooLarge = c.req.query('error') === 'BODY_TOO_LARGE'
    const step = stepOf(draft, c.req.param('step'))
    const typed = typedBefore(c, deps)?.get(ANSWER)
    const told = {
      value: typed ?? answerTo(draft, step.key),
      isBack: typed !== undefined,
      ...(tooLarge ? { fault: problemName('BODY_TOO_LARGE') } : {}),
    }
    return show(c, draft, step, told, deps)
  })

  app.post(path, async (c) => {
    const id = c.req.param('draft')
    const form = await c.req.formData()
    const draft = await readDraft(id, c.get('actor'), deps)
    if (draft.row.caseId) return c.redirect(nextPath(draft), 303)
    const step = stepOf(draft, c.req.param('step'))
    const answered = step.document
      ? await documentIn(form, step.document, draft, c, deps)
      : answerIn(form, step, formatInstant(deps.now()).slice(0, 10))
    if (answered instanceof Response) return answered
    if ('told' in answered) return show(c, draft, step, answered.told, deps)
    const { change } = answered
    const version = Number(form.get('version')) || 0
    const saved = await saveAnswer(id, { ...change, version }, c.get('actor'), deps)
    if (saved.kind === 'saved') return c.redirect(nextPath(saved.draft), 303)
    return show(c, saved.draft, step, twice(change, step, saved, deps), deps)
  })
  return app
}

function stepOf(draft: Draft, key: string): Step {
  const step = allSteps(draft).find((one) => one.key === key)
  if (!step) throw new GatewayError('NOT_FOUND')
  return step
}

/** The answer to a question, checked as the filing will check it. */
function answerIn(form: FormData, { key, field }: Step, today: string): Answered {
  const value = field ? fieldValue(field, form, ANSWER).trim() : ''
  const [wrong] = field ? checkForm({ [field.name]: value }, [field], today) : []
  // What is far too long is not sent back whole.
  if (wrong)
    return { told: { value: [...value].slice(0, 2000).join(''), fault: { zh: wrong.zh, en: wrong.en } } }
  return { change: { answers: { [key]: value } } }
}

/** Two tabs answered one question: this page is told what the other wrote, and its own answer is kept for one more press. */
function twice(
  change: Omit<Change, 'version'>,
  { key, document }: Step,
  { draft, theirs }: Extract<Saved, { kind: 'changedMeanwhile' }>,
  deps: Deps,
): Told {
  const { zh, en } = theirName(theirs)
  if (document)
    return {
      value: '',
      mine: sealedChoice(change, draft, deps),
      fault: {
        zh: `您在另一个页面给这份材料选了“${zh}”。要用哪一个?`,
        en: `Another page of yours chose “${en}” for this document. Which shall it be?`,
      },
    }
  return {
    value: change.answers?.[key] ?? '',
    fault: {
      zh: `您在另一个页面填了“${zh}”。要用现在这个, 请再按一次“保存”`,
      en: `Another page of yours answered “${en}”. To use this one instead, save again`,
    },
  }
}

async function show(c: Context<PortalEnv>, draft: Draft, step: Step, told: Told, deps: Deps) {
  const reader = c.get('reader')
  const { say, name } = reader
  const steps = asked(draft)
  const at = steps.findIndex(({ key }) => key === step.key)
  const source = draft.content.answers[step.key]?.source
  const { fault, mine } = told
  const hidden = html`${tokenField(c)}<input type="hidden" name="version" value="${draft.row.version}">`
  const place = mine ? '#main' : step.document ? '#file' : `#${fieldId(ANSWER)}`
  const body = step.document
    ? await documentBody(step.document, { draft, told, hidden }, c, deps)
    : html`<form method="post" data-awake>${hidden}${step.field ? inputOf(step.field, told, reader) : ''}${overNotice(reader)}</form>`
  return view(c, {
    title: `${fault ? say('有误: ', 'Error: ') : ''}${say(step.label.zh, step.label.en ?? step.label.zh)}`,
    nav: 'me',
    scripts: [AWAKE],
    status: fault ? 422 : 200,
    body: html`<p class="quiet">${name(draft.matter.name)}${at >= 0 ? html` · ${say(`第 ${at + 1} 步, 共 ${steps.length} 步`, `Step ${at + 1} of ${steps.length}`)}` : ''}</p>${whoseWords(draft, reader)}
${fault ? html`<div class="problems" role="alert" tabindex="-1" autofocus><p><a href="${place}">${name(fault)}</a></p></div>` : ''}
<h1>${name(step.label)}</h1>${told.isBack ? typedBack(reader) : ''}${source ? html`<p class="quiet">${say('来自', 'From')} ${name({ zh: source.name, en: source.en })}</p>` : ''}
${body}
<p>${at > 0 ? html`<a href="/me/drafts/${draft.row.id}/steps/${encodeURIComponent(steps[at - 1]?.key ?? '')}">${say('上一步', 'Back')}</a> · ` : ''}<a href="/me/drafts">${say('先存着, 以后再填', 'Keep it for later')}</a></p>` satisfies Html,
  })
}
