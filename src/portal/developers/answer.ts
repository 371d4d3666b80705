/** An answer of the API as a page shows it: what was sent, what came, how long it took, and by which number it is found again. */
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import type { Described } from '../../schemas/described.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import type { Done } from './run.ts'
import { codeLink, listing, operationLink } from './words.ts'

/** A call that was made. */
export interface Answered {
  readonly operation: Described
  readonly visitor: string
  readonly target: string
  /** As they were sent, without the token. */
  readonly headers: Readonly<Record<string, string>>
  readonly trace: string
  readonly status: number
  readonly answerHeaders: readonly (readonly [name: string, value: string])[]
  /** Text as it is shown, or how large a file is. */
  readonly text: string
  /** The problem's code, where it is one. */
  readonly code: string | undefined
  readonly ms: number
  readonly before: readonly Done[]
}

/** Reads an answer as far as a page shows it. */
export async function readAnswer(
  answer: Response,
): Promise<Pick<Answered, 'status' | 'answerHeaders' | 'text' | 'code'>> {
  const type = answer.headers.get('content-type') ?? ''
  const bytes = Buffer.from(await answer.arrayBuffer())
  const body = /json/.test(type) ? jsonIn(bytes) : undefined
  const code = body === undefined ? undefined : (body as { code?: unknown } | null)?.code
  return {
    status: answer.status,
    answerHeaders: [...answer.headers],
    text: textOf(bytes, type, body),
    ...(answer.status >= 400 && typeof code === 'string' ? { code } : { code: undefined }),
  }
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    // Shown as it came.
    return undefined
  }
}

function textOf(bytes: Buffer, type: string, body: unknown): string {
  if (bytes.length === 0) return ''
  const isText = body !== undefined || /^text\/|json|jose/.test(type)
  if (!isText) return `${type}, ${bytes.length} bytes`
  const text = body === undefined ? bytes.toString() : JSON.stringify(body, null, 2)
  const most = LIMITS.docsAnswerCharacters
  return text.length > most ? `${text.slice(0, most)}\n… ${text.length - most}` : text
}

export function answerCard(answered: Answered, reader: Reader): Html {
  const { say } = reader
  const { operation, target, headers, visitor, status, text, ms, trace, code } = answered
  const isGood = status < 400
  const sent = [
    `${operation.method} ${target}`,
    ...(visitor === 'nobody' ? [] : [`Authorization: Bearer … (${visitor})`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `traceparent: ${trace}`,
  ].join('\n')
  return html`<section class="card" aria-labelledby="answer"><h3 id="answer" tabindex="-1">${say('回答', 'The answer')}: <span class="${isGood ? 'good' : 'bad'}">${status} ${isGood ? say('成功', 'good') : say('未成', 'refused')}</span></h3>
<p>${say(`用时 ${ms} 毫秒`, `${ms} ms`)}${code === undefined ? '' : html` · ${codeLink(code)}`}</p>
${beforeList(answered.before, reader)}
<h4>${say('发出的', 'Sent')}</h4>${listing(sent, say('发出的请求', 'The request'))}
<h4>${say('响应体', 'Body')}</h4>${text === '' ? html`<p>${say('没有响应体', 'There is no body')}</p>` : listing(text, say('响应体', 'Body'))}
<details><summary>${say('响应头', 'Headers')}</summary><dl class="fields mono">${answered.answerHeaders.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></details></section>`
}

/** What was done first, so that there was something to call. */
export function beforeList(before: readonly Done[], reader: Reader): Html | string {
  if (before.length === 0) return ''
  const { say } = reader
  return html`<p>${say('事先为您做了:', 'Done for you first:')}</p><ol>${before.map((one) => doneItem(one, reader))}</ol>`
}

function doneItem(one: Done, reader: Reader): Html {
  const { say } = reader
  if ('clerk' in one)
    return html`<li>${say('模拟地区的经办人', 'A clerk of the played region')}: <code>${one.clerk}</code>${one.isDone ? '' : html` <span class="bad">${say('未成', 'refused')}</span>`}</li>`
  const { operation, status, visitor } = one
  return html`<li>${operationLink(operation, reader)} <span class="quiet">${visitor} · ${status}</span></li>`
}
