/**
 * Who looked at what is a person's. Records stand in chains, one for each holder and clock; a record that is gone or changed breaks its
 * chain, and a chain that is gone leaves a hole in its shard's count. The distribution column is `holder_key`.
 */
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, bytes } from './columns.ts'

/** Two clocks: looks are kept for months, what was provided and agreed to for years. */
export const CLOCKS = ['access', 'provision'] as const
export type Clock = (typeof CLOCKS)[number]

/** The records. `mac` is made with a key that the database does not have, over everything that a record says. */
export const accesses = pgTable(
  'accesses',
  {
    holderKey: text('holder_key').notNull(),
    clock: text('clock').$type<Clock>().notNull(),
    sequence: integer('sequence').notNull(),
    id: text('id').notNull(),
    at: at('at').notNull(),
    mac: bytes('mac').notNull(),
    record: jsonb('record').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.holderKey, t.clock, t.sequence] }),
    index('accesses_time').on(t.holderKey, t.at),
    index('accesses_age').on(t.clock, t.at),
  ],
)

/** The heads: how long each chain is, and the digest of all its records. What was pruned at its start counts still. */
export const accessChains = pgTable(
  'access_chains',
  {
    holderKey: text('holder_key').notNull(),
    clock: text('clock').$type<Clock>().notNull(),
    shard: text('shard').notNull(),
    /** Counted without holes in the shard. */
    number: integer('number').notNull(),
    length: integer('length').notNull(),
    digest: bytes('digest').notNull(),
    prunedLength: integer('pruned_length').notNull(),
    prunedDigest: bytes('pruned_digest').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.holderKey, t.clock] }),
    index('access_chains_shard').on(t.shard, t.number),
  ],
)

/** How many chains each shard has: 256 of them, so that first records wait for one another hardly ever. */
export const accessShards = pgTable('access_shards', {
  shard: text('shard').primaryKey(),
  chains: integer('chains').notNull(),
})

/** How a person wants to be told of looks, and which they have seen. Whoever acts for a firm has a row of their own for it. */
export const accessNotices = pgTable('access_notices', {
  personId: text('person_id').primaryKey(),
  word: text('word').notNull(),
  seenAt: at('seen_at').notNull(),
  toldAt: at('told_at'),
})

/** 为什么查我: a question to the body of one record, and its answer. */
export const accessQuestions = pgTable(
  'access_questions',
  {
    holderKey: text('holder_key').notNull(),
    id: text('id').notNull(),
    accessId: text('access_id').notNull(),
    bodyId: text('body_id').notNull(),
    textSealed: bytes('text_sealed').notNull(),
    askedAt: at('asked_at').notNull(),
    /** `yyyy-MM-dd`: five working days. */
    dueOn: text('due_on').notNull(),
    dueIsProvisional: integer('due_is_provisional').notNull(),
    answeredAt: at('answered_at'),
    answerSealed: bytes('answer_sealed'),
  },
  (t) => [
    primaryKey({ columns: [t.holderKey, t.id] }),
    // Ids sort by time.
    index('access_questions_body').on(t.bodyId, t.id),
    uniqueIndex('access_questions_access').on(t.holderKey, t.accessId),
  ],
)
