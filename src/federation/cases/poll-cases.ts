/** Asks regions about cases when their time comes: what a callback did not tell is found here. */

import { LIMITS } from '../../config.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseRow, DueCase } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { isSilent } from '../directory/guard.ts'
import { applyNews, type News, namesMore } from './apply-news.ts'
import { askAfterAnswer, askAfterSilence } from './ask-plan.ts'
import { contentMacOf } from './kept-news.ts'
import { filedCase, type OpenContent, statusOf } from './record.ts'

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
  const current = await deps.directory.at(row.division).link.readCase(await filedCase(row, deps))
  const { outcome } = tellsMore(row, current, deps)
    ? await applyNews(row.id, newsIn(row, current, deps), deps)
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

const isEverAsked = ({ origin, nextAskAt }: CaseRow): boolean => origin === 'filed' || nextAskAt !== null

/** A region's view as news. */
function newsIn(row: CaseRow, current: RegionalCase, { sealing }: Deps): News {
  const at = current.updatedAt
  const step = current.steps?.at(-1)
  const news: News = {
    key: '',
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
  }
  // The same view, asked for twice, is one piece of news; a fuller one under the same state and time is another. Without a time the
  // place in the timeline tells apart a state that comes back.
  const content = contentMacOf(news, sealing).slice(0, 32)
  return { ...news, key: at ? `poll:${content}` : `poll:${row.sequence}:${content}` }
}

/** Whether a region's view holds anything that ours does not. */
function tellsMore(row: CaseRow, current: RegionalCase, { sealing }: Deps): boolean {
  const known = row.openSealed ? sealing.open<OpenContent>(row.openSealed) : {}
  return [
    current.status !== row.status,
    // The region went on within the state (收件 has three codes in Jiangsu), or says what a lost callback would have said.
    current.rawStatus.code !== row.rawCode && isNewer(row, current),
    current.acceptedAt !== undefined && row.acceptedAt === null,
    current.correction !== undefined && namesMore(known.correction, current.correction),
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
