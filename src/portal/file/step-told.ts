/** What a step is shown with: what was typed, what is wrong, and what another tab had chosen. */
import { html } from 'hono/html'
import { type GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { Change } from '../../federation/drafts/save-answer.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

export interface Told {
  readonly value: string
  readonly fault?: Name
  /** A choice of this tab that was not taken since another tab had chosen too: sealed, so that it can be taken now. */
  readonly mine?: string
  /** It was typed before a log-in that had to be done again, and is not saved. */
  readonly isBack?: boolean
}

/** An answer to be saved, or what is wrong with it. */
export type Answered = { readonly change: Omit<Change, 'version'> } | { readonly told: Told }

export const problemName = (code: ProblemCode): Name => {
  const { title, fix } = PROBLEMS[code]
  return { zh: `${title.zh}。${fix.zh}`, en: `${title.en}. ${fix.en}` }
}

/** What was refused, at the field where a verb has told a place, and else by its code. */
export const refusal = ({ code, errors: [first] }: GatewayError): Name =>
  first ? { zh: first.zh, en: first.en } : problemName(code)

/** Said where what was typed is back after a new log-in. */
export const typedBack = ({ say }: Reader): Html =>
  html`<p class="note" role="status">${say('登录曾经结束, 您刚才填的还在这里。请看一遍, 再保存。', 'Your log-in had ended; what you typed is back. Look at it and save it.')}</p>`
