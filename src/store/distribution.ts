/**
 * Where each table lies when the database is spread over several nodes (Citus). A table that has a column here is cut by it: every
 * unique key contains the column, and rows of one value are on one node. `test/store/distribution.test.ts` holds the tables to it.
 */

/** Cut by a column; the same everywhere (`reference`); or whole on the first node (`local`). */
type Place =
  | { readonly by: string; readonly why?: string }
  | { readonly kind: 'reference' | 'local'; readonly why: string }

const reference = (why: string): Place => ({ kind: 'reference', why })
const local = (why: string): Place => ({ kind: 'local', why })
const by = (column: string, why?: string): Place => ({ by: column, ...(why === undefined ? {} : { why }) })

export const DISTRIBUTION: Readonly<Record<string, Place>> = {
  // A case and all that belongs to it are on one node: these six are cut alike.
  cases: by('id', 'found by a region’s number or a person’s key on all nodes at once'),
  case_events: by('case_id'),
  case_documents: by('case_id'),
  dispatches: by('case_id'),
  drifts: by('case_id'),
  case_ratings: by('case_id'),

  // What goes out is ordered by the transactions of one node, so one client’s rows are on one.
  outbox: by('client_id', 'a transaction number is a node’s own'),
  subscriptions: by('client_id'),
  deliveries: by('client_id'),
  idempotency_keys: by('client_id'),
  identity_misses: by('client_id'),

  // Four regions would be four pieces: these are cut finer.
  nonces: by('value', 'four regions are too few'),
  strays: by('key', 'four regions are too few'),

  // What is a person’s, by the person or by the keyed hash of their document.
  persons: by('id'),
  person_keys: by('document_key', 'looked up before the person is known'),
  accounts: by('subject_key', 'looked up before the person is known'),
  name_conflicts: by('person_id'),
  holdings: by('person_id'),
  holding_answers: by('person_id'),
  pictures: by('person_id'),
  consents: by('person_id'),
  grants: by('person_id'),
  releases: by('person_id'),
  drafts: by('person_id'),
  identity_scans: by('person_id'),
  mandate_misses: by('person_id'),
  access_notices: by('person_id'),
  service_choices: by('person_id'),
  case_answers: by('holder_key'),
  accesses: by('holder_key'),
  access_chains: by('holder_key'),
  access_questions: by('holder_key'),
  access_shards: by('shard', 'a holder’s first record takes two nodes, every later one does not'),

  // What was recorded of exchanges with regions, by what it is about.
  exchanges: by('matter', 'four regions are too few'),
  canary_looks: by('subject', 'four regions are too few'),
  schema_drifts: by('subject', 'four regions are too few'),

  // What is asked for by its own id.
  uploads: by('id'),
  log_ins: by('id'),
  authentications: by('id'),
  sessions: by('id'),
  counter_desks: by('id'),
  oidc_payloads: by('id'),
  mandate_uses: by('mandate_id'),

  // What is at a window, with its papers and where they are.
  desk_sessions: by('id'),
  desk_cases: by('id', 'found by its window, its city and its person on all nodes at once'),
  desk_papers: by('desk_case_id'),
  desk_custody: by('desk_case_id'),
  desk_acts: by('clerk_id'),

  matters: reference('every filing reads it, a sync writes it'),
  catalogue_syncs: reference('41 rows'),
  windows: reference('everybody reads it, a sync writes it'),
  window_syncs: reference('41 rows'),
  ledgers: reference('one row for each shape of conversion'),
  alarms: reference('one row for each unknown code'),
  figures: reference('46 rows'),
  overdue_counts: reference('41 rows'),
  ask_turns: local('a row for each city, changed at every question'),
  mandates: reference('asked for by giver, receiver, code and id, and its code is unique among all'),

  operator_sessions: local('a few rows, and their digests are unique among all'),
  desk_clerks: reference('some thousand, found by link, device and client'),

  endings: local('every process reads its newest rows each second'),
  identity_codes: local('lives a minute, and the digits are unique among all'),
}

/** Columns that a sequence fills. A sequence is no order of commits, so nothing pages by one alone. */
export const SEQUENCES: readonly string[] = [
  'endings.position',
  'identity_scans.position',
  'mandate_uses.position',
  'outbox.position',
]
