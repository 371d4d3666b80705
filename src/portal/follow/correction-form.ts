/** 补正, field by field: what is asked and why, what stands there now, and beside it the place for the new answer. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { CorrectionForm, DocumentBefore, FieldBefore } from '../../federation/cases/correction-form.ts'
import type { Deps } from '../../federation/deps.ts'
import type { DocumentEntry } from '../../schemas/application.ts'
import type { PortalEnv } from '../env.ts'
import { fieldId, fieldOf, problemsOf } from '../forms/field.ts'
import { overNotice } from '../frame/awake.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { whoseOf } from './case-card.ts'
import {
  type Answer,
  fieldName,
  fileName,
  type KeptFile,
  keptName,
  keptToken,
  modeName,
  NOTE,
} from './correction-answer.ts'
import { cityWords, dateOf, quote } from './words.ts'

/** What the page says above the form, when it is shown again. */
export interface Shown {
  readonly asked: CorrectionForm
  readonly answer: Answer
  readonly key: string
  readonly notice?: readonly [zh: string, en: string] | undefined
}

export function correctionForm(
  c: Context<PortalEnv>,
  { asked, answer, key, notice }: Shown,
  deps: Deps,
): Html {
  const reader = c.get('reader')
  const { say, name } = reader
  const { case: one, etag, of, fields, documents } = asked
  // Where a region asks and names nothing, everything may be what it means.
  const isOpen = ![...fields, ...documents].some(({ isAsked }) => isAsked)
  const [wanted, others] = apart(fields, isOpen)
  const [wantedDocuments, otherDocuments] = apart(documents, isOpen)
  const isWrong = [
    ...others.map(({ field }) => fieldName(field.name)),
    ...otherDocuments.map(({ document }) => fileName(document.id)),
  ].some((at) => answer.errors.has(at))
  const beside = (document: DocumentBefore) => documentBeside(document, asked, answer, c, deps)
  return html`<p><a href="/me/cases/${one.id}">${say('← 返回办件', '← Back to the case')}</a></p>
<h1>${say('补正', 'Answer the request')}</h1>
<p>${whoseOf(of, reader)}${name(one.matter.name)} · ${cityWords(one.division, reader)}</p>
${notice ? html`<p class="note" role="alert">${say(...notice)}</p>` : ''}${summary(answer, reader)}
${why(asked, reader)}
<form method="post" action="/me/cases/${one.id}/correction" enctype="multipart/form-data" novalidate data-awake>${tokenField(c)}<input type="hidden" name="key" value="${key}"><input type="hidden" name="etag" value="${etag}">
${wanted.map((field) => fieldBeside(field, answer, reader))}
${wantedDocuments.map(beside)}
${others.length + otherDocuments.length === 0 ? '' : html`<details class="extra"${isWrong ? html` open` : ''}><summary>${say('别的内容也要改?', 'Change something else too?')}</summary>${others.map((field) => fieldBeside(field, answer, reader))}${otherDocuments.map(beside)}</details>`}
<label for="note">${say('要对办理部门说的话', 'A word to the department')} <span class="quiet">${say('(可以不填)', '(optional)')}</span></label>${answer.errors.has(NOTE) ? html`<p class="fault" id="note-error">${answer.errors.get(NOTE)}</p>` : ''}<textarea id="note" name="${NOTE}" rows="3"${answer.errors.has(NOTE) ? html` aria-invalid="true" aria-describedby="note-error"` : ''}>${answer.note}</textarea>
${overNotice(reader)}<p><button>${say('提交补正', 'Send the answer')}</button></p></form>`
}

/** What is shown at once, and what else could be changed. */
const apart = <T extends { readonly isAsked: boolean }>(all: readonly T[], isOpen: boolean) =>
  [
    all.filter(({ isAsked }) => isOpen || isAsked),
    isOpen ? [] : all.filter(({ isAsked }) => !isAsked),
  ] as const

/** What is wrong, as links to the places; what has none is said by itself. */
function summary({ errors }: Answer, reader: Reader): Html | '' {
  return problemsOf(
    [...errors].map(([at, text]) => ({ at: at === '' ? 'main' : at === NOTE ? NOTE : fieldId(at), text })),
    reader,
  )
}

/** What the department asks, in its own words, and by when. */
function why({ request, case: { next } }: CorrectionForm, reader: Reader): Html {
  const { say } = reader
  const by = next?.by ?? request.dueOn?.slice(0, 10)
  return html`<section class="card" aria-labelledby="why"><h2 id="why">${say('办理部门的要求', 'What the department asks')}</h2>
<p>${request.reason === '' ? say('办理部门没有写原因。', 'The department gave no reason.') : quote(request.reason)}</p>
${by ? html`<p><strong>${say('最后一天', 'Last day')}: ${dateOf(by, reader)}</strong></p>` : ''}</section>`
}

