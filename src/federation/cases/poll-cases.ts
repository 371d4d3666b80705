/** Asks regions about cases when their time comes: what a callback did not tell is found here. */

import { LIMITS } from '../../config.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseRow, DueCase } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { isSilent } from '../directory/guard.ts'
import { applyNews } from './apply-news.ts'
import { askAfterAnswer, askAfterSilence } from './ask-plan.ts'
import { filedCase, statusOf } from './record.ts'
import { newsOfView, tellsMore } from './regional-view.ts'

/**
 * Asks about one case and records what is new.
 * @param plan whether the region's callbacks come
 * @returns the region's view
 */
export async function pollCase(
  row: CaseRow,
  deps: Deps,
  { isTold }: { readonly isTold: boolean } = { isTold: false },
): Promise<RegionalCase> {
  const askedAt = deps.now()
  const current = await deps.directory.at(row.division).link.readCase(await filedCase(row, deps))
  const { outcome } = tellsMore(row, current, deps)
    ? await applyNews(row.id, newsOfView(row, current, { via: 'poll', askedAt }, deps), deps)
    : { outcome: 'nothing' }
  const now = deps.now()
  if (outcome !== 'changed')
    await deps.store.asks.answered(
      row.id,
      now,
      isEverAsked(row) ? askAfterAnswer({ ...row, status: statusOf(row.status), isTold }, now) : null,
    )
  return current
}

/** Of what was filed elsewhere some regions give no key to ask with: their lists alone tell of it. */
const isEverAsked = ({ origin, handleSealed }: CaseRow): boolean =>
  origin === 'filed' || handleSealed !== null

/**
 * Takes cases that are due and asks about them. What is taken is held for ten seconds and longer only while this process lives, so
 * that another goes on where it ended.
 * @returns how many were taken; `asked` resolves when all of them were asked about, and never rejects
 */
export async function takeAsks(
  deps: Deps,
  most: number = LIMITS.asksAtOnce,
): Promise<{ readonly taken: number; readonly asked: Promise<unknown> }> {
  const now = deps.now()
  const due = await deps.store.asks.take(now, {
    until: new Date(now.getTime() + LIMITS.leaseMs),
    nextTurn: new Date(now.getTime() + 1_000),
    ofPlace: LIMITS.asksOfPlace,
    most,
  })
  const open = new Set(due.map(({ row }) => row.id))
  const beat = setInterval(() => {
    deps.store.asks
      .prolong([...open], new Date(deps.now().getTime() + LIMITS.leaseMs))
      .catch((error: unknown) => deps.log.warn({ reason: String(error) }, 'questions were not prolonged'))
  }, LIMITS.leaseMs / 3)
  const asked = Promise.all(
    due.map(async (one) => {
      await ask(one, open, deps).catch((error: unknown) =>
        deps.log.error(
          { case: one.row.id, reason: error instanceof Error ? error.message : 'unknown' },
          'a question was not settled',
        ),
      )
      open.delete(one.row.id)
    }),
  ).finally(() => clearInterval(beat))
  return { taken: due.length, asked }
}

/** One question, and when the next one follows. */
async function ask({ row, lastVia }: DueCase, open: Set<string>, deps: Deps): Promise<void> {
  try {
    await pollCase(row, deps, { isTold: lastVia === 'callback' })
  } catch (error) {
    const now = deps.now()
    // From here on nobody holds the case any longer than the pause says.
    open.delete(row.id)
    const next = askAfterSilence(row.id, row.askFailures, now)
    await deps.store.asks.failed(row.id, next, isSilent(error) ? now : null)
    deps.log.warn(
      { case: row.id, region: row.region, reason: error instanceof Error ? error.message : 'unknown' },
      'a case could not be asked for',
    )
  }
}

/** Takes and asks until so many questions are under way: a place that takes its time holds up none of the others. */
export function asker(deps: Deps): () => Promise<void> {
  let underWay = 0
  return async () => {
    const room = LIMITS.asksAtOnce - underWay
    if (room < LIMITS.asksOfPlace) return
    const { taken, asked } = await takeAsks(deps, room)
    underWay += taken
    void asked.then(() => {
      underWay -= taken
    })
  }
}
