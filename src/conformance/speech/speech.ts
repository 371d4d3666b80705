/** What the kit must know of a region's way of speaking to judge raw answers: four small functions. */
import type { RegionConfig } from '../../adapters/kit/contract.ts'
import type { Incoming, Outgoing } from '../../adapters/kit/transport.ts'

/** An answer as its envelope tells it. `code` is the contract's word for a refusal, `200` say where there is none. */
export interface Outcome {
  readonly ok: boolean
  readonly code: string
  /** The envelope whole; undefined where the answer is a file, or not JSON. */
  readonly envelope?: Readonly<Record<string, unknown>>
  /** What the envelope carries. */
  readonly data?: unknown
}

export interface Speech {
  /** The contract's operation id, by method and path. */
  readonly operationOf: (out: Outgoing) => string
  /** The request with a signature of now, for what stands in it now. */
  readonly sign: (out: Outgoing, config: RegionConfig, now: Date) => Outgoing
  readonly outcomeOf: (answer: Incoming) => Outcome
  /** The content type of every JSON answer. */
  readonly json: RegExp
}

/** The first word of the table that the path ends with; `operation` may look at the request, where one path has several. */
export function byPath(table: readonly (readonly [ending: string, operation: string])[]) {
  return ({ url }: Outgoing): string => {
    const { pathname } = new URL(url)
    return table.find(([ending]) => pathname.endsWith(ending))?.[1] ?? 'unknown'
  }
}

/** The answer as a JSON object. */
export function envelopeOf(answer: Incoming): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** An answer without a JSON envelope: a file when it came with 200, nothing that the contract knows otherwise. */
export const fileOutcome = ({ status, headers }: Incoming): Outcome => {
  const type = headers['content-type'] ?? ''
  const ok = status === 200 && type !== '' && !/json|html/i.test(type)
  return { ok, code: String(status) }
}
