/** What a case row holds, opened; and how the API shows it. */

import type { FiledCase, Handle } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { Case, CaseEvent, CaseResult, CorrectionRequest } from '../../schemas/case.ts'
import { CASE_STATUSES, type CaseStatus } from '../../schemas/case-status.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import { REGION_IDS, type RegionId } from '../../schemas/regions.ts'
import type { CaseRow, EventRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import type { Sealing } from '../sealing.ts'
import { ballOf } from './state.ts'
import { factsOfEvent, sentenceOf } from './words/event-words.ts'
import { type Wordless, withWords } from './words/next-step.ts'

/** The sealed part of a case that does not change but by a correction. */
export interface FiledContent {
  readonly application: Application
  readonly title: string
  /** Documents for which a licence of the gateway's index stands. */
  readonly exemptions?: readonly Exemption[]
}

/** The sealed part that clerks write. */
export interface OpenContent {
  readonly correction?: CorrectionRequest
  readonly result?: CaseResult
  /** The time of the end is the gateway's: the region ended the case at our word and told no time. */
  readonly completedAtIsOurs?: true
  /** Event time of the message that told what must be corrected. */
  readonly correctionToldAt?: string
  /** Event time of the message that told the promised end. */
  readonly dueToldAt?: string
}

/** A status that the store holds. It only ever stores what this list has. */
export const statusOf = (text: string): CaseStatus => CASE_STATUSES.find((one) => one === text) ?? 'UNKNOWN'

/** A region that the store holds. @throws GatewayError `INTERNAL` for anything else. */
export function regionOf(text: string): RegionId {
  const region = REGION_IDS.find((one) => one === text)
  if (!region) throw new GatewayError('INTERNAL', { reason: 'region' })
  return region
}

const instant = (at: Date | null): string | null => (at === null ? null : formatInstant(at))

/** The case as its row has it, in its own words: without clock, forecast and names, which `clock/show-cases.ts` adds. */
export const presentCase = (row: CaseRow, sealing: Sealing): Case => withWords(presentRow(row, sealing), row)

/** The same before it is put into words. */
export function presentRow(row: CaseRow, sealing: Sealing): Wordless {
  const { title, exemptions = [] } = sealing.open<FiledContent>(row.filedSealed)
  const open = row.openSealed ? sealing.open<OpenContent>(row.openSealed) : {}
  const status = statusOf(row.status)
  const pending = row.dispatchState === 'pending'
  return {
    id: row.id,
    origin: row.origin,
    caseNumber: row.caseNumber,
    region: regionOf(row.region),
    division: row.division,
    sourceDivision: row.sourceDivision,
    matter: { id: row.matterId, name: { zh: row.matterName } },
    title,
    status,
    rawStatus: row.rawCode === null ? null : { code: row.rawCode, label: row.rawLabel ?? '' },
    appliedAt: formatInstant(row.appliedAt),
    acceptedAt: instant(row.acceptedAt),
    dueOn: instant(row.dueAt)?.slice(0, 10) ?? null,
    clock: null,
    forecast: null,
    completedAt: instant(row.completedAt),
    ...(open.completedAtIsOurs ? { completedAtSource: 'gateway' as const } : {}),
    ball: pending ? 'gateway' : ballOf(status),
    correction:
      status === 'CORRECTION_REQUIRED' || status === 'PRECHECK_RETURNED' ? (open.correction ?? null) : null,
    result: open.result ?? null,
    rating: null,
    exemptions: [...exemptions],
    dispatch: {
      state: row.dispatchState as Case['dispatch']['state'],
      ...(row.dispatchReason === null ? {} : { reason: row.dispatchReason }),
      attempts: row.dispatchAttempts,
    },
    silentSince: instant(row.silentSince),
    asOf: formatInstant(row.asOf),
  }
}

/** Of a case that was filed elsewhere no application is here to act on. @throws GatewayError `CASE_FILED_ELSEWHERE` */
export function requireFiled(row: Pick<CaseRow, 'id' | 'origin'>): void {
  if (row.origin === 'listed') throw new GatewayError('CASE_FILED_ELSEWHERE', { case: row.id })
}

/** The entity tag of a case. */
export const etagOf = (row: CaseRow): string => `"${row.version}"`

/** An event as the API shows it. */
export function presentEvent(row: EventRow, sealing: Sealing): CaseEvent {
  const status = statusOf(row.status)
  return {
    id: row.id,
    caseId: row.caseId,
    sequence: row.sequence,
    type: row.type as CaseEvent['type'],
    status,
    rawStatus: row.rawCode === null ? null : { code: row.rawCode, label: row.rawLabel ?? '' },
    occurredAt: formatInstant(row.occurredAt),
    receivedAt: formatInstant(row.receivedAt),
    via: row.via as CaseEvent['via'],
    late: row.late,
    note: row.noteSealed ? sealing.open<string>(row.noteSealed) : null,
    sentence: sentenceOf(factsOfEvent(row, status, sealing)),
  }
}

/** The matter of a case, in the version for which it was filed. */
export async function matterOf(row: CaseRow, { store }: Pick<Deps, 'store'>): Promise<Matter> {
  const stored = await store.matters.version(row.matterId, row.matterVersion)
  if (!stored) throw new GatewayError('INTERNAL', { reason: 'matter version', matter: row.matterId })
  return stored.document as Matter
}

/** The case as an adapter needs it for a call. */
export async function filedCase(row: CaseRow, deps: Pick<Deps, 'store' | 'sealing'>): Promise<FiledCase> {
  const { application } = deps.sealing.open<FiledContent>(row.filedSealed)
  return {
    division: row.division,
    caseNumber: row.caseNumber ?? '',
    matter: await matterOf(row, deps),
    application,
    sourceNumber: row.sourceNumber,
    appliedAt: formatInstant(row.appliedAt),
    status: statusOf(row.status),
    handle: row.handleSealed ? deps.sealing.open<Handle>(row.handleSealed) : {},
  }
}
