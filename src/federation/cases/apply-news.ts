/** News of a case, from wherever it comes, meet in one verb: recorded once, late news without effect, the row its projection. */

import type { Alarm } from '../../adapters/kit/codecs.ts'
import type { RegionalEvent } from '../../adapters/kit/contract.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import type { CaseRow, Change } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import type { OpenContent } from './record.ts'
import { statusOf } from './record.ts'
import { FINAL, moves } from './state.ts'

/** One piece of news. `occurredAt` is the region's event time; absent when an answer does not tell it. */
export interface News
  extends Omit<RegionalEvent, 'caseNumber' | 'occurredAt' | 'alarms' | 'documents' | 'step' | 'type'> {
  readonly type: 'status' | 'note' | 'dispatch'
  readonly occurredAt?: string
  readonly caseNumber?: string
  readonly via: 'callback' | 'poll' | 'list' | 'own'
  readonly handleSealed?: Buffer
  /** Of our own act: the newest event time that was known when it began; `null` before the first. */
  readonly begunAfter?: Date | null
  readonly dispatch?: { readonly state: 'sent' | 'pending' | 'refused'; readonly reason?: string }
}

const date = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))

/** What news make of a case. Pure but for sealing. */
export function changeOf(row: CaseRow, news: News, { sealing, now }: Pick<Deps, 'sealing' | 'now'>): Change {
  const received = now()
  const at = date(news.occurredAt)
  const status = news.type === 'note' ? statusOf(row.status) : news.status
  const moving =
    news.type !== 'note' &&
    !isOvertaken(row, news) &&
    moves({ status: statusOf(row.status), regionAt: row.regionAt?.getTime() }, { status, at: at?.getTime() })
  const late = news.type !== 'note' && !moving && status !== row.status
  return {
    event: {
      id: newId('ev', received),
      key: news.key,
      type: news.type,
      status,
      rawCode: news.rawStatus.code,
      rawLabel: news.rawStatus.label,
      occurredAt: at ?? received,
      receivedAt: received,
      via: news.via,
      late,
      noteSealed: news.note ? sealing.seal(news.note) : null,
    },
    columns: {
      ...columnsOfNews(row, news, moving, sealing),
      ...(at && (row.regionAt === null || at > row.regionAt) ? { regionAt: at } : {}),
      ...(news.caseNumber && row.caseNumber === null ? { caseNumber: news.caseNumber } : {}),
      ...(news.caseKey && row.caseKey === null ? { caseKey: news.caseKey } : {}),
      ...(news.handleSealed ? { handleSealed: news.handleSealed } : {}),
      ...(news.dispatch
        ? { dispatchState: news.dispatch.state, dispatchReason: news.dispatch.reason ?? null }
        : {}),
      asOf: received,
    },
  }
}

/**
 * Our own act was answered without a time, and a callback that came while we waited told of what happened after it. An end
 * is never overtaken.
 */
const isOvertaken = (row: CaseRow, { begunAfter, occurredAt, status }: News): boolean =>
  begunAfter !== undefined &&
  occurredAt === undefined &&
  !FINAL.includes(status) &&
  row.regionAt !== null &&
  (begunAfter === null || row.regionAt > begunAfter)

/** Whether a request names documents that the known one does not: a callback may leave out what the region's query has. */
export const namesMore = (known: CorrectionRequest | undefined, told: CorrectionRequest): boolean =>
  told.documents.length > (known?.documents.length ?? 0)

function columnsOfNews(
  row: CaseRow,
  news: News,
  moving: boolean,
  sealing: Deps['sealing'],
): Partial<CaseRow> {
  const accepted = date(news.acceptedAt)
  const due = date(news.dueAt)
  const completed = date(news.completedAt)
  const known = row.openSealed ? sealing.open<OpenContent>(row.openSealed) : {}
  const { correction } = news
  const asked =
    correction && (moving || (news.status === row.status && namesMore(known.correction, correction)))
  const open: OpenContent = {
    ...known,
    ...(news.result ? { result: news.result } : {}),
    ...(asked ? { correction } : {}),
  }
  return {
    // A promise that is moved (an extension) comes as a note and still counts.
    ...(due ? { dueAt: due } : {}),
    ...(accepted && row.acceptedAt === null ? { acceptedAt: accepted } : {}),
    ...(moving ? { status: news.status, rawCode: news.rawStatus.code, rawLabel: news.rawStatus.label } : {}),
    // The letter of the end may come after that of the delivery.
    ...(completed && (moving || row.completedAt === null) ? { completedAt: completed } : {}),
    ...(news.result || asked ? { openSealed: sealing.seal(open) } : {}),
  }
}

/** Records news of a case. @returns how it ended: repeated news change nothing. */
export async function applyNews(
  caseId: string,
  news: News,
  deps: Deps,
  more: { nonce?: { region: string; value: string; until: Date } } = {},
): Promise<{ outcome: 'changed' | 'repeated' | 'nothing' | 'gone' | 'replayed'; row: CaseRow | undefined }> {
  return deps.store.changes.change(caseId, (row) => changeOf(row, news, deps), more)
}

/** Raises alarms for codes that no table knows. */
export async function raise(
  region: string,
  alarms: readonly Alarm[],
  { store, log, now }: Deps,
): Promise<void> {
  if (alarms.length === 0) return
  for (const alarm of alarms)
    log.error({ region, table: alarm.table, code: alarm.code }, 'a code that no table knows')
  await store.changes.raiseAlarms(region, alarms, now())
}
