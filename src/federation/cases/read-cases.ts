/** Cases, timelines, ledgers and results, for whoever reaches them: see `reach.ts`. */

import type { RegionDocument } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Case, CaseMessage, RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { cityOf, regionOf as regionOfDivision } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { audienceName, serves } from '../identity/audience.ts'
import { applyNews } from './apply-news.ts'
import { showCase, showCases, showCaseWith } from './clock/show-cases.ts'
import { factsOf } from './looks.ts'
import { lookAtCase, partyOf, reachCase, reachedBy, recordList, recordLook } from './reach.ts'
import {
  etagOf,
  type FiledContent,
  filedCase,
  presentCase,
  presentEvent,
  regionOf,
  requireFiled,
  statusOf,
} from './record.ts'
import { ballOf } from './state.ts'
import { factsOfEvent } from './words/event-words.ts'
import { messagesOf } from './words/messages.ts'

/** A case and its entity tag. */
export interface Shown {
  readonly case: Case
  readonly etag: string
}

/** One case. The look is recorded first: no record, no data. */
export async function readCase(id: string, actor: Actor, deps: Deps): Promise<Shown> {
  const row = await lookAtCase(id, 'read', actor, deps)
  return { case: await showCase(row, deps), etag: etagOf(row) }
}

/** One case with the newest events of its timeline, oldest first: one look, one answer. */
export async function readWholeCase(id: string, actor: Actor, deps: Deps): Promise<Shown> {
  const reached = await reachCase(id, actor, deps, 'readWhole')
  const { row } = reached
  const before = Math.max(0, row.sequence - LIMITS.eventsOfWhole)
  // The events are read while the look is recorded, and shown when it is.
  const [events] = await Promise.all([
    deps.store.cases.events(id, before, LIMITS.eventsOfWhole),
    recordLook(reached, 'readWhole', actor, deps),
  ])
  const shown = await showCaseWith(row, events, deps)
  return {
    case: { ...shown, events: events.map((event) => presentEvent(event, deps.sealing)) },
    etag: etagOf(row),
  }
}

/** A case in a region's own fields, as far as the gateway knows it. */
export async function regionalCase(id: string, actor: Actor, deps: Deps): Promise<RegionalCase> {
  const row = await lookAtCase(id, 'read', actor, deps)
  const shown = presentCase(row, deps.sealing)
  const { application } = deps.sealing.open<FiledContent>(row.filedSealed)
  const matter = await deps.store.matters.version(row.matterId, row.matterVersion)
  return {
    caseNumber: row.caseNumber ?? '',
    ...(row.caseKey ? { caseKey: row.caseKey } : {}),
    region: regionOf(row.region),
    division: row.division,
    sourceDivision: row.sourceDivision,
    sourceNumber: row.sourceNumber,
    matterCode: matter?.code ?? row.matterId,
    matterName: row.matterName,
    title: shown.title,
    applicantName: application.applicant.name,
    status: shown.status,
    rawStatus: shown.rawStatus ?? { code: '', label: '' },
    appliedAt: shown.appliedAt,
    ...(shown.acceptedAt ? { acceptedAt: shown.acceptedAt } : {}),
    ...(row.dueAt ? { dueAt: formatInstant(row.dueAt) } : {}),
    ...(shown.completedAt ? { completedAt: shown.completedAt } : {}),
    updatedAt: shown.asOf,
    ...(shown.correction ? { correction: shown.correction } : {}),
    ...(shown.result ? { result: shown.result } : {}),
  }
}

