/** Files an application: checked, converted, stored with all it owes in one transaction, then sent. */
import { randomBytes } from 'node:crypto'
import { LIMITS } from '../../config.ts'
import { fault, GatewayError } from '../../errors.ts'
import type { Ledger } from '../../schemas/ledger.ts'
import { applied, type CaseRow, type NewEvent } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import type { Profile } from '../conversions/dialects.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { attempt } from './dispatch.ts'
import type { Attempted, SubmitWork } from './dispatch-work.ts'
import { FILED } from './event-keys.ts'
import { rowOf } from './filed-row.ts'
import { factsOf } from './looks.ts'
import { prepare } from './prepare-filing.ts'

/** An application as it came: in which dialect, and under which key. */
export interface FilingRequest {
  readonly profile: Profile
  readonly content: unknown
  readonly idempotencyKey: string
  readonly requestDigest: string
  readonly dryRun: boolean
  /** The answer to a success, sealed, to be kept with it. */
  readonly answerOf: (row: CaseRow) => { status: number; answerSealed: Buffer }
}

/** What became of it. */
export type FilingOutcome =
  | { readonly kind: 'dryRun'; readonly content: unknown; readonly ledger: Ledger }
  | { readonly kind: 'taken'; readonly caseId: string }
  | { readonly kind: 'filed'; readonly row: CaseRow; readonly attempted: Attempted }

/** Files. A dry run does everything but store and send. */
export async function fileCase(request: FilingRequest, actor: Actor, deps: Deps): Promise<FilingOutcome> {
  const prepared = await prepare(request.profile, request.content, { isDryRun: request.dryRun }, actor, deps)
  if (request.dryRun) return { kind: 'dryRun', content: prepared.wire, ledger: prepared.ledger }
  const { store, sealing } = deps
  const now = deps.now()
  const { after: row, event } = applied(rowOf(prepared, actor, now, deps), { event: filedEvent(now, deps) })
  const leaseToken = randomBytes(12).toString('hex')
  const work: SubmitWork = { wire: prepared.wire }
  const stored = await store.cases.insertFiling({
    case: row,
    event,
    ledger: { id: row.ledgerId, json: prepared.json },
    work: sealing.seal(work),
    leaseToken,
    leaseUntil: new Date(now.getTime() + LIMITS.leaseMs),
    idempotency: { key: request.idempotencyKey, requestDigest: request.requestDigest },
    access: accessRow(factsOf(row, 'file', actor), actor, deps),
    ...(actor.principal ? { receiverId: actor.principal.personId } : {}),
  })
  if (stored === 'mandateOver') throw endedMeanwhile(prepared.mandateId)
  if (stored === 'taken') return { kind: 'taken', caseId: row.id }
  const attempted = await noLonger(
    LIMITS.filingWaitMs,
    attempt({ caseId: row.id, number: 1, leaseToken }, deps, {
      row,
      work,
      kind: 'submit',
      matter: prepared.matter,
      application: prepared.application,
      exemptions: prepared.exemptions,
      answer: { key: request.idempotencyKey, of: request.answerOf },
    }),
    deps,
  )
  return { kind: 'filed', row: attempted.row ?? row, attempted }
}

/** The first event of every case that is filed here: it was handed in, and the region has not heard of it yet. */
const filedEvent = (now: Date, { sealing }: Deps): NewEvent => ({
  id: newId('ev', now),
  key: FILED,
  type: 'status',
  status: 'SUBMITTED',
  rawCode: null,
  rawLabel: null,
  occurredAt: now,
  receivedAt: now,
  via: 'own',
  late: false,
  noteSealed: null,
  newsSealed: null,
  contentMac: sealing.hash('news', FILED),
})

/** The mandate was revoked while the request ran. */
const endedMeanwhile = (mandate: string | null) =>
  new GatewayError('MANDATE_OVER', mandate === null ? {} : { mandate }, {
    errors: [fault('/agent/mandate', 'MANDATE_OVER', '这项授权已经结束', 'This mandate has ended')],
  })

/** Waits for an attempt, but not for ever: a slow region's answer is taken in when it comes, and nobody waits for it. */
async function noLonger(ms: number, attempted: Promise<Attempted>, { log }: Deps): Promise<Attempted> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Attempted>((resolve) => {
    timer = setTimeout(() => {
      attempted.catch((error: unknown) =>
        log.error({ reason: String(error) }, 'an attempt ended without being recorded'),
      )
      resolve({
        state: 'pending',
        row: undefined,
        error: new GatewayError('REGION_UNAVAILABLE', { phase: 'slow' }),
      })
    }, ms)
  })
  try {
    return await Promise.race([attempted, late])
  } finally {
    clearTimeout(timer)
  }
}
