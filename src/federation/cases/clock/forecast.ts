/** How long a matter takes in a city, from its own concluded cases; nothing before there are enough of them. */
import { LIMITS } from '../../../config.ts'
import { GatewayError } from '../../../errors.ts'
import type { CaseClock, CaseForecast, Forecast } from '../../../schemas/clock.ts'
import { cityOf } from '../../../schemas/division.ts'
import type { CaseRow } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'
import { today, workingDayAfter, workingDaysBetween } from '../../working-days.ts'

type Asked = Pick<Deps, 'store' | 'now'>

/** By store, so that two gateways in one process share nothing. */
const kept = new WeakMap<
  Deps['store'],
  Map<string, { readonly until: number; readonly forecast: Promise<Forecast | null> }>
>()

/**
 * Half, and nine in ten, of the newest concluded cases took at most so many working days from acceptance to the end, whatever stopped
 * their clocks. How many there are is not told while they are few. @param division a district stands for its city
 */
export function forecastOf(matterId: string, division: string, deps: Asked): Promise<Forecast | null> {
  const city = cityOf(division)
  if (city === undefined) return Promise.resolve(null)
  const forecasts = kept.get(deps.store) ?? new Map()
  kept.set(deps.store, forecasts)
  const key = `${city} ${matterId}`
  const at = deps.now().getTime()
  const known = forecasts.get(key)
  if (known && known.until > at) return known.forecast
  if (forecasts.size >= LIMITS.forecastsKept) forecasts.clear()
  const forecast = read(matterId, city, deps)
  forecasts.set(key, { until: at + LIMITS.forecastMs, forecast })
  // A failure is whoever asked's, and nobody's who asks later.
  forecast.catch(() => forecasts.delete(key))
  return forecast
}

async function read(matterId: string, city: string, { store }: Asked): Promise<Forecast | null> {
  const concluded = await store.clocks.concluded(matterId, city, LIMITS.forecastMost)
  return measured(
    concluded.map(
      ({ acceptedAt, completedAt }) => workingDaysBetween(today(acceptedAt), today(completedAt)).days,
    ),
  )
}

/** The forecast that durations give, in working days. */
export function measured(durations: readonly number[]): Forecast | null {
  if (durations.length < LIMITS.forecastFewest) return null
  const sorted = durations.toSorted((a, b) => a - b)
  const within = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0
  return { halfDays: within(0.5), mostDays: within(0.9), cases: sorted.length }
}

/** For one open case, with dates once it was accepted. */
export function forCase(forecast: Forecast | null, clock: CaseClock | null): CaseForecast | null {
  if (!forecast || clock?.endedAt) return null
  const startedOn = clock?.startedAt?.slice(0, 10)
  const on = (days: number): string | null => (startedOn ? workingDayAfter(startedOn, days).on : null)
  return { ...forecast, halfOn: on(forecast.halfDays), mostOn: on(forecast.mostDays) }
}

/**
 * The forecast of a matter in a city, for anybody: it holds no case. @throws GatewayError `PARAMETER_INVALID` without a city,
 * `DIVISION_UNKNOWN`, `MATTER_NOT_FOUND`
 */
export async function readForecast(
  matterId: string,
  city: string | undefined,
  deps: Pick<Deps, 'store' | 'now' | 'catalogue'>,
): Promise<{ matter: string; city: string; forecast: Forecast | null }> {
  if (city === undefined) throw new GatewayError('PARAMETER_INVALID', { parameter: 'city' })
  const known = cityOf(city)
  if (known === undefined) throw new GatewayError('DIVISION_UNKNOWN', { division: city.slice(0, 12) })
  if (!(await deps.catalogue.current(matterId)))
    throw new GatewayError('MATTER_NOT_FOUND', { matter: matterId })
  return { matter: matterId, city: known, forecast: await forecastOf(matterId, known, deps) }
}

/** The forecasts of some cases that have not ended. */
export const forecastsOf = (rows: readonly CaseRow[], deps: Asked): Promise<readonly (Forecast | null)[]> =>
  Promise.all(rows.map(({ matterId, division }) => forecastOf(matterId, division, deps)))
