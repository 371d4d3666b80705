/** News of a case, from wherever it comes, meet in one verb: recorded once, late news without effect, the row its projection. */

import type { Alarm } from '../../adapters/kit/codes.ts'
import { LIMITS } from '../../config.ts'
import type { CaseResult } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { CaseRow, Change, NewEvent, Outcome } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { askAfterChange } from './ask-plan.ts'
import { requestAfter } from './correction-request.ts'
import { CONFLICT } from './event-keys.ts'
import { contentMacOf, keepNews } from './kept-news.ts'
import type { News } from './news.ts'
import type { OpenContent } from './record.ts'
import { statusOf } from './record.ts'
import { FINAL, moves } from './state.ts'

const date = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))

/**
 * When something happened, as far as the order goes. A region's clock that is ahead would make all that follows late: what it dates
 * into the future counts as of the whole second in which it was received, and is shown with the time that was told.
 */
export function orderAt<T extends Date | undefined>(at: T, received: Date): T | Date {
  if (!at || at.getTime() <= received.getTime() + LIMITS.regionClockAheadMs) return at
  return new Date(Math.floor(received.getTime() / 1_000) * 1_000)
}

/** What news make of a case. Pure but for sealing. */
export function changeOf(
  row: CaseRow,
  news: News,
  { sealing, now }: Pick<Deps, 'sealing' | 'now'>,
): Change & { readonly event: NewEvent; readonly columns: Partial<CaseRow> } {
  const received = now()
  const at = orderAt(date(news.occurredAt), received)
  const isNote = news.type === 'note' || news.type === 'reminder'
  const status = isNote ? statusOf(row.status) : news.status
  const known = { status: statusOf(row.status), regionAt: row.regionAt?.getTime() }
  const moving = !isNote && !isOvertaken(row, news) && moves(known, { status, at: at?.getTime() })
  const late = !isNote && !moving && status !== row.status
  return {
    event: eventOf(news, { status, received, late }, sealing),
    columns: {
      ...columnsOfNews(row, news, moving, sealing),
      // A note moves nothing, so what happened before it and comes after it is not late.
      ...(at && !isNote && (row.regionAt === null || at > row.regionAt) ? { regionAt: at } : {}),
      ...namesOf(row, news),
      ...(news.dispatch
        ? { dispatchState: news.dispatch.state, dispatchReason: news.dispatch.reason ?? null }
        : {}),
      nextAskAt: askAfterChange(
        {
          id: row.id,
          status: moving ? news.status : known.status,
          // Of a case that was filed elsewhere the region may have told no key to ask with: lists alone tell of it.
          isSent:
            (news.dispatch?.state ?? row.dispatchState) === 'sent' &&
            (row.origin === 'filed' || row.handleSealed !== null),
        },
        received,
      ),
      askFailures: 0,
      silentSince: null,
      changedAt: received,
      asOf: received,
    },
  }
}

/** The event of the timeline. */
const eventOf = (
  news: News,
  { status, received, late }: { status: CaseStatus; received: Date; late: boolean },
  sealing: Deps['sealing'],
): NewEvent => ({
  id: newId('ev', received),
  key: news.key,
  type: news.type,
  status,
  rawCode: news.rawStatus.code,
  rawLabel: news.rawStatus.label,
  occurredAt: date(news.occurredAt) ?? received,
  receivedAt: received,
  via: news.via,
  late,
  noteSealed: news.note ? sealing.seal(news.note) : null,
  newsSealed: keepNews(news, sealing),
  contentMac: contentMacOf(news, sealing),
})

/** What the region calls the case by, once it is told. */
const namesOf = (row: CaseRow, news: News): Partial<CaseRow> => ({
  ...(news.caseNumber && row.caseNumber === null ? { caseNumber: news.caseNumber } : {}),
  ...(news.caseKey && row.caseKey === null ? { caseKey: news.caseKey } : {}),
  ...(news.handleSealed ? { handleSealed: news.handleSealed } : {}),
})

/**
 * Our own act was answered without a time, and the region has told meanwhile of what happened after it: a callback may be faster
 * than the answer, and an answer that was lost comes only at the next attempt. An end is never overtaken.
 */
const isOvertaken = (row: CaseRow, { begunAfter, occurredAt, status }: News): boolean =>
  begunAfter !== undefined &&
  occurredAt === undefined &&
  !FINAL.includes(status) &&
  row.regionAt !== null &&
  (begunAfter === null || row.regionAt > begunAfter)

function columnsOfNews(
  row: CaseRow,
  news: News,
  moving: boolean,
  sealing: Deps['sealing'],
): Partial<CaseRow> {
  const accepted = date(news.acceptedAt)
  const completed = date(news.completedAt)
  const known = row.openSealed ? sealing.open<OpenContent>(row.openSealed) : {}
  const due = promiseOf(news, known)
  // The letter of the end may come after that of the delivery.
  const ends =
    completed !== undefined &&
    (moving || row.completedAt === null || (known.completedAtIsOurs === true && !news.completedAtIsOurs))
  const open = openOf(row, news, { known, moving, ends, isPromise: due !== undefined })
  return {
    // A promise that is moved (an extension) comes as a note and still counts.
    ...(due ? { dueAt: due } : {}),
    // The first acceptance counts, in whatever order they are told: one that follows a 补正 comes again.
    ...(accepted && (row.acceptedAt === null || accepted < row.acceptedAt) ? { acceptedAt: accepted } : {}),
    ...(moving ? { status: news.status, rawCode: news.rawStatus.code, rawLabel: news.rawStatus.label } : {}),
    ...(ends ? { completedAt: completed } : {}),
    ...(open ? { openSealed: sealing.seal(open) } : {}),
  }
}

