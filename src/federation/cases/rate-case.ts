/** 好差评: the applicant rates a case, once and once more. It is stored with its event, then told to the region. */
import { randomBytes } from 'node:crypto'
import { LIMITS } from '../../config.ts'
import { fault, GatewayError } from '../../errors.ts'
import { forbiddenIn } from '../../schemas/characters.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { type CaseRatings, needsReason, type Rating, RatingRequest } from '../../schemas/rating.ts'
import { validator } from '../../schemas/validate.ts'
import type { CaseRow, RatingRow } from '../../store/index.ts'
import { accessRow, recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { reminding, toldBy } from './clock/reminders.ts'
import { factsOf } from './looks.ts'
import { type Reached, reachCase, recordLook } from './reach.ts'
import { showRatings, whyNotRate } from './read-ratings.ts'
import { requireFiled, statusOf } from './record.ts'
import { RATEABLE } from './state.ts'
import { ratingNote, type Telling, tellRating } from './tell-ratings.ts'

const checkRequest = validator(RatingRequest)

/** How it stands afterwards. `error` is there when the region did not take it. */
export interface Rated {
  readonly ratings: CaseRatings
  readonly error?: GatewayError
}

/**
 * Rates a case. @throws GatewayError `CASE_NOT_FOUND`, `CASE_FILED_ELSEWHERE`; `RATING_BY_APPLICANT` on a mandate; `BODY_INVALID`,
 * `RATING_REASON_REQUIRED`; `STATE_CONFLICT` before the end; `RATED_ALREADY`, `RATING_FIRST_MISSING`
 */
export async function rateCase(
  id: string,
  content: unknown,
  { isDryRun }: { readonly isDryRun: boolean },
  actor: Actor,
  deps: Deps,
): Promise<Rated> {
  const reached = await reachCase(id, actor, deps, 'rate')
  const { row } = reached
  requireFiled(row)
  const given = await deps.store.ratings.of([id])
  try {
    const rating = ratingIn(content, reached, given, deps)
    if (!isDryRun) return await give(reached, rating, actor, deps)
  } catch (error) {
    if (error instanceof GatewayError)
      await recordAccess(
        factsOf(row, 'rate', actor, { mandateId: reached.mandateId, refused: error.code }),
        actor,
        deps,
      )
    throw error
  }
  await recordLook(reached, 'readRating', actor, deps)
  return { ratings: showRatings(reached, given, deps) }
}

/** What was asked for, checked against the case as it is. */
function ratingIn(
  content: unknown,
  { row, mandateId }: Reached,
  given: readonly RatingRow[],
  { now }: Deps,
): Rating {
  // An agent would rate the office for somebody else.
  if (mandateId !== null) throw new GatewayError('RATING_BY_APPLICANT', { mandate: mandateId })
  const errors = checkRequest(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'rating' }, { errors })
  if (forbiddenIn(content).length > 0) throw unspeakable()
  // The schema has just been checked.
  const { grade, tags = [], comment, channel = 'pc', round = 1 } = content as RatingRequest
  const refusal = whyNotRate(row, given, round)
  if (refusal) throw refusal
  const words = (comment ?? '').trim()
  const rating: Rating = {
    grade,
    tags,
    comment: words === '' ? null : words,
    channel,
    ratedAt: formatInstant(now()),
    round,
    sourceDivision: row.sourceDivision,
  }
  if (needsReason(rating)) throw reasonless()
  return rating
}

/** Pages take what a browser sends; the other door has refused such characters already. */
const unspeakable = (): GatewayError =>
  new GatewayError(
    'BODY_INVALID',
    { message: 'characters' },
    {
      errors: [
        fault(
          '/comment',
          'CHARACTER',
          '含有不能传递的控制字符, 请删除',
          'It holds a control character that cannot be passed on; remove it',
        ),
      ],
    },
  )

const reasonless = (): GatewayError =>
  new GatewayError(
    'RATING_REASON_REQUIRED',
    {},
    {
      errors: [
        fault(
          '/tags',
          'REASON_REQUIRED',
          '请勾选一项原因, 或者写一句话',
          'Tick a reason, or write a sentence',
        ),
      ],
    },
  )

/** Stores it with its event, and tells the region at once where that has an address for it. */
async function give(reached: Reached, rating: Rating, actor: Actor, deps: Deps): Promise<Rated> {
  const { row } = reached
  const now = new Date(rating.ratedAt)
  const leaseToken = randomBytes(12).toString('hex')
  const isOffered = deps.directory.at(row.division).link.rate !== undefined
  const note = ratingNote(rating.round, isOffered ? 'given' : 'kept', '申请人评价 · The applicant rates')
  const { outcome } = await deps.store.changes.change({
    caseId: row.id,
    told: toldBy(row, note, deps),
    decide: (current) =>
      RATEABLE.has(statusOf(current.status))
        ? {
            ...reminding(current, note, deps),
            rating: {
              round: rating.round,
              grade: rating.grade,
              ratingSealed: deps.sealing.seal(rating),
              ratedAt: now,
              state: isOffered ? 'sending' : 'notOffered',
              leaseToken,
              leaseUntil: new Date(now.getTime() + LIMITS.leaseMs),
            },
          }
        : undefined,
    accesses: [accessRow(factsOf(row, 'rate', actor), actor, deps)],
  })
  if (outcome === 'nothing') throw new GatewayError('STATE_CONFLICT', { status: row.status })
  // Of two at once the first one counts.
  if (outcome !== 'changed') throw new GatewayError('RATED_ALREADY', { round: rating.round })
  const error = isOffered ? await tell(row, rating, leaseToken, deps) : undefined
  const ratings = showRatings(reached, await deps.store.ratings.of([row.id]), deps)
  return { ratings, ...(error ? { error } : {}) }
}

/** The first attempt. Nobody waits long for it: what comes later is in the timeline. @returns the region's refusal */
async function tell(
  row: CaseRow,
  rating: Rating,
  leaseToken: string,
  deps: Deps,
): Promise<GatewayError | undefined> {
  const held = { caseId: row.id, round: rating.round, leaseToken }
  const telling = tellRating(held, deps, { row, rating, attempts: 0 })
  telling.catch((error: unknown) =>
    deps.log.error(
      { case: row.id, reason: String(error) },
      'a rating’s attempt ended without being recorded',
    ),
  )
  const told = await within(LIMITS.ratingWaitMs, telling)
  return told?.state === 'refused' ? told.error : undefined
}

/** What a promise gives, unless it takes longer. */
async function within(ms: number, telling: Promise<Telling>): Promise<Telling | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([telling, late])
  } finally {
    clearTimeout(timer)
  }
}
