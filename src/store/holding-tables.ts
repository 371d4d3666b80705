/**
 * What the regions hold of a person, as far as the gateway remembers it, and what the person lets others have of it. The
 * distribution column is `person_id`; what stands in sealed columns stands nowhere else.
 */
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { RegionId } from '../schemas/regions.ts'
import { at, bytes } from './columns.ts'

/** The index of photos and licences: who holds what. No picture and no file is here. */
export const holdings = pgTable(
  'holdings',
  {
    personId: text('person_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind').$type<HoldingKind>().notNull(),
    /** Null for a photo that the person took here: the gateway keeps it. */
    region: text('region').$type<RegionId>(),
    /** The city that was asked, or the region's own division where one answer is the whole region's; empty for a photo that was taken here. */
    place: text('place').notNull(),
    /** What the region knows it by, hashed. */
    key: text('key').notNull(),
    /** As the region told it. */
    sealed: bytes('sealed').notNull(),
    firstAt: at('first_at').notNull(),
    asOf: at('as_of').notNull(),
    /** The last answer of its place did not name it any more. */
    goneAt: at('gone_at'),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.id] }),
    uniqueIndex('holdings_once').on(t.personId, t.kind, t.place, t.key),
  ],
)
export type HoldingKind = 'photo' | 'licence'

/** When each place last answered for a person. */
export const holdingAnswers = pgTable(
  'holding_answers',
  {
    personId: text('person_id').notNull(),
    kind: text('kind').$type<HoldingKind>().notNull(),
    place: text('place').notNull(),
    asOf: at('as_of').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.kind, t.place] })],
)

/** Pictures for some minutes, sealed: what is looked at, fitted and handed over in one sitting is fetched once. */
export const pictures = pgTable(
  'pictures',
  {
    personId: text('person_id').notNull(),
    holdingId: text('holding_id').notNull(),
    sealed: bytes('sealed').notNull(),
    until: at('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.holdingId] }), index('pictures_until').on(t.until)],
)

/** What a person agreed to, in which words, and until when. */
export const consents = pgTable(
  'consents',
  {
    personId: text('person_id').notNull(),
    id: text('id').notNull(),
    /** Who agreed: the person, or a guardian. Null while a guardian is waited for. */
    giverId: text('giver_id'),
    kind: text('kind').$type<HoldingKind>().notNull(),
    /** Ids of holdings. */
    items: jsonb('items').$type<readonly string[]>().notNull(),
    purpose: text('purpose').notNull(),
    matterId: text('matter_id').notNull(),
    /** A client's id, or `region:` and the six digits of the city that handles the matter. */
    receiver: text('receiver').notNull(),
    /** Version of the words, and SHA-256 of the words as they were shown. */
    wording: text('wording').notNull(),
    wordingDigest: text('wording_digest').notNull(),
    /** Through which client it was given. */
    via: text('via').notNull(),
    createdAt: at('created_at').notNull(),
    givenAt: at('given_at'),
    until: at('until').notNull(),
    withdrawnAt: at('withdrawn_at'),
    /** Hash of the code by which a guardian finds it, and how long that works. */
    guardianKey: text('guardian_key'),
    guardianUntil: at('guardian_until'),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.id] }),
    index('consents_guardian').on(t.guardianKey),
    index('consents_giver').on(t.giverId),
  ],
)

/** One photo or licence for one receiver, once. */
export const grants = pgTable(
  'grants',
  {
    personId: text('person_id').notNull(),
    id: text('id').notNull(),
    /** Hash of the code. */
    codeKey: text('code_key').notNull(),
    kind: text('kind').$type<HoldingKind>().notNull(),
    holdingId: text('holding_id').notNull(),
    consentId: text('consent_id').notNull(),
    receiver: text('receiver').notNull(),
    purpose: text('purpose').notNull(),
    matterId: text('matter_id').notNull(),
    caseId: text('case_id'),
    createdAt: at('created_at').notNull(),
    until: at('until').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.id] }),
    index('grants_code').on(t.codeKey),
    index('grants_until').on(t.until),
  ],
)

/** Uploads that came out of a region's holdings: they may be sent only while the consent holds. */
export const releases = pgTable(
  'releases',
  {
    personId: text('person_id').notNull(),
    uploadId: text('upload_id').notNull(),
    consentId: text('consent_id').notNull(),
    holdingId: text('holding_id').notNull(),
    documentId: text('document_id').notNull(),
    at: at('at').notNull(),
    /** What was made of it: fitted pixels and bytes, or the file as the region gave it. */
    fitted: boolean('fitted').notNull(),
    size: integer('size').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.uploadId] }), index('releases_upload').on(t.uploadId)],
)
