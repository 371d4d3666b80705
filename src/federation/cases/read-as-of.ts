/** A case as it was known at some moment: made again of what had been received by then. */
import { GatewayError } from '../../errors.ts'
import type { Case } from '../../schemas/case.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Actor, Deps } from '../deps.ts'
import { showCaseAt } from './clock/show-cases.ts'
import { lookAtCase } from './reach.ts'
import { foldEvent, nothingHeard, timelineOf } from './rebuild.ts'

/**
 * What was known then, not what had happened by then: events count from when they were received. What the applicant corrected
 * since is shown as it stands now, as are exemptions. @throws GatewayError `CASE_NOT_FOUND`; `PARAMETER_INVALID` for a moment before
 * the case
 */
export async function readCaseAsOf(id: string, asOf: Date, actor: Actor, deps: Deps): Promise<Case> {
  const row = await lookAtCase(id, 'read', actor, deps)
  let made = nothingHeard(row)
  for await (const event of timelineOf(row, deps.store)) {
    // Events are received in the order of their sequence, but for clocks of processes that differ a little.
    if (event.receivedAt <= asOf) made = foldEvent(made, event, deps.sealing)
  }
  if (made.sequence === 0)
    throw new GatewayError('PARAMETER_INVALID', { parameter: 'asOf', reason: 'before the case' })
  return { ...(await showCaseAt({ ...made, asOf }, asOf, deps)), asOf: formatInstant(asOf) }
}
