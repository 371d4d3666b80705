/** Events that a receiver did not take while it took others: tried again by themselves, their cases waiting behind them. */
import { LIMITS } from '../../config.ts'
import type { DeliveryRow, Held, Standing } from '../../store/index.ts'
import { type LaneOutcome, type Poster, postLanes } from './lanes.ts'
import { isOver, pauseAfter } from './pauses.ts'
import type { Ended } from './window.ts'

/** Tries the cases whose pause is over. */
export async function deliverHeldBack(poster: Poster, held: Held): Promise<Ended> {
  const { row, deps } = poster
  const { subscriptions, outbox } = deps.store
  const due = await subscriptions.dueLanes(row, deps.now(), LIMITS.lanesAtOnce)
  if (due.length === 0) return 'end'
  const lanes = new Map<string, readonly DeliveryRow[]>()
  for (const { caseId } of due)
    lanes.set(caseId, await subscriptions.lane(row, caseId, LIMITS.deliveryWindow))
  const owed = Map.groupBy(await outbox.events([...lanes.values()].flat()), ({ case: of }) => of.id)
  const outcomes = await postLanes(owed, poster)
  if (poster.signal.aborted) return 'lost'
  for (const [caseId, rows] of lanes) {
    const outcome = outcomes.get(caseId)
    if (!(await settleLane(rows, outcome, poster, held))) return 'lost'
    if (outcome?.failure?.isGone) return 'rest'
  }
  return 'more'
}

/** Keeps what came of one case. @returns false when the lease is lost */
async function settleLane(
  rows: readonly DeliveryRow[],
  outcome: LaneOutcome | undefined,
  { row, deps }: Poster,
  held: Held,
): Promise<boolean> {
  const now = deps.now()
  // Of a case that is gone there is nothing left to post.
  const taken = outcome ? rows.slice(0, outcome.taken) : rows
  const next = rows[taken.length]
  const failure = outcome?.failure
  const standing: Standing = {
    ...(taken.length > 0 && outcome
      ? { lastSuccessAt: now, failingSince: null, attempts: 0, lastFailure: null }
      : {}),
    ...(failure?.isGone ? { state: 'parked' as const, failingSince: now, lastFailure: failure.code } : {}),
  }
  if (!next || !failure) return deps.store.subscriptions.settle(held, taken, undefined, standing)
  const heldSince = next.attempts === 0 ? now : next.heldSince
  const isParked = isOver(heldSince, now)
  if (isParked)
    deps.log.warn(
      { client: row.clientId, subscription: row.id, case: next.caseId, failure: failure.code },
      'a case is parked until it is replayed',
    )
  const attempts = next.attempts + 1
  return deps.store.subscriptions.settle(
    held,
    taken,
    {
      ...next,
      state: isParked ? 'parked' : 'waiting',
      attempts,
      heldSince,
      failure: failure.code,
      nextAttemptAt: new Date(now.getTime() + pauseAfter(attempts, failure.retryAfter)),
    },
    standing,
  )
}
