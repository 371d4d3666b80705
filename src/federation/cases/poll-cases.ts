/** Asks regions about cases: what a callback did not tell is found here. */
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { applyNews } from './apply-news.ts'
import { filedCase } from './record.ts'
import { newsOfView, tellsMore } from './regional-view.ts'
import { FINAL } from './state.ts'

const AT_ONCE = 8

/** Asks about one case and records what is new. @returns the region's view. */
export async function pollCase(row: CaseRow, deps: Deps): Promise<RegionalCase> {
  const askedAt = deps.now()
  const current = await deps.directory.at(row.division).link.readCase(await filedCase(row, deps))
  const outcome = tellsMore(row, current, deps)
    ? (await applyNews(row.id, newsOfView(row, current, { via: 'poll', askedAt }, deps), deps)).outcome
    : 'nothing'
  if (outcome !== 'changed') await deps.store.cases.touch(row.id, deps.now())
  return current
}

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
