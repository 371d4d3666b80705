/** One question on one page. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { answerTo, type Draft } from '../../federation/drafts/content.ts'
import { type Change, readDraft, saveAnswer } from '../../federation/drafts/drafts.ts'
import { checkForm } from '../../federation/matters/check-form.ts'
import { storeUpload } from '../../federation/uploads/uploads.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { PortalEnv } from '../env.ts'
import { fieldId, fieldValue } from '../forms/field.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Name } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { ANSWER, inputOf, mayBe, SKIPPED } from './inputs.ts'
import { allSteps, asked, nextPath, type Step } from './steps.ts'

/** What was typed and what is wrong with it. */
interface Told {
  readonly value: string
  readonly fault?: Name
}

const problemName = (code: ProblemCode): Name => {
  const { title, fix } = PROBLEMS[code]
  return { zh: `${title.zh}。${fix.zh}`, en: `${title.en}. ${fix.en}` }
}

export function stepRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const path = '/me/drafts/:draft/steps/:step'

  app.get(path, async (c) => {
    const draft = await readDraft(c.req.param('draft'), c.get('actor'), deps)
    const tooLarge = c.req.query('error') === 'BODY_TOO_LARGE'
    const step = stepOf(draft, c.req.param('step'))
    return show(c, draft, step, {
      value: answerTo(draft, step.key),
      ...(tooLarge ? { fault: problemName('BODY_TOO_LARGE') } : {}),
    })
  })

  app.post(path, async (c) => {
    const id = c.req.param('draft')
    const form = await c.req.formData()
    const draft = await readDraft(id, c.get('actor'), deps)
    const step = stepOf(draft, c.req.param('step'))
    const change = step.document
      ? await documentIn(form, step, draft, c, deps)
      : answerIn(form, step, formatInstant(deps.now()).slice(0, 10))
    if ('fault' in change) return show(c, draft, step, change)
    const saved = await saveAnswer(
      id,
      { ...change, version: Number(form.get('version')) || 0 },
      c.get('actor'),
      deps,
    )
    if (saved.kind === 'saved') return c.redirect(nextPath(saved.draft), 303)
    return show(c, saved.draft, step, {
      value: 'answers' in change ? (change.answers?.[step.key] ?? '') : '',
      fault: {
        zh: `您在另一个页面填了“${saved.theirs}”。要用现在这个, 请再按一次“保存”`,
        en: `Another page of yours answered “${saved.theirs}”. To use this one instead, save again`,
      },
    })
  })
  return app
}

function stepOf(draft: Draft, key: string): Step {
  const step = allSteps(draft).find((one) => one.key === key)
  if (!step) throw new GatewayError('NOT_FOUND')
  return step
}

/** The answer to a question, checked as the filing will check it. */
function answerIn(form: FormData, { key, field }: Step, today: string): Omit<Change, 'version'> | Told {
  const value = field ? fieldValue(field, form, ANSWER).trim() : ''
  const [wrong] = field ? checkForm({ [field.name]: value }, [field], today) : []
  // What is far too long is not sent back whole.
  if (wrong) return { value: [...value].slice(0, 2000).join(''), fault: { zh: wrong.zh, en: wrong.en } }
  return { answers: { [key]: value } }
}

/** A file, or the word that it comes later or on paper. */
async function documentIn(
  form: FormData,
  { key, document }: Step,
  draft: Draft,
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Omit<Change, 'version'> | Told> {
  const id = document?.id ?? ''
  const mode = form.get('mode')
  const isHeld = draft.content.documents.some((one) => one.id === id)
  if (!document || !mayBe(String(mode ?? 'upload'), document, isHeld))
    return {
      value: '',
      fault: {
        zh: '这份材料不能这样交, 请换一种',
        en: 'This document cannot be handed in so; choose another way',
      },
    }
  if (mode === SKIPPED) return { answers: { [key]: SKIPPED } }
  if (mode === 'later' || mode === 'paper') return { document: { id, mode } }
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0)
    return {
      value: '',
      fault: {
        zh: '没有收到文件。请选择文件后再按一次; 已填的内容都在',
        en: 'No file arrived. Choose it and try again; your answers are kept',
      },
    }
  try {
    const bytes = Buffer.from(await file.arrayBuffer())
    const { uploadId } = await storeUpload({ name: file.name, bytes }, c.get('actor'), deps)
    return { document: { id, mode: 'upload', uploads: [uploadId], fileName: file.name } }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { value: '', fault: problemName(error.code) }
  }
}

function show(c: Context<PortalEnv>, draft: Draft, step: Step, told: Told) {
  const reader = c.get('reader')
  const { say, name } = reader
  const steps = asked(draft)
  const at = steps.findIndex(({ key }) => key === step.key)
  const source = draft.content.answers[step.key]?.source
  const { fault } = told
  return view(c, {
    title: `${fault ? say('有误: ', 'Error: ') : ''}${say(step.label.zh, step.label.en ?? step.label.zh)}`,
    nav: 'me',
    status: fault ? 422 : 200,
    body: html`<p class="quiet">${name(draft.matter.name)}${at >= 0 ? html` · ${say(`第 ${at + 1} 步, 共 ${steps.length} 步`, `Step ${at + 1} of ${steps.length}`)}` : ''}</p>
${fault ? html`<div class="problems" role="alert" tabindex="-1" autofocus><p><a href="#${step.document ? 'file' : fieldId(ANSWER)}">${name(fault)}</a></p></div>` : ''}
<h1>${name(step.label)}</h1>${source ? html`<p class="quiet">${say('来自', 'From')} <span lang="zh-CN">${source.name}</span></p>` : ''}
<form method="post" enctype="${step.document ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}">${tokenField(c)}<input type="hidden" name="version" value="${draft.row.version}">
${inputOf(step, told.value, fault, draft, reader)}</form>
<p>${at > 0 ? html`<a href="/me/drafts/${draft.row.id}/steps/${encodeURIComponent(steps[at - 1]?.key ?? '')}">${say('上一步', 'Back')}</a> · ` : ''}<a href="/me/drafts">${say('先存着, 以后再填', 'Keep it for later')}</a></p>` satisfies Html,
  })
}
