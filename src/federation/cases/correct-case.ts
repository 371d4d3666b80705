/** Answers a 补正 or 预审退回, and withdraws: checked against the case as it is, stored as owed work, then sent. */
import { randomBytes } from 'node:crypto'
import { LIMITS } from '../../config.ts'
import { fault, GatewayError } from '../../errors.ts'
import { type Application, Correction, Withdrawal } from '../../schemas/application.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { validator } from '../../schemas/validate.ts'
import type { CaseRow, Change } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { checkUploads } from '../uploads/uploads.ts'
import { checkCorrected, corrected, missingAnswers } from './check-correction.ts'
import { showCase } from './clock/show-cases.ts'
import { attempt } from './dispatch.ts'
import type { Attempted, CorrectWork, WithdrawWork, WorkKind } from './dispatch-work.ts'
import { type Exempted, exemptDocuments } from './exempt-documents.ts'
import { checkReleases } from './file-to-send.ts'
import { factsOf } from './looks.ts'
import { type Reached, reachCase, useOf } from './reach.ts'
import { etagOf, type FiledContent, matterOf, type OpenContent, requireFiled, statusOf } from './record.ts'
import { CORRECTABLE, WITHDRAWABLE } from './state.ts'

const checkCorrection = validator(Correction)
const checkWithdrawal = validator(Withdrawal)

/** What a change needs besides its content. `ifMatch` is the ETag that the caller has seen. */
interface Condition {
  readonly ifMatch: string | undefined
  readonly dryRun: boolean
}

/** How a change ended: `attempted` is absent in a dry run. */
export interface ChangeOutcome {
  readonly row: CaseRow
  readonly attempted?: Attempted
}

function requireMatch(row: CaseRow, ifMatch: string | undefined): void {
  if (ifMatch === undefined) throw new GatewayError('PRECONDITION_REQUIRED', { case: row.id })
  if (ifMatch !== '*' && !ifMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etagOf(row)))
    throw new GatewayError('PRECONDITION_FAILED', { case: row.id })
}

/**
 * Answers a correction request. @throws GatewayError `PRECONDITION_REQUIRED`, `PRECONDITION_FAILED`, `STATE_CONFLICT`,
 * `BODY_INVALID` with pointers into the correction
 */
export async function correctCase(
  id: string,
  content: unknown,
  condition: Condition,
  actor: Actor,
  deps: Deps,
): Promise<ChangeOutcome> {
  const reached = await reachCase(id, actor, deps, 'correct')
  const { row } = reached
  requireFiled(row)
  requireMatch(row, condition.ifMatch)
  const errors = checkCorrection(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'correction' }, { errors })
  // The schema has just been checked.
  const correction = content as Correction
  const status = statusOf(row.status)
  if (!CORRECTABLE.has(status)) throw new GatewayError('STATE_CONFLICT', { status })
  const before = deps.sealing.open<FiledContent>(row.filedSealed)
  const matter = await matterOf(row, deps)
  checkCorrected(corrected(before.application, correction), correction, matter, deps)
  const open = row.openSealed ? deps.sealing.open<OpenContent>(row.openSealed) : {}
  const request = open.correction ?? { fields: [], documents: [], reason: '' }
  const missing = missingAnswers(request, correction)
  if (missing.length > 0)
    throw new GatewayError('BODY_INVALID', { message: 'correction' }, { errors: missing })
  const exempted = await exemptDocuments(
    correction.documents ?? [],
    {
      matter,
      division: row.division,
      applicant: before.application.applicant,
      isDryRun: condition.dryRun,
    },
    actor,
    deps,
  )
  await checkUploads(exempted.brought, matter, actor.clientId, deps)
  await checkReleases(exempted.brought, { ...before.application, matterId: row.matterId }, deps)
  const application = corrected(before.application, { ...correction, documents: [...exempted.documents] })
  const filed = { sourceNumber: row.sourceNumber, appliedAt: formatInstant(row.appliedAt) }
  const { name, adapter, config } = deps.directory.at(row.division)
  const speaker = { name, adapter, options: config.options }
  const wire = deps.conversions.writeApplication(speaker, application, matter, filed)
  if (condition.dryRun) return { row }
  const work: CorrectWork = {
    application,
    wire,
    request,
    changed: {
      fields: Object.keys(correction.form ?? {}),
      documents: (correction.documents ?? []).map((one) => one.id),
    },
    note: correction.note ?? '',
    correctedAt: formatInstant(deps.now()),
    regionAt: row.regionAt?.toISOString() ?? null,
  }
  return start(
    reached,
    'correct',
    work,
    { filedSealed: deps.sealing.seal(contentAfter(before, application, exempted)) },
    actor,
    deps,
  )
}

