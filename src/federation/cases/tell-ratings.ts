/** Tells regions the ratings that are owed to them (好差评), and goes on trying: under a lease, and each once over there. */
import { randomBytes } from 'node:crypto'
import { LIMITS } from '../../config.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Rating } from '../../schemas/rating.ts'
import type { CaseRow, HeldRating } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { type Reminder, reminding, toldBy } from './clock/reminders.ts'
import { RATING } from './event-keys.ts'
import { holdingLease } from './hold-lease.ts'
import { filedCase } from './record.ts'
import { pauseAfter } from './settle-dispatch.ts'

/** What the first attempt has at hand; a later one reads it. */
interface AtHand {
  readonly row: CaseRow
  readonly rating: Rating
  readonly attempts: number
  /** It may have arrived before. */
  readonly isRepeated?: true
}

/** How an attempt ended; `lost` where another process has it now. */
export type Telling =
  | { readonly state: 'told' | 'lost' }
  | { readonly state: 'sending' | 'refused'; readonly error: GatewayError }

/** The event that tells of a rating. @param what `given`, `kept`, `told` or `refused` */
export const ratingNote = (round: number, what: string, note: string): Reminder => ({
  key: `${RATING}${round}:${what}`,
  type: 'note',
  note,
})

/** One attempt. Never throws for what a region does. */
export async function tellRating(held: HeldRating, deps: Deps, hand?: AtHand): Promise<Telling> {
  const at = hand ?? (await fetchRating(held, deps))
  if (!at) return { state: 'lost' }
  try {
    await holdingLease(
      held.caseId,
      (until) => deps.store.ratings.prolong(held, until),
      deps,
      () => call(at, deps),
    )
  } catch (error) {
    return failed(held, at, error, deps)
  }
  await settled(held, at, { state: 'told', failure: null }, deps)
  return { state: 'told' }
}

async function fetchRating(held: HeldRating, { store, sealing }: Deps): Promise<AtHand | undefined> {
  const [row, one] = await Promise.all([store.cases.read(held.caseId), store.ratings.held(held)])
  if (!row || !one) return undefined
  const rating = sealing.open<Rating>(one.ratingSealed)
  return { row, rating, attempts: one.attempts, isRepeated: true }
}

async function call({ row, rating, isRepeated }: AtHand, deps: Deps): Promise<void> {
  const { rate } = deps.directory.at(row.division).link
  // It was offered when the rating was given.
  if (!rate) throw new GatewayError('REGION_NOT_CONNECTED', { division: row.division })
  await rate(await filedCase(row, deps), rating, isRepeated ? { isRepeated } : {})
}

/** The end of it, in the timeline and on the rating at once. */
async function settled(
  held: HeldRating,
  { row }: AtHand,
  end: { readonly state: 'told' | 'refused'; readonly failure: string | null },
  deps: Deps,
): Promise<void> {
  const note =
    end.state === 'told' ? '办理地区已收到评价' : PROBLEMS[end.failure as keyof typeof PROBLEMS].title.zh
  const told = ratingNote(held.round, end.state, note)
  const now = deps.now()
  const settledRating = { held, ...end, toldAt: end.state === 'told' ? now : null, nextAttemptAt: now }
  const { outcome } = await deps.store.changes.change({
    caseId: row.id,
    told: toldBy(row, told, deps),
    decide: (current) => ({ ...reminding(current, told, deps), settledRating }),
  })
  // Another process had told it in the timeline, and died before the rest.
  if (outcome !== 'changed') await deps.store.ratings.settle(settledRating)
}

async function failed(held: HeldRating, at: AtHand, error: unknown, deps: Deps): Promise<Telling> {
  const problem = error instanceof GatewayError ? error : new GatewayError('INTERNAL', {}, { cause: error })
  const now = deps.now()
  const owedMs = now.getTime() - Date.parse(at.rating.ratedAt)
  const again = PROBLEMS[problem.code].retry && owedMs <= LIMITS.dispatchDays * 86_400_000
  const facts = { case: held.caseId, region: at.row.region, problem: problem.code, round: held.round, again }
  const tell = PROBLEMS[problem.code].blame === 'gateway' ? deps.log.error : deps.log.warn
  tell(facts, 'a rating was not told')
  if (!again) {
    await settled(held, at, { state: 'refused', failure: problem.code }, deps)
    return { state: 'refused', error: problem }
  }
  const nextAttemptAt = new Date(now.getTime() + pauseAfter(at.attempts))
  await deps.store.ratings.settle({
    held,
    state: 'sending',
    toldAt: null,
    failure: problem.code,
    nextAttemptAt,
  })
  return { state: 'sending', error: problem }
}

/** Takes due ratings and tells them, until none is due. @returns how many were attempted */
export async function tellRatings(deps: Deps): Promise<number> {
  let done = 0
  for (;;) {
    const now = deps.now()
    const leaseToken = randomBytes(12).toString('hex')
    const until = new Date(now.getTime() + LIMITS.leaseMs)
    const taken = await deps.store.ratings.take(now, leaseToken, until, LIMITS.ratingsAtOnce)
    await Promise.all(taken.map((held) => tellRating(held, deps)))
    done += taken.length
    if (taken.length < LIMITS.ratingsAtOnce) return done
  }
}
