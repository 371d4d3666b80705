/** What is owed to a region, who holds it, and how an attempt to send it ended. */
import type { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CaseRow, Settled } from '../../store/index.ts'

export type WorkKind = 'submit' | 'correct' | 'withdraw'

export interface SubmitWork {
  readonly wire: object
}

export interface CorrectWork {
  readonly application: Application
  readonly wire: object
  readonly request: CorrectionRequest
  readonly changed: { readonly fields: readonly string[]; readonly documents: readonly string[] }
  readonly note: string
  readonly correctedAt: string
  /** The newest event time of the region that was known then. */
  readonly regionAt: string | null
}

export interface WithdrawWork {
  readonly reason: string
  readonly at: string
  readonly regionAt: string | null
}

export type Work = SubmitWork | CorrectWork | WithdrawWork

/** A dispatch that this process holds. */
export interface Held {
  readonly caseId: string
  readonly number: number
  readonly leaseToken: string
}

/** What the first attempt has at hand already, so that nothing is read again. */
export interface AtHand {
  readonly row: CaseRow
  readonly work: Work
  readonly kind: WorkKind
  readonly matter?: Matter
  readonly application?: Application
  readonly exemptions?: readonly Exemption[]
  readonly isRepeated?: true
  /** Since when it is owed; absent at the first attempt. */
  readonly owedSince?: Date
  /** The first answer to the request, kept with the success. */
  readonly answer?: Settled['answer']
}

/** How an attempt ended. `row` is the case afterwards. */
export type Attempted =
  | { readonly state: 'sent'; readonly row: CaseRow | undefined; readonly answered: boolean }
  | { readonly state: 'pending'; readonly row: CaseRow | undefined; readonly error: GatewayError }
  | { readonly state: 'refused'; readonly row: CaseRow | undefined; readonly error: GatewayError }
  | { readonly state: 'lost'; readonly row: undefined }
