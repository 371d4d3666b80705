/** A link: the calls of one region or city, what goes into them and what comes back. */
import type { Application } from '../../schemas/application.ts'
import type { CaseResult, CorrectionRequest, RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Rating } from '../../schemas/rating.ts'
import type { RegionalWindow } from '../../schemas/window.ts'
import type { LicenceLink, PhotoLink } from './holdings.ts'
import type { FileContent, Holder, RawStatus } from './values.ts'

/** What the region gave us for one case: numbers, keys, passwords, references of uploaded files. Sealed where it is kept. */
export type Handle = Readonly<Record<string, string>>

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

/** A page of windows. `unreadable` are the codes of those that were told and could not be read; `''` where not even that could be. */
export interface WindowsPage extends Page<RegionalWindow> {
  readonly unreadable: readonly string[]
}

/** One row of a region's catalogue listing: enough to know what to read in full. */
export interface MatterRow {
  readonly code: string
  readonly updatedAt: string
  readonly state: Matter['state']
}

/**
 * Tells a rating (好差评). Safe to repeat with `isRepeated`: one that arrived before counts as told.
 * Throws `RATED_ALREADY` and `RATING_REASON_REQUIRED` besides what every call throws.
 */
export type RateCall = (
  filed: FiledCase,
  rating: Rating,
  ask?: { readonly isRepeated?: true },
) => Promise<void>

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
  /** (h) Tells a rating; absent where the region has no address for it. */
  readonly rate?: RateCall
  /** (m) The documents of the decision, bytes checked against the region's digest. */
  readonly readResult: (filed: FiledCase, current: RegionalCase) => Promise<readonly RegionDocument[]>
  /** (d) One uploaded document back, by the reference that the region gave for it. */
  readonly download: (filed: FiledCase, reference: string) => Promise<FileContent>
  /**
   * (k) One page of a city's service windows, in the order of their codes. `page` counts from 1. Absent where the configuration has no
   * address for it. A window that cannot be read is named, alarmed, and no reason to lose the others.
   */
  readonly listWindows?: (ask: { division: string; page: number; pageSize: number }) => Promise<WindowsPage>
  /** (f), (g) What the region holds of persons; absent where the configuration has no address or credentials for it. */
  readonly photos?: PhotoLink
  readonly licences?: LicenceLink
}
