/** Sends what is owed to a region, and goes on trying: under a lease, with the region's own idempotency, for days. */
import { randomBytes } from 'node:crypto'
import type {
  Correcting,
  Filed,
  Filing,
  Handle,
  RegionAdapter,
  RegionLink,
} from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CaseRow, Settled } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { doubled } from '../doubled.ts'
import { applyNews, changeOf } from './apply-news.ts'
import { REFUSED, SENT } from './event-keys.ts'
import { fileToSend, requireConsents } from './file-to-send.ts'
import { holdingLease } from './hold-lease.ts'
import { learnFrom } from './learn.ts'
import type { News } from './news.ts'
import { withOwnCase } from './open-case.ts'
import { type FiledContent, filedCase, matterOf } from './record.ts'
import { joinStrays } from './strays.ts'

export type WorkKind = 'submit' | 'correct' | 'withdraw'

export interface SubmitWork {
  readonly wire: object
}

export interface CorrectWork {
  readonly application: Application
  readonly wire: object
  readonly request: CorrectionRequest
  readonly changed: { readonly fields: readonly string[]; readonly documents: readonly string[] }
  readonly note: string
  readonly correctedAt: string
  /** The newest event time of the region that was known then. */
  readonly regionAt: string | null
}

export interface WithdrawWork {
  readonly reason: string
  readonly at: string
  readonly regionAt: string | null
}

type Work = SubmitWork | CorrectWork | WithdrawWork

/** A dispatch that this process holds. */
interface Held {
  readonly caseId: string
  readonly number: number
  readonly leaseToken: string
}

/** What the first attempt has at hand already, so that nothing is read again. */
interface AtHand {
  readonly row: CaseRow
  readonly work: Work
  readonly kind: WorkKind
  readonly matter?: Matter
  readonly application?: Application
  readonly exemptions?: readonly Exemption[]
  readonly isRepeated?: true
  /** Since when it is owed; absent at the first attempt. */
  readonly owedSince?: Date
  /** The first answer to the request, kept with the success. */
  readonly answer?: Settled['answer']
}

/** How an attempt ended. `row` is the case afterwards. */
export type Attempted =
  | { readonly state: 'sent'; readonly row: CaseRow | undefined; readonly answered: boolean }
  | { readonly state: 'pending'; readonly row: CaseRow | undefined; readonly error: GatewayError }
  | { readonly state: 'refused'; readonly row: CaseRow | undefined; readonly error: GatewayError }
  | { readonly state: 'lost'; readonly row: undefined }

/** Thrown by `keep` when another process holds the dispatch now: nothing more may be sent. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** One attempt. Never throws for what a region does. */
export async function attempt(held: Held, deps: Deps, hand?: AtHand): Promise<Attempted> {
  const at = hand ?? (await fetchWork(held, deps))
  if (!at) return { state: 'lost', row: undefined }
  try {
    const { link } = deps.directory.at(at.row.division)
    const filed = await holdingLease(
      held.caseId,
      (until) => deps.store.dispatches.prolong(held, until),
      deps,
      () => send(link, at, held, deps),
    )
    const done = await succeeded(held, at, filed, deps)
    // The region may have told of the case before it answered.
    if (at.kind === 'submit' && done.row) await joinStrays(done.row, deps)
    return { state: 'sent', ...done }
  } catch (error) {
    if (error instanceof LeaseLost) return { state: 'lost', row: undefined }
    return failed(held, at, error, deps)
  }
}

async function fetchWork(held: Held, deps: Deps): Promise<AtHand | undefined> {
  const [dispatch, row] = await Promise.all([
    deps.store.dispatches.read(held.caseId, held.number),
    deps.store.cases.read(held.caseId),
  ])
  if (!dispatch || !row || dispatch.state !== 'pending' || dispatch.leaseToken !== held.leaseToken)
    return undefined
  return {
    row,
    kind: dispatch.kind as WorkKind,
    work: deps.sealing.open<Work>(dispatch.workSealed),
    isRepeated: true,
    owedSince: dispatch.createdAt,
  }
}

