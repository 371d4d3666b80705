/** Reads the service windows of one city whole, and puts them in the place of those that were known: all of them, or none. */
import type { RegionLink } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { RegionalWindow } from '../../schemas/window.ts'
import type { WindowRow } from '../../store/index.ts'
import { raise } from '../cases/apply-news.ts'
import type { Deps } from '../deps.ts'
import { mattersByCode } from './matters.ts'
import { weekOf } from './opening.ts'

/** Alarms for codes that no matter has, in one reading: the rest is like them. */
const ALARMS = 100

/** What one reading found. */
export interface SyncedWindows {
  readonly city: string
  readonly windows: number
  readonly unreadable: number
  readonly unknownMatters: number
}

/**
 * Reads one city's windows. One that cannot be read is kept as it was; a matter code that the city's catalogue does not have is kept,
 * and alarmed once that catalogue has been read.
 * @throws GatewayError when the region does not answer to the end: then nothing is changed, and it is noted since when.
 */
export async function syncWindows(city: string, deps: Deps): Promise<SyncedWindows> {
  const { adapter, link } = deps.directory.at(city)
  try {
    const { windows, unreadable } = await readAll(link, city, adapter.id)
    const kept = await deps.store.windows.byCodes(
      city,
      unreadable.filter((code) => !windows.has(code)),
    )
    const readAt = deps.now()
    const rows = [
      ...[...windows.values()].map((one) => rowOf(one, { city, region: adapter.id, readAt })),
      ...kept,
    ]
    await deps.store.windows.replace(rows, {
      city,
      region: adapter.id,
      windows: rows.length,
      readAt,
      failedAt: null,
      failure: null,
    })
    const unknownMatters = await alarmUnknown(city, adapter.id, rows, deps)
    return { city, windows: rows.length, unreadable: unreadable.length, unknownMatters }
  } catch (error) {
    const failure = error instanceof GatewayError ? error.code : 'INTERNAL'
    await deps.store.windows.failed(city, adapter.id, deps.now(), failure)
    throw error
  }
}

/** All windows of a city by their codes. A listing that grows while it is read may tell one twice. */
async function readAll({ listWindows }: RegionLink, city: string, region: RegionId) {
  if (!listWindows)
    throw new GatewayError('REGION_NOT_CONNECTED', { division: city, operation: 'window-list' })
  const windows = new Map<string, RegionalWindow>()
  const unreadable: string[] = []
  let seen = 0
  for (let page = 1; ; page += 1) {
    const {
      items,
      unreadable: lost,
      total,
    } = await listWindows({
      division: city,
      page,
      pageSize: LIMITS.windowsAtOnce,
    })
    for (const one of items) windows.set(one.code, one)
    unreadable.push(...lost)
    const told = items.length + lost.length
    seen += told
    if (seen >= total) return { windows, unreadable }
    // Half a list is no list: what was known before stays.
    if (told === 0 || seen > LIMITS.windowsOfCity)
      throw new GatewayError('REGION_ANSWER_INVALID', {
        region,
        operation: 'window-list',
        reason: told === 0 ? 'fewer than its total' : 'too many',
      })
  }
}

const rowOf = (
  window: RegionalWindow,
  { city, region, readAt }: { city: string; region: RegionId; readAt: Date },
): WindowRow => ({
  city,
  code: window.code,
  id: `${region}:${city}:${window.code}`,
  region,
  isCrossRegion: window.isCrossRegion,
  lon: window.lon ?? null,
  lat: window.lat ?? null,
  matterCodes: window.matterCodes,
  opening: weekOf(window),
  document: window,
  readAt,
})

/** Alarms for matter codes that the catalogue of the city does not have. @returns how many there are */
async function alarmUnknown(
  city: string,
  region: RegionId,
  rows: readonly WindowRow[],
  deps: Deps,
): Promise<number> {
  if (!(await deps.store.matters.sync(city))?.readAt) return 0
  const codes = [...new Set(rows.flatMap(({ matterCodes }) => matterCodes))]
  const known = await mattersByCode(city, codes, deps)
  const unknown = codes.filter((code) => !known.has(code))
  await raise(
    region,
    unknown.slice(0, ALARMS).map((code) => ({ table: `${region}/window/matter`, code })),
    deps,
  )
  return unknown.length
}
