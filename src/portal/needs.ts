/** What the pages are handed. */
import type { Context, MiddlewareHandler } from 'hono'
import type { EventStream } from '../federation/cases/timeline.ts'
import type { Deps } from '../federation/deps.ts'
import type { Live } from '../federation/events/live.ts'
import type { Interactions } from '../federation/identity/interaction.ts'
import type { ApiDescription } from '../schemas/described.ts'
import type { Visit } from './developers/visit.ts'
import type { PortalEnv } from './env.ts'

export interface Needs {
  readonly deps: Deps
  readonly interactions: Interactions<PortalEnv['Bindings']>
  /** Ends a log-in with its sessions here and at the clients. */
  readonly logOut: (authenticationId: string) => Promise<void>
  /** Lets so many log-ins be started in a minute: each leaves a row that nobody may come back for. @throws GatewayError `RATE_LIMITED` */
  readonly limit: MiddlewareHandler
  readonly live: Live
  /** Answers with a stream: over the connection itself, as the API does. */
  readonly eventStream: (c: Context<PortalEnv>, stream: EventStream) => Response
  /** What the API offers, for the page that describes it. */
  readonly api: ApiDescription
  /** Who may call it from its description; absent where no regions are played in this process. */
  readonly visit: Visit | undefined
  /** The regions are played, and every page says so. */
  readonly isSandbox: boolean
}
