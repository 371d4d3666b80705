/** Mandates (授权代办): what is offered, and what both sides see of it. Bodies and answers of `/api/v1/me/mandates`. */
import { type Static, Type } from 'typebox'
import { IdDocument } from './application.ts'
import { DATE_TIME, REGION, text, word } from './common.ts'

/** In `matters`: all that there are and will be. */
export const EVERY_MATTER = '*'

/** What a person or firm lets another do, as it is offered. */
export const MandateOffer = Type.Object(
  {
    /** Base codes, which count in every region named, or ids of matters; `*` alone for all. */
    matters: Type.Array(text(100), { minItems: 1, maxItems: 50 }),
    regions: Type.Array(REGION, { minItems: 1, maxItems: 4 }),
    /** The moment of the offer when absent. */
    from: Type.Optional(DATE_TIME),
    /** After this moment nothing stands on it; a year after `from` at most. */
    until: DATE_TIME,
    /** The one person who can accept it; whoever has the code when absent. */
    receiver: Type.Optional(Type.Object({ idDocument: IdDocument }, { additionalProperties: false })),
  },
  { additionalProperties: false },
)
export type MandateOffer = Static<typeof MandateOffer>

/** The secret of an offer. Body of `POST /me/mandates/accept`. */
export const MandateCode = Type.Object({ code: text(100) }, { additionalProperties: false })
export type MandateCode = Static<typeof MandateCode>

/** `offered` waits for its receiver, `waiting` for its day; the last three are over. */
export const MANDATE_STATES = ['offered', 'waiting', 'active', 'declined', 'revoked', 'expired'] as const
export type MandateState = (typeof MANDATE_STATES)[number]

const Named = Type.Object({ name: text(100) }, { additionalProperties: false })
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** A mandate as one of its sides sees it: names, never numbers. */
export const Mandate = Type.Object(
  {
    id: text(100),
    role: word(['giver', 'receiver']),
    giver: Named,
    receiver: nullable(Named),
    matters: Type.Array(text(100)),
    regions: Type.Array(REGION),
    from: DATE_TIME,
    until: DATE_TIME,
    state: word(MANDATE_STATES),
    offeredAt: DATE_TIME,
    /** Until when it can be accepted. */
    offerUntil: DATE_TIME,
    acceptedAt: nullable(DATE_TIME),
    endedAt: nullable(DATE_TIME),
  },
  { additionalProperties: false },
)
export type Mandate = Static<typeof Mandate>

/** One use of a mandate, for the one who gave it. */
export const MandateUse = Type.Object(
  {
    at: DATE_TIME,
    /** `file`, `correct`, `withdraw`, `remind`, `read`, `list`, `events`, `ledger`, `result`, `readRating`. */
    act: text(20),
    /** The system through which it was used. */
    clientId: text(100),
    matter: nullable(text(100)),
    caseId: nullable(text(100)),
  },
  { additionalProperties: false },
)
export type MandateUse = Static<typeof MandateUse>
