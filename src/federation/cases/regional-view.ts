/** A region's whole view of a case, from its query or its list, beside ours. */
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { requestAfter } from './correction-request.ts'
import { contentMacOf } from './kept-news.ts'
import type { News } from './news.ts'
import type { OpenContent } from './record.ts'

/** What a query tells, or the part of it that a list does. */
export type View = Pick<RegionalCase, 'status' | 'rawStatus'> & Partial<RegionalCase>

/** Whether a region's view holds anything that ours does not. */
export function tellsMore(row: CaseRow, current: View, { sealing }: Pick<Deps, 'sealing'>): boolean {
  const known = row.openSealed ? sealing.open<OpenContent>(row.openSealed) : {}
  return [
    current.status !== row.status,
    // The region went on within the state (收件 has three codes in Jiangsu), or says what a lost callback would have said.
    current.rawStatus.code !== row.rawCode && isNewer(row, current),
    current.caseNumber !== undefined && current.caseNumber !== '' && row.caseNumber === null,
    current.acceptedAt !== undefined && row.acceptedAt === null,
    requestAfter(row, asNews(current), known, isNewer(row, current)) !== known.correction,
    documentsIn(current) > documentsIn(known),
    current.result !== undefined &&
      current.completedAt !== undefined &&
      (row.completedAt === null || known.completedAtIsOurs === true),
    current.dueAt !== undefined && row.dueAt?.getTime() !== Date.parse(current.dueAt),
  ].some((more) => more)
}

/** The view as far as a request for correction goes. */
const asNews = ({ correction, status, updatedAt }: View) => ({
  status,
  ...(correction ? { correction } : {}),
  ...(updatedAt ? { occurredAt: updatedAt } : {}),
})

const documentsIn = ({ result }: Pick<OpenContent, 'result'>): number => result?.documents.length ?? 0

/** A list without a time of change says how it is now. */
const isNewer = ({ regionAt, origin }: CaseRow, { updatedAt }: View): boolean =>
  updatedAt === undefined
    ? origin === 'listed'
    : regionAt === null || Date.parse(updatedAt) > regionAt.getTime()

/**
 * The news that a view is. The same view, asked for twice, is one piece of news; a fuller one of the same state and time is another,
 * and so is one without a time that comes when something else has happened since.
 * @param askedAt when the region was asked: what came since overtakes a view without a time
 */
export function newsOfView(
  row: CaseRow,
  current: View,
  { via, askedAt }: { readonly via: 'poll' | 'list'; readonly askedAt: Date },
  { sealing }: Pick<Deps, 'sealing'>,
): News {
  const at = current.updatedAt
  const note = current.steps?.at(-1)?.note
  const told: Omit<News, 'key'> = {
    type: 'status',
    status: current.status,
    rawStatus: current.rawStatus,
    ...(at ? { occurredAt: at } : { begunAfter: row.changedAt > askedAt ? null : row.regionAt }),
    ...(current.caseNumber ? { caseNumber: current.caseNumber } : {}),
    ...(current.caseKey ? { caseKey: current.caseKey } : {}),
    ...(current.acceptedAt ? { acceptedAt: current.acceptedAt } : {}),
    ...(current.dueAt ? { dueAt: current.dueAt } : {}),
    ...(current.completedAt ? { completedAt: current.completedAt } : {}),
    ...(current.correction ? { correction: current.correction } : {}),
    ...(current.result ? { result: current.result } : {}),
    ...(note ? { note } : {}),
    via,
  }
  const mac = contentMacOf({ ...told, key: '' }, sealing).slice(0, 32)
  return { ...told, key: at ? `${via}:${mac}` : `${via}:${row.sequence}:${mac}` }
}
