/**
 * The canonical application (办事申请), GB/T 39046-2020 table 5: who applies, for what, where, with which form values and
 * documents. It is the body of `POST /api/v1/cases`.
 */
import { type Static, Type } from 'typebox'
import { DATE_TIME, DIVISION, text, word } from './common.ts'
import { DELIVERY_MODES, DOCUMENT_MODES } from './matter.ts'

const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()])

/** A Chinese mobile number. */
export const MOBILE = Type.String({ pattern: '^1[0-9]{10}$' })

/** A Chinese landline with its area code. */
const LANDLINE = Type.String({ pattern: '^0[0-9]{2,3}-?[0-9]{7,8}$' })

/** Type (GA/T 2000.156: `111` 居民身份证, `001` 统一社会信用代码 …) and number of an identity document. */
export const IdDocument = Type.Object(
  { type: Type.String({ pattern: '^[0-9]{3}$' }), number: text(50) },
  { additionalProperties: false },
)
export type IdDocument = Static<typeof IdDocument>

/** The applicant (申请人): a natural person or an organisation. */
export const Applicant = Type.Object(
  {
    kind: word(['person', 'organisation']),
    name: text(100),
    idDocument: IdDocument,
    mobile: Type.Optional(MOBILE),
    address: Type.Optional(nullable(text(200, 0))),
    postcode: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
    /** 法定代表人, of an organisation. */
    legalRepresentative: Type.Optional(nullable(text(50))),
    legalRepresentativeId: Type.Optional(IdDocument),
  },
  { additionalProperties: false },
)
export type Applicant = Static<typeof Applicant>

/**
 * The agent (经办人) who acts for the applicant; an organisation always has one. He has a mobile, or a landline where the region
 * that handles the case is content with one (Anhui is): `checkPersons` wants one of the two.
 */
export const Agent = Type.Object(
  {
    name: text(50),
    idDocument: IdDocument,
    mobile: Type.Optional(MOBILE),
    phone: Type.Optional(LANDLINE),
    mandate: Type.Optional(text(100)),
  },
  { additionalProperties: false },
)
export type Agent = Static<typeof Agent>

/** How one document of the matter is handed in. */
export const DocumentEntry = Type.Object(
  {
    id: text(64),
    mode: word(DOCUMENT_MODES),
    /** Identifiers of uploads, for `upload` and `scan`. */
    uploads: Type.Optional(Type.Array(text(300), { maxItems: 10 })),
    /** Licence identifier, for `licence`. */
    licence: Type.Optional(text(200)),
  },
  { additionalProperties: false },
)
export type DocumentEntry = Static<typeof DocumentEntry>

/** Where the result goes. `name`, `mobile` and `address` are needed for `post`. */
export const Delivery = Type.Object(
  {
    mode: word(DELIVERY_MODES),
    name: Type.Optional(text(50)),
    mobile: Type.Optional(MOBILE),
    address: Type.Optional(text(200)),
  },
  { additionalProperties: false },
)
export type Delivery = Static<typeof Delivery>

/** What was filled in, by field. `Type.Record` would write the names as the pattern `^.*$`: without their length, and blind to a line break. */
const FormValues = Type.Unsafe<Record<string, string>>({
  type: 'object',
  propertyNames: Type.String({ minLength: 1, maxLength: 60 }),
  additionalProperties: Type.String({ maxLength: 10_000 }),
  maxProperties: 200,
})

export const Application = Type.Object(
  {
    matter: text(100),
    /** The region's own version of the matter that the form was filled in for; the one in force when absent. */
    matterVersion: Type.Optional(text(20)),
    /** Where it is handled. */
    division: DIVISION,
    /** Where the applicant is served. */
    sourceDivision: DIVISION,
    applicant: Applicant,
    agent: Type.Optional(Type.Union([Agent, Type.Null()])),
    form: FormValues,
    documents: Type.Array(DocumentEntry, { maxItems: 100 }),
    delivery: Type.Optional(Type.Union([Delivery, Type.Null()])),
    /** The mode, where the matter offers several; the matter's own otherwise. */
    mode: Type.Optional(word(['online', 'onBehalf', 'joint', 'authorisedLocal'])),
    note: Type.Optional(Type.Union([text(500, 0), Type.Null()])),
    /** When the applicant applied; the gateway's clock when absent. */
    appliedAt: Type.Optional(DATE_TIME),
  },
  { additionalProperties: false },
)
export type Application = Static<typeof Application>

/** The answer to a 补正: changed form fields and documents. Body of `POST /cases/{id}/correction`. */
export const Correction = Type.Object(
  {
    form: Type.Optional(FormValues),
    documents: Type.Optional(Type.Array(DocumentEntry, { maxItems: 100 })),
    note: Type.Optional(Type.Union([text(500, 0), Type.Null()])),
  },
  { additionalProperties: false },
)
export type Correction = Static<typeof Correction>

/** The withdrawal of an application. Body of `POST /cases/{id}/withdrawal`. */
export const Withdrawal = Type.Object({ reason: text(200) }, { additionalProperties: false })
export type Withdrawal = Static<typeof Withdrawal>