/** What stands of the case after a correction: a document that came anew is exempted as it came now. */
function contentAfter(
  before: FiledContent,
  application: Application,
  { documents, exemptions }: Exempted,
): FiledContent {
  const kept = (before.exemptions ?? []).filter(
    ({ document }) => !documents.some(({ id }) => id === document),
  )
  return { ...before, application, exemptions: [...kept, ...exemptions] }
}

/** Withdraws. @throws GatewayError `STATE_CONFLICT` when it is too late. */
export async function withdrawCase(
  id: string,
  content: unknown,
  condition: Condition,
  actor: Actor,
  deps: Deps,
): Promise<ChangeOutcome> {
  const reached = await reachCase(id, actor, deps, 'withdraw')
  const { row } = reached
  requireFiled(row)
  requireMatch(row, condition.ifMatch)
  const reason = reasonOf(content)
  const status = statusOf(row.status)
  if (!WITHDRAWABLE.has(status) || row.dispatchState !== 'sent')
    throw new GatewayError('STATE_CONFLICT', { status, dispatch: row.dispatchState })
  if (condition.dryRun) return { row }
  const work: WithdrawWork = {
    reason,
    at: deps.now().toISOString(),
    regionAt: row.regionAt?.toISOString() ?? null,
  }
  return start(reached, 'withdraw', work, {}, actor, deps)
}

function reasonOf(content: unknown): string {
  const errors = checkWithdrawal(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'withdrawal' }, { errors })
  // The schema has just been checked.
  const { reason } = content as Withdrawal
  if (reason.trim() === '')
    throw new GatewayError(
      'BODY_INVALID',
      { message: 'withdrawal' },
      { errors: [fault('/reason', 'LENGTH', '请说明撤回原因', 'Say why')] },
    )
  return reason
}

async function start(
  reached: Reached,
  kind: WorkKind,
  work: CorrectWork | WithdrawWork,
  columns: Partial<CaseRow>,
  actor: Actor,
  deps: Deps,
): Promise<ChangeOutcome> {
  const { row } = reached
  const now = deps.now()
  const leaseToken = randomBytes(12).toString('hex')
  const use = useOf(reached, kind, actor, now)
  const decide = (current: CaseRow): Change => {
    // Somebody else was faster: what was checked above no longer holds.
    if (current.version !== row.version) throw new GatewayError('PRECONDITION_FAILED', { case: row.id })
    return {
      columns: {
        ...columns,
        dispatchState: 'pending',
        dispatchReason: null,
        dispatchAttempts: 0,
        changedAt: now,
        asOf: now,
      },
      work: {
        kind,
        sealed: deps.sealing.seal(work),
        at: now,
        leaseToken,
        leaseUntil: new Date(now.getTime() + LIMITS.leaseMs),
      },
    }
  }
  const {
    outcome,
    number,
    row: after,
  } = await deps.store.changes.change({
    caseId: row.id,
    decide,
    ...(use ? { use } : {}),
    accesses: [accessRow(factsOf(row, kind, actor, { mandateId: reached.mandateId }), actor, deps)],
  })
  if (outcome !== 'changed' || number === undefined || !after)
    throw new GatewayError('PRECONDITION_FAILED', { case: row.id })
  const attempted = await attempt({ caseId: row.id, number, leaseToken }, deps, { row: after, work, kind })
  return { row: attempted.row ?? after, attempted }
}

/** The case as the API shows it after a change. */
export const shownAfter = async (outcome: ChangeOutcome, deps: Deps) => ({
  case: await showCase(outcome.row, deps),
  etag: etagOf(outcome.row),
})
