/** The public figures as they were last made. */
import { LIMITS } from '../../config.ts'
import { CITIES } from '../../schemas/division.ts'
import type { Figure, Figures } from '../../schemas/figures.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { FigureRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { DELTA } from './make-figures.ts'

type Name = { readonly zh: string; readonly en: string }

const shown = ({ place, ...row }: FigureRow, { zh, en }: Name): Figure => ({
  place,
  name: { zh, en },
  cases: row.cases,
  onlinePercent: row.onlinePercent,
  medianDays: row.medianDays,
  correctionPercent: row.correctionPercent,
  goodRatingPercent: row.goodRatingPercent,
})

/** For anybody: 46 rows at most. */
export async function readFigures({ store }: Pick<Deps, 'store'>): Promise<Figures> {
  const rows = new Map((await store.figures.list()).map((row) => [row.place, row]))
  const total = rows.get(DELTA)
  const figure = (place: string, name: Name): readonly Figure[] => {
    const row = rows.get(place)
    return row ? [shown(row, name)] : []
  }
  return {
    since: total ? formatInstant(total.since) : null,
    until: total ? formatInstant(total.madeAt) : null,
    fewest: LIMITS.figuresFewest,
    total: total ? shown(total, { zh: '长三角', en: 'Yangtze Delta' }) : null,
    regions: REGIONS.flatMap(({ id, division, zh, en }) =>
      figure(id, { zh, en }).map((region) => ({
        ...region,
        cities: [
          ...CITIES.filter((city) => city.region === id).flatMap((city) => figure(city.division, city)),
          // What a province handles itself, where there is any. Shanghai has its row already.
          ...(CITIES.some((city) => city.division === division)
            ? []
            : figure(division, { zh: `${zh}本级`, en: `${en}, provincial` })),
        ],
      })),
    ),
  }
}
