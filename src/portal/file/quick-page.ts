/** 快办: whatever nobody knows yet of a quick matter, on one page; then the page with everything. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { answerTo, type Draft } from '../../federation/drafts/content.ts'
import { readDraft } from '../../federation/drafts/drafts.ts'
import { saveAnswer } from '../../federation/drafts/save-answer.ts'
import { checkForm } from '../../federation/matters/check-form.ts'
import { isQuick } from '../../federation/matters/quick.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { FormField } from '../../schemas/matter.ts'
import type { PortalEnv } from '../env.ts'
import { fieldId, fieldOf, fieldValue, problemsOf } from '../forms/field.ts'
import { AWAKE, overNotice } from '../frame/awake.ts'
import { tokenField } from '../frame/form-token.ts'
import { typedBefore } from '../frame/kept-form.ts'
import type { Name } from '../frame/reader.ts'
import { view } from '../frame/view.ts'
import { theirName } from './document-words.ts'
import { whoseWords } from './for-whom.ts'
import { typedBack } from './step-told.ts'
import { nextPath, openSteps } from './steps.ts'

/** What was typed, and what is wrong with it, by the question's key. */
interface Told {
  readonly values: ReadonlyMap<string, string>
  readonly faults: ReadonlyMap<string, Name>
  /** It was typed before a log-in that had to be done again. */
  readonly isBack?: boolean
}

const NOTHING: Told = { values: new Map(), faults: new Map() }

interface Question {
  readonly key: string
  readonly field: FormField
}

const questionsOf = (draft: Draft): readonly Question[] =>
  openSteps(draft).flatMap(({ key, field }) => (field ? [{ key, field }] : []))

export function quickRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const path = '/me/drafts/:draft/quick'

  app.get(path, async (c) => {
    const draft = await readDraft(c.req.param('draft'), c.get('actor'), deps)
    const questions = questionsOf(draft)
    // Another tab was faster, or the matter is none of these: it goes on where it stands.
    if (draft.row.caseId || !isQuick(draft.matter) || questions.length === 0)
      return c.redirect(nextPath(draft), 303)
    const values = typedBefore(c, deps)
    return show(c, draft, questions, values ? { ...NOTHING, values, isBack: true } : NOTHING)
  })

  app.post(path, async (c) => {
    const id = c.req.param('draft')
    const form = await c.req.formData()
    const draft = await readDraft(id, c.get('actor'), deps)
    const questions = questionsOf(draft)
    if (draft.row.caseId || !isQuick(draft.matter) || questions.length === 0)
      return c.redirect(nextPath(draft), 303)
    const told = answersIn(form, questions, formatInstant(deps.now()).slice(0, 10))
    if (told.faults.size > 0) return show(c, draft, questions, told)
    const change = {
      answers: Object.fromEntries(told.values),
      version: Number(form.get('version')) || draft.row.version,
    }
    const saved = await saveAnswer(id, change, c.get('actor'), deps)
    if (saved.kind === 'saved') return c.redirect(nextPath(saved.draft), 303)
    return show(c, saved.draft, questions, { ...told, faults: theirs(questions, saved.theirs) })
  })
  return app
}

/** Answers as the filing will check them. */
function answersIn(form: FormData, questions: readonly Question[], today: string): Told {
  const values = new Map(
    questions.map(({ key, field }) => [key, fieldValue(field, form, key).trim()] as const),
  )
  const faults = new Map(
    questions.flatMap(({ key, field }) => {
      const [wrong] = checkForm({ [field.name]: values.get(key) ?? '' }, [field], today)
      return wrong ? [[key, { zh: wrong.zh, en: wrong.en }] as const] : []
    }),
  )
  return { values, faults }
}

/** Another tab answered meanwhile: its answer is told at the first question, and one more press uses this page's. */
function theirs(questions: readonly Question[], answer: Parameters<typeof theirName>[0]): Told['faults'] {
  const { zh, en } = theirName(answer)
  const name = {
    zh: `您在另一个页面填了“${zh}”。要用这一页的, 请再按一次`,
    en: `Another page of yours answered “${en}”. To use this page’s answers, press again`,
  }
  return new Map(questions.slice(0, 1).map(({ key }) => [key, name] as const))
}

/** What is far too long is not sent back whole. */
const shortened = (value: string): string => [...value].slice(0, 2000).join('')

function show(c: Context<PortalEnv>, draft: Draft, questions: readonly Question[], told: Told) {
  const reader = c.get('reader')
  const { say, name } = reader
  const words = (one: Name) => say(one.zh, one.en ?? one.zh)
  const fields = questions.map(({ key, field }) => {
    const wrong = told.faults.get(key)
    const value = shortened(told.values.get(key) ?? answerTo(draft, key))
    return fieldOf(field, { value, name: key, reader, error: wrong && words(wrong) })
  })
  const problems = [...told.faults].map(([key, one]) => ({ at: fieldId(key), text: words(one) }))
  return view(c, {
    title: `${problems.length > 0 ? say('有误: ', 'Error: ') : ''}${say('快办', 'Quick')}`,
    nav: 'me',
    scripts: [AWAKE],
    status: problems.length > 0 ? 422 : 200,
    body: html`${problemsOf(problems, reader)}<h1>${name(draft.matter.name)}</h1>${whoseWords(draft, reader)}${told.isBack ? typedBack(reader) : ''}
<p><span class="tag">${say('快办', 'Quick')}</span> ${say('不用交材料。填完下面几项, 核对一遍就能提交。', 'No material. Answer these, look at it once, and file.')}</p>
<form method="post" data-awake novalidate>${tokenField(c)}<input type="hidden" name="version" value="${draft.row.version}">
${fields}<p><button>${say('下一步: 核对并提交', 'Next: check and file')}</button></p>${overNotice(reader)}</form>
<p><a href="/me/drafts">${say('先存着, 以后再填', 'Keep it for later')}</a></p>`,
  })
}
