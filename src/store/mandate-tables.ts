/** What persons and firms allow others. The distribution column is the mandate's id, and `person_id` of whoever guesses at codes. */
import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** 授权代办: what one person or firm lets another do. */
export const mandates = pgTable(
  'mandates',
  {
    id: text('id').primaryKey(),
    giverId: text('giver_id').notNull(),
    /** Who gave it with his own hand: the giver, or the legal representative of the firm. */
    signerId: text('signer_id').notNull(),
    receiverId: text('receiver_id'),
    /** Whom the giver named as the receiver, by the keyed hash of the document; null where whoever has the code may accept. */
    addresseeKey: text('addressee_key'),
    /** Hash of the code that accepts it. */
    offerKey: text('offer_key').notNull(),
    offerUntil: at('offer_until').notNull(),
    /** Base codes or ids of matters; `*` for all. */
    matters: jsonb('matters').$type<readonly string[]>().notNull(),
    regions: jsonb('regions').$type<readonly string[]>().notNull(),
    validFrom: at('valid_from').notNull(),
    validUntil: at('valid_until').notNull(),
    createdAt: at('created_at').notNull(),
    acceptedAt: at('accepted_at'),
    declinedAt: at('declined_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    uniqueIndex('mandates_offer').on(t.offerKey),
    index('mandates_giver').on(t.giverId),
    index('mandates_receiver').on(t.receiverId),
  ],
)

/** Every use of a mandate, for the one who gave it. */
export const mandateUses = pgTable(
  'mandate_uses',
  {
    mandateId: text('mandate_id').notNull(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    clientId: text('client_id').notNull(),
    act: text('act').notNull(),
    matterId: text('matter_id'),
    caseId: text('case_id'),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mandateId, t.position] })],
)

/** How many codes that accept nothing a person tried in an hour, so that nobody can go on guessing. */
export const mandateMisses = pgTable(
  'mandate_misses',
  {
    personId: text('person_id').notNull(),
    hour: at('hour').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.hour] }), index('mandate_misses_hour').on(t.hour)],
)
