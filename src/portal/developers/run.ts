/** Calls that are made before a call, so that there is something to call it for. Each is one of the document's, with its example. */
import { GatewayError } from '../../errors.ts'
import type { ApiDescription, Described } from '../../schemas/described.ts'
import { fieldOf, type Typed, written } from './request.ts'
import { exampleOf } from './snippets.ts'
import type { Visit } from './visit.ts'

/** A call that was made, as the page tells of it. */
export interface Called {
  readonly operation: Described
  readonly visitor: string
  readonly status: number
}

/** What was done: a call, or a step of the played region's clerk. */
export type Done = Called | { readonly clerk: string; readonly isDone: boolean }

interface Told {
  readonly status: number
  readonly etag: string
  // biome-ignore lint/suspicious/noExplicitAny: answers differ, and a member that is not there becomes a placeholder that stays.
  readonly body: any
}

interface More {
  readonly as?: string
  readonly values?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Makes a call by its name. @throws PreparationFailed when it is refused */
export type Run = (id: string, more?: More) => Promise<Told>

/** What could not be made ready, with the calls up to it. */
export class PreparationFailed extends Error {
  readonly done: readonly Done[]

  constructor(done: readonly Done[]) {
    super('a preparation was refused')
    this.done = done
  }
}

/** Who calls an operation when the reader chooses nobody: whoever may. */
export function usualVisitor({ scopes, path }: Described): string {
  if (scopes.length === 0) return 'nobody'
  if (path.startsWith('/api/v1/me')) return 'person'
  return scopes.includes('persons:verify') ? 'sandbox-hotel' : 'sandbox-shanghai'
}

const jsonOf = async (answer: Response): Promise<unknown> =>
  /json/.test(answer.headers.get('content-type') ?? '') ? answer.json() : undefined

/** A clerk of a played region moves a case. @throws PreparationFailed when the region does not let them */
export type Move = Visit['move']

/** The document's example of an operation's body. */
export type Example = (id: string) => Readonly<Record<string, string>>

export interface Runner {
  readonly run: Run
  readonly example: Example
  readonly move: Move
  readonly done: readonly Done[]
}

/** @param address of whoever reads the page */
export function runner(api: ApiDescription, visit: Visit, address: string): Runner {
  const done: Done[] = []
  const operationNamed = (id: string): Described => {
    const operation = api.operations.find((one) => one.id === id)
    if (!operation) throw new GatewayError('NOT_FOUND', { subject: 'operation' })
    return operation
  }
  const run: Run = async (id, { as, values = {}, body } = {}) => {
    const operation = operationNamed(id)
    const visitor = as ?? usualVisitor(operation)
    const typed: Typed = {
      visitor,
      values: { ...valuesOf(operation), ...values },
      body: JSON.stringify(body ?? exampleOf(operation) ?? ''),
      file: undefined,
    }
    const request = written(operation, typed, visit.picture)
    const answer = await visit.call(visitor, { ...request, method: operation.method, address })
    // Looking again until something has happened is one thing to tell.
    const last = done.at(-1)
    const isAgain =
      last !== undefined &&
      'operation' in last &&
      last.operation === operation &&
      last.visitor === visitor &&
      last.status === answer.status
    if (!isAgain) done.push({ operation, visitor, status: answer.status })
    if (!answer.ok) throw new PreparationFailed(done)
    return { status: answer.status, etag: answer.headers.get('etag') ?? '', body: await jsonOf(answer) }
  }
  const move: Move = async (region, number, to) => {
    const isDone = await visit.move(region, number, to).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof GatewayError)) throw error
        return false
      },
    )
    done.push({ clerk: to, isDone })
    if (!isDone) throw new PreparationFailed(done)
  }
  // Its bodies are objects of texts wherever one is made ready.
  const example: Example = (id) => (exampleOf(operationNamed(id)) ?? {}) as Readonly<Record<string, string>>
  return { run, move, example, done }
}

/** The document's examples of parameters; a new key where one is taken. */
export function valuesOf({ parameters }: Described): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parameters.flatMap((one) => {
      if (one.name === 'Idempotency-Key') return [[fieldOf(one), crypto.randomUUID()]]
      return one.example === undefined ? [] : [[fieldOf(one), one.example]]
    }),
  )
}
