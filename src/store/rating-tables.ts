/** 好差评 of cases: what was rated, and how the telling of it stands. The row is the job, as a dispatch is. */
import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, bytes } from './columns.ts'

/** Distributed by `case_id`. Round 1 is the first rating (评价), 2 the follow-up (追评): each is given once. */
export const caseRatings = pgTable(
  'case_ratings',
  {
    caseId: text('case_id').notNull(),
    round: integer('round').notNull(),
    /** A word of `GRADES`: alone it is of nobody, and figures count it. */
    grade: text('grade').notNull(),
    /** The whole rating: tags, comment, channel. */
    ratingSealed: bytes('rating_sealed').notNull(),
    ratedAt: at('rated_at').notNull(),
    /** `sending`; `told` to the region; `refused` by it; `notOffered` where the region takes none. */
    state: text('state').notNull(),
    /** When its region had it. */
    toldAt: at('told_at'),
    /** Problem code of a refusal, or of the last attempt. */
    failure: text('failure'),
    attempts: integer('attempts').notNull(),
    nextAttemptAt: at('next_attempt_at').notNull(),
    leaseToken: text('lease_token'),
    leaseUntil: at('lease_until'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.round] }),
    index('case_ratings_due').on(t.nextAttemptAt).where(sql`state = 'sending'`),
  ],
)