const fieldBeside = (
  { field, value, isAsked }: FieldBefore,
  { values, errors }: Answer,
  reader: Reader,
): Html =>
  html`<fieldset class="beside"><legend>${reader.name(field.label)}${isAsked ? html` <span class="tag mine">${reader.say('要改', 'Asked for')}</span>` : ''}</legend>
<div class="before"><p class="hint">${reader.say('原来填的', 'As it was')}</p><p>${value === '' ? reader.say('(没有填)', '(nothing)') : valueWords(field, value, reader)}</p></div>
${fieldOf(field, { name: fieldName(field.name), value: values.get(field.name) ?? '', error: errors.get(fieldName(field.name)), reader, label: reader.say('现在改成', 'As it shall be') })}</fieldset>`

/** A value as people read it: the label of a choice, the name of a city. */
function valueWords({ type, options }: FieldBefore['field'], value: string, reader: Reader): Html | string {
  const option = options?.find((one) => one.value === value)
  if (option) return reader.name(option.label)
  return type === 'area' ? cityWords(value, reader) : html`<span class="words">${value}</span>`
}

function documentBeside(
  { document, entry, reason, isAsked }: DocumentBefore,
  { case: { id } }: CorrectionForm,
  answer: Answer,
  c: Context<PortalEnv>,
  deps: Deps,
): Html {
  const reader = c.get('reader')
  const { say } = reader
  const name = fileName(document.id)
  const at = fieldId(name)
  const error = answer.errors.get(name)
  const kept = answer.files.get(document.id) ?? []
  const said = [`${at}-hint`, ...(error ? [`${at}-error`] : [])].join(' ')
  const { personId } = c.get('session').authentication
  return html`<fieldset class="beside"><legend>${reader.name(document.name)}${isAsked ? html` <span class="tag mine">${say('要重新交', 'Asked for anew')}</span>` : ''}</legend>
<div class="before"><p class="hint">${say('原来交的', 'As it was')}</p><p>${entryWords(entry, reader)}</p>${reason === null ? '' : html`<p>${say('部门写的理由', 'The department’s reason')}: ${quote(reason)}</p>`}</div>
<div>${isAsked ? paperChoice(document, answer, reader) : ''}<label for="${at}">${say('新的文件', 'The new file')}</label>${kept.map((file) => keptFile(file, keptName(document.id), keptToken(file, id, personId, deps), reader))}<p class="hint" id="${at}-hint">${say('PDF、OFD 或照片, 每个至多 20 MB; 可以选几个', 'PDF, OFD or pictures, at most 20 MB each; several are possible')}</p>${error ? html`<p class="fault" id="${at}-error">${error}</p>` : ''}<input type="file" id="${at}" name="${name}" multiple accept=".pdf,.ofd,.jpg,.jpeg,.png" aria-describedby="${said}"${error ? html` aria-invalid="true"` : ''}></div></fieldset>`
}

/** A document that may come on paper need not be scanned. */
function paperChoice(
  { id, modes }: DocumentBefore['document'],
  { onPaper }: Answer,
  { say }: Reader,
): Html | '' {
  if (!modes.includes('paper')) return ''
  const choice = (value: string, words: string) =>
    html`<label class="choice"><input type="radio" name="${modeName(id)}" value="${value}"${onPaper.has(id) === (value === 'paper') ? html` checked` : ''}><span>${words}</span></label>`
  return html`${choice('upload', say('上传文件', 'Send a file'))}${choice('paper', say('交纸质材料到窗口', 'Bring it to the window on paper'))}`
}

const keptFile = ({ name }: KeptFile, field: string, token: string, { say }: Reader): Html =>
  html`<p class="good"><input type="hidden" name="${field}" value="${token}">${say('已收到', 'Received')}: <span class="words">${name}</span> <span class="quiet">${say('(另选文件会替换它)', '(choosing another replaces it)')}</span></p>`

/** How a document was handed in. */
function entryWords(entry: DocumentEntry | undefined, { say }: Reader): string {
  if (!entry) return say('(没有交)', '(nothing)')
  const count = entry.uploads?.length ?? 0
  return {
    upload: say(`上传了 ${count} 个文件`, `${count} ${count === 1 ? 'file' : 'files'}`),
    scan: say(`扫描了 ${count} 个文件`, `${count} scanned ${count === 1 ? 'file' : 'files'}`),
    licence: say('用电子证照代替', 'A licence stood for it'),
    later: say('说好以后补交', 'To follow later'),
    paper: say('交纸质材料', 'On paper'),
  }[entry.mode]
}
