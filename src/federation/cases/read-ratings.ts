/** 好差评 of cases as they are shown: with a case its newest one, and all of them, opened, to whoever reaches the case. */
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import {
  type CaseRating,
  type CaseRatings,
  type GivenRating,
  GRADES,
  type Rating,
} from '../../schemas/rating.ts'
import type { CaseRow, RatingRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Reached, reachCase, recordLook } from './reach.ts'
import { statusOf } from './record.ts'
import { RATEABLE } from './state.ts'

export type Round = Rating['round']

/** A rating as it stands beside its case. @throws GatewayError `INTERNAL` for a grade that no list knows */
export function ratingOf({ round, grade, ratedAt, state, toldAt, failure }: RatingRow): CaseRating {
  const known = GRADES.find((one) => one === grade)
  if (!known) throw new GatewayError('INTERNAL', { reason: 'grade' })
  return {
    round: round === 2 ? 2 : 1,
    grade: known,
    ratedAt: formatInstant(ratedAt),
    state: state as CaseRating['state'],
    ...(toldAt === null ? {} : { toldAt: formatInstant(toldAt) }),
    ...(state === 'refused' && failure !== null ? { refusal: failure } : {}),
  }
}

/** The newest of a case's ratings. */
export const newestOf = (rows: readonly RatingRow[]): CaseRating | null => {
  const last = rows.at(-1)
  return last ? ratingOf(last) : null
}

/** A rating whose region did not take it cannot be followed up, unless the region has one that was given over there. */
const isThere = ({ state, failure }: RatingRow): boolean => state !== 'refused' || failure === 'RATED_ALREADY'

/** Why a case cannot be rated in this round. @param given its ratings, the first one first */
export function whyNotRate(
  row: Pick<CaseRow, 'status'>,
  given: readonly RatingRow[],
  round: Round,
): GatewayError | undefined {
  const status = statusOf(row.status)
  if (!RATEABLE.has(status)) return new GatewayError('STATE_CONFLICT', { status })
  if (given.some((one) => one.round === round)) return new GatewayError('RATED_ALREADY', { round })
  const isFollowUp = round === 2
  return isFollowUp && !given.some(isThere) ? new GatewayError('RATING_FIRST_MISSING') : undefined
}

/** The round that may be given now: by the applicant, of a case that was filed here. */
export function nextRound({ row, mandateId }: Reached, given: readonly RatingRow[]): Round | null {
  if (row.origin === 'listed' || mandateId !== null) return null
  const rounds: readonly Round[] = [1, 2]
  return rounds.find((round) => !whyNotRate(row, given, round)) ?? null
}

/** All of them, opened. */
export function showRatings(
  reached: Reached,
  given: readonly RatingRow[],
  { sealing }: Pick<Deps, 'sealing'>,
): CaseRatings {
  const items = given.map((row): GivenRating => {
    const { tags, comment } = sealing.open<Rating>(row.ratingSealed)
    return { ...ratingOf(row), tags, comment }
  })
  return { caseId: reached.row.id, items, next: nextRound(reached, given) }
}

/** The ratings of a case. The look is recorded. @throws GatewayError `CASE_NOT_FOUND` */
export async function readRatings(id: string, actor: Actor, deps: Deps): Promise<CaseRatings> {
  const reached = await reachCase(id, actor, deps, 'readRating')
  await recordLook(reached, 'readRating', actor, deps)
  return showRatings(reached, await deps.store.ratings.of([id]), deps)
}
