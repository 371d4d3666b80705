/** What the pages are handed. */
import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../federation/deps.ts'
import type { Interactions } from '../federation/identity/interaction.ts'
import type { PortalEnv } from './env.ts'

export interface Needs {
  readonly deps: Deps
  readonly interactions: Interactions<PortalEnv['Bindings']>
  /** Ends a log-in with its sessions here and at the clients. */
  readonly logOut: (authenticationId: string) => Promise<void>
  /** Lets so many log-ins be started in a minute: each leaves a row that nobody may come back for. @throws GatewayError `RATE_LIMITED` */
  readonly limit: MiddlewareHandler
  /** The regions are played, and every page says so. */
  readonly isSandbox: boolean
}
