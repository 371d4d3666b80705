/** News of a case, from wherever it comes, meet in one verb: recorded once, late news without effect, the row its projection. */

import type { Alarm } from '../../adapters/kit/codecs.ts'
import type { RegionalEvent } from '../../adapters/kit/contract.ts'
import type { CaseResult } from '../../schemas/case.ts'
import type { CaseRow, Change } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import type { OpenContent } from './record.ts'
import { statusOf } from './record.ts'
import { moves } from './state.ts'

/** One piece of news. `occurredAt` is the region's event time; absent when an answer does not tell it. */
export interface News
  extends Omit<RegionalEvent, 'caseNumber' | 'occurredAt' | 'alarms' | 'documents' | 'step' | 'type'> {
  readonly type: 'status' | 'note' | 'dispatch'
  readonly occurredAt?: string
  readonly caseNumber?: string
  readonly via: 'callback' | 'poll' | 'list' | 'own'
  readonly handleSealed?: Buffer
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
      // A note moves nothing, so what happened before it and comes after it is not late.
      ...(at && news.type !== 'note' && (row.regionAt === null || at > row.regionAt) ? { regionAt: at } : {}),
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
  const open: OpenContent = {
    ...known,
    ...(due && news.occurredAt ? { dueToldAt: news.occurredAt } : {}),
    ...(news.result ? { result: resultOf(news.result, known.result) } : {}),
    ...(news.correction && moving ? { correction: news.correction } : {}),
  }
  return {
    // A promise that is moved (an extension) comes as a note and still counts.
    ...(due ? { dueAt: due } : {}),
    ...(accepted && row.acceptedAt === null ? { acceptedAt: accepted } : {}),
    ...(moving ? { status: news.status, rawCode: news.rawStatus.code, rawLabel: news.rawStatus.label } : {}),
    ...(moving && completed ? { completedAt: completed } : {}),
    ...(due || news.result || (news.correction && moving) ? { openSealed: sealing.seal(open) } : {}),
  }
}

/** The decision, with the documents that are known of it: a callback may tell none. */
const resultOf = (told: CaseResult, known: CaseResult | undefined): CaseResult =>
  told.documents.length > 0 ? told : { ...known, ...told, documents: known?.documents ?? [] }

/** The promised end, unless a later event has told one already: it may have been moved by an extension. */
const promiseOf = ({ dueAt, occurredAt }: News, { dueToldAt }: OpenContent): Date | undefined =>
  occurredAt && dueToldAt && Date.parse(occurredAt) < Date.parse(dueToldAt) ? undefined : date(dueAt)

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
