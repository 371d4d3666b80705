/**
 * Clerks of cross-province windows, what they have taken in, and where its papers are. Numbers and names of residents stand in sealed
 * columns alone.
 */
import { index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, bytes } from './columns.ts'

/** Clerks. A clerk is let in by the secret of a device and a code that changes every thirty seconds. */
export const deskClerks = pgTable(
  'desk_clerks',
  {
    id: text('id').primaryKey(),
    clientId: text('client_id').notNull(),
    /** As it stands on papers that they certify. */
    name: text('name').notNull(),
    /** Six digits: where the window is. */
    division: text('division').notNull(),
    /** Hash of the link's secret: it works once. */
    linkKey: text('link_key'),
    linkUntil: at('link_until'),
    /** The key that the codes are made of. */
    totpSealed: bytes('totp_sealed').notNull(),
    /** The step of time whose code was used last: none before it counts again. */
    lastStep: integer('last_step').notNull(),
    misses: integer('misses').notNull(),
    missesAt: at('misses_at').notNull(),
    /** Hash of the secret of the one device that is theirs. */
    deviceKey: text('device_key'),
    deviceUntil: at('device_until'),
    createdAt: at('created_at').notNull(),
    enrolledAt: at('enrolled_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    index('desk_clerks_client').on(t.clientId),
    index('desk_clerks_link').on(t.linkKey),
    index('desk_clerks_device').on(t.deviceKey),
  ],
)

/** Clerks at work. `id` is the hash of the cookie. */
export const deskSessions = pgTable(
  'desk_sessions',
  {
    id: text('id').primaryKey(),
    clerkId: text('clerk_id').notNull(),
    createdAt: at('created_at').notNull(),
    usedAt: at('used_at').notNull(),
    until: at('until').notNull(),
  },
  (t) => [index('desk_sessions_clerk').on(t.clerkId), index('desk_sessions_until').on(t.until)],
)

/** What clerks did with the way in: every log-in, refusal, link and ending. Looks at residents' data stand among all looks. */
export const deskActs = pgTable(
  'desk_acts',
  {
    clerkId: text('clerk_id').notNull(),
    id: text('id').notNull(),
    act: text('act').notNull(),
    outcome: text('outcome').notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clerkId, t.id] })],
)

/** A resident at the window, for one matter of another city. */
export const deskCases = pgTable(
  'desk_cases',
  {
    id: text('id').primaryKey(),
    clientId: text('client_id').notNull(),
    clerkId: text('clerk_id').notNull(),
    personId: text('person_id').notNull(),
    matterId: text('matter_id'),
    /** The city that decides. */
    division: text('division'),
    sourceDivision: text('source_division').notNull(),
    mode: text('mode'),
    state: text('state').notNull(),
    /** How the resident agreed: on their own phone, or on paper. */
    consent: text('consent'),
    consentAt: at('consent_at'),
    /** Name and document, what is known, what was asked. */
    sealed: bytes('sealed').notNull(),
    /** Fields that were typed though they are known. It stands at 0. */
    retyped: integer('retyped').notNull(),
    /** Known values that a clerk found wrong and corrected, each with a reason. */
    corrected: integer('corrected').notNull().default(0),
    caseId: text('case_id'),
    /** Counts changes: who changes says which state they saw. */
    version: integer('version').notNull(),
    createdAt: at('created_at').notNull(),
    changedAt: at('changed_at').notNull(),
    handedAt: at('handed_at'),
  },
  (t) => [
    index('desk_cases_client').on(t.clientId, t.changedAt),
    index('desk_cases_division').on(t.division, t.handedAt),
    index('desk_cases_person').on(t.personId),
  ],
)

/** Papers that were scanned at the window: one file each, and who has compared it with the original. */
export const deskPapers = pgTable(
  'desk_papers',
  {
    deskCaseId: text('desk_case_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    uploadId: text('upload_id').notNull(),
    sha256: text('sha256').notNull(),
    pages: integer('pages').notNull(),
    scannedBy: text('scanned_by').notNull(),
    scannedAt: at('scanned_at').notNull(),
    certifiedBy: text('certified_by'),
    certifiedAt: at('certified_at'),
    /** It was taken out again before it was handed over. */
    removedAt: at('removed_at'),
  },
  (t) => [primaryKey({ columns: [t.deskCaseId, t.id] })],
)

/** Where the papers were, step by step. Nothing is changed or taken away; each row carries the code of the one before. */
export const deskCustody = pgTable(
  'desk_custody',
  {
    deskCaseId: text('desk_case_id').notNull(),
    number: integer('number').notNull(),
    step: text('step').notNull(),
    clerkId: text('clerk_id').notNull(),
    clientId: text('client_id').notNull(),
    /** Which courier, and the number of the consignment. */
    courier: text('courier'),
    courierNumber: text('courier_number'),
    at: at('at').notNull(),
    previous: text('previous').notNull(),
    mac: text('mac').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deskCaseId, t.number] }),
    uniqueIndex('desk_custody_once').on(t.deskCaseId, t.step),
  ],
)
