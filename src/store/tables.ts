/**
 * The tables. What grows has a distribution column in `distribution.ts`; every unique key of such a table contains it, and no
 * foreign key crosses it, so that the tables can be spread later. Columns that end in `sealed` hold
 * AES-256-GCM boxes: personal data stands nowhere else.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { at, bytes, xid8 } from './columns.ts'

/** Matters with their versions. A version is in force from `valid_from` until `valid_to`; the current one has none. */
export const matters = pgTable(
  'matters',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    region: text('region'),
    division: text('division'),
    code: text('code'),
    baseCode: text('base_code'),
    name: text('name').notNull(),
    state: text('state').notNull(),
    fileable: boolean('fileable').notNull(),
    digest: text('digest').notNull(),
    document: jsonb('document').notNull(),
    validFrom: at('valid_from').notNull(),
    validTo: at('valid_to'),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.version] }),
    uniqueIndex('matters_current').on(t.id).where(sql`valid_to is null`),
    index('matters_code').on(t.region, t.division, t.code),
    index('matters_base_code').on(t.baseCode),
  ],
)

/** How far the catalogue of one city was read, and how the last reading went. */
export const catalogueSyncs = pgTable('catalogue_syncs', {
  division: text('division').primaryKey(),
  region: text('region').notNull(),
  changedSince: text('changed_since'),
  readAt: at('read_at'),
  failedAt: at('failed_at'),
  failure: text('failure'),
})

/** The projection of a case's events. Distributed by `id`. */
export const cases = pgTable(
  'cases',
  {
    id: text('id').primaryKey(),
    /** The client that filed it; empty for a case that was filed elsewhere. */
    clientId: text('client_id').notNull(),
    /** `filed` through the gateway, or `listed` by its region as filed elsewhere. */
    origin: text('origin').$type<'filed' | 'listed'>().notNull().default('filed'),
    region: text('region').notNull(),
    division: text('division').notNull(),
    sourceDivision: text('source_division').notNull(),
    matterId: text('matter_id').notNull(),
    matterVersion: integer('matter_version').notNull(),
    matterName: text('matter_name').notNull(),
    /** The number that the gateway gave the application, sent to the region as the source's number. */
    sourceNumber: text('source_number').notNull(),
    caseNumber: text('case_number'),
    caseKey: text('case_key'),
    holderKey: text('holder_key').notNull(),
    /** The mandate under which it was filed; null where the holder, or a client for itself, filed. */
    mandateId: text('mandate_id'),
    status: text('status').notNull(),
    rawCode: text('raw_code'),
    rawLabel: text('raw_label'),
    appliedAt: at('applied_at').notNull(),
    acceptedAt: at('accepted_at'),
    dueAt: at('due_at'),
    completedAt: at('completed_at'),
    /** The newest event time of the region's clock that is known; what is older comes late. */
    regionAt: at('region_at'),
    /** Counts every change: the ETag. */
    version: integer('version').notNull(),
    sequence: integer('sequence').notNull(),
    /**
     * The order that its newest row of the outbox has: at least that of the transaction which wrote it, and never less than before. A
     * transaction has its number from the first lock that it waits for, so that one with a smaller number may write later.
     */
    outboxTx: xid8('outbox_tx'),
    /** Digest of its newest event. */
    headDigest: text('head_digest').notNull().default(''),
    /** When something last changed; `as_of` is when the region was last heard of it, changed or not. */
    changedAt: at('changed_at').notNull().default(sql`now()`),
    asOf: at('as_of').notNull(),
    /** When its region is asked next; null where it is not. Whoever asks moves it on first: a claim that ends by itself. */
    nextAskAt: at('next_ask_at'),
    /** How often in a row the region did not answer, and since when. */
    askFailures: integer('ask_failures').notNull().default(0),
    silentSince: at('silent_since'),
    /** Application, title. */
    filedSealed: bytes('filed_sealed').notNull(),
    /** Region's keys and passwords. */
    handleSealed: bytes('handle_sealed'),
    /** What is asked to be corrected, and the result: free text of clerks. */
    openSealed: bytes('open_sealed'),
    ledgerId: text('ledger_id').notNull(),
    dispatchState: text('dispatch_state').notNull(),
    dispatchReason: text('dispatch_reason'),
    dispatchAttempts: integer('dispatch_attempts').notNull(),
    /** The day behind which the case is overdue, as its clock stood at `clock_version`; null where no day is counted to. */
    promisedOn: text('promised_on'),
    /** The version of the case whose clock was looked at last. */
    clockVersion: integer('clock_version').notNull().default(0),
  },
  (t) => [
    index('cases_of_client').on(t.clientId, t.changedAt, t.id),
    index('cases_of_holder').on(t.holderKey, t.changedAt, t.id),
    index('cases_to_ask_at').on(t.division, t.nextAskAt).where(sql`next_ask_at is not null`),
    index('cases_silent').on(t.division, t.silentSince).where(sql`silent_since is not null`),
    index('cases_of_mandate').on(t.mandateId).where(sql`mandate_id is not null`),
    index('cases_by_number').on(t.region, t.caseNumber),
    index('cases_by_key').on(t.region, t.caseKey),
    // Unique by its sixty bits of chance: a key that is unique among all cases could not be cut by `id`.
    index('cases_by_source').on(t.sourceNumber),
    index('cases_with_new_clock')
      .on(t.changedAt)
      .where(
        sql`clock_version < version and status not in ('NOT_ACCEPTED', 'COMPLETED', 'VOIDED', 'WITHDRAWN', 'DELIVERED')`,
      ),
    index('cases_promised').on(t.promisedOn).where(sql`promised_on is not null`),
    // A district's first four digits are its city's; Shanghai is one city.
    index('cases_concluded')
      .on(
        t.matterId,
        sql`(case region when 'shanghai' then '3100' else left(division, 4) end)`,
        t.completedAt,
      )
      .where(
        sql`status in ('COMPLETED', 'DELIVERED') and accepted_at is not null and completed_at is not null`,
      ),
  ],
)

