import type { PostWebhook } from '../adapters/kit/webhook-transport.ts'
import type { Store } from '../store/index.ts'
import type { ClientBook } from './clients.ts'
import type { Conversions } from './conversions/convert.ts'
import type { RegionDirectory } from './directory/regions.ts'
import type { Tail } from './events/tail.ts'
import type { Recorder } from './exchanges/record.ts'
import type { Audience } from './identity/audience.ts'
import type { Endings } from './identity/endings.ts'
import type { IdentityTokens } from './identity/identity-token.ts'
import type { Principal } from './identity/principal.ts'
import type { Catalogue } from './matters/catalogue.ts'
import type { Finder } from './matters/search/finder.ts'
import type { Sealing } from './sealing.ts'

/** A log that takes facts and a sentence; facts are codes, ids and counts. */
export interface Log {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
}

/** Keeps uploaded bytes, sealed. */
export interface FileStore {
  readonly put: (id: string, bytes: Buffer) => Promise<void>
  readonly get: (id: string) => Promise<Buffer>
  /** Lets bytes go; none that were there are no error. */
  readonly drop: (id: string) => Promise<void>
}

/** How events are posted to clients, and what came of it in this process. */
export interface Webhooks {
  readonly post: PostWebhook
  /** Whether receivers may be at private addresses and without TLS: in the sandbox alone. */
  readonly isPrivateAllowed: boolean
  /** How many posts ended how: `delivered`, or the code of the failure. */
  readonly outcomes: Map<string, number>
}

export interface Deps {
  readonly store: Store
  readonly sealing: Sealing
  readonly endings: Endings
  readonly identityTokens: IdentityTokens
  readonly clients: ClientBook
  /** Where people and other systems reach the gateway, without a slash at the end. */
  readonly publicUrl: string
  readonly directory: RegionDirectory
  readonly catalogue: Catalogue
  /** Services by what people type. */
  readonly finder: Finder
  readonly conversions: Conversions
  readonly files: FileStore
  /** What has just become visible in the outbox. */
  readonly tail: Tail
  readonly webhooks: Webhooks
  /** Hears of conversions where they are recorded. */
  readonly exchanges: Recorder | undefined
  readonly log: Log
  readonly now: () => Date
}

/** The name by which the gateway's own pages call the verbs. */
export const PORTAL = 'portal'

/** Who calls: a machine client or a page of ours, for itself or for a person, and the request in which it does. */
export interface Actor {
  readonly clientId: string
  readonly requestId: string
  /** The one region or city that the token is narrowed to; all when absent. */
  readonly audience?: Audience
  /** The clerk of a window who acts, for its client. */
  readonly clerk?: string
  /** The person for whom it calls; absent when a client calls for itself. */
  readonly principal?: Principal
}
