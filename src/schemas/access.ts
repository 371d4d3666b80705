/** 谁看了我的材料: one record of a look, a refusal or a handing over, in eight members. */
import { type Static, Type } from 'typebox'
import { DATE_TIME, text, word } from './common.ts'

/** In which role a body looked: the person, somebody for them, a system, a clerk, the gateway's own staff or the gateway itself. */
export const ROLES = ['holder', 'agent', 'client', 'clerk', 'operator', 'gateway'] as const
export type Role = (typeof ROLES)[number]

/** On which way. */
export const CHANNELS = ['portal', 'api', 'counter', 'command', 'dispatch'] as const
export type Channel = (typeof CHANNELS)[number]

/** On which ground: the person's own request, a consent, a mandate, a statutory duty, or running the gateway. */
export const BASES = ['holder', 'consent', 'mandate', 'duty', 'operation'] as const
export type Basis = (typeof BASES)[number]

/** What is stored of an access besides its holder, id and time. */
export const AccessRecord = Type.Object(
  {
    act: text(40),
    body: Type.Object({ id: text(100), name: text(200) }, { additionalProperties: false }),
    role: word(ROLES),
    channel: word(CHANNELS),
    matter: Type.Union([text(100), Type.Null()]),
    caseIds: Type.Array(text(60)),
    purpose: text(40),
    basis: word(BASES),
    fields: Type.Array(text(60)),
    /** `granted`, or the problem code of the refusal. */
    outcome: text(60),
    requestId: text(64),
    /** The number under which regions were asked. */
    number: Type.Optional(Type.String({ pattern: '^9[0-9]{14}$' })),
  },
  { additionalProperties: false },
)
export type AccessRecord = Static<typeof AccessRecord>

/** How a question to a body stands. */
export const QuestionState = Type.Object(
  {
    id: text(60),
    askedAt: DATE_TIME,
    dueOn: Type.String(),
    /** The calendar of that year was not announced when it was counted. */
    isProvisional: Type.Boolean(),
    isOverdue: Type.Boolean(),
    text: Type.String(),
    answeredAt: Type.Union([DATE_TIME, Type.Null()]),
    answer: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
)
export type QuestionState = Static<typeof QuestionState>

/** A record as its holder reads it. */
export const Access = Type.Object(
  {
    id: text(60),
    at: DATE_TIME,
    ...AccessRecord.properties,
    matter: Type.Union([Type.Object({ id: text(100), name: Type.String() }), Type.Null()]),
    question: Type.Union([QuestionState, Type.Null()]),
  },
  { additionalProperties: false },
)
export type Access = Static<typeof Access>

/** A question as the body reads that was asked: with the look that it is about, which is `null` when it is forgotten. */
export const Question = Type.Object(
  {
    ...QuestionState.properties,
    access: Type.Union([
      Type.Object(
        {
          id: text(60),
          at: DATE_TIME,
          ...Type.Pick(AccessRecord, ['act', 'body', 'purpose', 'outcome', 'requestId', 'caseIds'])
            .properties,
          matter: Access.properties.matter,
        },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
  },
  { additionalProperties: false },
)
export type Question = Static<typeof Question>

/** How a person wants to be told of looks: of each, once a day, or never. */
export const NOTICE_WORDS = ['each', 'daily', 'never'] as const
export type NoticeWord = (typeof NOTICE_WORDS)[number]

/** `GET` and `PUT` of `/me/accesses/notice`. */
export const AccessNotice = Type.Object({ word: word(NOTICE_WORDS) }, { additionalProperties: false })