/** Ledgers by content: conversions of one shape share one. They hold no value of a person. */
export const ledgers = pgTable('ledgers', {
  id: text('id').primaryKey(),
  document: jsonb('document').notNull(),
})

/** Work that is owed to a region: the row is the job. Distributed by `case_id`. */
export const dispatches = pgTable(
  'dispatches',
  {
    caseId: text('case_id').notNull(),
    number: integer('number').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    workSealed: bytes('work_sealed').notNull(),
    attempts: integer('attempts').notNull(),
    nextAttemptAt: at('next_attempt_at').notNull(),
    leaseToken: text('lease_token'),
    leaseUntil: at('lease_until'),
    failure: text('failure'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.number] }),
    index('dispatches_due').on(t.nextAttemptAt).where(sql`state = 'pending'`),
  ],
)

/** Documents that a region sent or that were fetched for a case. */
export const caseDocuments = pgTable(
  'case_documents',
  {
    caseId: text('case_id').notNull(),
    kind: text('kind').notNull(),
    number: integer('number').notNull(),
    sha256: text('sha256').notNull(),
    contentType: text('content_type').notNull(),
    sealed: bytes('sealed').notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.kind, t.number] })],
)

/** First answers, by client and key, for seven days. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    clientId: text('client_id').notNull(),
    key: text('key').notNull(),
    requestDigest: text('request_digest').notNull(),
    caseId: text('case_id'),
    status: integer('status'),
    answerSealed: bytes('answer_sealed'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clientId, t.key] }), index('idempotency_keys_age').on(t.createdAt)],
)

/** Nonces of callbacks that were used. */
export const nonces = pgTable(
  'nonces',
  { region: text('region').notNull(), value: text('value').notNull(), until: at('until').notNull() },
  (t) => [primaryKey({ columns: [t.region, t.value] }), index('nonces_until').on(t.until)],
)

/** Uploaded files; the bytes lie sealed in the file store. */
export const uploads = pgTable(
  'uploads',
  {
    id: text('id').primaryKey(),
    clientId: text('client_id').notNull(),
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    contentType: text('content_type').notNull(),
    nameSealed: bytes('name_sealed').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [index('uploads_of_client').on(t.clientId)],
)

/** Codes that no table knew: kept for a person to look at. */
export const alarms = pgTable(
  'alarms',
  {
    region: text('region').notNull(),
    table: text('table_name').notNull(),
    code: text('code').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
    firstAt: at('first_at').notNull(),
    lastAt: at('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.region, t.table, t.code] })],
)

/** State of the authorization server. */
export const oidcPayloads = pgTable(
  'oidc_payloads',
  {
    model: text('model').notNull(),
    id: text('id').notNull(),
    payload: jsonb('payload').notNull(),
    grantId: text('grant_id'),
    userCode: text('user_code'),
    uid: text('uid'),
    consumedAt: at('consumed_at'),
    expiresAt: at('expires_at'),
  },
  (t) => [
    primaryKey({ columns: [t.model, t.id] }),
    index('oidc_payloads_grant').on(t.grantId),
    index('oidc_payloads_uid').on(t.uid),
    index('oidc_payloads_expiry').on(t.expiresAt),
    index('oidc_payloads_account').on(sql`(payload->>'accountId')`).where(sql`model = 'Session'`),
  ],
)