/** A page of the caller's own cases, newest change first. */
export async function listCases(
  filter: {
    status?: readonly CaseStatus[]
    division?: string
    updatedSince?: Date
    before?: { changedAt: Date; id: string }
    limit: number
  },
  actor: Actor,
  deps: Deps,
): Promise<{ items: readonly Case[]; next: { changedAt: Date; id: string } | undefined }> {
  const { audience } = actor
  const city = filter.division && cityOf(filter.division)
  if (audience && city && !serves(audience, { region: regionOfDivision(city) ?? '', division: city }))
    throw new GatewayError('AUDIENCE_MISMATCH', { audience: audienceName(audience) })
  const party = await partyOf(actor, deps)
  const rows = await deps.store.cases.listOwn(party, {
    ...filter,
    ...(audience ? { within: audience } : {}),
    limit: filter.limit + 1,
  })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  const shown = await recordList(
    page.map((row) => reachedBy(party, row)),
    actor,
    deps,
  )
  return {
    items: await showCases(shown, deps),
    next: rows.length > filter.limit && last ? { changedAt: last.changedAt, id: last.id } : undefined,
  }
}

/**
 * What a person is told of a case: each thing once, in the order in which it happened.
 * @returns of a very long timeline what its newest events tell, and how many earlier ones there are
 */
export async function readMessages(
  id: string,
  actor: Actor,
  deps: Deps,
): Promise<{ items: readonly CaseMessage[]; earlierEvents: number }> {
  const row = await lookAtCase(id, 'events', actor, deps)
  const earlierEvents = Math.max(row.sequence - LIMITS.messageEvents, 0)
  const events = await deps.store.cases.events(row.id, earlierEvents, LIMITS.messageEvents)
  const facts = events.map((event) => factsOfEvent(event, statusOf(event.status), deps.sealing))
  const items = messagesOf(facts).map(
    ({ event, at, ...told }): CaseMessage => ({
      event: event.id,
      at: formatInstant(at),
      receivedAt: formatInstant(event.receivedAt),
      type: event.type,
      ...told,
    }),
  )
  return { items, earlierEvents }
}

/** The ledger of the conversion with which the case was filed. */
export async function readLedger(id: string, actor: Actor, deps: Deps): Promise<unknown> {
  const row = await lookAtCase(id, 'ledger', actor, deps)
  requireFiled(row)
  return deps.store.cases.ledger(row.ledgerId)
}

const WITH_RESULT: readonly CaseStatus[] = ['COMPLETED', 'DENIED', 'DELIVERED', 'NOT_ACCEPTED', 'APPROVED']

/** Why there is no document: one may still come while somebody has a move, and none will after that. */
const noDocument = (status: CaseStatus): GatewayError =>
  new GatewayError(ballOf(status) === 'nobody' ? 'RESULT_WITHOUT_DOCUMENT' : 'RESULT_NOT_READY', { status })

/**
 * The documents of a concluded case, fetched from the region and checked, or as they came with a callback.
 * @throws GatewayError `RESULT_NOT_READY` before the end, `RESULT_WITHOUT_DOCUMENT` when it ended without any
 */
export async function readResult(id: string, actor: Actor, deps: Deps): Promise<readonly RegionDocument[]> {
  const reached = await reachCase(id, actor, deps, 'result')
  const { row } = reached
  // Of some the region told what it needs to be asked, and their documents can be had.
  if (row.handleSealed === null) requireFiled(row)
  const status = statusOf(row.status)
  if (!WITH_RESULT.includes(status)) {
    const refusal = noDocument(status)
    const { mandateId } = reached
    await recordAccess(factsOf(row, 'result', actor, { mandateId, refused: refusal.code }), actor, deps)
    throw refusal
  }
  await recordLook(reached, 'result', actor, deps)
  const { link } = deps.directory.at(row.division)
  const filed = await filedCase(row, deps)
  const current = await link.readCase(filed)
  const documents = await link.readResult(filed, current)
  if (documents.length === 0) throw noDocument(ballOf(status) === 'nobody' ? status : current.status)
  if (current.result && row.openSealed === null) {
    await applyNews(
      row.id,
      {
        key: `result:${current.updatedAt ?? current.status}`,
        type: 'note',
        status: current.status,
        rawStatus: current.rawStatus,
        via: 'poll',
        result: current.result,
      },
      deps,
    )
  }
  return documents
}
