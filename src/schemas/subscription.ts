/** Webhook subscriptions, as they are asked for and shown. */
import { type Static, Type } from 'typebox'
import { EVENT_TYPES } from './case.ts'
import { DATE_TIME, text, word } from './common.ts'

const Algorithm = word(['hmac', 'ed25519'])
const cursor = text(200)

/** Body of `POST /subscriptions`. */
export const SubscriptionRequest = Type.Object(
  {
    url: text(2000),
    /** All types when left out or empty. */
    types: Type.Optional(Type.Array(word(EVENT_TYPES), { maxItems: 20 })),
    algorithm: Type.Optional(Algorithm),
    /** From which place of the feed; from now on when left out. */
    from: Type.Optional(cursor),
  },
  { additionalProperties: false },
)
export type SubscriptionRequest = Static<typeof SubscriptionRequest>

/** Body of `POST /subscriptions/{id}/replay`: a cursor of the feed, or what is parked. */
export const ReplayRequest = Type.Object({ from: cursor }, { additionalProperties: false })
export type ReplayRequest = Static<typeof ReplayRequest>

/** A subscription. Times are `null` where nothing has happened. */
export const Subscription = Type.Object(
  {
    id: text(60),
    url: text(2000),
    types: Type.Array(text(40)),
    algorithm: Algorithm,
    /** Once, in the answer to its making. */
    secret: Type.Optional(Type.String({ pattern: '^whsec_' })),
    publicKey: Type.Optional(Type.String({ pattern: '^whpk_' })),
    /** `parked`: nothing was taken for seven days, or the receiver said 410; nothing is posted until a replay. */
    state: word(['active', 'parked']),
    /** Since when nothing is taken. */
    failingSince: Type.Union([DATE_TIME, Type.Null()]),
    /** A code: `STATUS_503`, `TIMEOUT`, …; never what the receiver wrote. */
    lastFailure: Type.Union([text(60), Type.Null()]),
    lastSuccessAt: Type.Union([DATE_TIME, Type.Null()]),
    nextAttemptAt: Type.Union([DATE_TIME, Type.Null()]),
    /** Events held back while others are taken: those that are tried again, and those that wait for a replay. */
    waiting: Type.Integer({ minimum: 0 }),
    parked: Type.Integer({ minimum: 0 }),
    /** What has been dealt with; a cursor of the feed. */
    cursor,
    createdAt: DATE_TIME,
  },
  { additionalProperties: false },
)
export type Subscription = Static<typeof Subscription>
