/** What travels with a request inside the door. */
import type { HttpBindings } from '@hono/node-server'
import type { Actor } from '../federation/deps.ts'

export interface Env {
  Bindings: HttpBindings
  Variables: {
    requestId: string
    actor: Actor
    /** Of the token. */
    scopes: ReadonlySet<string>
    token: { readonly id: string; readonly until: Date }
    /** Set by a page whose forms lead to another origin in the end. */
    formTarget?: string
  }
}
