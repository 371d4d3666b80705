/** The API as those try it who read its description: in the sandbox alone, and as somebody of the sandbox. */
import type { Name } from '../frame/reader.ts'

/** Who calls. */
export interface Visitor {
  /** `nobody` brings no token. */
  readonly id: string
  readonly name: Name
  readonly isPerson: boolean
}

/** One request, written by us from a template of the document. */
export interface VisitRequest {
  readonly method: string
  /** Path with its query; below `/api/v1/`. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
  /** Of whoever reads the page: the limit of requests counts them. */
  readonly address: string
}

export interface Visit {
  readonly visitors: readonly Visitor[]
  /** Made in this process, with a token that lives for this one call. @throws GatewayError `NOT_FOUND` for another path than one of the API */
  readonly call: (visitor: string, request: VisitRequest) => Promise<Response>
  /** A clerk of the played region moves a case. */
  readonly move: (region: string, number: string, to: string) => Promise<void>
  /** What is sent where the reader chooses no file. */
  readonly picture: Uint8Array<ArrayBuffer>
}
