/**
 * What happened to cases, and how it goes out. The timeline is distributed by `case_id`, what goes out by `client_id`; columns that
 * end in `sealed` hold AES-256-GCM boxes.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
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

/** The timeline: append-only. The case row is made of it and can be made again. */
export const caseEvents = pgTable(
  'case_events',
  {
    caseId: text('case_id').notNull(),
    sequence: integer('sequence').notNull(),
    id: text('id').notNull(),
    /** The region's key of the event; own acts have a key of ours. */
    key: text('key').notNull(),
    type: text('type').notNull(),
    status: text('status').notNull(),
    rawCode: text('raw_code'),
    rawLabel: text('raw_label'),
    occurredAt: at('occurred_at').notNull(),
    receivedAt: at('received_at').notNull(),
    via: text('via').notNull(),
    late: boolean('late').notNull(),
    noteSealed: bytes('note_sealed'),
    /** What was told besides: all that the case row is made of again. */
    newsSealed: bytes('news_sealed'),
    /** Of what was told, keyed: two messages with one key are told apart by it. */
    contentMac: text('content_mac').notNull().default(''),
    /** SHA-256 of this event and the digest of the one before; empty for events from before there were digests. */
    digest: text('digest').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.sequence] }),
    uniqueIndex('case_events_key').on(t.caseId, t.key),
    index('case_events_reminders').on(t.caseId, t.sequence).where(sql`type = 'reminder'`),
  ],
)

/**
 * What a client is owed: one row an event of a case of its own, written with the event. Below the oldest transaction that is still open,
 * `tx` and `position` are an order that no later row comes before, and that of each case's events (a sequence alone is neither).
 * `tx` is `cases.outbox_tx`: at least the writer's own. Events of cases that no client filed stand
 * under the empty id, which is no client's: what follows all cases sees them.
 */
export const outbox = pgTable(
  'outbox',
  {
    clientId: text('client_id').notNull(),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
    position: bigserial('position', { mode: 'number' }).notNull(),
    caseId: text('case_id').notNull(),
    sequence: integer('sequence').notNull(),
    type: text('type').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clientId, t.tx, t.position] }), index('outbox_tail').on(t.tx, t.position)],
)

/** Where a client wants its events posted. `cursor_*` is what has been delivered, or is held back in `deliveries`. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    clientId: text('client_id').notNull(),
    id: text('id').notNull(),
    url: text('url').notNull(),
    types: jsonb('types').$type<readonly string[]>().notNull(),
    algorithm: text('algorithm').$type<'hmac' | 'ed25519'>().notNull(),
    secretSealed: bytes('secret_sealed').notNull(),
    state: text('state').$type<'active' | 'parked'>().notNull(),
    cursorTx: xid8('cursor_tx').notNull(),
    cursorPosition: bigint('cursor_position', { mode: 'number' }).notNull(),
    /** Since when nothing was taken; null while deliveries are taken. */
    failingSince: at('failing_since'),
    attempts: integer('attempts').notNull(),
    nextAttemptAt: at('next_attempt_at').notNull(),
    lastSuccessAt: at('last_success_at'),
    lastFailure: text('last_failure'),
    leaseToken: text('lease_token'),
    leaseUntil: at('lease_until'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clientId, t.id] })],
)

/** Events that a receiver did not take while it took others: what follows them in their case waits behind them. */
export const deliveries = pgTable(
  'deliveries',
  {
    clientId: text('client_id').notNull(),
    subscriptionId: text('subscription_id').notNull(),
    tx: xid8('tx').notNull(),
    position: bigint('position', { mode: 'number' }).notNull(),
    caseId: text('case_id').notNull(),
    sequence: integer('sequence').notNull(),
    state: text('state').$type<'waiting' | 'parked'>().notNull(),
    attempts: integer('attempts').notNull(),
    heldSince: at('held_since').notNull(),
    nextAttemptAt: at('next_attempt_at').notNull(),
    failure: text('failure'),
  },
  (t) => [
    primaryKey({ columns: [t.clientId, t.subscriptionId, t.tx, t.position] }),
    index('deliveries_lane').on(t.clientId, t.subscriptionId, t.caseId, t.sequence),
  ],
)

/** News of cases that nobody here knows: kept apart, and joined when the case is known. Distributed by `key`. */
export const strays = pgTable(
  'strays',
  {
    region: text('region').notNull(),
    key: text('key').notNull(),
    /** What the case may be found by, each absent where it was not told. */
    caseNumber: text('case_number'),
    caseKey: text('case_key'),
    sourceNumber: text('source_number'),
    newsSealed: bytes('news_sealed').notNull(),
    receivedAt: at('received_at').notNull(),
    tries: integer('tries').notNull(),
    nextTryAt: at('next_try_at').notNull(),
    /** The case that it was joined to. */
    caseId: text('case_id'),
    givenUpAt: at('given_up_at'),
  },
  (t) => [
    primaryKey({ columns: [t.region, t.key] }),
    index('strays_due').on(t.nextTryAt).where(sql`case_id is null and given_up_at is null`),
  ],
)

/** Where a region's view of a case and ours differ: shown, never smoothed over. Distributed by `case_id`. */
export const drifts = pgTable(
  'drifts',
  {
    caseId: text('case_id').notNull(),
    region: text('region').notNull(),
    division: text('division').notNull(),
    /** Which member differs: `status`, `dueAt`, `missing`, … */
    member: text('member').notNull(),
    /** Codes and times on both sides, never what a person wrote. */
    ours: text('ours'),
    theirs: text('theirs'),
    count: integer('count').notNull(),
    firstAt: at('first_at').notNull(),
    lastAt: at('last_at').notNull(),
    /** Since when both agree again. */
    settledAt: at('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.member] }),
    index('drifts_open').on(t.lastAt).where(sql`settled_at is null`),
  ],
)

/** When each place last listed a person's cases. Distributed by `holder_key`. */
export const caseAnswers = pgTable(
  'case_answers',
  {
    holderKey: text('holder_key').notNull(),
    place: text('place').notNull(),
    asOf: at('as_of').notNull(),
  },
  (t) => [primaryKey({ columns: [t.holderKey, t.place] })],
)

/** When a place's next turn to be asked about its cases comes: whoever takes it moves it on. Distributed by `place`. */
export const askTurns = pgTable('ask_turns', {
  place: text('place').primaryKey(),
  nextAt: at('next_at').notNull(),
})
