/** How the gateway and its 41 cities stand, for operators: counts, times and codes, no person and no case. */
import about from '../../../package.json' with { type: 'json' }
import { LIMITS } from '../../config.ts'
import { CITIES, type City } from '../../schemas/division.ts'
import type { SchemaDriftRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import type { Standing } from '../directory/guard.ts'
import type { Health } from '../directory/regions.ts'

type SnapshotDeps = Pick<Deps, 'store' | 'directory' | 'now'>

/** How one reading goes: when it last went well, and what is wrong since. */
interface Reading {
  readonly readAt: Date | null
  readonly failure: string | null
}

export interface CityState {
  readonly city: City
  readonly isConnected: boolean
  readonly health: Health
  readonly standing: Standing
  readonly catalogue: Reading
  readonly windows: Reading
  readonly overdue: number
}

/** Work that waits, and since when the oldest does. `count` stops at the limit. */
interface Queue {
  readonly name: 'dispatches' | 'ratings' | 'deliveries' | 'asks'
  readonly count: number
  readonly oldest: Date | null
}

export interface Snapshot {
  readonly madeAt: Date
  readonly cities: readonly CityState[]
  readonly adapters: readonly {
    readonly id: string
    readonly version: string
    readonly honesty: string
    /** How many operations have each mark. */
    readonly marks: Readonly<Record<string, number>>
  }[]
  /** The newest of the codes that no table knows. */
  readonly codes: readonly {
    readonly region: string
    readonly table: string
    readonly code: string
    readonly count: number
    readonly lastAt: Date
  }[]
  readonly queues: readonly Queue[]
  readonly parked: number
  readonly strays: readonly { readonly region: string; readonly state: string; readonly count: number }[]
  readonly drifts: readonly { readonly region: string; readonly member: string; readonly count: number }[]
  /** Where regions’ documents are no longer what they were, the newest first. */
  readonly schemaDrifts: readonly SchemaDriftRow[]
  /** When overdue cases were last counted; null where none were found. */
  readonly overdueAt: Date | null
}

/** By store, so that two gateways in one process share nothing. */
const kept = new WeakMap<Deps['store'], { readonly until: number; readonly snapshot: Promise<Snapshot> }>()

/** The snapshot, made at most once in a few seconds however many pages ask for it. */
export function readSnapshot(deps: SnapshotDeps): Promise<Snapshot> {
  const at = deps.now().getTime()
  const known = kept.get(deps.store)
  if (known && known.until > at) return known.snapshot
  const snapshot = make(deps)
  kept.set(deps.store, { until: at + LIMITS.operationsMs, snapshot })
  // A failure is whoever asked's, and nobody's who asks later.
  snapshot.catch(() => kept.delete(deps.store))
  return snapshot
}

async function make(deps: SnapshotDeps): Promise<Snapshot> {
  const { store, directory, now } = deps
  const [overdue, alarms, dispatches, ratings, deliveries, asks, strays, drifts, schemaDrifts] =
    await Promise.all([
      store.figures.listOverdue(),
      store.changes.newestAlarms(LIMITS.codesShown),
      store.dispatches.backlog(),
      store.ratings.backlog(),
      store.subscriptions.backlog(),
      store.figures.asksWaiting(now(), LIMITS.queueCounted),
      store.strays.counts(),
      store.drifts.counts(),
      store.canary.standing(LIMITS.codesShown),
    ])
  return {
    madeAt: now(),
    cities: await citiesNow(new Map(overdue.map(({ city, cases }) => [city, cases])), deps),
    adapters: directory.adapters.map(({ id, honesty, marks }) => ({
      id,
      version: about.version,
      honesty,
      marks: tally(Object.values(marks)),
    })),
    codes: alarms,
    queues: [
      { name: 'dispatches', ...dispatches },
      { name: 'ratings', ...ratings },
      { name: 'deliveries', count: deliveries.waiting, oldest: deliveries.oldest },
      { name: 'asks', ...asks },
    ],
    parked: deliveries.parked,
    strays,
    drifts,
    schemaDrifts,
    overdueAt: overdue[0]?.madeAt ?? null,
  }
}

async function citiesNow(
  overdue: ReadonlyMap<string, number>,
  { store, directory }: SnapshotDeps,
): Promise<readonly CityState[]> {
  const [catalogues, windows] = await Promise.all([
    store.matters.syncs(),
    store.windows.syncs(CITIES.map(({ division }) => division)),
  ])
  const catalogueOf = new Map(catalogues.map((row) => [row.division, row]))
  const windowsOf = new Map(windows.map((row) => [row.city, row]))
  return CITIES.map((city): CityState => {
    const { division } = city
    return {
      city,
      isConnected: directory.isConnected(city.region),
      health: directory.health(division),
      standing: worst(directory.standing(division)),
      catalogue: reading(catalogueOf.get(division)),
      windows: reading(windowsOf.get(division)),
      overdue: overdue.get(division) ?? 0,
    }
  })
}

const reading = (row: Reading | undefined): Reading => ({
  readAt: row?.readAt ?? null,
  failure: row?.failure ?? null,
})

const OPENNESS = { closed: 0, 'half-open': 1, open: 2 } as const

/** Of the breakers before one city the one that is the most open, and the newest answer that came through any. */
function worst(standings: readonly Standing[]): Standing {
  const none: Standing = { breaker: 'closed', latencyMs: null, answeredAt: null }
  return standings.reduce((known, next) => {
    const newest = (next.answeredAt?.getTime() ?? 0) > (known.answeredAt?.getTime() ?? 0) ? next : known
    const breaker = OPENNESS[next.breaker] > OPENNESS[known.breaker] ? next.breaker : known.breaker
    return { ...newest, breaker }
  }, none)
}

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
