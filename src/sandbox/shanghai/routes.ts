import type { Office } from './office.ts'
import type { Plain } from './state.ts'

/** Bytes in place of an envelope. */
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
