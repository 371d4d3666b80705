/** How an attempt ends: what the region’s answer, or its silence, makes of the case and of what is owed. */
import type { Filed, Handle, RegionAdapter } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { doubled } from '../doubled.ts'
import { applyNews, changeOf } from './apply-news.ts'
import type { AtHand, Attempted, CorrectWork, Held, WithdrawWork, WorkKind } from './dispatch-work.ts'
import { REFUSED, SENT } from './event-keys.ts'
import { learnFrom } from './learn.ts'
import type { News } from './news.ts'
import { withOwnCase } from './open-case.ts'

/** Keys of our own events: one a dispatch, so that a success that is told twice is recorded once. */
const keyOf = (kind: WorkKind, number: number) => `${SENT[kind]}${number}`

/** The region took it: the event, the case and the dispatch in one transaction. */
export async function succeeded(
  held: Held,
  at: AtHand,
  filed: Filed,
  deps: Deps,
): Promise<{ row: CaseRow | undefined; answered: boolean }> {
  const caseKey = keyIn(filed.handle, deps.directory.at(at.row.division).adapter)
  const news: News = {
    key: keyOf(at.kind, held.number),
    type: at.kind === 'submit' ? 'dispatch' : 'status',
    status: filed.status,
    rawStatus: filed.rawStatus,
    ...(filed.occurredAt ? { occurredAt: filed.occurredAt } : {}),
    caseNumber: filed.caseNumber,
    ...(caseKey === undefined ? {} : { caseKey }),
    via: 'own',
    begunAfter: begunAfter(at),
    ...endOf(at, filed),
    handleSealed: deps.sealing.seal(filed.handle),
    dispatch: { state: 'sent' },
  }
  const { event, columns } = changeOf(at.row, news, deps)
  const settled =
    event &&
    (await deps.store.dispatches.settle({
      held,
      before: at.row,
      event,
      columns: columns ?? {},
      ...(at.answer ? { answer: at.answer } : {}),
    }))
  if (settled) return { row: settled, answered: at.answer !== undefined }
  const { row } = await applyNews(held.caseId, news, deps)
  await deps.store.dispatches.finish(held.caseId, held.number)
  return { row, answered: false }
}

/** What a withdrawal that was taken makes of the case: its end, at the region's time or else at the one that we named to it. */
function endOf({ kind, work }: AtHand, { status, occurredAt, result }: Filed): Partial<News> {
  if (kind !== 'withdraw' || status !== 'WITHDRAWN') return {}
  return {
    result: result ?? { decision: 'withdrawn', documents: [] },
    completedAt: occurredAt ?? formatInstant(new Date((work as WithdrawWork).at)),
    ...(occurredAt ? {} : { completedAtIsOurs: true }),
  }
}

/** The region's second key of a case, by which callbacks may find it. */
export const keyIn = (handle: Handle, { caseKeyIn }: RegionAdapter): string | undefined =>
  caseKeyIn === undefined ? undefined : handle[caseKeyIn]

/** The newest event time that was known when the act was decided, however often it is attempted. */
function begunAfter({ kind, work }: AtHand): Date | null {
  if (kind === 'submit') return null
  const { regionAt } = work as CorrectWork | WithdrawWork
  return regionAt === null ? null : new Date(regionAt)
}

/** The region did not take it: it is owed on, or it is refused for good. */
export async function failed(held: Held, at: AtHand, error: unknown, deps: Deps): Promise<Attempted> {
  const problem =
    error instanceof GatewayError
      ? await withOwnCase(error, at.row, deps)
      : new GatewayError('INTERNAL', {}, { cause: error })
  if (!(error instanceof GatewayError))
    deps.log.error(
      { case: held.caseId, kind: at.kind, reason: String(error instanceof Error ? error.stack : error) },
      'an attempt failed unexpectedly',
    )
  const now = deps.now()
  const owedMs = now.getTime() - (at.owedSince ?? now).getTime()
  const tired = owedMs > LIMITS.dispatchDays * 86_400_000
  const again = PROBLEMS[problem.code].retry && !tired
  const failure = [problem.code, problem.facts['phase'], problem.facts['code']]
    .filter((part) => part !== undefined)
    .join(' ')
  if (!again) await refuse(held, at, problem, deps)
  await deps.store.dispatches.postpone(held, {
    state: again ? 'pending' : 'refused',
    failure,
    nextAttemptAt: new Date(now.getTime() + pauseAfter(at.row.dispatchAttempts)),
  })
  // What only the operators of the gateway can mend (credentials, say) is told louder.
  const tell = PROBLEMS[problem.code].blame === 'gateway' ? deps.log.error : deps.log.warn
  tell(
    {
      case: held.caseId,
      kind: at.kind,
      region: at.row.region,
      division: at.row.division,
      problem: problem.code,
      attempt: at.row.dispatchAttempts + 1,
      again,
    },
    'an attempt did not succeed',
  )
  await learnFrom(problem, at.row, deps)
  const row = await deps.store.cases.read(held.caseId)
  return { state: again ? 'pending' : 'refused', row, error: problem }
}

/** A refusal is an event: the applicant sees that the region never took it, and why. */
async function refuse(held: Held, at: AtHand, problem: GatewayError, deps: Deps): Promise<void> {
  const status = at.kind === 'submit' ? ('DRAFT' as const) : undefined
  await applyNews(
    held.caseId,
    {
      key: `${REFUSED}${held.number}`,
      type: at.kind === 'submit' ? 'dispatch' : 'note',
      status: status ?? 'UNKNOWN',
      rawStatus: {
        code: String(problem.facts['code'] ?? problem.code),
        label: PROBLEMS[problem.code].title.zh,
      },
      via: 'own',
      note: PROBLEMS[problem.code].title.zh,
      dispatch:
        at.kind === 'submit'
          ? { state: 'refused', reason: problem.code }
          : { state: 'sent', reason: `${at.kind}: ${problem.code}` },
    },
    deps,
  )
}

/** Pauses grow from two seconds to a quarter of an hour, spread a little so that retries do not come all at once. */
export function pauseAfter(attempts: number): number {
  const whole = doubled(attempts, { first: LIMITS.retryFirstMs, longest: LIMITS.retryLongestMs })
  return whole * (0.75 + Math.random() / 2)
}
