/** The row of a case that has just been filed. */
import { createHash } from 'node:crypto'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import type { Prepared } from './prepare-filing.ts'
import type { FiledContent } from './record.ts'

/** The title that regions and residents read. */
const titleOf = (application: Application, matter: Matter): string =>
  `关于${application.applicant.name}的${matter.name.zh}`

/** The case before the first event of its timeline. */
export function rowOf(prepared: Prepared, actor: Actor, now: Date, { sealing }: Deps): CaseRow {
  const { application, matter } = prepared
  const content: FiledContent = {
    application,
    title: titleOf(application, matter),
    ...(prepared.exemptions.length > 0 ? { exemptions: prepared.exemptions } : {}),
  }
  return {
    id: newId('case', now),
    clientId: actor.clientId,
    region: matter.region ?? '',
    division: application.division,
    sourceDivision: application.sourceDivision,
    matterId: matter.id,
    matterVersion: prepared.version,
    matterName: matter.name.zh,
    sourceNumber: prepared.sourceNumber,
    caseNumber: null,
    caseKey: null,
    holderKey: sealing.identity(application.applicant.idDocument),
    mandateId: prepared.mandateId,
    status: 'SUBMITTED',
    rawCode: null,
    rawLabel: null,
    appliedAt: new Date(prepared.appliedAt),
    acceptedAt: null,
    dueAt: null,
    completedAt: null,
    regionAt: null,
    origin: 'filed',
    version: 0,
    sequence: 0,
    headDigest: '',
    changedAt: now,
    asOf: now,
    nextAskAt: null,
    askFailures: 0,
    silentSince: null,
    filedSealed: sealing.seal(content),
    handleSealed: null,
    openSealed: null,
    ledgerId: ledgerIdOf(prepared.json),
    dispatchState: 'pending',
    dispatchReason: null,
    dispatchAttempts: 0,
  }
}

const ledgerIds = new Map<string, string>()

/** Ledgers are named by their content; the few that are in use keep their names. */
function ledgerIdOf(json: string): string {
  let id = ledgerIds.get(json)
  if (id === undefined) {
    id = createHash('sha256').update(json).digest('hex').slice(0, 40)
    if (ledgerIds.size > 1_000) ledgerIds.clear()
    ledgerIds.set(json, id)
  }
  return id
}
