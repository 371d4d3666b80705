/** The page of one operation, out of the OpenAPI document alone. */
import { html } from 'hono/html'
import type { ApiDescription, Described, DescribedContent, Schema } from '../../schemas/described.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { limitsOf, type Member, membersOf } from './members.ts'
import { sampleOf } from './sample.ts'
import { clientOf, curlOf } from './snippets.ts'
import { breakablePath, codeLink, inWords, listing, nameOf } from './words.ts'

/** @param tryOut the form and its answer, or why there is none */
export function operationBody(operation: Described, api: ApiDescription, tryOut: Html, reader: Reader): Html {
  const { say } = reader
  const { method, path, description, scopes } = operation
  return html`<p><a href="/docs">${say('接口文档', 'The API')}</a></p><h1>${nameOf(operation, reader)}</h1>
<p class="verb"><span class="tag">${method}</span><code>${breakablePath(path)}</code></p>
${description === '' ? '' : html`<p>${inWords(description, reader)}</p>`}
<p>${scopes.length === 0 ? say('公开, 不要令牌。', 'Public: no token.') : html`${say('令牌的权限范围', 'Scope of the token')}: ${scopes.map((scope) => html`<code>${scope}</code> `)}`} · <a href="#try-title">${say('在本页调用', 'Call it from this page')}</a></p>
${parameters(operation, reader)}
${bodyPart(operation, api, reader)}
<h2>${say('回答', 'Answers')}</h2>
${goodAnswers(operation, api, reader)}
${refusals(operation, reader)}
<h2>${say('例', 'Example')}</h2>
<h3>curl</h3>${listing(curlOf(operation), 'curl')}
<h3>TypeScript</h3>${listing(clientOf(operation), 'TypeScript')}
${tryOut}`
}

function parameters({ parameters: all }: Described, reader: Reader): Html | string {
  if (all.length === 0) return ''
  const { say } = reader
  const rows = all.map((one) => ({
    name: one.name,
    about: [
      { path: say('路径', 'path'), query: say('查询', 'query'), header: say('请求头', 'header') }[one.in],
      ...limitsOf(one.schema, reader),
    ],
    isRequired: one.required,
    meaning: one.description,
  }))
  return html`<h2>${say('参数', 'Parameters')}</h2>${lines(rows, reader)}`
}

interface Row {
  readonly name: string
  readonly about: readonly string[]
  readonly isRequired: boolean
  readonly meaning: string
}

const lines = (rows: readonly Row[], reader: Reader): Html =>
  html`<table class="members"><thead><tr><th scope="col">${reader.say('名称', 'Name')}</th><th scope="col">${reader.say('类型、限制、含义', 'Type, limits, meaning')}</th></tr></thead><tbody>${rows.map(
    ({ name, about, isRequired, meaning }) =>
      html`<tr><th scope="row"><code>${breakableMember(name)}</code>${isRequired ? html` <span class="quiet">${reader.say('必填', 'required')}</span>` : ''}</th><td>${meaning === '' ? '' : html`${inWords(meaning, reader)}<br>`}<span class="quiet">${about.join(' · ')}</span></td></tr>`,
  )}</tbody></table>`

/** A member goes on in the next line before one of its parts. */
const breakableMember = (path: string): Html =>
  html`${path.split('.').map((part, at) => html`${at > 0 ? html`<wbr>.` : ''}${part}`)}`

function memberTable(members: readonly Member[], reader: Reader): Html {
  const rows = members.map(({ path, type, limits, isRequired, meaning }) => ({
    name: path === '' ? reader.say('值', 'value') : path,
    about: [type, ...limits],
    isRequired,
    meaning,
  }))
  return lines(rows, reader)
}

function bodyPart({ body }: Described, api: ApiDescription, reader: Reader): Html | string {
  if (!body) return ''
  const { say } = reader
  return html`<h2>${say('请求体', 'Body')}</h2><p>${body.required ? say('必填', 'Required') : say('可不填', 'May be left out')}</p>${body.contents.map(
    ({ type, schema, example }) =>
      html`<p><code>${type}</code></p>${memberTable(membersOf(schema, api.schemas, reader), reader)}${example === undefined ? '' : html`<h3>${say('例', 'Example')}</h3>${listing(JSON.stringify(example, null, 2), say('请求体的例子', 'An example of the body'))}`}`,
  )}`
}

function goodAnswers({ answers }: Described, api: ApiDescription, reader: Reader): Html {
  // A document that several answers hold is told at the first of them.
  const told = new Map<string, string>()
  const contentPart = ({ type, schema }: DescribedContent, status: string): Html => {
    const key = JSON.stringify(schema)
    const before = told.get(key)
    told.set(key, before ?? status)
    if (before !== undefined)
      return html`<p><code>${type}</code> ${reader.say(`与 ${before} 的相同`, `the same as with ${before}`)}</p>`
    return wholeContent(type, schema, api, reader)
  }
  return html`${answers
    .filter(({ status }) => status < '4')
    .map(
      ({ status, description, contents, headers }) =>
        html`<h3>${status} <span class="quiet">${inWords(description, reader)}</span></h3>
<p class="quiet">${reader.say('响应头', 'Headers')}: ${headers.join(', ')}</p>
${contents.map((one) => contentPart(one, status))}`,
    )}`
}

function wholeContent(type: string, schema: Schema, api: ApiDescription, reader: Reader): Html {
  const { say } = reader
  if (!/json$/.test(type)) return html`<p><code>${type}</code></p>`
  return html`<p><code>${type}</code></p>
<details><summary>${say('成员', 'Members')}</summary>${memberTable(membersOf(schema, api.schemas, reader), reader)}</details>
<details><summary>${say('样子 (值为示意)', 'Its shape (values are made up)')}</summary>${listing(JSON.stringify(sampleOf(schema, api.schemas), null, 2), say('回答的样子', 'The shape of the answer'))}</details>`
}

function refusals({ answers }: Described, reader: Reader): Html {
  const { say } = reader
  const some = answers.filter(({ status }) => status >= '4')
  return html`<h3>${say('没有成功时', 'When it does not succeed')}</h3><table class="members"><thead><tr><th scope="col">HTTP</th><th scope="col">${say('问题代码', 'Problem codes')}</th></tr></thead><tbody>${some.map(
    ({ status, description, codes }) =>
      html`<tr><th scope="row">${status}</th><td>${codes.length > 0 ? codes.map((code) => html`${codeLink(code)} `) : inWords(description, reader)}</td></tr>`,
  )}</tbody></table>`
}
