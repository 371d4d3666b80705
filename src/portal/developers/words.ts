/** Texts of the document for a reader of one language: they are in both; one that is not is marked as English. */
import { html } from 'hono/html'
import type { Described } from '../../schemas/described.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

const BETWEEN = ' · '

/** A text that may be in both languages, Chinese first. */
export function inWords(text: string, { language, say }: Reader): Html | string {
  const [zh = '', ...rest] = text.split(BETWEEN)
  if (rest.length > 0) return say(zh, rest.join(BETWEEN))
  return language === 'zh' && text !== '' ? html`<span lang="en">${text}</span>` : text
}

/** The name of an operation in one language. */
export function nameOf({ summary }: Pick<Described, 'summary'>, { say }: Reader): string {
  const [zh = summary, ...rest] = summary.split(BETWEEN)
  return say(zh, rest.join(BETWEEN) || zh)
}

/** A path goes on in the next line before one of its parts. */
export const breakablePath = (path: string): Html =>
  html`${path.split('/').map((part, at) => html`${at > 0 ? html`<wbr>/` : ''}${part}`)}`

/** On a phone a code goes on in the next line between its words, not within one. */
export const breakableCode = (code: string): Html =>
  html`${code.split('_').map((word, at) => html`${at > 0 ? html`_<wbr>` : ''}${word}`)}`

export const codeLink = (code: string): Html =>
  html`<a href="/problems/${code}"><code>${breakableCode(code)}</code></a>`

export const operationLink = (operation: Described, reader: Reader): Html =>
  html`<a href="/docs/operations/${operation.id}">${nameOf(operation, reader)}</a>`

/** Something to be copied: it scrolls inside itself, by keyboard too. */
export const listing = (text: string, label: string): Html =>
  html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`
