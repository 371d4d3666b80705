/** Finding services by what people type, in memory: the catalogue is small beside what is asked of it, and changes rarely. */
import type { Store } from '../../../store/index.ts'
import type { Equivalence } from '../../conversions/equivalence.ts'
import { type Entry, entriesOf, scoreOf, typedOf } from './score.ts'
import { type Audience, isOfEvent, LIFE_EVENTS, type Service, servicesOf } from './services.ts'

/** A change of the catalogue is noticed after so long. */
const FRESH_MS = 15_000
/** Longer is no question: what is cut off is not looked at. */
const MOST_CHARACTERS = 60

export interface Wanted {
  readonly q?: string | undefined
  /** Key of a domain, of a life event: see `services.ts`. */
  readonly domain?: string | undefined
  readonly event?: string | undefined
  readonly audience?: Audience | undefined
  /** The city that shall handle it. */
  readonly to?: string | undefined
  readonly limit: number
}

export interface Found {
  readonly items: readonly Service[]
  readonly total: number
}

/**
 * @param table which matters people found to be the same
 * @param now the index is made again when the catalogue has changed since
 */
export function finder({ matters }: Pick<Store, 'matters'>, table: readonly Equivalence[], now: () => Date) {
  let index: readonly Entry[] = []
  let mark = ''
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  const look = async (): Promise<void> => {
    const latest = await matters.mark()
    if (latest !== mark) {
      index = servicesOf(await matters.briefs(), table).flatMap(entriesOf)
      mark = latest
    }
    lookedAt = now().getTime()
  }

  /** Whoever comes while the index is made waits for it only when there is none yet. */
  const entries = async (): Promise<readonly Entry[]> => {
    if (now().getTime() - lookedAt < FRESH_MS) return index
    looking ??= look().finally(() => {
      looking = undefined
    })
    if (index.length === 0) await looking
    else looking.catch(() => {})
    return index
  }

  /** Best first; without words, what is offered in most cities first. */
  const find = async ({ q = '', limit, ...filter }: Wanted): Promise<Found> => {
    const typed = typedOf(q.slice(0, MOST_CHARACTERS))
    const event = LIFE_EVENTS.find(({ key }) => key === filter.event)
    const hits = (await entries())
      .filter(({ service }) => fits(service, filter) && (event === undefined || isOfEvent(service, event)))
      .map((entry) => ({ ...entry, score: q.trim() === '' ? 1 : scoreOf(entry, typed) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score || reach(b.service) - reach(a.service))
    // A service of several names is met by the best of them.
    const services = [...new Set(hits.map(({ service }) => service))]
    return { items: services.slice(0, limit), total: services.length }
  }

  /** The service that a matter is an offer of. */
  const serviceOf = async (name: string): Promise<Service | undefined> =>
    (await entries()).find(({ service }) => service.names.includes(name))?.service

  return { find, serviceOf }
}

export type Finder = ReturnType<typeof finder>

const reach = ({ offers }: Service): number => offers.filter(({ fileable }) => fileable).length

function fits(service: Service, { domain, audience, to }: Omit<Wanted, 'q' | 'limit' | 'event'>): boolean {
  return (
    (domain === undefined || service.domain === domain) &&
    (audience === undefined || service.audiences.includes(audience)) &&
    (to === undefined || service.offers.some(({ division }) => division === to))
  )
}
