/** A claim that a licence is genuine, and what became of it: body and answer of `POST /licences/verify`. */
import { type Static, Type } from 'typebox'
import { IdDocument } from './application.ts'
import { DATE_TIME, DIVISION, REGION, text, word } from './common.ts'
import { LICENCE_KINDS, LICENCE_STATUSES, TRUST_LEVELS } from './licence.ts'

/** At least an identifier; whatever else is known lets the region be asked. */
export const ClaimRequest = Type.Object(
  {
    /** GB/T 36904. */
    identifier: Type.Optional(text(200)),
    /** The city or region that issued it, where the identifier does not tell. */
    division: Type.Optional(DIVISION),
    kind: Type.Optional(word(LICENCE_KINDS)),
    number: Type.Optional(text(100)),
    holder: Type.Optional(
      Type.Object({ name: text(100), idDocument: IdDocument }, { additionalProperties: false }),
    ),
    /** The file whose genuineness is asked, as an upload. */
    uploadId: Type.Optional(text(60)),
  },
  { additionalProperties: false },
)
export type ClaimRequest = Static<typeof ClaimRequest>

/** What is known of a claim. */
export const Verification = Type.Object(
  {
    /** Of the identifier alone; null where none was given. */
    form: Type.Union([
      Type.Object(
        {
          ok: Type.Boolean(),
          /** What is wrong with it: `length`, `format`, `component`, `checksum`. */
          fault: Type.Union([Type.String(), Type.Null()]),
          type: Type.Union([Type.String(), Type.Null()]),
          issuer: Type.Union([Type.String(), Type.Null()]),
          version: Type.Union([Type.String(), Type.Null()]),
        },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    /** How far anybody looked. */
    trust: word([...TRUST_LEVELS, 'none']),
    region: Type.Object(
      {
        id: Type.Union([REGION, Type.Null()]),
        division: Type.Union([DIVISION, Type.Null()]),
        asked: Type.Boolean(),
        /** Why it was not asked: members of the claim that it needs, one list in full; or a problem code. */
        missing: Type.Optional(Type.Array(Type.Array(Type.String()))),
        reason: Type.Optional(Type.String()),
        exists: Type.Optional(Type.Boolean()),
        status: Type.Optional(word(LICENCE_STATUSES)),
        rawStatus: Type.Optional(
          Type.Object({ code: Type.String(), label: Type.String() }, { additionalProperties: false }),
        ),
        fileMatches: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    asOf: DATE_TIME,
  },
  { additionalProperties: false },
)
export type Verification = Static<typeof Verification>
