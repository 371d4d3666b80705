/** Cases by whose move it is: the applicant's, somebody else's, nobody's. What is on its way to a region is nobody's to answer. */
import { and, eq, inArray, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { cases } from '../tables.ts'
import { ofParty, type Party } from './case-party.ts'

export type Stage = 'mine' | 'underWay' | 'ended'

/** In which states a case waits for its applicant, and in which it has ended. */
export interface StageStatuses {
  readonly waiting: readonly string[]
  readonly ended: readonly string[]
}

/** Whether a case is in a stage. */
export function isInStage(stage: Stage, { waiting, ended }: StageStatuses): SQL | undefined {
  const isSettled = ne(cases.dispatchState, 'pending')
  if (stage === 'mine') return and(inArray(cases.status, [...waiting]), isSettled)
  if (stage === 'ended') return and(inArray(cases.status, [...ended]), isSettled)
  return or(eq(cases.dispatchState, 'pending'), notInArray(cases.status, [...waiting, ...ended]))
}

export function caseStageQueries({ db }: Database) {
  return {
    /** How many cases of a party are in each stage. */
    tally: async (party: Party, statuses: StageStatuses): Promise<Readonly<Record<Stage, number>>> => {
      const count = (stage: Stage) =>
        sql<number>`(count(*) filter (where ${isInStage(stage, statuses)}))::int`
      const [found] = await db
        .select({ mine: count('mine'), underWay: count('underWay'), ended: count('ended') })
        .from(cases)
        .where(ofParty(party))
      return found ?? { mine: 0, underWay: 0, ended: 0 }
    },
  }
}
