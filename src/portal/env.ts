/** What travels with a request inside the door for people. */
import type { HttpBindings } from '@hono/node-server'
import type { Actor } from '../federation/deps.ts'
import type { AtDesk } from '../federation/desk/enter.ts'
import type { Session } from '../federation/identity/sessions.ts'
import type { Reader } from './frame/reader.ts'

export interface PortalEnv {
  Bindings: HttpBindings
  Variables: {
    requestId: string
    actor: Actor
    /** Of a browser that is logged in. */
    session: Session
    /** Of a browser at which a clerk is logged in. */
    atDesk: AtDesk
    /** The value that a form must carry: it comes from the session's secret, which no other page can read. */
    formToken: string
    reader: Reader
    /** Another origin to which a form of this page leads in the end: the policy of the page names it. */
    formTarget?: string
    /** The regions are played: every page says so. */
    isSandbox: boolean
  }
}
