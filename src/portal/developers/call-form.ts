/** The form by which an operation is called from its page. It works without script: the server makes the call and writes the answer. */
import { html } from 'hono/html'
import type { Described, DescribedParameter } from '../../schemas/described.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { MADE_MEMBERS, preparationOf, VISITORS } from './prepare.ts'
import { fieldOf, type Typed, type Wrong } from './request.ts'
import { usualVisitor, valuesOf } from './run.ts'
import { exampleOf, takesFile } from './snippets.ts'
import type { Visitor } from './visit.ts'
import { inWords } from './words.ts'

export const FORM = 'try'
const idOf = (field: string): string => `${FORM}-${field.replaceAll('.', '-')}`

/** The form as it stands before anybody typed: an example that works. */
export function prefilled(operation: Described): Typed {
  const isMade = preparationOf(operation) !== undefined
  const made = operation.parameters.flatMap((one) => {
    if (!isMade || one.example !== undefined) return []
    if (one.in === 'path') return [[fieldOf(one), `{${one.name}}`]]
    return one.name === 'If-Match' ? [[fieldOf(one), '{etag}']] : []
  })
  const example = exampleOf(operation)
  const members = MADE_MEMBERS[operation.id]
  return {
    visitor: VISITORS[operation.id] ?? usualVisitor(operation),
    values: { ...valuesOf(operation), ...Object.fromEntries(made) },
    body:
      example === undefined
        ? ''
        : JSON.stringify(members ? { ...(example as object), ...members } : example, null, 2),
    file: undefined,
  }
}

interface Shown {
  readonly operation: Described
  readonly typed: Typed
  readonly wrong: readonly Wrong[]
  readonly visitors: readonly Visitor[]
  readonly token: string
}

export function callForm({ operation, typed, wrong, visitors, token }: Shown, reader: Reader): Html {
  const { say } = reader
  const file = takesFile(operation)
  return html`<form method="post" action="/docs/operations/${operation.id}/call#answer"${file ? html` enctype="multipart/form-data"` : ''} class="card">
<input type="hidden" name="token" value="${token}">
${visitorField(typed, visitors, reader)}
${operation.parameters.map((one) => parameterField(one, typed, wrong, reader))}
${file ? fileField(reader) : bodyField(operation, typed, reader)}
<p><button>${say(`调用 ${operation.method}`, `Call ${operation.method}`)}</button></p>
</form>`
}

const visitorField = ({ visitor }: Typed, visitors: readonly Visitor[], { say, language }: Reader): Html =>
  html`<label for="${FORM}-who">${say('以谁的身份', 'As whom')}</label><select id="${FORM}-who" name="who">${visitors.map(({ id, name }) => html`<option value="${id}"${id === visitor ? html` selected` : ''}>${language === 'zh' ? `${name.zh}` : name.en}</option>`)}</select>`

function parameterField(
  one: DescribedParameter,
  typed: Typed,
  wrong: readonly Wrong[],
  reader: Reader,
): Html {
  const { say } = reader
  const field = fieldOf(one)
  const fault = wrong.find((some) => some.field === field)
  const id = idOf(field)
  const words =
    one.schema['type'] === 'boolean' ? ['true', 'false'] : (one.schema['enum'] as string[] | undefined)
  const value = typed.values[field] ?? ''
  const attributes = html`id="${id}" name="${field}"${fault ? html` aria-invalid="true"` : ''} aria-describedby="${id}-hint"`
  return html`<label for="${id}"><code>${one.name}</code> <span class="quiet">${placeOf(one, reader)}${one.required ? say(', 必填', ', required') : ''}</span></label>
<p class="hint" id="${id}-hint">${inWords(one.description, reader)}${fault ? html` <span class="fault">${say(fault.zh, fault.en)}</span>` : ''}</p>
${words ? choices(attributes, words, value) : html`<input ${attributes} value="${value}" autocomplete="off" spellcheck="false">`}`
}

const choices = (attributes: Html, words: readonly string[], value: string): Html =>
  html`<select ${attributes}><option value=""></option>${words.map((word) => html`<option${word === value ? html` selected` : ''}>${word}</option>`)}</select>`

const placeOf = ({ in: place }: DescribedParameter, { say }: Reader): string =>
  ({
    path: say('路径', 'path'),
    query: say('查询', 'query'),
    header: say('请求头', 'header'),
  })[place]

const fileField = ({ say }: Reader): Html =>
  html`<label for="${FORM}-file">${say('文件', 'File')}</label><p class="hint" id="${FORM}-file-hint">${say('不选则发送一张示例图片。', 'An example picture is sent where none is chosen.')}</p><input type="file" id="${FORM}-file" name="file" aria-describedby="${FORM}-file-hint" accept="image/*,application/pdf">`

const LEAST_ROWS = 3
const MOST_ROWS = 24

function bodyField({ body }: Described, typed: Typed, { say }: Reader): Html | string {
  if (!body) return ''
  const rows = Math.min(Math.max(typed.body.split('\n').length, LEAST_ROWS), MOST_ROWS)
  return html`<label for="${FORM}-body">${say('请求体', 'Body')} <span class="quiet">JSON${body.required ? '' : say(', 可不填', ', may be left empty')}</span></label><textarea id="${FORM}-body" name="body" rows="${rows}" class="mono" spellcheck="false">${typed.body}</textarea>`
}

/** Above the form: what was wrong, with a way to each field. */
export const problemsOf = (wrong: readonly Wrong[], { say }: Reader): Html | string =>
  wrong.length === 0
    ? ''
    : html`<div class="problems" role="alert" tabindex="-1" id="answer"><p>${say('没有发出请求:', 'Nothing was sent:')}</p><ul>${wrong.map((one) => html`<li><a href="#${idOf(one.field)}">${say(one.zh, one.en)}</a></li>`)}</ul></div>`
