/** `delta cases rebuild`: every case made again of its timeline, in bounded memory, while the gateway runs or not. */
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import {
  type BrokenTimeline,
  type Difference,
  differencesOf,
  foldEvent,
  nothingHeard,
  timelineCheck,
  timelineOf,
} from './rebuild.ts'

type Needs = Pick<Deps, 'store' | 'sealing'>

/** How many cases are read at a time. */
const PAGE = 500

/** What is wrong with one case: its row tells something else than its timeline, or the timeline itself was changed. */
export interface Rebuilt {
  readonly caseId: string
  readonly differences: readonly Difference[]
  readonly broken?: BrokenTimeline
  /** The row was mended; it is not when the timeline is broken, or when it changed meanwhile. */
  readonly mended: boolean
}

/** How many cases were looked at. `old`: their timeline began before events kept all that they tell, so it makes no row. */
export interface RebuiltAll {
  readonly cases: number
  readonly events: number
  readonly old: number
  readonly different: number
  readonly broken: number
}

/**
 * @param asked.caseId one case; all of them when absent. `dryRun`: nothing is written
 * @param tell hears of each case that is not as its timeline tells · @param seen hears of every case that was looked at, and of how many there are
 */
export async function rebuildCases(
  { caseId, dryRun }: { readonly caseId?: string; readonly dryRun: boolean },
  tell: (one: Rebuilt) => void,
  deps: Needs,
  seen: (total: number) => void = () => undefined,
): Promise<RebuiltAll> {
  const all = { cases: 0, events: 0, old: 0, different: 0, broken: 0 }
  const total = caseId === undefined ? await deps.store.cases.count() : 1
  for await (const row of rowsOf(caseId, deps)) {
    all.cases += 1
    seen(total)
    all.events += row.sequence
    const { made, isOld, broken } = await makeAgain(row, deps)
    if (isOld) {
      all.old += 1
      continue
    }
    const differences = differencesOf(row, made, deps.sealing)
    if (differences.length === 0 && !broken) continue
    if (broken) all.broken += 1
    else all.different += 1
    const mended = !broken && !dryRun && (await deps.store.cases.mend(row, made))
    tell({ caseId: row.id, differences, mended, ...(broken ? { broken } : {}) })
  }
  return all
}

async function* rowsOf(caseId: string | undefined, { store }: Needs): AsyncGenerator<CaseRow> {
  if (caseId !== undefined) {
    const row = await store.cases.read(caseId)
    if (row) yield row
    return
  }
  for (let after = ''; ; ) {
    const rows = await store.cases.page(after, PAGE)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.id
  }
}

async function makeAgain(
  row: CaseRow,
  { store, sealing }: Needs,
): Promise<{ made: CaseRow; isOld: boolean; broken: BrokenTimeline | undefined }> {
  const check = timelineCheck()
  let made = nothingHeard(row)
  let isOld = false
  for await (const event of timelineOf(row, store)) {
    isOld ||= event.digest === ''
    check.next(event)
    made = foldEvent(made, event, sealing)
  }
  // Between a region's answers the row may know its names before an event tells them.
  const named = {
    ...made,
    caseNumber: made.caseNumber ?? row.caseNumber,
    caseKey: made.caseKey ?? row.caseKey,
  }
  return { made: named, isOld, broken: check.end(row) }
}
