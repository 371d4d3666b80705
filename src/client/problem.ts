/** What the gateway refuses, as an error with its code (RFC 9457), and what its token endpoint refuses (RFC 6749, 5.2). */
import type { components } from './api.ts'

export type Problem = components['schemas']['Problem']
/** A code of the gateway, which stays what it is; or one of OAuth, in lower case: `invalid_client`, `invalid_grant` … */
export type ProblemCode = Problem['code'] | (string & {})

/** A problem as far as it was told. */
type Told = Partial<Omit<Problem, 'code'>> & { readonly code: ProblemCode; readonly status: number }

/** One refused request. `message` holds the code and the places it names, and nothing of what was sent. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem'
  readonly code: ProblemCode
  readonly status: number
  /** Where the fault lies, as JSON Pointers into what was sent, with a sentence for people in both languages. */
  readonly errors: NonNullable<Problem['errors']>
  readonly facts: Readonly<Record<string, unknown>>
  /** Whether the same request may do later. */
  readonly retry: boolean
  /** The number of the request, for whoever asks the gateway’s people. */
  readonly requestId: string

  constructor(problem: Told) {
    const { code, status, errors = [], detail, facts = {}, retry = false, instance = '' } = problem
    super([`${code} (${status})${detail ? `: ${detail}` : ''}`, ...errors.map(line)].join('\n  '))
    this.code = code
    this.status = status
    this.errors = errors
    this.facts = facts
    this.retry = retry
    this.requestId = instance
  }
}

const line = ({ pointer, detail }: NonNullable<Problem['errors']>[number]): string =>
  `${pointer}: ${detail.zh} · ${detail.en}`

/** The problem in an answer that is none of the good ones. A proxy’s page is told by its status. */
export async function problemIn(answer: Response): Promise<GatewayProblem> {
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  const body = (isJson ? JSON.parse(text) : {}) as Partial<Problem> & {
    readonly error?: string
    readonly error_description?: string
  }
  return new GatewayProblem({
    ...body,
    status: answer.status,
    code: body.code ?? body.error ?? `HTTP_${answer.status}`,
    ...(body.error_description ? { detail: body.error_description } : {}),
    instance: body.instance ?? answer.headers.get('x-request-id') ?? '',
  })
}
