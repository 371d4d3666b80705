/**
 * Persons, how they logged in, and the codes that they show. Numbers and names stand in sealed columns alone; they are found
 * through keyed hashes (columns that end in `key`). The distribution column is `person_id`, and the hash itself where a row
 * is looked up before the person is known.
 */
import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Loa } from '../schemas/common.ts'
import type { RegionId } from '../schemas/regions.ts'
import { at, bytes } from './columns.ts'

/** A natural person or an organisation, once for each identity document. */
export const persons = pgTable('persons', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  /** Name and identity document. */
  sealed: bytes('sealed').notNull(),
  createdAt: at('created_at').notNull(),
})

/** Keyed hash of type and number → person. After a rotation of the index key a person has a row for each key. */
export const personKeys = pgTable(
  'person_keys',
  { documentKey: text('document_key').primaryKey(), personId: text('person_id').notNull() },
  (t) => [index('person_keys_person').on(t.personId)],
)

/** Accounts of the regions' platforms. The region's own identifier is hashed: no other region can learn it from here. */
export const accounts = pgTable(
  'accounts',
  {
    region: text('region').$type<RegionId>().notNull(),
    subjectKey: text('subject_key').notNull(),
    personId: text('person_id').notNull(),
    organisationId: text('organisation_id'),
    loa: integer('loa').$type<Loa>().notNull(),
    firstAt: at('first_at').notNull(),
    lastAt: at('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.region, t.subjectKey] }), index('accounts_person').on(t.personId)],
)

/** One number, another name: waits for a person to decide whether the account is the same person. */
export const nameConflicts = pgTable(
  'name_conflicts',
  {
    id: text('id').notNull(),
    personId: text('person_id').notNull(),
    region: text('region').$type<RegionId>().notNull(),
    subjectKey: text('subject_key').notNull(),
    /** The other name, as the region gave it. */
    nameKey: text('name_key').notNull(),
    sealed: bytes('sealed').notNull(),
    seenAt: at('seen_at').notNull(),
    decision: text('decision'),
    decidedAt: at('decided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.id] }),
    uniqueIndex('name_conflicts_once').on(t.personId, t.region, t.subjectKey, t.nameKey),
  ],
)

/** Log-ins on their way to a region and back. A row works once; `id` is the hash of the state that travels. */
export const logIns = pgTable(
  'log_ins',
  {
    id: text('id').primaryKey(),
    /** Hash of the cookie of the browser that started it. */
    browserKey: text('browser_key').notNull(),
    region: text('region').$type<RegionId>().notNull(),
    kind: text('kind').notNull(),
    /** Where in the gateway the browser goes on afterwards. */
    next: text('next').notNull(),
    until: at('until').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [index('log_ins_until').on(t.until)],
)

/** That a person logged in: with which region, how well assured, and for which organisation. Tokens and sessions stand on it. */
export const authentications = pgTable(
  'authentications',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    organisationId: text('organisation_id'),
    region: text('region').$type<RegionId>().notNull(),
    loa: integer('loa').$type<Loa>().notNull(),
    at: at('at').notNull(),
    endedAt: at('ended_at'),
  },
  (t) => [index('authentications_person').on(t.personId)],
)

/** Browsers that are logged in. `id` is the hash of the cookie. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    /** A name for lists and addresses, which does not log in. */
    handle: text('handle').notNull(),
    authenticationId: text('authentication_id').notNull(),
    personId: text('person_id').notNull(),
    /** Family of browser and system, as far as its owner needs it to know the session again. */
    browser: text('browser').notNull(),
    createdAt: at('created_at').notNull(),
    usedAt: at('used_at').notNull(),
    until: at('until').notNull(),
  },
  (t) => [index('sessions_person').on(t.personId), index('sessions_until').on(t.until)],
)

/** What is over before its time: tokens, log-ins, mandates. Every process reads what is new each second. */
export const endings = pgTable(
  'endings',
  {
    position: bigserial('position', { mode: 'number' }).primaryKey(),
    kind: text('kind').notNull(),
    id: text('id').notNull(),
    /** The database's clock: all processes compare with one. */
    at: at('at').notNull().defaultNow(),
    /** After this moment nothing can stand on it any more, and the row may go. */
    until: at('until').notNull(),
  },
  (t) => [index('endings_until').on(t.until), index('endings_at').on(t.at)],
)

/** Codes that a person shows at a counter. A code works once, for one purpose, for a minute; `id` is the `jti` of its token. */
export const identityCodes = pgTable(
  'identity_codes',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    authenticationId: text('authentication_id').notNull(),
    purpose: text('purpose').notNull(),
    /** Keyed hash of the digits that stand for it at a counter without a camera. */
    typedKey: text('typed_key').notNull(),
    /** Token and digits, for the page of their owner. */
    sealed: bytes('sealed').notNull(),
    createdAt: at('created_at').notNull(),
    until: at('until').notNull(),
    usedAt: at('used_at'),
    /** The client that used it. */
    usedBy: text('used_by'),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    uniqueIndex('identity_codes_typed').on(t.typedKey),
    index('identity_codes_person').on(t.personId),
    index('identity_codes_authentication').on(t.authenticationId),
    index('identity_codes_until').on(t.until),
  ],
)

/** Who scanned whose code, when, for what, and what it learned. Digits that are nobody's stand under the person `nobody`. */
export const identityScans = pgTable(
  'identity_scans',
  {
    personId: text('person_id').notNull(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    codeId: text('code_id').notNull(),
    clientId: text('client_id').notNull(),
    purpose: text('purpose').notNull(),
    outcome: text('outcome').notNull(),
    fields: jsonb('fields').$type<readonly string[]>().notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.position] }),
    index('identity_scans_code').on(t.codeId),
    index('identity_scans_at').on(t.at),
  ],
)

/** How often a client typed digits that gave it nothing, in a window of time. */
export const identityMisses = pgTable(
  'identity_misses',
  {
    clientId: text('client_id').notNull(),
    windowAt: at('window_at').notNull(),
    misses: integer('misses').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clientId, t.windowAt] })],
)

/** Browsers at a hotel's desk that act for their client. `id` is the hash of the secret in the link and in the cookie. */
export const counterDesks = pgTable(
  'counter_desks',
  {
    id: text('id').primaryKey(),
    /** A name for lists and for revoking, which opens nothing. */
    handle: text('handle').notNull(),
    clientId: text('client_id').notNull(),
    createdAt: at('created_at').notNull(),
    until: at('until').notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [index('counter_desks_client').on(t.clientId), index('counter_desks_until').on(t.until)],
)
