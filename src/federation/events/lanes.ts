/** Events of one case go one after another, those of several cases beside each other. */
import type { BulkheadPolicy } from 'cockatiel'
import { LIMITS } from '../../config.ts'
import type { OwedEvent, SubscriptionRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { recordEvents } from './feed.ts'
import { type Failure, postEvent } from './post-event.ts'
import type { SigningSecret } from './signatures.ts'

/** Who posts for which subscription. */
export interface Poster {
  readonly row: SubscriptionRow
  readonly secret: SigningSecret
  readonly turns: BulkheadPolicy
  /** Aborted when the lease is lost: from then on another may be posting. */
  readonly signal: AbortSignal
  readonly deps: Deps
}

/** How far a lane came: how many of its events were taken, and why the next one was not. */
export interface LaneOutcome {
  readonly taken: number
  readonly failure: Failure | undefined
}

/** Posts the events of one case in their order, until one is not taken. */
async function postLane(events: readonly OwedEvent[], poster: Poster): Promise<LaneOutcome> {
  let taken = 0
  for (const owed of events) {
    if (poster.signal.aborted) break
    const failure = await poster.turns.execute(() => postEvent(owed, poster.row, poster.secret, poster.deps))
    if (failure) return { taken, failure }
    taken += 1
  }
  return { taken, failure: undefined }
}

/**
 * Posts lanes beside each other, after what is about to be shown has been recorded.
 * @param isHopeless asked before each further lane: whether the receiver takes nothing, so that the rest is left alone
 */
export async function postLanes(
  lanes: ReadonlyMap<string, readonly OwedEvent[]>,
  poster: Poster,
  isHopeless: (done: readonly LaneOutcome[]) => boolean = () => false,
): Promise<ReadonlyMap<string, LaneOutcome>> {
  const { row, deps } = poster
  const actor = { clientId: row.clientId, requestId: newId('post', deps.now()) }
  await recordEvents([...lanes.values()].flat(), actor, deps)
  const outcomes = new Map<string, LaneOutcome>()
  const waiting = [...lanes]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (poster.signal.aborted || isHopeless([...outcomes.values()])) return
      const [caseId, events] = next
      outcomes.set(caseId, await postLane(events, poster))
    }
  }
  await Promise.all(Array.from({ length: LIMITS.lanesAtOnce }, worker))
  return outcomes
}
