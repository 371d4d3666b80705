/** Webhooks: whoever has the lease of a subscription posts what is owed to it, until nothing is left or its receiver needs a rest. */
import { type BulkheadPolicy, bulkhead } from 'cockatiel'
import { LIMITS } from '../../config.ts'
import type { Held } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { deliverHeldBack } from './held-back.ts'
import type { Poster } from './lanes.ts'
import type { SigningSecret } from './signatures.ts'
import { deliverWindow, type Ended } from './window.ts'

/** What a process has of its own for all of its subscriptions. */
interface Desk {
  /** How much it posts at once; what is more waits. */
  readonly turns: BulkheadPolicy
  /** Subscriptions that it works on. */
  readonly working: Set<string>
}

const newDesk = (): Desk => ({
  turns: bulkhead(LIMITS.webhooksAtOnce, LIMITS.subscriptionsAtOnce * LIMITS.lanesAtOnce),
  working: new Set(),
})

const leaseEnd = ({ now }: Pick<Deps, 'now'>): Date => new Date(now().getTime() + LIMITS.deliveryLeaseMs)

/** Takes what is due. @returns the work on each, begun */
async function take(
  deps: Deps,
  desk: Desk,
  signal: AbortSignal | undefined,
): Promise<readonly Promise<void>[]> {
  const limit = LIMITS.subscriptionsAtOnce - desk.working.size
  if (limit <= 0 || signal?.aborted) return []
  const leaseToken = newId('lease', deps.now())
  const taken = await deps.store.subscriptions.claim({
    now: deps.now(),
    leaseToken,
    leaseUntil: leaseEnd(deps),
    limit,
  })
  return taken.map(async (one) => {
    desk.working.add(one.id)
    try {
      await work({ ...one, leaseToken }, desk, deps, signal)
    } finally {
      desk.working.delete(one.id)
    }
  })
}

/** One round: takes what is due and works on all of it. @returns how many subscriptions were worked on */
export async function deliverDue(deps: Deps, signal?: AbortSignal): Promise<number> {
  const works = await take(deps, newDesk(), signal)
  await Promise.all(works)
  return works.length
}

/** Works on one subscription, and says in between that it still does. */
async function work(held: Held, desk: Desk, deps: Deps, signal: AbortSignal | undefined): Promise<void> {
  const lost = new AbortController()
  const renewal = setInterval(() => {
    deps.store.subscriptions.prolong(held, leaseEnd(deps)).then(
      (row) => row ?? lost.abort(),
      // The database is away: whether the lease is still ours is seen at the next write.
      () => undefined,
    )
  }, LIMITS.deliveryRenewMs)
  const stops = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal
  try {
    for (let ended: Ended = 'more'; ended === 'more' && !stops.aborted; )
      ended = await deliverOnce(held, desk, deps, stops)
  } finally {
    clearInterval(renewal)
    await deps.store.subscriptions.release(held)
  }
}

/** What is held back first, unless the receiver took nothing last time: what comes after it in its case is then on its own way. */
async function deliverOnce(held: Held, desk: Desk, deps: Deps, signal: AbortSignal): Promise<Ended> {
  const row = await deps.store.subscriptions.prolong(held, leaseEnd(deps))
  if (row?.state !== 'active') return 'lost'
  const secret = deps.sealing.open<SigningSecret>(row.secretSealed)
  const poster: Poster = { row, secret, turns: desk.turns, signal, deps }
  const before = row.attempts === 0 ? await deliverHeldBack(poster, held) : undefined
  if (before === 'rest' || before === 'lost') return before
  const ended = await deliverWindow(poster, held)
  if (ended !== 'end') return ended
  return before ?? deliverHeldBack(poster, held)
}

/**
 * Delivers until the signal: at once when the outbox has something new, and every second for what is due by time or was left by a process
 * that is gone.
 */
export function startDelivery(deps: Deps, signal: AbortSignal): void {
  const desk = newDesk()
  let isClaiming = false
  let isWanted = false
  const failed = (error: unknown) => {
    if (signal.aborted) return
    const reason = error instanceof Error ? error.message : 'unknown'
    deps.log.error({ work: 'delivery', reason }, 'a round of background work failed')
  }
  const wake = async (): Promise<void> => {
    isWanted = true
    if (isClaiming) return
    isClaiming = true
    try {
      while (isWanted && !signal.aborted) {
        isWanted = false
        // Not waited for: one slow receiver keeps no other. What came while it was worked on is seen when it is done.
        for (const one of await take(deps, desk, signal)) void one.then(wake).catch(failed)
      }
    } catch (error) {
      failed(error)
    } finally {
      isClaiming = false
    }
  }
  repeatUntil(signal, LIMITS.deliveryEveryMs, wake)
  listen(deps, () => void wake(), signal)
}

function repeatUntil(signal: AbortSignal, everyMs: number, run: () => Promise<void>): void {
  const timer = setInterval(() => void run(), everyMs)
  timer.unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

/** Listens to the tail; while the database is away, again a little later. */
function listen(deps: Deps, wake: () => void, signal: AbortSignal): void {
  if (signal.aborted) return
  deps.tail.onRows(wake).then(
    (stop) => signal.addEventListener('abort', stop, { once: true }),
    () => setTimeout(() => listen(deps, wake, signal), LIMITS.deliveryEveryMs).unref(),
  )
}
