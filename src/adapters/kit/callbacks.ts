/** Callbacks: what a region posts to the gateway, opened, and the answers that it expects. */
import { timingSafeEqual } from 'node:crypto'

import type { CaseResult, CaseStep, CorrectionRequest } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Alarm } from './codes.ts'
import type { RegionDocument } from './link.ts'
import type { RawStatus } from './values.ts'

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

/** An answer to a callback. */
export const jsonAnswer = (status: number, body: object): RegionAnswer => ({
  status,
  contentType: 'application/json; charset=UTF-8',
  body: JSON.stringify(body),
})

/** Compares without telling by its time where two texts differ. Lengths are those of the bytes: a header may hold any. */
export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
