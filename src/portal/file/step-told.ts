/** What a step is shown with: what was typed, what is wrong, and what another tab had chosen. */
import { type GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { Change } from '../../federation/drafts/save-answer.ts'
import type { Name } from '../frame/reader.ts'

export interface Told {
  readonly value: string
  readonly fault?: Name
  /** A choice of this tab that was not taken since another tab had chosen too: sealed, so that it can be taken now. */
  readonly mine?: string
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
