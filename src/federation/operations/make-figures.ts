/** Makes the public figures, once for all processes, and keeps only what may be told. */
import { LIMITS } from '../../config.ts'
import { CITIES } from '../../schemas/division.ts'
import { BAD_GRADES } from '../../schemas/rating.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { Counted, FigureRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { type Branch, hiddenOf } from './suppress.ts'

/** The place of the sum over everything. */
export const DELTA = 'delta'

/** A city, or what a province handles itself, stands by six digits. Shanghai is a region and its city, and has both names. */
const placeOf = ({ region, city }: Counted): string => (city === null ? (region ?? DELTA) : `${city}00`)

type Measure = (counted: Counted) => number

/** A share gives away its part and the rest. */
const ONLINE: readonly Measure[] = [({ online }) => online, ({ cases, online }) => cases - online]
const CORRECTED: readonly Measure[] = [
  ({ corrected }) => corrected,
  ({ cases, corrected }) => cases - corrected,
]

const RATED: readonly Measure[] = [
  ({ rated }) => rated,
  ({ badlyRated }) => badlyRated,
  ({ rated, badlyRated }) => rated - badlyRated,
]

const EMPTY = {
  cases: 0,
  online: 0,
  corrected: 0,
  completed: 0,
  rated: 0,
  badlyRated: 0,
  medianDays: null,
}

/** Every place, those without a case too. */
function everywhere(counted: readonly Counted[]): ReadonlyMap<string, Counted> {
  const places = new Map<string, Counted>([[DELTA, { region: null, city: null, ...EMPTY }]])
  for (const { id } of REGIONS) places.set(id, { region: id, city: null, ...EMPTY })
  for (const { region, division } of CITIES)
    places.set(division, { region, city: division.slice(0, 4), ...EMPTY })
  for (const one of counted) places.set(placeOf(one), one)
  return places
}

/** Which places are not told of for a measure. */
function hiddenFor(measure: Measure, places: ReadonlyMap<string, Counted>): ReadonlySet<string> {
  const branches: readonly Branch[] = REGIONS.map(({ id }) => ({
    key: id,
    leaves: [...places]
      .filter(([, { region, city }]) => region === id && city !== null)
      .map(([key, one]) => ({ key, count: measure(one) })),
  }))
  return hiddenOf(branches, DELTA, LIMITS.figuresFewest)
}

/** The rows that may be kept: what is hidden is not in them. */
export function figuresOf(counted: readonly Counted[], since: Date, madeAt: Date): readonly FigureRow[] {
  const places = everywhere(counted)
  const cases = hiddenFor((one) => one.cases, places)
  const sharesOf = (measures: readonly Measure[], whole: Measure = (one) => one.cases) => {
    const hidden = [cases, ...measures.map((measure) => hiddenFor(measure, places))]
    return (place: string, one: Counted, part: number): number | null =>
      whole(one) === 0 || hidden.some((keys) => keys.has(place))
        ? null
        : Math.round((100 * part) / whole(one))
  }
  const [online, corrected] = [sharesOf(ONLINE), sharesOf(CORRECTED)]
  const wellRated = sharesOf(RATED, ({ rated }) => rated)
  return [...places].map(([place, one]) => ({
    place,
    cases: cases.has(place) ? null : one.cases,
    onlinePercent: online(place, one, one.online),
    correctionPercent: corrected(place, one, one.corrected),
    goodRatingPercent: wellRated(place, one, one.rated - one.badlyRated),
    medianDays:
      cases.has(place) || one.completed < LIMITS.figuresFewest || one.medianDays === null
        ? null
        : Math.round(one.medianDays * 10) / 10,
    since,
    madeAt,
  }))
}

/** One round. */
export async function makeFigures({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<void> {
  const madeAt = now()
  const since = new Date(madeAt)
  since.setUTCMonth(since.getUTCMonth() - LIMITS.figuresMonths)
  const counted = await store.figures.count({ since, until: madeAt }, BAD_GRADES)
  await store.figures.replace(figuresOf(counted, since, madeAt))
}
