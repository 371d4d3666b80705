/** What became of a reminder (催办). */
import { type Static, Type } from 'typebox'
import { DATE_TIME, text } from './common.ts'

export const Reminded = Type.Object(
  {
    caseId: text(40),
    /** Null in a dry run. */
    remindedAt: Type.Union([DATE_TIME, Type.Null()]),
    /** Before that it cannot be reminded of again; null in a dry run. */
    againAt: Type.Union([DATE_TIME, Type.Null()]),
    /** No region's interface takes a reminder. */
    sentToRegion: Type.Literal(false),
    reason: Type.Object({ zh: text(200), en: text(200) }, { additionalProperties: false }),
  },
  { additionalProperties: false },
)
export type Reminded = Static<typeof Reminded>
