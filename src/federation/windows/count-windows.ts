/** How many windows each of the 41 cities has: of all, of those that take a matter, of those that are open. */
import { CITIES } from '../../schemas/division.ts'
import type { Deps } from '../deps.ts'
import { statesOf, type WindowAsk } from './list-windows.ts'
import { codesOf } from './matters.ts'
import { weekMinute } from './opening.ts'

/** A number for each city; `undefined` where its windows were never read. */
export type WindowCounts = ReadonlyMap<string, number | undefined>

/** @throws GatewayError `MATTER_NOT_FOUND` */
export async function countWindows(
  { matter, openAt }: Pick<WindowAsk, 'matter' | 'openAt'>,
  deps: Pick<Deps, 'store' | 'catalogue'>,
): Promise<WindowCounts> {
  const takes = matter === undefined ? undefined : await codesOf(matter, deps)
  const openMinute = openAt && weekMinute(openAt)
  const isHoliday = openAt !== undefined && openMinute === undefined
  const [states, counted] = await Promise.all([
    statesOf(undefined, deps),
    // On a holiday nothing is open, and nothing is to be looked for.
    isHoliday
      ? []
      : deps.store.windows.perCity({
          ...(takes === undefined ? {} : { takes }),
          ...(openMinute === undefined ? {} : { openMinute }),
        }),
  ])
  const counts = new Map(counted.map(({ city, windows }) => [city, windows]))
  const neverRead = new Set(states.filter(({ state }) => state === 'failed').map(({ division }) => division))
  return new Map(
    CITIES.map(({ division }) => [
      division,
      neverRead.has(division) ? undefined : (counts.get(division) ?? 0),
    ]),
  )
}
