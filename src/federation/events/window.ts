/** One window of the feed for one subscription: posted, held back, or left where it is. */
import { LIMITS } from '../../config.ts'
import { type Held, heldBackRow, type OutboxRow, type OwedEvent, type Place } from '../../store/index.ts'
import { type LaneOutcome, type Poster, postLanes } from './lanes.ts'
import { isOver, pauseAfter } from './pauses.ts'
import type { Failure } from './post-event.ts'

/** `more`: there may be more; `end`: nothing is left; `rest`: the receiver is left alone for a while; `lost`: another has the lease. */
export type Ended = 'more' | 'end' | 'rest' | 'lost'

/** How many cases are tried before a receiver that took nothing last time is believed to be back. */
const PROBES = 4

/** After how many attempts a few cases that fill a window are held back, although nothing else was taken. */
const HIDING_ATTEMPTS = 5

/** Reads what comes after the cursor, and deals with it. The cursor moves only behind what was taken or is held back. */
export async function deliverWindow(poster: Poster, held: Held): Promise<Ended> {
  const { row, deps } = poster
  const { store } = deps
  const cursor = { tx: row.cursorTx, position: row.cursorPosition }
  const page = await store.outbox.page(row.clientId, cursor, {
    types: row.types,
    limit: LIMITS.deliveryWindow,
    scanned: LIMITS.feedScan,
  })
  if (page.rows.length === 0) {
    if (page.place.tx === cursor.tx && page.place.position === cursor.position) return 'end'
    return (await store.subscriptions.move(held, { place: page.place, held: [] })) ? 'more' : 'lost'
  }
  const lanes = Map.groupBy(page.rows, ({ caseId }) => caseId)
  const closed = await store.subscriptions.closedLanes(row, [...lanes.keys()])
  const open = await eventsOf(
    [...lanes].filter(([caseId]) => !closed.has(caseId)).flatMap(([, rows]) => rows),
    poster,
  )
  const outcomes = await attempt(open, poster)
  if (poster.signal.aborted) return 'lost'
  const failures = [...outcomes.values()].flatMap(({ failure }) => failure ?? [])
  const isTaken = [...outcomes.values()].some(({ taken }) => taken > 0)
  const gone = failures.find(({ isGone }) => isGone)
  const [first] = failures
  if (gone) return rest(gone, poster, held)
  const dealt = { lanes, open, closed, outcomes }
  if (!first || isTaken) return keep(page.place, dealt, poster, held)
  // A few cases with many events hide all others from a receiver that would take those.
  const isFull = page.rows.length === LIMITS.deliveryWindow && lanes.size <= PROBES
  if (isFull && row.attempts >= HIDING_ATTEMPTS && (await keep(page.place, dealt, poster, held)) === 'lost')
    return 'lost'
  return rest(first, poster, held)
}

/** The events of rows by case, each in its order. */
async function eventsOf(
  rows: readonly OutboxRow[],
  { deps }: Poster,
): Promise<ReadonlyMap<string, readonly OwedEvent[]>> {
  const found = await deps.store.outbox.events(rows)
  const lanes = Map.groupBy(found, ({ case: of }) => of.id)
  for (const events of lanes.values()) events.sort((one, other) => one.event.sequence - other.event.sequence)
  return lanes
}

const tookNothing = (done: readonly LaneOutcome[]): boolean =>
  done.length >= LIMITS.lanesAtOnce && done.every(({ taken }) => taken === 0)

/** Posts it all; to a receiver that failed last time, first a few cases, each time others: one bad case must not look like an outage. */
async function attempt(
  lanes: ReadonlyMap<string, readonly OwedEvent[]>,
  poster: Poster,
): Promise<ReadonlyMap<string, LaneOutcome>> {
  const { attempts } = poster.row
  if (attempts === 0 || lanes.size <= PROBES) return postLanes(lanes, poster, tookNothing)
  const all = [...lanes]
  const at = (attempts * PROBES) % all.length
  const probed = new Map([...all.slice(at), ...all.slice(0, at)].slice(0, PROBES))
  const found = await postLanes(probed, poster)
  if ([...found.values()].every(({ taken }) => taken === 0)) return found
  const others = new Map(all.filter(([caseId]) => !probed.has(caseId)))
  return new Map([...found, ...(await postLanes(others, poster))])
}

/** Leaves the receiver alone, longer each time; after seven days, or when it says that it is gone, until a replay. */
async function rest(failure: Failure, { row, deps }: Poster, held: Held): Promise<Ended> {
  const now = deps.now()
  const attempts = row.attempts + 1
  const failingSince = row.failingSince ?? now
  const isParked = failure.isGone || isOver(failingSince, now)
  if (isParked)
    deps.log.warn(
      { client: row.clientId, subscription: row.id, failure: failure.code },
      'a subscription is parked until it is replayed',
    )
  const isOurs = await deps.store.subscriptions.stand(held, {
    state: isParked ? 'parked' : 'active',
    failingSince,
    attempts,
    lastFailure: failure.code,
    nextAttemptAt: new Date(now.getTime() + pauseAfter(attempts, failure.retryAfter)),
  })
  return isOurs ? 'rest' : 'lost'
}

/** What came of a window, by case. */
interface Dealt {
  readonly lanes: ReadonlyMap<string, readonly OutboxRow[]>
  /** Cases that could be posted. */
  readonly open: ReadonlyMap<string, unknown>
  /** Cases of which something is held back already. */
  readonly closed: ReadonlySet<string>
  /** Of the open ones those that were tried: the rest was left alone while the receiver seemed to take nothing. */
  readonly outcomes: ReadonlyMap<string, LaneOutcome>
}

/** Moves the cursor, and holds back what was not taken and what stands behind it in its case. */
async function keep(place: Place, dealt: Dealt, { deps }: Poster, held: Held): Promise<Ended> {
  const now = deps.now()
  const back = [...dealt.lanes].flatMap(([caseId, rows]) =>
    leftOf(
      rows.toSorted((one, other) => one.sequence - other.sequence),
      dealt.outcomes.get(caseId),
      now,
      // Of a case that is gone from the timeline there is nothing that could wait.
      dealt.open.has(caseId) || dealt.closed.has(caseId),
    ),
  )
  const isTaken = [...dealt.outcomes.values()].some(({ taken }) => taken > 0)
  const isOurs = await deps.store.subscriptions.move(held, {
    place,
    held: back,
    ...(isTaken ? { takenAt: now } : {}),
  })
  return isOurs ? 'more' : 'lost'
}

/** Rows of one case that are held back: the first with its failure, the others behind it. */
function leftOf(
  rows: readonly OutboxRow[],
  outcome: LaneOutcome | undefined,
  now: Date,
  isThere: boolean,
): readonly ReturnType<typeof heldBackRow>[] {
  const failure = outcome?.failure
  if (!isThere || (outcome && !failure)) return []
  const pause = failure ? pauseAfter(1, failure.retryAfter) : 0
  return rows.slice(outcome?.taken ?? 0).map((row, index) =>
    heldBackRow(row, {
      state: 'waiting',
      attempts: failure && index === 0 ? 1 : 0,
      heldSince: now,
      nextAttemptAt: new Date(now.getTime() + pause),
      failure: failure && index === 0 ? failure.code : null,
    }),
  )
}
