/** The service windows of the 41 cities: near a place, open at a moment, taking a matter. */
import { GatewayError } from '../../errors.ts'
import { type CityState, completenessOf } from '../../schemas/completeness.ts'
import { CITIES, cityOf } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { FoundWindow, RegionalWindow, Window, WindowPage } from '../../schemas/window.ts'
import { FAR, type FoundRow, type WindowRow, type WindowSearch } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { codesOf, mattersByCode } from './matters.ts'
import { isOpen, nextOpening, weekMinute } from './opening.ts'

/** What windows are asked for. */
export interface WindowAsk {
  /** One of the 41 cities, or a district or county of it; all when absent. */
  readonly city?: string | undefined
  /** A matter's id: windows that take it, or an equivalent of it. */
  readonly matter?: string | undefined
  /** WGS-84: the nearest come first, and each has its distance. */
  readonly near?: { readonly lon: number; readonly lat: number } | undefined
  /** Windows that are known to be open at this moment. */
  readonly openAt?: Date | undefined
  /** Only the cross-region windows (专窗), or only the others. */
  readonly isCrossRegion?: boolean | undefined
  readonly limit: number
  /** From `nextCursor` of the same question. */
  readonly cursor?: string | undefined
}

type WindowDeps = Pick<Deps, 'store' | 'catalogue' | 'directory' | 'now'>

/**
 * One page of windows. Whether each is open is told for `openAt`, or for now; windows without a place come last.
 * @throws GatewayError `DIVISION_UNKNOWN`, `MATTER_NOT_FOUND`, `PARAMETER_INVALID` for a cursor that is not ours
 */
export async function listWindows(ask: WindowAsk, deps: WindowDeps): Promise<WindowPage> {
  const city = ask.city === undefined ? undefined : knownCity(ask.city)
  const completeness = completenessOf(await statesOf(city, deps))
  const openMinute = ask.openAt && weekMinute(ask.openAt)
  const takes = ask.matter === undefined ? undefined : await codesOf(ask.matter, deps)
  // On a holiday nothing is open, and nothing is to be looked for.
  if (ask.openAt && openMinute === undefined) return { items: [], nextCursor: null, completeness }
  const after = ask.cursor === undefined ? undefined : placeIn(ask.cursor)
  const search: WindowSearch = {
    ...(city === undefined ? {} : { city }),
    ...(takes === undefined ? {} : { takes }),
    ...(ask.near === undefined ? {} : { near: ask.near }),
    ...(ask.isCrossRegion === undefined ? {} : { isCrossRegion: ask.isCrossRegion }),
    ...(openMinute === undefined ? {} : { openMinute }),
    ...(after === undefined ? {} : { after }),
    limit: ask.limit + 1,
  }
  const found = await deps.store.windows.search(search)
  const shown = found.slice(0, ask.limit)
  const last = shown.at(-1)
  return {
    items: await told(shown, ask.openAt ?? deps.now(), deps),
    nextCursor: found.length > ask.limit && last ? cursorAfter(last) : null,
    completeness,
  }
}

/** One window. Whether it is open is told for a moment: now unless told. @throws GatewayError `WINDOW_NOT_FOUND` */
export async function readWindow(id: string, deps: WindowDeps, at = deps.now()): Promise<FoundWindow> {
  const row = await deps.store.windows.read(id)
  const [window] = row ? await told([{ row, distance: FAR }], at, deps) : []
  if (!window) throw new GatewayError('WINDOW_NOT_FOUND', { window: id.slice(0, 160) })
  return window
}

function knownCity(division: string): string {
  const city = cityOf(division)
  if (city === undefined) throw new GatewayError('DIVISION_UNKNOWN', { division: division.slice(0, 12) })
  return city
}

/** Rows as windows, with the matters that their codes name. */
async function told(found: readonly FoundRow[], at: Date, deps: WindowDeps): Promise<FoundWindow[]> {
  const known = new Map<string, Awaited<ReturnType<typeof mattersByCode>>>()
  for (const city of new Set(found.map(({ row }) => row.city))) {
    const codes = found.filter(({ row }) => row.city === city).flatMap(({ row }) => row.matterCodes)
    known.set(city, await mattersByCode(city, [...new Set(codes)], deps))
  }
  return found.map(({ row, distance }) => {
    const window = windowOf(row, known.get(row.city) ?? new Map())
    return {
      ...window,
      distance: distance === FAR ? null : distance,
      isOpen: isOpen(window, at) ?? null,
      nextOpening: nextOpening(window, at) ?? null,
    }
  })
}

function windowOf(row: WindowRow, known: Awaited<ReturnType<typeof mattersByCode>>): Window {
  // The document was checked when the region told it; a region is one of four.
  const { matterCodes, ...members } = row.document as RegionalWindow
  return {
    ...members,
    id: row.id,
    region: row.region as Window['region'],
    city: row.city,
    matters: matterCodes.map((code) => ({ ...known.get(code), code })),
    asOf: formatInstant(row.readAt),
  }
}

/** How each asked city stands: read in full the last time, known from before, or never read. */
export async function statesOf(
  city: string | undefined,
  { store }: Pick<WindowDeps, 'store'>,
): Promise<CityState[]> {
  const cities = city === undefined ? CITIES.map(({ division }) => division) : [city]
  const syncs = new Map((await store.windows.syncs(cities)).map((one) => [one.city, one]))
  return cities.map((division): CityState => {
    const sync = syncs.get(division)
    const asOf = sync?.readAt ? formatInstant(sync.readAt) : null
    if (sync && asOf !== null && sync.failure === null) return { division, state: 'fresh', asOf }
    const state = asOf === null ? 'failed' : 'cached'
    return { division, state, asOf, reason: sync?.failure ?? 'REGION_UNAVAILABLE' }
  })
}

const cursorAfter = ({ row, distance }: FoundRow): string =>
  Buffer.from(JSON.stringify([distance, row.id])).toString('base64url')

/** @throws GatewayError `PARAMETER_INVALID` for one that we did not make */
function placeIn(cursor: string): NonNullable<WindowSearch['after']> {
  try {
    const [distance, id, ...more] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (
      Number.isInteger(distance) &&
      Number(distance) >= 0 &&
      Number(distance) <= FAR &&
      typeof id === 'string' &&
      /^\P{Cc}{1,200}$/u.test(id) &&
      more.length === 0
    )
      return { distance: Number(distance), id }
  } catch {
    // Told below, as everything else that is no cursor.
  }
  throw new GatewayError('PARAMETER_INVALID', { parameter: 'cursor' })
}
