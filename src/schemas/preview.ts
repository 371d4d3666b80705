/**
 * The one preview (一次预览) before anything is released: every photo, licence and field of a case, each with where it is from, how old the
 * knowledge is, why it is needed, and what follows when it is withheld.
 */
import { type Static, Type } from 'typebox'
import { DATE_TIME, DIVISION, Names, REGION, text, word } from './common.ts'
import { Completeness } from './completeness.ts'
import { NECESSITIES } from './matter.ts'

/** Body of `POST /me/preview`. */
export const PreviewRequest = Type.Object(
  {
    matter: text(100),
    /** The city that handles it; the matter's own when absent. */
    division: Type.Optional(DIVISION),
    /** `*` (the default), `home`, `known`, or divisions joined by commas. */
    cities: Type.Optional(Type.Union([Type.String({ maxLength: 400 })])),
  },
  { additionalProperties: false },
)
export type PreviewRequest = Static<typeof PreviewRequest>

const SourceShape = Type.Object(
  {
    /** `logIn`: the region with which the person logged in; `photo` and `licence`: what a region holds; `upload`: taken here. */
    from: word(['logIn', 'licence', 'photo', 'upload']),
    region: Type.Union([REGION, Type.Null()]),
    division: Type.Union([DIVISION, Type.Null()]),
    holding: Type.Optional(text(60)),
    name: Type.String(),
    asOf: DATE_TIME,
  },
  { additionalProperties: false },
)

/** Something that can stand for a document. */
const Candidate = Type.Object(
  {
    id: text(60),
    kind: word(['photo', 'licence']),
    name: Type.String(),
    source: SourceShape,
    /** Whether it can be used: a licence that is valid, a photo that fits or can be made to; `unchecked` where no rule is known. */
    verdict: word(['fits', 'canBeMadeToFit', 'doesNotFit', 'unchecked']),
    /** In words a resident understands, the reasons first that speak against it. */
    because: Type.Array(Names),
  },
  { additionalProperties: false },
)
export type Candidate = Static<typeof Candidate>

/** One document of the matter. */
const PreviewDocument = Type.Object(
  {
    id: Type.String(),
    name: Names,
    necessity: word(NECESSITIES),
    /** What is proposed: a licence instead of paper, a photo from a library, or that the person brings it. */
    proposal: word(['licence', 'photo', 'bring', 'optional']),
    candidates: Type.Array(Candidate),
    /** Why the matter asks for it. */
    needed: Names,
    /** What follows when what is proposed is withheld. */
    withheld: Names,
  },
  { additionalProperties: false },
)
export type PreviewDocument = Static<typeof PreviewDocument>

/** One field of the form, or of the applicant. */
const PreviewField = Type.Object(
  {
    /** JSON Pointer into the application. */
    pointer: Type.String(),
    label: Names,
    required: Type.Boolean(),
    /** Null where nobody knows: left to type. Masked where it is sensitive. */
    value: Type.Union([Type.String(), Type.Null()]),
    isSensitive: Type.Boolean(),
    source: Type.Union([SourceShape, Type.Null()]),
  },
  { additionalProperties: false },
)
export type PreviewField = Static<typeof PreviewField>

export const Preview = Type.Object(
  {
    matter: Type.Object(
      { id: Type.String(), name: Names, division: DIVISION },
      { additionalProperties: false },
    ),
    /** Whom a consent must name as the receiver. */
    receiver: Type.Object(
      { id: Type.String(), name: Type.String(), nameEn: Type.String() },
      { additionalProperties: false },
    ),
    documents: Type.Array(PreviewDocument),
    fields: Type.Array(PreviewField),
    figures: Type.Object(
      {
        documents: Type.Integer(),
        /** Documents for which a licence or a photo is at hand. */
        exempted: Type.Integer(),
        toBring: Type.Integer(),
        fields: Type.Integer(),
        prefilled: Type.Integer(),
        toType: Type.Integer(),
      },
      { additionalProperties: false },
    ),
    completeness: Type.Object({ photos: Type.Union([Completeness, Type.Null()]), licences: Completeness }),
  },
  { additionalProperties: false },
)
export type Preview = Static<typeof Preview>
