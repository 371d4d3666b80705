/** A region refuses a filing since the same case is open: whose that is decides what may be told of it. */
import { GatewayError } from '../../errors.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'

/**
 * Names the open case where the client itself filed it through the gateway, by the region's number and ours. Of another's, and of
 * one that was filed over there, no more is said than that there is one.
 */
export async function withOwnCase(
  problem: GatewayError,
  { region, clientId }: Pick<CaseRow, 'region' | 'clientId'>,
  { store }: Pick<Deps, 'store'>,
): Promise<GatewayError> {
  if (problem.code !== 'DUPLICATE_CASE') return problem
  const { caseNumber, ...facts } = problem.facts
  const open =
    caseNumber === undefined ? undefined : await store.cases.find(region, { caseNumber: String(caseNumber) })
  const own = open?.clientId === clientId ? { caseNumber, case: open.id } : {}
  return new GatewayError(problem.code, { ...facts, ...own }, { errors: problem.errors, cause: problem })
}
