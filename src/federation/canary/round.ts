/** The canary: each region's answers are looked at by turns, so that a change of its documents is found before a resident meets it. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { CITIES } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { RegionId } from '../../schemas/regions.ts'
import { filedCase } from '../cases/record.ts'
import type { Deps } from '../deps.ts'
import type { Connection } from '../directory/regions.ts'
import { type Asking, accept, lookAt } from './look.ts'

type Needs = Pick<Deps, 'store' | 'sealing' | 'directory' | 'log' | 'now'>

/** How a round went: looks, those that found a drift, and cities that did not answer. */
export interface CanaryRound {
  readonly looks: number
  readonly drifting: number
  readonly silent: number
}

/** Cities of a region that a round looks at. */
export const citiesOf = (region: RegionId): readonly string[] =>
  CITIES.filter((one) => one.region === region).map(({ division }) => division)

/** Looks at the cities of a region, one after the other. @param seen hears of each city */
export async function canary(
  region: RegionId,
  deps: Needs,
  seen: () => void = () => undefined,
): Promise<CanaryRound> {
  const told = { looks: 0, drifting: 0, silent: 0 }
  for (const division of citiesOf(region)) {
    const connection = deps.directory.at(division)
    for (const asking of await askingsOf(division, connection, deps)) {
      const looked = await lookAt(asking, connection, deps)
      told.looks += 1
      if (looked === 'drifting') told.drifting += 1
      // A place that does not answer is known by other ways, and is not waited for thirteen times.
      if (looked !== 'silent') continue
      told.silent += 1
      break
    }
    seen()
  }
  return told
}

/** What a city is asked: its list, some of its matters, some windows, and a case of the gateway's own that is open. */
async function askingsOf(
  division: string,
  { adapter, link }: Connection,
  { store, sealing }: Needs,
): Promise<readonly Asking[]> {
  const city = { subject: `${adapter.id}:${division}`, division }
  const { matter, case: cases } = adapter.dialect
  const list: Asking = {
    ...city,
    answer: 'list',
    isLoose: true,
    ask: async (to) => void (await to.listMatters({ division, page: 1, pageSize: 1 })),
  }
  const matters = (await store.canary.nextMatters(division, LIMITS.canaryMatters, LIMITS.canaryDrifting)).map(
    ({ id, code }): Asking => ({
      subject: id,
      answer: 'matter',
      division,
      message: { name: matter.name, schema: matter.schema },
      isLoose: false,
      ask: async (to) => (await to.readMatter({ division, code })).updatedAt,
    }),
  )
  const { window } = adapter
  const windows: readonly Asking[] =
    window && link.listWindows
      ? [
          {
            ...city,
            answer: 'window',
            message: { name: window.name, schema: window.schema },
            isLoose: true,
            ask: async (to) =>
              void (await to.listWindows?.({ division, page: 1, pageSize: LIMITS.canaryWindows })),
          },
        ]
      : []
  const row = await store.canary.openCase(division)
  const filed = row && (await filedCase(row, { store, sealing }).catch(ifKnown))
  const own: readonly Asking[] = filed
    ? [
        {
          ...city,
          answer: 'case',
          message: { name: cases.name, schema: cases.schema },
          isLoose: true,
          ask: async (to) => void (await to.readCase(filed)),
        },
      ]
    : []
  return [list, ...matters, ...windows, ...own]
}

/** A case whose matter is gone is left to those who follow it. */
function ifKnown(error: unknown): undefined {
  if (!(error instanceof GatewayError)) throw error
}

/** Takes all drifts of a region, or of all, that stand as right from now on. @returns how many there were */
export async function acceptDrifts(deps: Pick<Deps, 'store' | 'now'>, region?: RegionId): Promise<number> {
  const all = await deps.store.canary.standing(LIMITS.schemaDriftsShown, region)
  for (const [, [first, ...more]] of Map.groupBy(all, ({ subject, answer }) => `${answer} ${subject}`)) {
    if (!first) continue
    const added = [first, ...more].filter(({ change }) => change === 'added').map(({ member }) => member)
    await accept(first, added, deps)
  }
  return all.length
}

/** Drifts that stand, the newest first: names, types and times. */
export async function standingDrifts({ store }: Pick<Deps, 'store'>, region?: RegionId) {
  return (await store.canary.standing(LIMITS.schemaDriftsShown, region)).map(
    ({ settledAt: _none, ...one }) => ({
      ...one,
      firstAt: formatInstant(one.firstAt),
      lastAt: formatInstant(one.lastAt),
    }),
  )
}
