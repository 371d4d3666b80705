/** Whether a person or firm lets services be chosen for them, and which not. The distribution column is `person_id`: the firm's for a firm. */
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

export const serviceChoices = pgTable('service_choices', {
  personId: text('person_id').primaryKey(),
  /** Version of the words that were agreed to, and SHA-256 of the words as they were shown; null where nobody ever agreed. */
  wording: text('wording'),
  wordingDigest: text('wording_digest'),
  /** Who agreed: the person, or whoever acted for the firm. */
  givenBy: text('given_by'),
  givenAt: at('given_at'),
  withdrawnAt: at('withdrawn_at'),
  /** What is switched off, each once: `rule:` and a rule's key, or `service:` and a matter's name. */
  hidden: jsonb('hidden').$type<readonly string[]>().notNull().default([]),
})
