/** 免于提交: how a document that a licence stands for came to the region. */
import { type Static, Type } from 'typebox'
import { DATE_TIME, DIVISION, REGION, text, word } from './common.ts'

/**
 * `reference`: the region that handles the case holds the licence itself and was told which; `file`: another region's licence was fetched
 * and handed over as a file; `upload`: it could not be fetched, and the applicant's own upload stands instead.
 */
export const Exemption = Type.Object(
  {
    document: text(64),
    how: word(['reference', 'file', 'upload']),
    licence: Type.Object(
      {
        id: text(60),
        name: text(200),
        region: REGION,
        division: Type.Union([DIVISION, Type.Null()]),
        asOf: DATE_TIME,
      },
      { additionalProperties: false },
    ),
    /** Problem code: why the licence was not used. */
    reason: Type.Optional(Type.String()),
    /** The consent on which it stands; null where nothing of a region's was handed over. */
    consent: Type.Union([text(60), Type.Null()]),
  },
  { additionalProperties: false },
)
export type Exemption = Static<typeof Exemption>
