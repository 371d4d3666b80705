/** What a region asks to be corrected, round by round, in whatever order it is told. */
import type { CorrectionRequest } from '../../schemas/case.ts'
import type { CaseRow } from '../../store/index.ts'
import type { News } from './news.ts'
import type { OpenContent } from './record.ts'

/**
 * What must be corrected, of the round that the case is in: an answer may tell the state alone, and a callback leave out what the
 * region's query has. What an earlier round asked for, and a later one no more, may come late.
 */
export function requestAfter(
  row: Pick<CaseRow, 'status' | 'regionAt'>,
  { correction: told, status, occurredAt }: Pick<News, 'correction' | 'status' | 'occurredAt'>,
  { correction: before, correctionToldAt }: OpenContent,
  moving: boolean,
): CorrectionRequest | undefined {
  if (!told) return before
  const at = occurredAt === undefined ? undefined : new Date(occurredAt)
  const isLate = at !== undefined && row.regionAt !== null && at < row.regionAt
  if (!moving && (status !== row.status || isLate)) return before
  const isLater = at !== undefined && correctionToldAt !== undefined && at > new Date(correctionToldAt)
  return namesMore(before, told) || (isLater && !isWithin(told, before)) ? told : before
}

/** Whether a request tells nothing that another one does not. */
const isWithin = (told: CorrectionRequest, before: CorrectionRequest | undefined): boolean =>
  before !== undefined &&
  (told.reason === '' || told.reason === before.reason) &&
  told.fields.every((field) => before.fields.includes(field)) &&
  told.documents.every(({ id, reason }) =>
    before.documents.some((one) => one.id === id && (reason === undefined || one.reason === reason)),
  )

/** Whether a request names more than the one that is known. */
const namesMore = (before: CorrectionRequest | undefined, told: CorrectionRequest): boolean =>
  before === undefined ||
  told.documents.length + told.fields.length > before.documents.length + before.fields.length
