/** All that a case's page shows: what its parts share. */
import type { FieldError } from '../../errors.ts'
import type { DeskCase } from '../../federation/desk/content.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CaseRow, CustodyRow, DeskPaperRow, MatterRow } from '../../store/index.ts'

export interface CaseView {
  readonly desk: DeskCase
  readonly matter: Matter | undefined
  readonly missing: readonly string[]
  readonly papers: readonly DeskPaperRow[]
  readonly custody: readonly CustodyRow[]
  /** Every step of custody follows the one before. */
  readonly isWhole: boolean
  readonly filed: CaseRow | undefined
  /** The region has decided: a result can be handed over. */
  readonly isDecided: boolean
  /** Where the person rates the case; nothing before there is something to rate. */
  readonly ratingAddress: string | undefined
  readonly clerkNames: ReadonlyMap<string, string>
  readonly search: { readonly q: string; readonly city: string; readonly found: readonly MatterRow[] }
  readonly errors: readonly FieldError[]
  /** What was sent in a form that was not taken: it stands there again. */
  readonly sent: Readonly<Record<string, string>>
  readonly now: Date
}
