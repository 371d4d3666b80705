/** The public figures: how many cases, how many of them online, how long, how often corrected, how well rated. Small numbers are null. */
import { type Static, Type } from 'typebox'
import { DATE_TIME, Names, text } from './common.ts'

const PERCENT = Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()])

const Figure = Type.Object(
  {
    /** `delta`, a region's id, or the division of a city; a province's own division for what is not handled in a city. */
    place: text(16),
    name: Names,
    /** Applications of the span, as far as the gateway knows them; null where a number would tell of few. */
    cases: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Share that was filed online through the gateway, in whole percent; the rest was filed elsewhere. */
    onlinePercent: PERCENT,
    /** Half of the concluded cases took at most so many days from acceptance to completion. */
    medianDays: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
    /** Share that was sent back for correction (补正) at least once. */
    correctionPercent: PERCENT,
    /** Share of the rated cases whose newest rating (好差评) is at least 基本满意. */
    goodRatingPercent: PERCENT,
  },
  { additionalProperties: false },
)
export type Figure = Static<typeof Figure>

export const Figures = Type.Object(
  {
    /** The span of the applications that are counted. Both null before figures were made for the first time. */
    since: Type.Union([DATE_TIME, Type.Null()]),
    until: Type.Union([DATE_TIME, Type.Null()]),
    /** Numbers from 1 to below this are not told, and others beside them so that no sum gives one away. */
    fewest: Type.Integer(),
    total: Type.Union([Figure, Type.Null()]),
    regions: Type.Array(Type.Intersect([Figure, Type.Object({ cities: Type.Array(Figure) })])),
  },
  { additionalProperties: false },
)
export interface Figures {
  readonly since: string | null
  readonly until: string | null
  readonly fewest: number
  readonly total: Figure | null
  readonly regions: readonly (Figure & { readonly cities: readonly Figure[] })[]
}
