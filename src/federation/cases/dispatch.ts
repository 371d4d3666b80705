/** Sends what is owed to a region, and goes on trying: under a lease, with the region's own idempotency, for days. */
import { randomBytes } from 'node:crypto'
import type { Correcting, Filed, Filing, Handle, RegionLink } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Deps } from '../deps.ts'
import type {
  AtHand,
  Attempted,
  CorrectWork,
  Held,
  SubmitWork,
  WithdrawWork,
  Work,
  WorkKind,
} from './dispatch-work.ts'
import { fileToSend, requireConsents } from './file-to-send.ts'
import { holdingLease } from './hold-lease.ts'
import { type FiledContent, filedCase, matterOf } from './record.ts'
import { failed, keyIn, succeeded } from './settle-dispatch.ts'
import { joinStrays } from './strays.ts'

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
