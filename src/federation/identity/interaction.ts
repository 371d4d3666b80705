/** A client has sent a browser: what it asks of the person, and how the pages answer it. */

import type { Loa } from '../../schemas/common.ts'
import type { AuthenticationRow } from '../../store/index.ts'

/** What a client asks of the person in front of the browser. */
export interface Interaction {
  readonly uid: string
  readonly prompt: 'login' | 'consent'
  /** `origin` is where the answer goes: of the address to which the client wants the browser sent back. */
  readonly client: { readonly id: string; readonly name: string; readonly origin: string }
  readonly scopes: readonly string[]
  /** The level that the log-in must have. */
  readonly loa: Loa
  /** A log-in from before this moment is not enough: the client wants to see a new one. */
  readonly notBefore: Date | undefined
}

/** `undefined` when the browser has no such interaction: its cookie is missing, or it has ended. */
export interface Interactions<Request> {
  readonly read: (request: Request) => Promise<Interaction | undefined>
  /** @returns where the browser goes on */
  readonly loggedIn: (request: Request, authentication: AuthenticationRow) => Promise<string>
  readonly consented: (request: Request) => Promise<string>
  readonly refused: (request: Request) => Promise<string>
}
