/** Our own words in a timeline, reminders before all: they move no case and say nothing of when its region was heard. */
import type { CaseRow, Change, NewEvent } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'
import { changeOf } from '../apply-news.ts'
import { contentMacOf } from '../kept-news.ts'
import type { News } from '../news.ts'
import { statusOf } from '../record.ts'

/** What a reminder says, and the key under which it is said once. */
export interface Reminder {
  readonly key: string
  readonly note: string
  /** What is no reminder is a note. */
  readonly type?: 'note'
}

const newsOf = ({ status }: CaseRow, { key, note, type }: Reminder): News => ({
  key,
  type: type ?? 'reminder',
  status: statusOf(status),
  rawStatus: { code: '', label: '' },
  via: 'own',
  note,
})

/** Key and content of it, by which it is known again. */
export const toldBy = (row: CaseRow, reminder: Reminder, { sealing }: Pick<Deps, 'sealing'>) => ({
  key: reminder.key,
  contentMac: contentMacOf(newsOf(row, reminder), sealing),
})

/** What it makes of the case: one event more. */
export function reminding(
  row: CaseRow,
  reminder: Reminder,
  deps: Pick<Deps, 'sealing' | 'now'>,
): Change & { readonly event: NewEvent } {
  const { event } = changeOf(row, newsOf(row, reminder), deps)
  // There is no status of the region in it.
  return {
    event: { ...event, rawCode: null, rawLabel: null },
    columns: { changedAt: event.receivedAt },
  }
}