async function send(link: RegionLink, at: AtHand, held: Held, deps: Deps): Promise<Filed> {
  const { row, work } = at
  if (at.kind === 'withdraw') {
    const { reason, at: when } = work as WithdrawWork
    return link.withdraw(await filedCase(row, deps), {
      reason,
      at: new Date(when),
      ...(at.isRepeated ? { isRepeated: true } : {}),
    })
  }
  const filing = await filingOf(at, held, deps)
  if (at.kind === 'submit') return link.submit(filing)
  const correct = work as CorrectWork
  const whole: Correcting = {
    ...filing,
    application: correct.application,
    filed: await filedCase(row, deps),
    request: correct.request,
    changed: correct.changed,
    note: correct.note,
    correctedAt: correct.correctedAt,
  }
  return link.correct(whole)
}

async function filingOf(at: AtHand, held: Held, deps: Deps): Promise<Filing> {
  const { row } = at
  const content = at.application ? undefined : deps.sealing.open<FiledContent>(row.filedSealed)
  const application = at.application ?? content?.application
  if (!application) throw new GatewayError('INTERNAL', { reason: 'no application' })
  await requireConsents(toBeSent(at, at.exemptions ?? content?.exemptions ?? []), deps)
  return {
    division: row.division,
    matter: at.matter ?? (await matterOf(row, deps)),
    application,
    wire: (at.work as SubmitWork | CorrectWork).wire,
    sourceNumber: row.sourceNumber,
    appliedAt: formatInstant(row.appliedAt),
    handle: row.handleSealed ? deps.sealing.open<Handle>(row.handleSealed) : {},
    ...(at.isRepeated ? { isRepeated: true } : {}),
    file: (id) => fileToSend(id, row, deps),
    keep: async (handle, caseNumber) => {
      const caseKey = keyIn(handle, deps.directory.at(row.division).adapter)
      const kept = await deps.store.dispatches.keep(
        held,
        { handleSealed: deps.sealing.seal(handle), caseNumber, caseKey },
        new Date(deps.now().getTime() + LIMITS.leaseMs),
      )
      if (!kept) throw new LeaseLost()
    },
    now: deps.now,
  }
}

/** Exemptions that go to the region now. What it took with the filing it has: a correction of something else hands over nothing anew. */
function toBeSent({ kind, work }: AtHand, exemptions: readonly Exemption[]): readonly Exemption[] {
  if (kind !== 'correct') return exemptions
  const { documents } = (work as CorrectWork).changed
  return exemptions.filter(({ document }) => documents.includes(document))
}

/** Keys of our own events: one a dispatch, so that a success that is told twice is recorded once. */
const keyOf = (kind: WorkKind, number: number) => `${SENT[kind]}${number}`

async function succeeded(
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
const keyIn = (handle: Handle, { caseKeyIn }: RegionAdapter): string | undefined =>
  caseKeyIn === undefined ? undefined : handle[caseKeyIn]

/** The newest event time that was known when the act was decided, however often it is attempted. */
function begunAfter({ kind, work }: AtHand): Date | null {
  if (kind === 'submit') return null
  const { regionAt } = work as CorrectWork | WithdrawWork
  return regionAt === null ? null : new Date(regionAt)
}

async function failed(held: Held, at: AtHand, error: unknown, deps: Deps): Promise<Attempted> {
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

/** Takes due work and attempts it, until nothing is due. @returns how many were attempted. */
export async function attemptDue(deps: Deps): Promise<number> {
  let done = 0
  for (;;) {
    const leaseToken = randomBytes(12).toString('hex')
    const now = deps.now()
    const taken = await deps.store.dispatches.take(
      now,
      leaseToken,
      new Date(now.getTime() + LIMITS.leaseMs),
      LIMITS.dispatchesAtOnce,
    )
    await Promise.all(taken.map((one) => attempt({ ...one, leaseToken }, deps)))
    done += taken.length
    if (taken.length < LIMITS.dispatchesAtOnce) return done
  }
}
