/** Whether a region speaks of one case of ours, or mixes the keys of two. */
import type { CaseRow } from '../../store/index.ts'

/** What a region may call a case by. */
export interface Keys {
  readonly caseNumber: string
  readonly caseKey?: string | undefined
  readonly sourceNumber?: string | undefined
}

/** News with one key of a case of ours and another key of somebody else's speak of no case that we know. */
export const contradicts = (row: CaseRow, { caseNumber, caseKey, sourceNumber }: Keys): boolean =>
  (caseKey !== undefined && row.caseKey !== null && row.caseKey !== caseKey) ||
  (caseNumber !== '' && row.caseNumber !== null && row.caseNumber !== caseNumber) ||
  // A case that was filed elsewhere has no number of ours.
  (row.origin === 'filed' &&
    sourceNumber !== undefined &&
    sourceNumber !== '' &&
    row.sourceNumber !== sourceNumber)
