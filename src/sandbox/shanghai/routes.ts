import type { Context } from 'hono'
import type { Office } from './office.ts'
import type { Plain } from './state.ts'

/** Bytes in place of an envelope; a name makes them a download. */
export class Bytes {
  readonly name: string
  readonly contentType: string
  readonly content: Buffer
  constructor(name: string, contentType: string, content: Buffer) {
    this.name = name
    this.contentType = contentType
    this.content = content
  }
}

/** One JSON operation below `apiBase`: the body without its token in, `data` of the envelope out. */
export interface Route {
  readonly operation: string
  readonly path: string
  readonly handle: (office: Office, body: Plain) => unknown
}

/** What stands at a path outside `apiBase`, and looks after its body itself. */
export interface ServedPlace {
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly serve: (office: Office, c: Context) => Promise<Response>
}
