/** All that the gateway knows about one region: its dialect (pure), its link (calls) and its callbacks (pure). The door of this room. */
import type { TSchema } from 'typebox'
import type { RegionId } from '../../schemas/regions.ts'
import type { CallbackRequest, OpenedCallback, RegionAnswer } from './callbacks.ts'
import type { NamedTable } from './code-tables.ts'
import type { Alarms } from './codes.ts'
import type { Dialect } from './dialect.ts'
import type { RegionLink } from './link.ts'
import type { LogInLink } from './log-in.ts'
import type { Transport } from './transport.ts'

export type { CallbackRequest, OpenedCallback, RegionAnswer, RegionalEvent } from './callbacks.ts'
export type { ApplicationContext, Dialect, MatterReference, RecordContext } from './dialect.ts'
export type {
  Audit,
  FoundLicence,
  FoundPhoto,
  LicenceClaim,
  LicenceLink,
  PhotoLink,
  VerifiedLicence,
} from './holdings.ts'
export type {
  Correcting,
  Filed,
  FiledCase,
  Filing,
  Handle,
  ListedCase,
  MatterRow,
  RateCall,
  RegionDocument,
  RegionLink,
  WindowsPage,
} from './link.ts'
export type { Explained } from './table.ts'
export type { FileContent, Holder, RawStatus } from './values.ts'

/** One region of the region directory: section 2 of its contract. A city's part is laid over it. */
export interface RegionConfig {
  readonly baseUrl: string
  readonly credentials: Readonly<Record<string, unknown>>
  readonly options: Readonly<Record<string, unknown>>
}

/** A region. Adding one is a folder with this object, and a line in the registry. */
export interface RegionAdapter {
  readonly id: RegionId
  /** Division of the region, and the short id that callbacks use (`/sh/callback/…`). */
  readonly place: {
    readonly division: string
    readonly zh: string
    readonly en: string
    readonly short: string
  }
  /** How sure we are of the documents that the folder was written from. */
  readonly honesty: 'documented' | 'mixed' | 'designed'
  /** JSON Schema of the region's object in the region directory. */
  readonly configSchema: TSchema
  readonly dialect: Dialect
  /** (k) How a row of its service windows is read: for the documentation. Absent where it lists none. */
  readonly window?: Pick<Dialect['matter'], 'name' | 'schema' | 'explain'>
  /** Its code tables: for the documentation. */
  readonly codes?: readonly NamedTable[]
  /** Makes the calls of one region or city. `transport` is handed in; `alarms` hears of codes in answers that no table knows. */
  readonly connect: (
    config: RegionConfig,
    transport: Transport,
    now: () => Date,
    alarms?: Alarms,
  ) => RegionLink
  /** (e) The log-in of one region or city; `undefined` where the configuration has no address or credentials for it. */
  readonly logIn?: (
    config: RegionConfig,
    transport: Transport,
    now: () => Date,
    alarms?: Alarms,
  ) => LogInLink | undefined
  /** Paths under the gateway's root that the region posts to, `/sh/callback/applyFk` say, for one configuration. */
  readonly callbackPaths: (config: RegionConfig) => readonly string[]
  /** Checks a callback's signature and reads it. Never throws for what a region may send. `maxBytes` of the contract is applied before. */
  readonly openCallback: (request: CallbackRequest, config: RegionConfig, now: Date) => OpenedCallback
  /** Largest callback body in bytes, and the answer to a larger one. */
  readonly callbackLimit: { readonly bytes: number; readonly answer: RegionAnswer }
  /**
   * (j) Whether one question lists a person's cases of the whole region, or each of its cities must be asked; and the member of a
   * listed case's handle without which the region cannot be asked about that case: a password that it keeps of cases filed elsewhere.
   */
  readonly caseList: { readonly reach: 'region' | 'city'; readonly needs?: string }
  /** Member of the handle that holds the region's second key of a case, where callbacks may name a case by it. */
  readonly caseKeyIn?: string
  /** The signature of a callback does not cover its body: an end is believed only after the region was asked. */
  readonly unsignedCallbackBody?: true
  /** Operation marks of the contract: operation id → documented, mixed or designed. */
  readonly marks: Readonly<Record<string, 'documented' | 'mixed' | 'designed'>>
}

/** A city whose platform differs from its province's. `because` is printed in the region's documentation. */
export interface CityDifference {
  readonly division: string
  readonly because: string
  readonly differs: (
    province: RegionAdapter,
  ) => Partial<Pick<RegionAdapter, 'dialect' | 'connect' | 'logIn' | 'openCallback'>>
}
