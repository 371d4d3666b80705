/** Writes many changes in one statement: events, what is owed to their clients, and the rows of the cases. */
import type { Ask } from './ask.ts'
import type { CaseRow, EventRow } from './case-rows.ts'
import type { Written } from './change.ts'

const base64 = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null

const wireEvent = ({ before: { clientId } }: Written, e: EventRow) => ({
  case_id: e.caseId,
  client_id: clientId,
  sequence: e.sequence,
  id: e.id,
  key: e.key,
  type: e.type,
  status: e.status,
  raw_code: e.rawCode,
  raw_label: e.rawLabel,
  occurred_at: e.occurredAt,
  received_at: e.receivedAt,
  via: e.via,
  late: e.late,
  note_sealed: base64(e.noteSealed),
  news_sealed: base64(e.newsSealed),
  content_mac: e.contentMac,
  digest: e.digest,
})

/** All columns that a change may touch, as they are afterwards; boxes that stay as they are stay at home. */
const wireCase = (before: CaseRow, c: CaseRow) => ({
  id: c.id,
  case_number: c.caseNumber,
  case_key: c.caseKey,
  status: c.status,
  raw_code: c.rawCode,
  raw_label: c.rawLabel,
  accepted_at: c.acceptedAt,
  due_at: c.dueAt,
  completed_at: c.completedAt,
  region_at: c.regionAt,
  version: c.version,
  sequence: c.sequence,
  head_digest: c.headDigest,
  changed_at: c.changedAt,
  as_of: c.asOf,
  next_ask_at: c.nextAskAt,
  ask_failures: c.askFailures,
  silent_since: c.silentSince,
  filed_sealed: c.filedSealed === before.filedSealed ? null : base64(c.filedSealed),
  handle_sealed: c.handleSealed === before.handleSealed ? null : base64(c.handleSealed),
  open_sealed: c.openSealed === before.openSealed ? null : base64(c.openSealed),
  dispatch_state: c.dispatchState,
  dispatch_reason: c.dispatchReason,
  dispatch_attempts: c.dispatchAttempts,
})

/** The rows are locked, and events of these keys are known not to be there. */
export async function writeChanges(ask: Ask, written: readonly Written[]): Promise<void> {
  if (written.length === 0) return
  const events = written.flatMap((one) => (one.event ? [wireEvent(one, one.event)] : []))
  // Of a case that changed twice only the last row counts, beside the boxes of the first.
  const rows = new Map<string, { before: CaseRow; after: CaseRow }>()
  for (const { before, after } of written)
    rows.set(after.id, { before: rows.get(after.id)?.before ?? before, after })
  const changed = [...rows.values()].map(({ before, after }) => wireCase(before, after))
  await ask`
    with e as (
      select * from jsonb_to_recordset(${JSON.stringify(events)}::text::jsonb) as x (
        case_id text, client_id text, sequence int, id text, key text, type text, status text, raw_code text, raw_label text,
        occurred_at timestamptz, received_at timestamptz, via text, late boolean, note_sealed text, news_sealed text, content_mac text,
        digest text)
    ), i as (
      insert into case_events (case_id, sequence, id, key, type, status, raw_code, raw_label, occurred_at, received_at, via, late,
        note_sealed, news_sealed, content_mac, digest)
      select case_id, sequence, id, key, type, status, raw_code, raw_label, occurred_at, received_at, via, late,
        decode(note_sealed, 'base64'), decode(news_sealed, 'base64'), content_mac, digest from e
    ), c as (
    update cases c set
      outbox_tx = greatest(c.outbox_tx, pg_current_xact_id()), case_number = v.case_number, case_key = v.case_key, status = v.status,
      raw_code = v.raw_code, raw_label = v.raw_label,
      accepted_at = v.accepted_at, due_at = v.due_at, completed_at = v.completed_at, region_at = v.region_at, version = v.version,
      sequence = v.sequence, head_digest = v.head_digest, changed_at = v.changed_at, as_of = v.as_of, next_ask_at = v.next_ask_at,
      ask_failures = v.ask_failures, silent_since = v.silent_since,
      filed_sealed = coalesce(decode(v.filed_sealed, 'base64'), c.filed_sealed),
      handle_sealed = coalesce(decode(v.handle_sealed, 'base64'), c.handle_sealed),
      open_sealed = coalesce(decode(v.open_sealed, 'base64'), c.open_sealed),
      dispatch_state = v.dispatch_state, dispatch_reason = v.dispatch_reason, dispatch_attempts = v.dispatch_attempts
    from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as v (
      id text, case_number text, case_key text, status text, raw_code text, raw_label text, accepted_at timestamptz, due_at timestamptz,
      completed_at timestamptz, region_at timestamptz, version int, sequence int, head_digest text, changed_at timestamptz,
      as_of timestamptz, next_ask_at timestamptz, ask_failures int, silent_since timestamptz, filed_sealed text, handle_sealed text,
      open_sealed text, dispatch_state text, dispatch_reason text, dispatch_attempts int)
    where c.id = v.id returning c.id, c.outbox_tx
    )
    insert into outbox (client_id, tx, case_id, sequence, type)
    select e.client_id, c.outbox_tx, e.case_id, e.sequence, e.type from e join c on c.id = e.case_id
    order by e.sequence`
}
