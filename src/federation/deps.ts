import type { Store } from '../store/index.ts'
import type { ClientBook } from './clients.ts'
import type { Conversions } from './conversions/convert.ts'
import type { RegionDirectory } from './directory/regions.ts'
import type { Tail } from './events/tail.ts'
import type { Audience } from './identity/audience.ts'
import type { Endings } from './identity/endings.ts'
import type { IdentityTokens } from './identity/identity-token.ts'
import type { Principal } from './identity/principal.ts'
import type { Catalogue } from './matters/catalogue.ts'
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
  readonly conversions: Conversions
  readonly files: FileStore
  /** What has just become visible in the outbox. */
  readonly tail: Tail
  readonly log: Log
  readonly now: () => Date
}

/** Who calls: a machine client or a page of ours, for itself or for a person, and the request in which it does. */
export interface Actor {
  readonly clientId: string
  readonly requestId: string
  /** The one region or city that the token is narrowed to; all when absent. */
  readonly audience?: Audience
  /** The person for whom it calls; absent when a client calls for itself. */
  readonly principal?: Principal
}
