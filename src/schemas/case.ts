/** The canonical case (办件) and its events, GB/T 39046-2020 tables 6 to 8. */

import { type Static, Type } from 'typebox'
import { CASE_STATUSES } from './case-status.ts'
import { CaseClock, CaseForecast } from './clock.ts'
import { DATE, DATE_TIME, DIVISION, Names, REGION, text, word } from './common.ts'
import { Exemption } from './exemption.ts'
import { CaseRating } from './rating.ts'

/** The region's own status: code as it came, and its label. */
export const RawStatus = Type.Object(
  { code: text(60, 0), label: text(100, 0) },
  { additionalProperties: false },
)

/** What a region asks to be corrected (补正, 预审退回). `documents[].reason` is the complaint about that document. */
export const CorrectionRequest = Type.Object(
  {
    fields: Type.Array(text(60), { maxItems: 200 }),
    documents: Type.Array(
      Type.Object(
        { id: text(64), name: Type.Optional(text(300)), reason: Type.Optional(text(1000, 0)) },
        { additionalProperties: false },
      ),
      { maxItems: 100 },
    ),
    reason: text(2000, 0),
    dueOn: Type.Optional(Type.Union([DATE_TIME, DATE, Type.Null()])),
  },
  { additionalProperties: false },
)
export type CorrectionRequest = Static<typeof CorrectionRequest>

/** The decision and its documents. `documents[].ref` is the region's own reference to the bytes. */
export const CaseResult = Type.Object(
  {
    decision: Type.Union([
      word(['granted', 'denied', 'forwarded', 'notAccepted', 'voided', 'withdrawn']),
      Type.Null(),
    ]),
    number: Type.Optional(text(200, 0)),
    text: Type.Optional(text(2000, 0)),
    documents: Type.Array(
      Type.Object(
        {
          ref: text(300),
          kind: Type.Optional(text(40)),
          name: text(300),
          size: Type.Optional(Type.Integer({ minimum: 0 })),
          digest: Type.Optional(text(100)),
        },
        { additionalProperties: false },
      ),
      { maxItems: 50 },
    ),
  },
  { additionalProperties: false },
)
export type CaseResult = Static<typeof CaseResult>

/** One plain sentence, or a few, in Chinese and English. */
export const Said = Type.Object({ zh: text(12_000), en: text(12_000) }, { additionalProperties: false })

/** Something that a correction request names: an entry of the form, or a document, and the department's own reason. */
export const AskedFor = Type.Object(
  { kind: word(['field', 'document']), id: text(64), name: Names, reason: Type.Optional(text(1000)) },
  { additionalProperties: false },
)
export type AskedFor = Static<typeof AskedFor>

/** Who has the case now, what happens or is to be done next, and by when. */
export const NextStep = Type.Object(
  {
    ...Said.properties,
    /** The day that is promised, or on which a correction is due at the latest. */
    by: Type.Optional(DATE),
    /** Everything that a correction must supply; the sentences name the first of them. */
    asks: Type.Optional(Type.Array(AskedFor, { maxItems: 300 })),
  },
  { additionalProperties: false },
)
export type NextStep = Static<typeof NextStep>

/** One step that the region reports (办理环节), oldest first. */
export const CaseStep = Type.Object(
  {
    status: word(CASE_STATUSES),
    rawStatus: RawStatus,
    name: text(200, 0),
    occurredAt: DATE_TIME,
    endedAt: Type.Optional(DATE_TIME),
    actor: Type.Optional(text(100, 0)),
    agency: Type.Optional(text(200, 0)),
    note: Type.Optional(text(2000, 0)),
  },
  { additionalProperties: false },
)
export type CaseStep = Static<typeof CaseStep>

/**
 * A case as one region tells it: what an adapter reads from the region's query and writes back.
 * The gateway's own members (`id`, `ball`, `asOf`) are added in `Case`.
 */
export const RegionalCase = Type.Object(
  {
    caseNumber: text(60, 0),
    /** The region's further keys of the case (Jiangsu's projectguid, Anhui's UNID); never a password. */
    caseKey: Type.Optional(text(64)),
    region: REGION,
    division: DIVISION,
    sourceDivision: Type.Optional(DIVISION),
    sourceNumber: Type.Optional(text(64, 0)),
    matterCode: text(64),
    matterName: Type.Optional(text(300)),
    title: Type.Optional(text(300, 0)),
    applicantName: Type.Optional(text(100, 0)),
    status: word(CASE_STATUSES),
    rawStatus: RawStatus,
    appliedAt: Type.Optional(DATE_TIME),
    acceptedAt: Type.Optional(DATE_TIME),
    dueAt: Type.Optional(DATE_TIME),
    completedAt: Type.Optional(DATE_TIME),
    /** Event time of the last change on the region's clock. */
    updatedAt: Type.Optional(DATE_TIME),
    agency: Type.Optional(text(200, 0)),
    correction: Type.Optional(CorrectionRequest),
    result: Type.Optional(CaseResult),
    steps: Type.Optional(Type.Array(CaseStep, { maxItems: 1000 })),
  },
  { additionalProperties: false },
)
export type RegionalCase = Static<typeof RegionalCase>

