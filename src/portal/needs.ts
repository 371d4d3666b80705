/** What the pages are handed. */
import type { Deps } from '../federation/deps.ts'
import type { Interactions } from '../federation/identity/interaction.ts'
import type { PortalEnv } from './env.ts'

export interface Needs {
  readonly deps: Deps
  readonly interactions: Interactions<PortalEnv['Bindings']>
  /** Ends a log-in with its sessions here and at the clients. */
  readonly logOut: (authenticationId: string) => Promise<void>
}