/** The promised end, unless a later event has told one already: it may have been moved by an extension. */
const promiseOf = ({ dueAt, occurredAt }: News, { dueToldAt }: OpenContent): Date | undefined =>
  occurredAt && dueToldAt && Date.parse(occurredAt) < Date.parse(dueToldAt) ? undefined : date(dueAt)

/** What clerks wrote, as the news leave it; nothing when they leave it as it was. */
function openOf(
  row: CaseRow,
  news: News,
  {
    known,
    moving,
    ends,
    isPromise,
  }: { known: OpenContent; moving: boolean; ends: boolean; isPromise: boolean },
): OpenContent | undefined {
  const { correction: before, correctionToldAt: beforeAt, completedAtIsOurs: wasOurs, ...rest } = known
  const isOurs = ends ? news.completedAtIsOurs : wasOurs
  // However the region wrote it: made again of the timeline, it is the same text.
  const toldAt = date(news.occurredAt)?.toISOString()
  const isNewRound = moving && news.status !== row.status
  const correction = requestAfter(row, news, isNewRound ? {} : known, moving)
  const correctionToldAt = correction === before ? beforeAt : toldAt
  const result = tellsResult(row, news, known, moving) ? news.result : undefined
  if (!isPromise && !result && correction === before && isOurs === wasOurs) return undefined
  return {
    ...rest,
    ...(correction ? { correction } : {}),
    ...(correction && correctionToldAt ? { correctionToldAt } : {}),
    ...(result ? { result: resultOf(result, known.result) } : {}),
    ...(isOurs ? { completedAtIsOurs: isOurs } : {}),
    ...(isPromise && toldAt ? { dueToldAt: toldAt } : {}),
  }
}

/** The decision, with the documents that are known of it: a callback may tell none. */
const resultOf = (told: CaseResult, known: CaseResult | undefined): CaseResult =>
  told.documents.length > 0 ? told : { ...told, documents: known?.documents ?? [] }

/** A decision that comes late is still the decision, unless a newer one is known: 作废 takes 办结 back. */
const tellsResult = (
  row: CaseRow,
  { type, status, occurredAt }: News,
  known: OpenContent,
  moving: boolean,
): boolean =>
  moving ||
  type === 'note' ||
  known.result === undefined ||
  (status === row.status && date(occurredAt)?.getTime() === row.regionAt?.getTime())

/**
 * Records news of a case: the one way in for callbacks, polls, lists and our own acts.
 * @returns how it ended: repeated news change nothing; a second message under a key that is taken is kept as a note and alarmed
 */
export async function applyNews(
  caseId: string,
  news: News,
  deps: Deps,
  more: { nonce?: { region: string; value: string; until: Date } } = {},
): Promise<Outcome> {
  const outcome = await deps.store.changes.change({
    caseId,
    told: { key: news.key, contentMac: contentMacOf(news, deps.sealing) },
    decide: (row) => changeOf(row, news, deps),
    ...more,
  })
  if (outcome.row && isAhead(news, deps.now())) await raise(outcome.row.region, [AHEAD], deps)
  if (outcome.outcome !== 'conflict' || !outcome.row) return outcome
  await keepConflict(outcome.row, news, deps)
  return outcome
}

const AHEAD: Alarm = { table: 'event time', code: 'in the future' }

/** Whether a message tells of what has not happened yet. */
const isAhead = ({ occurredAt }: News, now: Date): boolean =>
  occurredAt !== undefined && Date.parse(occurredAt) > now.getTime() + LIMITS.regionClockAheadMs

/** Which of the two is true is not ours to say: the first stands, the second is shown beside it, and somebody looks. */
async function keepConflict(row: CaseRow, news: News, deps: Deps): Promise<void> {
  const { key, status, rawStatus, occurredAt, note, via } = news
  const contentMac = contentMacOf(news, deps.sealing)
  const second: News = {
    key: `${CONFLICT}${contentMac.slice(0, 24)}:${key}`,
    type: 'note',
    status,
    rawStatus,
    via,
    ...(occurredAt ? { occurredAt } : {}),
    ...(note ? { note } : {}),
  }
  await deps.store.changes.change({
    caseId: row.id,
    told: { key: second.key, contentMac: contentMacOf(second, deps.sealing) },
    decide: (now) => changeOf(now, second, deps),
  })
  await raise(row.region, [{ table: 'event', code: 'one key, two contents' }], deps)
}

/** A code as text that PostgreSQL takes: it knows no U+0000 and no half of a pair, and nothing that controls a terminal is a code. */
const storable = (code: string): string => code.toWellFormed().replaceAll(/\p{Cc}/gu, '\uFFFD')

/** Raises alarms for codes that no table knows. */
export async function raise(
  region: string,
  alarms: readonly Alarm[],
  { store, log, now }: Deps,
): Promise<void> {
  if (alarms.length === 0) return
  const kept = alarms.map(({ table, code }) => ({ table, code: storable(code) }))
  for (const { table, code } of kept) log.error({ region, table, code }, 'a code that no table knows')
  await store.changes.raiseAlarms(region, kept, now())
}
