/** All that a person follows, as it is known now: own cases in every city, and those of others on whose mandate they act. Nobody is asked. */
import type { Case } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { CASE_STATUSES } from '../../schemas/case-status.ts'
import type { Completeness } from '../../schemas/completeness.ts'
import type { CaseRow, Stage } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { LOA_FOR_HOLDINGS, subjectIn } from '../holdings/holder.ts'
import { citiesOf, placesOf } from '../holdings/places.ts'
import { statementOf, statesOf } from '../holdings/statement.ts'
import { personOf } from '../identity/principal.ts'
import { showCases } from './clock/show-cases.ts'
import { partyOf, type Reached, reachedBy, recordList } from './reach.ts'
import type { FiledContent } from './record.ts'
import { ballOf } from './state.ts'

/** Whose move it is, as the list is divided. */
export const STAGES: readonly Stage[] = ['mine', 'underWay', 'ended']
export type { Stage }

const withBall = (ball: ReturnType<typeof ballOf>): readonly CaseStatus[] =>
  CASE_STATUSES.filter((status) => ballOf(status) === ball)
/** In which states a case waits for its applicant, and in which it has ended. */
export const STAGE_STATUSES = { waiting: withBall('applicant'), ended: withBall('nobody') }

/** A case, and whose it is. */
export interface Followed {
  readonly case: Case
  /** The name of whoever gave the reader a mandate; null where the case is the reader's own. */
  readonly of: string | null
}

export interface FollowedCases {
  readonly items: readonly Followed[]
  readonly next: { readonly changedAt: Date; readonly id: string } | undefined
  readonly tally: Readonly<Record<Stage, number>>
  /** How far the list is all there is; null for a log-in with which no city may be asked. */
  readonly completeness: Completeness | null
}

export interface Asked {
  readonly stage?: Stage | undefined
  /** One of the 41. */
  readonly city?: string | undefined
  readonly before?: { readonly changedAt: Date; readonly id: string } | undefined
  readonly limit: number
}

/** A page of the list, the newest change first. The look is recorded. @throws GatewayError `DIVISION_UNKNOWN` */
export async function followCases(
  { stage, city, before, limit }: Asked,
  actor: Actor,
  deps: Deps,
): Promise<FollowedCases> {
  const party = await partyOf(actor, deps)
  const cities = citiesOf(city === undefined ? 'all' : [city], { home: undefined, known: [] }, actor.audience)
  const [rows, tally, completeness] = await Promise.all([
    deps.store.cases.listOwn(party, {
      ...(city === undefined ? {} : { cities }),
      ...(stage ? { stage: { is: stage, statuses: STAGE_STATUSES } } : {}),
      ...(before ? { before } : {}),
      limit: limit + 1,
    }),
    deps.store.caseStages.tally(party, STAGE_STATUSES),
    completenessOf(actor, deps),
  ])
  const reached = rows.slice(0, limit).map((row) => reachedBy(party, row))
  const last = reached.at(-1)?.row
  const shown = await recordList(reached, actor, deps)
  const items = await showCases(shown, deps)
  return {
    items: items.map((one, index) => ({ case: one, of: whoseIs(shown[index], reached, deps) })),
    next: rows.length > limit && last ? { changedAt: last.changedAt, id: last.id } : undefined,
    tally,
    completeness,
  }
}

/** The applicant's name, of a case that is reached on a mandate. */
export function whoseIs(
  row: CaseRow | undefined,
  reached: readonly Reached[],
  { sealing }: Deps,
): string | null {
  const found = reached.find((one) => one.row === row)
  if (!found || found.mandateId === null) return null
  return applicantOf(found.row, sealing)
}

/** Who applied, as the application says. */
export const applicantOf = ({ filedSealed }: CaseRow, sealing: Deps['sealing']): string =>
  sealing.open<FiledContent>(filedSealed).application.applicant.name

/** When each of the cities last said what it has of the person. */
async function completenessOf(actor: Actor, deps: Deps): Promise<Completeness | null> {
  if (personOf(actor).loa < LOA_FOR_HOLDINGS) return null
  const { home, key } = await subjectIn(actor, deps)
  const cities = citiesOf('all', { home, known: [] }, actor.audience)
  const { places, unasked } = placesOf('case', cities, home, deps)
  const answers = await deps.store.caseAnswers.known(key)
  return statementOf(statesOf(places, new Map(), answers, deps.now()), unasked)
}
