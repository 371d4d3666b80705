/** 预检: one application, as far as it is filled in, against many cities. Body and answer of `POST /api/v1/preflight`. */
import { type Static, Type } from 'typebox'
import { Applicant, Application } from './application.ts'
import { DIVISION, Names, text, word } from './common.ts'

/** What is known so far; only the matter must be named. */
export const PartialApplication = Type.Object(
  {
    ...Type.Partial(Application).properties,
    matter: text(100),
    applicant: Type.Optional(Type.Partial(Applicant)),
  },
  { additionalProperties: false },
)
export type PartialApplication = Static<typeof PartialApplication>

export const PreflightRequest = Type.Object(
  {
    application: PartialApplication,
    /** Divisions, or `*` for all 41. */
    cities: Type.Optional(
      Type.Array(Type.Union([DIVISION, Type.Literal('*')]), { minItems: 1, maxItems: 41 }),
    ),
  },
  { additionalProperties: false },
)
export type PreflightRequest = Static<typeof PreflightRequest>

/** `can`: nothing is missing. `needs`: it can be filed once what is missing is there. `cannot`: not online, or not by this applicant. `unknown`: the city cannot be asked now. */
export const VERDICTS = ['can', 'needs', 'cannot', 'unknown'] as const
/** The cheapest next step. */
export const STEPS = ['apply', 'complete', 'window', 'otherCity', 'wait'] as const

const Sentence = { zh: text(300), en: text(300) }

export const CityPreflight = Type.Object(
  {
    division: DIVISION,
    verdict: word(VERDICTS),
    /** The matter there; `null` where there is none. */
    matter: Type.Union([text(100), Type.Null()]),
    /** The rule that decides, where it is not simply that something is missing. */
    rule: Type.Union([Type.Object({ code: text(60), ...Sentence }), Type.Null()]),
    missing: Type.Array(
      Type.Object({
        pointer: text(200, 0),
        code: text(60),
        ...Sentence,
        /** Of a document that is missing: which one, as the city's own matter calls it. */
        document: Type.Optional(Type.Object({ id: text(64), name: Names })),
      }),
      { maxItems: 400 },
    ),
    next: Type.Object({ step: word(STEPS), ...Sentence }),
  },
  { additionalProperties: false },
)
export type CityPreflight = Static<typeof CityPreflight>
