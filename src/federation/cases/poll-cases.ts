/** Asks regions about cases of which nothing was heard for a while: what a callback did not tell is found here. */
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { applyNews } from './apply-news.ts'
import { requestAfter } from './correction-request.ts'
import { filedCase, type OpenContent } from './record.ts'
import { FINAL } from './state.ts'

const AT_ONCE = 8

/** Asks about one case and records what is new. @returns the region's view. */
export async function pollCase(row: CaseRow, deps: Deps): Promise<RegionalCase> {
  const current = await deps.directory.at(row.division).link.readCase(await filedCase(row, deps))
  const at = current.updatedAt
  const step = current.steps?.at(-1)
  if (!tellsMore(row, current, deps)) {
    await deps.store.cases.touch(row.id, deps.now())
    return current
  }
  const { outcome } = await applyNews(
    row.id,
    {
      // The same view, asked for twice, is one piece of news.
      key: `poll:${current.status}:${at ?? ''}`,
      type: 'status',
      status: current.status,
      rawStatus: current.rawStatus,
      ...(at ? { occurredAt: at } : {}),
      ...(current.caseNumber ? { caseNumber: current.caseNumber } : {}),
      ...(current.acceptedAt ? { acceptedAt: current.acceptedAt } : {}),
      ...(current.dueAt ? { dueAt: current.dueAt } : {}),
      ...(current.completedAt ? { completedAt: current.completedAt } : {}),
      ...(current.correction ? { correction: current.correction } : {}),
      ...(current.result ? { result: current.result } : {}),
      ...(step?.note ? { note: step.note } : {}),
      via: 'poll',
    },
    deps,
  )
  if (outcome !== 'changed') await deps.store.cases.touch(row.id, deps.now())
  return current
}

/** The view as far as a request for correction goes. */
const asNews = ({ correction, status, updatedAt }: RegionalCase) => ({
  status,
  ...(correction ? { correction } : {}),
  ...(updatedAt ? { occurredAt: updatedAt } : {}),
})

/** Whether a region's view holds anything that ours does not. */
function tellsMore(row: CaseRow, current: RegionalCase, { sealing }: Deps): boolean {
  const known = row.openSealed ? sealing.open<OpenContent>(row.openSealed) : {}
  return [
    current.status !== row.status,
    // The region went on within the state (收件 has three codes in Jiangsu), or says what a lost callback would have said.
    current.rawStatus.code !== row.rawCode && isNewer(row, current),
    current.acceptedAt !== undefined && row.acceptedAt === null,
    requestAfter(row, asNews(current), known, isNewer(row, current)) !== known.correction,
    documentsIn(current) > documentsIn(known),
    current.result !== undefined &&
      current.completedAt !== undefined &&
      (row.completedAt === null || known.completedAtIsOurs === true),
    current.dueAt !== undefined && row.dueAt?.getTime() !== Date.parse(current.dueAt),
  ].some((more) => more)
}

const documentsIn = ({ result }: Pick<OpenContent, 'result'>): number => result?.documents.length ?? 0

const isNewer = ({ regionAt }: CaseRow, { updatedAt }: RegionalCase): boolean =>
  updatedAt !== undefined && (regionAt === null || Date.parse(updatedAt) > regionAt.getTime())

/** Asks about the cases that were silent longest. A region that does not answer is left for the next round. */
export async function pollSilent(silentMs: number, deps: Deps): Promise<number> {
  const rows = await deps.store.cases.openCases(new Date(deps.now().getTime() - silentMs), FINAL, 200)
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    await Promise.all(
      rows.slice(start, start + AT_ONCE).map((row) =>
        pollCase(row, deps).catch((error: unknown) =>
          deps.log.warn(
            {
              case: row.id,
              region: row.region,
              reason: error instanceof Error ? error.message : 'unknown',
            },
            'a case could not be asked for',
          ),
        ),
      ),
    )
  }
  return rows.length
}
