/** Recorded exchanges with regions, and what their documents were found to be like. No person stands in them. */
import { sql } from 'drizzle-orm'
import { index, integer, json, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** A document that was read or written, without its persons. A place is taken by the newest of its shape: so many are kept, no more. */
export const exchanges = pgTable(
  'exchanges',
  {
    /** What it is about: a matter's id, or region and code. */
    matter: text('matter').notNull(),
    speaker: text('speaker').notNull(),
    message: text('message').notNull(),
    way: text('way').notNull(),
    slot: integer('slot').notNull(),
    region: text('region').notNull(),
    /** As they came, member by member in their order: `jsonb` would sort them. */
    given: json('given').notNull(),
    context: json('context').notNull(),
    got: json('got').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.matter, t.speaker, t.message, t.way, t.slot] }),
    index('exchanges_of_region').on(t.region, t.recordedAt),
  ],
)

/** When the canary last looked at an answer, and what its documents were like when all was right. */
export const canaryLooks = pgTable(
  'canary_looks',
  {
    /** A matter's id, or region and city. */
    subject: text('subject').notNull(),
    answer: text('answer').notNull(),
    region: text('region').notNull(),
    division: text('division').notNull(),
    /** Member → the types that its values had. */
    shape: jsonb('shape').notNull(),
    /** When the region last changed the content, as it says itself; null where it does not. */
    contentAt: text('content_at'),
    lookedAt: at('looked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.answer] })],
)

/** Where a region's documents are no longer what they were. */
export const schemaDrifts = pgTable(
  'schema_drifts',
  {
    subject: text('subject').notNull(),
    answer: text('answer').notNull(),
    region: text('region').notNull(),
    division: text('division').notNull(),
    /** In the region's own words; of an unknown code the table that lacks it. */
    member: text('member').notNull(),
    change: text('change').notNull(),
    /** Types, or a code: no value. */
    before: text('before').notNull(),
    after: text('after').notNull(),
    count: integer('count').notNull(),
    firstAt: at('first_at').notNull(),
    lastAt: at('last_at').notNull(),
    /** When it was right again; null while it stands. */
    settledAt: at('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.subject, t.answer, t.member, t.change] }),
    index('schema_drifts_open').on(t.lastAt).where(sql`settled_at is null`),
  ],
)
