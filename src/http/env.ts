/** What travels with a request inside the door. */
import type { HttpBindings } from '@hono/node-server'
import type { Actor } from '../federation/deps.ts'

export interface Env {
  // biome-ignore lint/style/useNamingConvention: the name is Hono's.
  Bindings: HttpBindings
  // biome-ignore lint/style/useNamingConvention: the name is Hono's.
  Variables: {
    requestId: string
    actor: Actor
  }
}
