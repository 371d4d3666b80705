/** 结果送达: the window hands the result to the person, or posts it; with that the flow of the case ends. */
import { GatewayError } from '../../errors.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { CaseRow } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import { statusOf } from '../cases/record.ts'
import type { Actor, Deps } from '../deps.ts'
import { type DeskCase, deskFacts } from './content.ts'
import { DELIVERIES, noteCustody } from './custody.ts'
import type { AtDesk } from './enter.ts'
import { flowOf } from './flows.ts'

/** The region has decided: there is something to hand over, be it a refusal. */
const DECIDED: ReadonlySet<CaseStatus> = new Set([
  'APPROVED',
  'DENIED',
  'COMPLETED',
  'DELIVERED',
  'NOT_ACCEPTED',
])

/** Whether the window can hand a result over now. */
export const isDecided = (filed: CaseRow | undefined): boolean =>
  filed !== undefined && DECIDED.has(statusOf(filed.status))

/**
 * Notes that the result was handed over, once.
 * @param asked `delivered`, or `posted` with a courier and a number
 * @throws GatewayError `DESK_STEP_MISSING` before the region has decided; `CUSTODY_ORDER` for another step, and for the second time;
 * `BODY_INVALID` without a courier
 */
export async function deliverResult(
  desk: DeskCase,
  asked: Parameters<typeof noteCustody>[1],
  at: AtDesk,
  actor: Actor,
  deps: Deps,
): Promise<void> {
  const { row } = desk
  const isStep = DELIVERIES.some((step) => step === asked.step)
  if (!isStep || !flowOf(row.mode).steps.includes('deliver')) throw new GatewayError('CUSTODY_ORDER')
  const filed = row.caseId === null ? undefined : await deps.store.cases.read(row.caseId)
  if (!isDecided(filed)) throw new GatewayError('DESK_STEP_MISSING', { step: 'result' })
  await noteCustody(row.id, asked, 'source', at, deps)
  const facts = deskFacts(desk, 'deliver', { fields: ['caseResult'], clock: 'provision' }, deps)
  await deps.store.accesses.append([accessRow(facts, actor, deps)])
}
