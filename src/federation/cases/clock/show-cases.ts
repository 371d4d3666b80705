/** Cases as the API shows them: with their clocks and forecasts, asked for once for all of them. */
import type { Case } from '../../../schemas/case.ts'
import type { CaseRow } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'
import { presentCase } from '../record.ts'
import { clocksOf } from './clocks.ts'
import { forCase, forecastsOf } from './forecast.ts'

type Showing = Pick<Deps, 'store' | 'sealing' | 'now'>

/** In the order of the rows. */
export async function showCases(rows: readonly CaseRow[], deps: Showing): Promise<readonly Case[]> {
  const [clocks, forecasts] = await Promise.all([clocksOf(rows, deps), forecastsOf(rows, deps)])
  return rows.map((row, index) => {
    const clock = clocks.get(row.id) ?? null
    const shown = presentCase(row, deps.sealing)
    const isOver = shown.ball === 'nobody'
    return {
      ...shown,
      dueOn: shown.dueOn ?? clock?.dueOn ?? null,
      clock,
      forecast: isOver ? null : forCase(forecasts[index] ?? null, clock),
    }
  })
}

/** One case. */
export async function showCase(row: CaseRow, deps: Showing): Promise<Case> {
  const [shown] = await showCases([row], deps)
  return shown ?? presentCase(row, deps.sealing)
}

/** A case as it was known at a moment, with the clock of that moment; what such cases took is not known of then. */
export async function showCaseAt(row: CaseRow, at: Date, deps: Showing): Promise<Case> {
  const clock = (await clocksOf([row], deps, at)).get(row.id) ?? null
  const shown = presentCase(row, deps.sealing)
  return { ...shown, dueOn: shown.dueOn ?? clock?.dueOn ?? null, clock }
}
