/** Reminds of a case (催办): in its timeline and its client's feed. No region's contract has an operation for it, and that is said. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Reminded } from '../../schemas/reminder.ts'
import type { CaseRow } from '../../store/index.ts'
import { accessRow, recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Reminder, reminding, toldBy } from './clock/reminders.ts'
import { REMINDER } from './event-keys.ts'
import { factsOf } from './looks.ts'
import { reachCase, useOf } from './reach.ts'
import { requireFiled, statusOf } from './record.ts'
import { ballOf } from './state.ts'

const NOT_SENT = {
  zh: '四个地区的接口都没有催办操作: 已记入办件经过, 没有发给办理部门。可以拨打事项的咨询电话。',
  en: 'No region’s interface has an operation for reminders: it stands in the timeline and was not sent to the department. The matter names a telephone number.',
} as const

/**
 * Whoever may act on a case may remind of it while its region has the ball, once in 24 hours.
 * @throws GatewayError `CASE_NOT_FOUND`; `STATE_CONFLICT` while nobody waits for the region; `REMINDER_TOO_EARLY`; `MANDATE_OVER`
 */
export async function remindCase(
  id: string,
  { isDryRun }: { readonly isDryRun: boolean },
  actor: Actor,
  deps: Deps,
): Promise<Reminded> {
  const reached = await reachCase(id, actor, deps, 'remind')
  const { row, mandateId } = reached
  requireFiled(row)
  const last = await deps.store.clocks.lastReminder(row.id, REMINDER)
  const refusal = whyNot(row, last?.receivedAt, deps.now())
  if (refusal) {
    await recordAccess(factsOf(row, 'remind', actor, { mandateId, refused: refusal.code }), actor, deps)
    throw refusal
  }
  if (isDryRun) return answered(row, null)
  // Two at once follow the same one: the second finds its key taken.
  const reminder: Reminder = {
    key: `${REMINDER}${last?.sequence ?? 0}`,
    note: '申请人催办 · The applicant reminds',
  }
  const use = useOf(reached, 'remind', actor, deps.now())
  const { outcome } = await deps.store.changes.change({
    caseId: row.id,
    told: toldBy(row, reminder, deps),
    decide: (current) =>
      whyNot(current, undefined, deps.now()) ? undefined : reminding(current, reminder, deps),
    ...(use ? { use } : {}),
    accesses: [accessRow(factsOf(row, 'remind', actor, { mandateId }), actor, deps)],
  })
  if (outcome === 'nothing') throw new GatewayError('STATE_CONFLICT', { status: row.status })
  if (outcome !== 'changed') throw tooEarly(deps.now(), deps.now())
  return answered(row, deps.now())
}

/** Why a case cannot be reminded of now. @param last when it was the last time */
function whyNot(row: CaseRow, last: Date | undefined, now: Date): GatewayError | undefined {
  const status = statusOf(row.status)
  if (row.dispatchState !== 'sent' || ballOf(status) !== 'region')
    return new GatewayError('STATE_CONFLICT', { status, dispatch: row.dispatchState })
  return last && now.getTime() < last.getTime() + LIMITS.remindEveryMs ? tooEarly(last, now) : undefined
}

const tooEarly = (last: Date, now: Date): GatewayError =>
  new GatewayError('REMINDER_TOO_EARLY', {
    retryAfter: Math.ceil((last.getTime() + LIMITS.remindEveryMs - now.getTime()) / 1_000),
  })

const answered = ({ id }: CaseRow, at: Date | null): Reminded => ({
  caseId: id,
  remindedAt: at && formatInstant(at),
  againAt: at && formatInstant(new Date(at.getTime() + LIMITS.remindEveryMs)),
  sentToRegion: false,
  reason: NOT_SENT,
})
