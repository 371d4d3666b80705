/** Applications that are being filled in. The distribution column is `person_id`: who types, for themselves or for the firm that they log in for. */
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, bytes } from './columns.ts'

export const drafts = pgTable(
  'drafts',
  {
    personId: text('person_id').notNull(),
    id: text('id').notNull(),
    /** Whom it is for: the person, or the firm of the log-in. Another log-in of the same person does not see it. */
    subjectId: text('subject_id').notNull(),
    /** Counts every change: two tabs and two devices are told apart by it. */
    version: integer('version').notNull(),
    /** The matter too: what somebody applies for is theirs. */
    contentSealed: bytes('content_sealed').notNull(),
    /** The version that is being filed. While it stands nothing is changed, and every filing has the same key. */
    filing: integer('filing'),
    /** Who files it, and until when: whoever comes after that finds out what came of it. */
    leaseToken: text('lease_token'),
    leaseUntil: at('lease_until'),
    /** The case that came of it. */
    caseId: text('case_id'),
    createdAt: at('created_at').notNull(),
    changedAt: at('changed_at').notNull(),
    until: at('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.id] }), index('drafts_until').on(t.until)],
)
