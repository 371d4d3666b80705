/** Consents and grants: what a person lets one receiver have of their photos and licences, for one purpose and one matter. */
import { type Static, Type } from 'typebox'
import { DATE_TIME, text, word } from './common.ts'

/** For what something is handed over: 身份核验, 制证, 免交材料, 跨省通办. */
export const RELEASE_PURPOSES = [
  'identityCheck',
  'documentMaking',
  'replaceMaterial',
  'crossProvince',
] as const
export type ReleasePurpose = (typeof RELEASE_PURPOSES)[number]

/** How a receiver is named: a client's id, or `region:` with the six digits of the city that handles the matter. */
const RECEIVER = text(100)
const HOLDING_IDS = Type.Array(text(60), { minItems: 1, maxItems: 20, uniqueItems: true })

/** Body of `POST /me/consents`. */
export const ConsentRequest = Type.Object(
  {
    kind: word(['photo', 'licence']),
    items: HOLDING_IDS,
    purpose: word(RELEASE_PURPOSES),
    matter: text(100),
    receiver: RECEIVER,
    /** Seven days when absent. */
    until: Type.Optional(DATE_TIME),
    /** Digest of the words that were shown; a dry run gives words and digest. */
    digest: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  },
  { additionalProperties: false },
)
export type ConsentRequest = Static<typeof ConsentRequest>

/** Body of `POST /me/photos/{id}/grants` and `POST /me/licences/{id}/grants`. */
export const GrantRequest = Type.Object(
  {
    purpose: word(RELEASE_PURPOSES),
    matter: text(100),
    receiver: RECEIVER,
    caseId: Type.Optional(text(60)),
    /** A consent that was given before; the grant is one of its own when absent. */
    consent: Type.Optional(text(60)),
  },
  { additionalProperties: false },
)
export type GrantRequest = Static<typeof GrantRequest>

const WordingShape = Type.Object(
  { version: Type.String(), zh: Type.String(), en: Type.String(), digest: Type.String() },
  { additionalProperties: false },
)

/** How a consent stands. */
export const CONSENT_STATES = ['waiting', 'inForce', 'withdrawn', 'ended'] as const

/** A consent as its giver sees it. */
export const Consent = Type.Object(
  {
    id: text(60),
    kind: word(['photo', 'licence']),
    items: Type.Array(text(60)),
    purpose: word(RELEASE_PURPOSES),
    matter: Type.Object({ id: Type.String(), name: Type.String() }),
    receiver: Type.Object({ id: Type.String(), name: Type.String() }),
    state: word(CONSENT_STATES),
    wording: Type.Object({ version: Type.String(), digest: Type.String() }),
    /** Who agreed: the person, or a guardian for them. */
    by: word(['person', 'guardian', 'nobodyYet']),
    /** Through which client; `portal` for the gateway's own pages. */
    via: Type.String(),
    createdAt: DATE_TIME,
    givenAt: Type.Union([DATE_TIME, Type.Null()]),
    until: DATE_TIME,
    withdrawnAt: Type.Union([DATE_TIME, Type.Null()]),
  },
  { additionalProperties: false },
)
export type Consent = Static<typeof Consent>

/** Answer to a dry run: what would be agreed to, in words. */
export const ConsentWords = Type.Object(
  { dryRun: Type.Literal(true), wording: WordingShape, needsGuardian: Type.Boolean(), until: DATE_TIME },
  { additionalProperties: false },
)

/** Answer to a grant. */
export const Grant = Type.Object(
  { code: Type.String(), expiresAt: DATE_TIME, consent: Type.String() },
  { additionalProperties: false },
)
