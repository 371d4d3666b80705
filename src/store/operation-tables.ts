/** What whoever operates the gateway looks at, and the figures that everybody may see. No person stands in it. */
import { doublePrecision, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** The public figures as they were last made: what is small is null before it comes here. One row for each place. */
export const figures = pgTable('figures', {
  /** `delta`, a region's id, or the division of a city. */
  place: text('place').primaryKey(),
  cases: integer('cases'),
  /** Whole percent, or null where one of its parts is small. */
  onlinePercent: integer('online_percent'),
  correctionPercent: integer('correction_percent'),
  medianDays: doublePrecision('median_days'),
  goodRatingPercent: integer('good_rating_percent'),
  since: at('since').notNull(),
  madeAt: at('made_at').notNull(),
})

/** How many open cases of a city have run past their promised day, as last counted. */
export const overdueCounts = pgTable('overdue_counts', {
  city: text('city').primaryKey(),
  cases: integer('cases').notNull(),
  madeAt: at('made_at').notNull(),
})

/** Links for operators, and the browsers that they let in. Secrets stand here as digests. */
export const operatorSessions = pgTable(
  'operator_sessions',
  {
    /** A name for lists and for revoking, which opens nothing. */
    id: text('id').primaryKey(),
    linkDigest: text('link_digest').notNull(),
    /** Of the cookie; null until the link has been used. */
    secretDigest: text('secret_digest'),
    /** The account of the machine's user who made the link. */
    account: text('account').notNull(),
    /** The browser's own name for itself, shortened; null until the link has been used. */
    browser: text('browser'),
    createdAt: at('created_at').notNull(),
    openedAt: at('opened_at'),
    /** The end of the link, and once it was used of the browser's time. */
    until: at('until').notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    uniqueIndex('operator_sessions_link').on(t.linkDigest),
    uniqueIndex('operator_sessions_secret').on(t.secretDigest),
    index('operator_sessions_created').on(t.createdAt),
  ],
)