/** What an event is: a status, a remark, a step of the sending, or a 催办. */
export const EVENT_TYPES = ['status', 'note', 'dispatch', 'reminder'] as const

/** One entry of a case's timeline. Append-only; `sequence` counts within the case from 1. */
export const CaseEvent = Type.Object(
  {
    id: text(40),
    caseId: text(40),
    sequence: Type.Integer({ minimum: 1 }),
    type: word(EVENT_TYPES),
    status: word(CASE_STATUSES),
    rawStatus: Type.Union([RawStatus, Type.Null()]),
    occurredAt: DATE_TIME,
    receivedAt: DATE_TIME,
    via: word(['callback', 'poll', 'list', 'own']),
    /** Came after a later event, or after the end: kept, without effect. */
    late: Type.Boolean(),
    note: Type.Union([text(2000, 0), Type.Null()]),
    sentence: Said,
  },
  { additionalProperties: false },
)
export type CaseEvent = Static<typeof CaseEvent>

/** A case as the API shows it. */
export const Case = Type.Object(
  {
    id: text(40),
    /** `filed` through the gateway; `listed` by its region as filed elsewhere: what the region lists is all that is known of it. */
    origin: word(['filed', 'listed']),
    caseNumber: Type.Union([text(60), Type.Null()]),
    region: REGION,
    division: DIVISION,
    sourceDivision: DIVISION,
    matter: Type.Object({ id: text(100), name: Names }, { additionalProperties: false }),
    title: text(300),
    status: word(CASE_STATUSES),
    rawStatus: Type.Union([RawStatus, Type.Null()]),
    /** How the case stands, in one sentence. */
    sentence: Said,
    /** Null when all is done. */
    next: Type.Union([NextStep, Type.Null()]),
    appliedAt: DATE_TIME,
    acceptedAt: Type.Union([DATE_TIME, Type.Null()]),
    /** The region's own date where it told one, else the one that `clock` counts. */
    dueOn: Type.Union([DATE, Type.Null()]),
    /** How the promise stands (承诺时限); null before the case is accepted. */
    clock: Type.Union([CaseClock, Type.Null()]),
    /** How long such cases took here; null below 30 of them, and once the case has ended. */
    forecast: Type.Union([CaseForecast, Type.Null()]),
    completedAt: Type.Union([DATE_TIME, Type.Null()]),
    /** There while `completedAt` is when the gateway asked for the withdrawal: the region took it and told no time. */
    completedAtSource: Type.Optional(word(['gateway'])),
    ball: word(['region', 'applicant', 'gateway', 'nobody']),
    correction: Type.Union([CorrectionRequest, Type.Null()]),
    result: Type.Union([CaseResult, Type.Null()]),
    /** The newest rating (好差评); null before there is one, in lists too. */
    rating: Type.Union([CaseRating, Type.Null()]),
    /** Documents for which a licence stands, and how it came to the region. */
    exemptions: Type.Array(Exemption),
    /** How the sending stands: not yet taken over by the region, taken over, or refused by it with its reason. */
    dispatch: Type.Object(
      {
        state: word(['pending', 'sent', 'refused', 'cancelled']),
        reason: Type.Optional(text(2000)),
        attempts: Type.Integer(),
      },
      { additionalProperties: false },
    ),
    /** Since when its region does not answer questions about it; null while it does. */
    silentSince: Type.Union([DATE_TIME, Type.Null()]),
    /** The newest of its timeline, oldest first, where they were asked for. */
    events: Type.Optional(Type.Array(CaseEvent)),
    asOf: DATE_TIME,
  },
  { additionalProperties: false },
)
export type Case = Static<typeof Case>

/** One thing that happened, told once, in the order in which it happened. */
export const CaseMessage = Type.Object(
  {
    /** The event that tells it. */
    event: text(40),
    at: DATE_TIME,
    receivedAt: DATE_TIME,
    type: word(['status', 'note', 'dispatch', 'reminder']),
    sentence: Said,
    /** The department's own words. */
    note: Type.Union([text(2000), Type.Null()]),
    /** How it came, where that matters: late, or dated into the future. */
    remark: Type.Union([Said, Type.Null()]),
  },
  { additionalProperties: false },
)
export type CaseMessage = Static<typeof CaseMessage>
