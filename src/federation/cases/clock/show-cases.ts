/** Cases as the API shows them: with their clocks, forecasts, ratings and names, asked for once for all of them. */
import type { Case } from '../../../schemas/case.ts'
import type { CaseClock } from '../../../schemas/clock.ts'
import type { CaseRow, EventRow, TurnRow } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'
import { matterFactsOf } from '../matter-facts.ts'
import { newestOf } from '../read-ratings.ts'
import { presentCase, presentRow, statusOf } from '../record.ts'
import { RATEABLE } from '../state.ts'
import { type Wordless, withWords } from '../words/next-step.ts'
import { clocksOf, turnsIn } from './clocks.ts'
import { forCase, forecastsOf } from './forecast.ts'

type Showing = Pick<Deps, 'store' | 'sealing' | 'now'>

/** In the order of the rows. @param read the turns of all of them, where they are known already */
export async function showCases(
  rows: readonly CaseRow[],
  deps: Showing,
  read?: ReadonlyMap<string, readonly TurnRow[]>,
): Promise<readonly Case[]> {
  const [clocks, forecasts, ratings] = await Promise.all([
    clocksOf(rows, deps, read ? { read } : {}),
    forecastsOf(rows, deps),
    ratingsOf(rows, deps),
  ])
  return Promise.all(
    rows.map(async (row, index) => {
      const clock = clocks.get(row.id) ?? null
      const shown = await timed(presentRow(row, deps.sealing), { row, clock }, deps)
      const isOver = shown.ball === 'nobody'
      return {
        ...shown,
        forecast: isOver ? null : forCase(forecasts[index] ?? null, clock),
        rating: newestOf(ratings.get(row.id) ?? []),
      }
    }),
  )
}

/** Only what was decided is rated: of other cases nothing is asked. */
async function ratingsOf(rows: readonly CaseRow[], { store }: Showing) {
  const ids = rows.filter(({ status }) => RATEABLE.has(statusOf(status))).map(({ id }) => id)
  return Map.groupBy(await store.ratings.of(ids), ({ caseId }) => caseId)
}

/** With its clock, in words that have its dates. */
async function timed(
  shown: Wordless,
  { row, clock }: { row: CaseRow; clock: CaseClock | null },
  { store }: Showing,
): Promise<Case> {
  // Only what must be corrected has names of the matter in it.
  const names = shown.correction ? (await matterFactsOf(row, store))?.names : undefined
  return withWords(
    { ...shown, dueOn: shown.dueOn ?? clock?.dueOn ?? null, clock },
    { silentSince: row.silentSince, ...(names ? { names } : {}) },
  )
}

/** One case. */
export async function showCase(row: CaseRow, deps: Showing): Promise<Case> {
  const [shown] = await showCases([row], deps)
  return shown ?? presentCase(row, deps.sealing)
}

/** One case whose timeline was read. @param events all of them, or the newest of a longer one */
export async function showCaseWith(row: CaseRow, events: readonly EventRow[], deps: Showing): Promise<Case> {
  if (events.length < row.sequence) return showCase(row, deps)
  const [shown] = await showCases([row], deps, new Map([[row.id, turnsIn(events)]]))
  return shown ?? presentCase(row, deps.sealing)
}

/**
 * A case as it was known at a moment, with the clock of that moment; what such cases took is not known of then. A rating that had been
 * given is shown as it stands now.
 */
export async function showCaseAt(row: CaseRow, at: Date, deps: Showing): Promise<Case> {
  const clock = (await clocksOf([row], deps, { asOf: at })).get(row.id) ?? null
  const silentSince = row.silentSince && row.silentSince <= at ? row.silentSince : null
  const shown = await timed(presentRow(row, deps.sealing), { row: { ...row, silentSince }, clock }, deps)
  const given = (await deps.store.ratings.of([row.id])).filter(({ ratedAt }) => ratedAt <= at)
  return { ...shown, rating: newestOf(given) }
}
