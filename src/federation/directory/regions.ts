/** The region directory: which regions and cities are connected, with whose credentials, and how each is now. */
import { Type } from 'typebox'
import type { Alarm, Alarms, Heard } from '../../adapters/kit/codes.ts'
import type { CityDifference, RegionAdapter, RegionConfig, RegionLink } from '../../adapters/kit/contract.ts'
import type { LogInLink } from '../../adapters/kit/log-in.ts'
import type { Transport } from '../../adapters/kit/transport.ts'
import { GatewayError } from '../../errors.ts'
import { CITIES } from '../../schemas/division.ts'
import { REGION_IDS, type RegionId } from '../../schemas/regions.ts'
import { validator } from '../../schemas/validate.ts'
import { type Guard, guardOf, guardsOfCities, isSilent, type Standing } from './guard.ts'

const Part = Type.Object(
  {
    baseUrl: Type.Optional(Type.String()),
    credentials: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    options: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
)

/** Shape of `REGION_DIRECTORY`. */
const Directory = Type.Object(
  {
    regions: Type.Object(Object.fromEntries(REGION_IDS.map((id) => [id, Type.Optional(Type.Unknown())])), {
      additionalProperties: false,
    }),
    cities: Type.Optional(Type.Record(Type.String({ pattern: '^[1-9][0-9]{5}$' }), Part)),
  },
  { additionalProperties: false },
)
const checkDirectory = validator(Directory)

/** How a city's platform is now, and since when. */
export interface Health {
  readonly state: 'up' | 'down' | 'unknown'
  readonly since: Date
}

/** One connected place: a region, or a city that has its own address, credentials or table. */
export interface Connection {
  readonly adapter: RegionAdapter
  readonly config: RegionConfig
  readonly link: RegionLink
  /** The same calls under the same guard, with ears of somebody's own: what is heard there is of no other call. */
  readonly listen: (ears: Alarms) => RegionLink
  /** Its log-in, where it has one. */
  readonly logIn: LogInLink | undefined
  /** A city that it serves: the city's own, or one of the region's, since some platforms answer for cities alone. */
  readonly city: string
  /** Who speaks there: the region's id, with the division of a city that has a connection of its own. */
  readonly name: string
}

export interface RegionDirectory {
  readonly adapters: readonly RegionAdapter[]
  readonly isConnected: (region: RegionId) => boolean
  /** The connection of a division. @throws GatewayError `REGION_NOT_CONNECTED`, `DIVISION_UNKNOWN`. */
  readonly at: (division: string) => Connection
  /** All distinct configurations of a region: its own and its cities'. Callbacks may be signed by any of them. */
  readonly connectionsOf: (region: RegionId) => readonly Connection[]
  readonly options: (region: RegionId) => Readonly<Record<string, unknown>>
  readonly health: (division: string) => Health
  /** How calls of a city have gone in this process: those that name it, and those of the platform that answers for it. */
  readonly standing: (division: string) => readonly Standing[]
  /** Why a city is spoken to in another way than its province; `undefined` for one that is not. */
  readonly difference: (division: string) => string | undefined
}

const merge = (base: RegionConfig, part: Partial<RegionConfig>): RegionConfig => ({
  baseUrl: part.baseUrl ?? base.baseUrl,
  credentials: overlay(base.credentials, part.credentials),
  options: overlay(base.options, part.options),
})

function overlay(
  base: Readonly<Record<string, unknown>>,
  part: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  const out: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(part ?? {})) {
    const below = out[key]
    out[key] = isPlain(below) && isPlain(value) ? overlay(below, value) : value
  }
  return out
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Connects what the directory names. A broken entry stops the start; a region that is down does not.
 * @throws GatewayError `CONFIGURATION_INVALID` naming region and member
 */
export function regionDirectory(
  content: unknown,
  adapters: readonly RegionAdapter[],
  differences: readonly CityDifference[],
  transport: Transport,
  now: () => Date,
  /** Hears of a code in an answer of a region that no table knows. */
  alarmed: (region: RegionId, alarm: Alarm) => void,
  /** Hears of each document of a region before it is read, and whose it is. */
  heard?: (speaker: string, document: Heard) => void,
): RegionDirectory {
  const faults = checkDirectory(content)
  if (faults)
    throw new GatewayError('CONFIGURATION_INVALID', {
      variable: 'REGION_DIRECTORY',
      member: faults[0]?.pointer ?? '',
    })
  // The schema has just been checked.
  const { regions, cities = {} } = content as {
    regions: Partial<Record<RegionId, RegionConfig>>
    cities?: Record<string, Partial<RegionConfig>>
  }
  const health = new Map<string, Health>()
  const connections = new Map<string, Connection>()
  const standings = new Map<string, (division: string) => readonly Standing[]>()
  const started = now()

  const connect = (adapter: RegionAdapter, config: RegionConfig, place: string): Connection => {
    const wrong = validator(adapter.configSchema)(config)
    if (wrong)
      throw new GatewayError('CONFIGURATION_INVALID', {
        variable: 'REGION_DIRECTORY',
        region: adapter.id,
        place,
        member: wrong[0]?.pointer ?? '',
        reason: wrong[0]?.en ?? '',
      })
    const name = place === adapter.place.division ? adapter.id : `${adapter.id}@${place}`
    const alarms: Alarms = {
      push: (...raised) => {
        for (const alarm of raised) alarmed(adapter.id, alarm)
      },
      ...(heard && { heard: (document) => heard(name, document) }),
    }
    const note = (state: 'up' | 'down') => {
      if (health.get(place)?.state !== state) health.set(place, { state, since: now() })
    }
    const guard = guardOf((error) => note(isSilent(error) ? 'down' : 'up'))
    const atCity = guardsOfCities()
    standings.set(place, (division) => [atCity.standing(division) ?? [], guard.standing()].flat())
    return {
      adapter,
      config,
      link: guarded(adapter.connect(config, transport, now, alarms), guard, atCity),
      listen: (ears) => guarded(adapter.connect(config, transport, now, ears), guard, atCity),
      logIn: guardedLogIn(adapter.logIn?.(config, transport, now, alarms), guard),
      city: CITIES.some((one) => one.division === place)
        ? place
        : (CITIES.find((one) => one.region === adapter.id)?.division ?? place),
      name,
    }
  }

  for (const adapter of adapters) {
    const config = regions[adapter.id]
    if (config) connections.set(adapter.place.division, connect(adapter, config, adapter.place.division))
  }
  for (const division of new Set([...Object.keys(cities), ...differences.map((one) => one.division)])) {
    const province = adapters.find((adapter) => adapter.place.division.slice(0, 2) === division.slice(0, 2))
    const base = province ? regions[province.id] : undefined
    if (!province || !base) continue
    const difference = differences.find((one) => one.division === division)
    const adapter = difference ? { ...province, ...difference.differs(province) } : province
    connections.set(division, connect(adapter, merge(base, cities[division] ?? {}), division))
  }

  const provinceOf = (division: string) => `${division.slice(0, 2)}0000`
  return {
    adapters,
    isConnected: (region) =>
      adapters.some((adapter) => adapter.id === region && connections.has(adapter.place.division)),
    at: (division) => {
      const connection = connections.get(division) ?? connections.get(provinceOf(division))
      if (connection) return connection
      if (!adapters.some((adapter) => adapter.place.division === provinceOf(division)))
        throw new GatewayError('DIVISION_UNKNOWN', { division })
      throw new GatewayError('REGION_NOT_CONNECTED', { division })
    },
    connectionsOf: (region) => [...connections.values()].filter((one) => one.adapter.id === region),
    options: (region) =>
      [...connections.values()].find((one) => one.adapter.id === region)?.config.options ?? {},
    difference: (division) => differences.find((one) => one.division === division)?.because,
    standing: (division) =>
      (standings.get(division) ?? standings.get(provinceOf(division)))?.(division) ?? [],
    health: (division) =>
      health.get(division) ?? health.get(provinceOf(division)) ?? { state: 'unknown', since: started },
  }
}

const guarded = (
  { photos, licences, listWindows, rate, ...link }: RegionLink,
  guard: Guard,
  atCity: ReturnType<typeof guardsOfCities>,
): RegionLink => ({
  health: guard(link.health),
  listMatters: guard(link.listMatters),
  readMatter: guard(link.readMatter),
  submit: guard(link.submit),
  correct: guard(link.correct),
  readCase: atCity(link.readCase),
  listCases: atCity(link.listCases),
  withdraw: guard(link.withdraw),
  readResult: guard(link.readResult),
  download: guard(link.download),
  ...(listWindows && { listWindows: guard(listWindows) }),
  ...(rate && { rate: guard(rate) }),
  ...(photos && { photos: { ...photos, find: atCity(photos.find), fetch: atCity(photos.fetch) } }),
  ...(licences && {
    licences: {
      ...licences,
      find: atCity(licences.find),
      fetch: atCity(licences.fetch),
      verify: atCity(licences.verify),
    },
  }),
})

const guardedLogIn = (logIn: LogInLink | undefined, guard: Guard): LogInLink | undefined =>
  logIn && { ...logIn, identify: guard(logIn.identify) }
