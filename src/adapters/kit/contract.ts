/** All that the gateway knows about one region: its dialect (pure), its link (calls) and its callbacks (pure). */
import type { TSchema } from 'typebox'
import type { Application } from '../../schemas/application.ts'
import type { CaseResult, CaseStep, CorrectionRequest, RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { RegionId } from '../../schemas/common.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Alarm, Alarmed, Alarms } from './codes.ts'
import type { LogInLink } from './log-in.ts'
import type { Message } from './message.ts'
import type { Transport } from './transport.ts'

/** One region of the region directory: section 2 of its contract. A city's part is laid over it. */
export interface RegionConfig {
  readonly baseUrl: string
  readonly credentials: Readonly<Record<string, unknown>>
  readonly options: Readonly<Record<string, unknown>>
}

/** What reading and writing an application may look at. */
export interface ApplicationContext extends Alarmed {
  /** The matter of this dialect's region that the application is for. */
  readonly matter: Matter
  readonly options: Readonly<Record<string, unknown>>
  /** The gateway's own case number: `^[0-9A-Za-z-]{6,40}$`, the same for the whole life of the application. */
  readonly sourceNumber: string
  /** When the application was taken in: RFC 3339. It stands in the wire document, so that a repetition is the same document. */
  readonly appliedAt: string
  /**
   * Where a codec says which way a value made it go, when the trace depends on that: applications of one shape share a ledger only
   * while they say the same here.
   */
  readonly branches?: string[]
}

/** What reading and writing a matter or a case may look at. */
export interface RecordContext extends Alarmed {
  readonly options: Readonly<Record<string, unknown>>
}

/** How an application of this dialect names its matter and place, before either is looked up. */
export interface MatterReference {
  /** The region's own matter code, or a canonical matter id. */
  readonly code: string
  /** Six digits, where the document says where it is handled. */
  readonly division?: string
}

/** The three documents of a dialect. `profile=<region>` speaks them. */
export interface Dialect {
  readonly application: Message<object, Application, ApplicationContext> & {
    /** Looks up what the document names. Never throws: an unreadable document is refused when it is read. */
    readonly refer: (wire: unknown) => MatterReference | undefined
    /**
     * What the region would refuse of an application that is filed for the matter, found without asking it.
     * @throws GatewayError `CONVERSION_INCOMPLETE` with pointers into the canonical application
     */
    readonly precheck?: (wire: object, matter: Matter) => void
  }
  readonly matter: Message<object, Matter, RecordContext>
  readonly case: Message<object, RegionalCase, RecordContext>
}

/** What the region gave us for one case: numbers, keys, passwords, references of uploaded files. Sealed where it is kept. */
export type Handle = Readonly<Record<string, string>>

/** The bytes of one file, with the name that the applicant gave it. */
export interface FileContent {
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}

/** An application on its way to the region. */
export interface Filing {
  /** Six digits: the city that handles it. */
  readonly division: string
  readonly matter: Matter
  readonly application: Application
  /** The application in the region's dialect, as it was converted, checked and shown when it was filed. */
  readonly wire: object
  readonly sourceNumber: string
  readonly appliedAt: string
  /** What earlier attempts got; empty at the first. */
  readonly handle: Handle
  /** An earlier attempt may have reached the region although its answer did not come: ask before writing again. */
  readonly isRepeated?: true
  /** Reads an upload by the identifier that stands in the application. */
  readonly file: (uploadId: string) => Promise<FileContent>
  /**
   * Keeps what the region gave before the next call is made. Resolves when it is safely stored; rejects when another
   * process has taken the filing over, and then nothing more may be sent. `caseNumber` is named once the region has the case
   * under it: a callback may come before the answer to the last call does.
   */
  readonly keep: (handle: Handle, caseNumber?: string) => Promise<void>
  readonly now: () => Date
}

/** The region has it. */
export interface Filed {
  readonly caseNumber: string
  readonly handle: Handle
  readonly status: CaseStatus
  readonly rawStatus: RawStatus
  /** The region's event time, where the answer tells it: never the gateway's clock. */
  readonly occurredAt?: string
  /** How the case ended, where the answer says more of it than the state does. */
  readonly result?: CaseResult
}

/** A region's own status: the code as it came, and its label. */
export interface RawStatus {
  readonly code: string
  readonly label: string
}

/** A case that was filed through the gateway, for every later call. */
export interface FiledCase {
  readonly division: string
  readonly caseNumber: string
  readonly matter: Matter
  readonly application: Application
  readonly sourceNumber: string
  readonly appliedAt: string
  readonly status: CaseStatus
  readonly handle: Handle
}

/** The answer to a 补正 or 预审退回 on its way to the region. `application` is the corrected whole. */
export interface Correcting extends Filing {
  readonly filed: FiledCase
  readonly request: CorrectionRequest
  /** Names of the form fields and ids of the documents that the applicant changed. */
  readonly changed: { readonly fields: readonly string[]; readonly documents: readonly string[] }
  readonly note: string
  /** When the correction was taken in: the same at every attempt. */
  readonly correctedAt: string
}

/** A file that the region keeps: a result, a notice, an uploaded document. */
export interface RegionDocument extends FileContent {
  readonly kind: 'result' | 'denial' | 'correctionNotice' | 'notAcceptedNotice' | 'other'
}

/** One person's case in one city, as the region lists it. */
export interface ListedCase {
  readonly caseNumber: string
  readonly caseKey?: string
  readonly division: string
  readonly matterCode: string
  readonly title: string
  readonly status: CaseStatus
  readonly rawStatus: RawStatus
  readonly appliedAt?: string
  readonly updatedAt?: string
  readonly sourceNumber?: string
  /** What a later query of this case needs (passwords); sealed where it is kept. */
  readonly handle: Handle
}

/** A page of a listing. `total` is over all pages. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly total: number
}

/** Who is asked for in a listing of cases. `idDocument.type` is GA/T 2000.156. */
export interface Holder {
  readonly name: string
  readonly idDocument: { readonly type: string; readonly number: string }
}

/** One row of a region's catalogue listing: enough to know what to read in full. */
export interface MatterRow {
  readonly code: string
  readonly updatedAt: string
  readonly state: Matter['state']
}

/**
 * The calls of one region or city. Every call throws GatewayError: `REGION_UNAVAILABLE` (no answer; outcome unknown),
 * `REGION_BUSY` (not processed), `REGION_AUTH`, `REGION_REJECTED` (with the region's code, text and, where it can be told,
 * `errors` with pointers into the canonical application), `STATE_CONFLICT`, `CASE_NOT_FOUND`, `DUPLICATE_CASE`, `REGION_ANSWER_INVALID`.
 * @see the operations (a) to (m) of the region's contract
 */
export interface RegionLink {
  /** (i) Resolves when the region says that it is well. */
  readonly health: (division: string) => Promise<void>
  /** (a) One page of a city's catalogue, oldest change first. `page` counts from 1. `changedSince` is RFC 3339, inclusive. */
  readonly listMatters: (ask: {
    division: string
    changedSince?: string
    page: number
    pageSize: number
  }) => Promise<Page<MatterRow>>
  /** (a) One matter whole: guide, form, documents, service points. */
  readonly readMatter: (ask: { division: string; code: string }) => Promise<Matter>
  /** (b), (d) Numbers, uploads and submits. Safe to repeat after any failure with the handle that was kept last. */
  readonly submit: (filing: Filing) => Promise<Filed>
  /** (b), (d) Answers a correction request. Safe to repeat. */
  readonly correct: (work: Correcting) => Promise<Filed>
  /** (c) The case as the region sees it now. */
  readonly readCase: (filed: FiledCase) => Promise<RegionalCase>
  /** (j) One page of a person's cases in one city. `page` counts from 1. */
  readonly listCases: (ask: {
    division: string
    holder: Holder
    page: number
    pageSize: number
    auditNumber: string
  }) => Promise<Page<ListedCase>>
  /** (l) Withdraws. Safe to repeat: an already withdrawn case counts as withdrawn. */
  readonly withdraw: (
    filed: FiledCase,
    ask: { reason: string; at: Date; isRepeated?: true },
  ) => Promise<Filed>
  /** (m) The documents of the decision, bytes checked against the region's digest. */
  readonly readResult: (filed: FiledCase, current: RegionalCase) => Promise<readonly RegionDocument[]>
  /** (d) One uploaded document back, by the reference that the region gave for it. */
  readonly download: (filed: FiledCase, reference: string) => Promise<FileContent>
}

/** A request that claims to come from the region. Header names are lower-case; `body` is raw. */
export interface CallbackRequest {
  readonly method: string
  /** Path and query as they stood on the request line. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What the gateway answers to a region, in the region's own shape. */
export interface RegionAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** One event of a case, as the region told it. */
export interface RegionalEvent {
  /** The region's key of the event: the same in every repetition. */
  readonly key: string
  /** How the case is found: any of the three. */
  readonly caseNumber: string
  readonly caseKey?: string
  readonly sourceNumber?: string
  /** `note`: something happened that moves no state (a fee, an extension, a rating). */
  readonly type: 'status' | 'note'
  readonly status: CaseStatus
  readonly rawStatus: RawStatus
  /** The region's event time, RFC 3339. */
  readonly occurredAt: string
  readonly note?: string
  readonly acceptedAt?: string
  readonly dueAt?: string
  readonly completedAt?: string
  readonly correction?: CorrectionRequest
  readonly result?: CaseResult
  readonly step?: CaseStep
  /** Files that came with it. */
  readonly documents?: readonly RegionDocument[]
  readonly alarms: readonly Alarm[]
}

/** A callback after its signature was checked. `answers` are in the region's shape. */
export type OpenedCallback =
  | { readonly accepted: false; readonly answer: RegionAnswer }
  | {
      readonly accepted: true
      /** To be remembered for so many seconds; `answers.replayed` when it is known already. Absent where the contract has none. */
      readonly nonce?: { readonly value: string; readonly seconds: number }
      /** The event, or what is wrong with the body. */
      readonly content: { readonly event: RegionalEvent } | { readonly answer: RegionAnswer }
      readonly answers: {
        readonly taken: (caseNumber: string) => RegionAnswer
        readonly replayed: RegionAnswer
        readonly caseUnknown: RegionAnswer
        readonly later: RegionAnswer
      }
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
