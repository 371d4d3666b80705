/** The promise clock (承诺时限) of a case, and how long such cases took before. */
import { type Static, Type } from 'typebox'
import { DATE, DATE_TIME, word } from './common.ts'

const orNull = <const T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

/** States in which the clock stands still: 补正, 特别程序. */
export const STOPS = ['CORRECTION_REQUIRED', 'SUSPENDED'] as const

/** How a promise stands. Days are counted in `unit`; the day on which the clock starts, or runs again, does not count itself. */
export const CaseClock = Type.Object(
  {
    /** When the case was accepted; null where nobody told it. */
    startedAt: orNull(DATE_TIME),
    /** The region's own date where it told one; null while the clock stands still and the end is open, and where nothing is promised. */
    dueOn: orNull(DATE),
    /** Whose date `dueOn` is. */
    source: orNull(word(['region', 'computed'])),
    /** The date that we count, where the region told another. */
    computedDueOn: Type.Optional(DATE),
    statutoryDueOn: orNull(DATE),
    /** What is promised: 即办, the region's promise, or the limit by law where it promises nothing. */
    basis: orNull(word(['instant', 'commitment', 'statutory'])),
    days: orNull(Type.Integer({ minimum: 0 })),
    unit: word(['working', 'calendar']),
    daysUsed: Type.Integer({ minimum: 0 }),
    /** Below zero: so many days late. */
    daysLeft: orNull(Type.Integer()),
    stoppedSince: orNull(DATE_TIME),
    stops: Type.Array(
      Type.Object(
        { from: DATE_TIME, to: orNull(DATE_TIME), because: word(STOPS) },
        { additionalProperties: false },
      ),
    ),
    overdue: Type.Boolean(),
    /** The calendar of a year on the way is not announced yet: what was counted may change. */
    provisional: Type.Boolean(),
    endedAt: orNull(DATE_TIME),
  },
  { additionalProperties: false },
)
export type CaseClock = Static<typeof CaseClock>

/** Half, and nine in ten, of the concluded cases of a matter in a city took at most so many working days from acceptance to the end. */
export const Forecast = Type.Object(
  {
    halfDays: Type.Integer({ minimum: 0 }),
    mostDays: Type.Integer({ minimum: 0 }),
    /** How many cases say so: the newest, at least 30. */
    cases: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
)
export type Forecast = Static<typeof Forecast>

/** The same for one open case, with its dates once it is accepted. */
export const CaseForecast = Type.Object(
  { ...Forecast.properties, halfOn: orNull(DATE), mostOn: orNull(DATE) },
  { additionalProperties: false },
)
export type CaseForecast = Static<typeof CaseForecast>
