/**
 * The one table of problems, put together from its parts in `problems/`. `blame` says who must act, `retry` whether the same request may
 * succeed later. The sentences are for the person who reads `/problems/{code}`.
 */
import { APPLICATION_PROBLEMS } from './problems/applications.ts'
import { CASE_PROBLEMS } from './problems/cases.ts'
import { CONSENT_PROBLEMS } from './problems/consents.ts'
import { DESK_PROBLEMS } from './problems/desk.ts'
import { EVENT_PROBLEMS } from './problems/events.ts'
import { HOLDING_PROBLEMS } from './problems/holdings.ts'
import { LOG_IN_PROBLEMS } from './problems/log-ins.ts'
import { PEOPLE_PROBLEMS } from './problems/people.ts'
import type { Problem } from './problems/problem.ts'
import { REGION_PROBLEMS } from './problems/regions.ts'
import { REQUEST_PROBLEMS } from './problems/request.ts'

export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...PEOPLE_PROBLEMS,
  ...LOG_IN_PROBLEMS,
  ...APPLICATION_PROBLEMS,
  ...CASE_PROBLEMS,
  ...EVENT_PROBLEMS,
  ...HOLDING_PROBLEMS,
  ...CONSENT_PROBLEMS,
  ...DESK_PROBLEMS,
  ...REGION_PROBLEMS,
} satisfies Record<string, Problem>

/** A stable code of the table. */
export type ProblemCode = keyof typeof PROBLEMS

/** One field that is wrong, in the caller's own names. Sentences never hold what the caller sent. */
export interface FieldError {
  /** JSON Pointer into what the caller sent. */
  readonly pointer: string
  readonly code: string
  readonly zh: string
  readonly en: string
}

/** One wrong field. */
export const fault = (pointer: string, code: string, zh: string, en: string): FieldError => ({
  pointer,
  code,
  zh,
  en,
})

/** Facts name fields, codes and counts, never a person's values: they go into logs and answers. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** The one error that this project throws on purpose. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: ProblemCode
  readonly facts: Facts
  readonly errors: readonly FieldError[]

  constructor(
    code: ProblemCode,
    facts: Facts = {},
    more: { errors?: readonly FieldError[]; cause?: unknown } = {},
  ) {
    const told = Object.entries(facts)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(' ')
    super(told ? `${PROBLEMS[code].title.en}: ${told}` : PROBLEMS[code].title.en, { cause: more.cause })
    this.code = code
    this.facts = facts
    this.errors = more.errors ?? []
  }
}
