/** Which places are asked what they hold of a person: cities, and regions that answer for all of theirs at once. */
import type { LicenceLink, PhotoLink, RegionLink } from '../../adapters/kit/contract.ts'
import type { ProblemCode } from '../../errors.ts'
import { GatewayError } from '../../errors.ts'
import { CITIES, cityOf, regionOf } from '../../schemas/division.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { HoldingKind } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import type { Audience } from '../identity/audience.ts'
import { serves } from '../identity/audience.ts'

/** What many places are asked for in one question. */
export type AskedKind = HoldingKind | 'case'

/** The calls for a kind of holding, and those for a person's cases. */
export interface LinkOf {
  readonly photo: PhotoLink
  readonly licence: LicenceLink
  readonly case: { readonly reach: 'region' | 'city'; readonly list: RegionLink['listCases'] }
}

/** One place that is asked one question. */
export interface Place<K extends AskedKind = AskedKind> {
  /** Its name in the index: a city's division, or the name of the connection that answers for several cities. */
  readonly name: string
  readonly region: RegionId
  /** The cities for which its answer counts. */
  readonly cities: readonly string[]
  /** The city that the question names. */
  readonly division: string
  readonly link: LinkOf[K]
}

/** The places for some cities, and the cities that nobody can be asked for. */
export interface Places<K extends AskedKind> {
  readonly places: readonly Place<K>[]
  readonly unasked: readonly { readonly division: string; readonly reason: ProblemCode }[]
}

/** The calls of a division for a kind. @throws GatewayError `REGION_NOT_CONNECTED`, `DIVISION_UNKNOWN`; `NOT_OFFERED` where there are none */
export function linkAt<K extends AskedKind>(kind: K, division: string, { directory }: Deps): LinkOf[K] {
  const { link, adapter } = directory.at(division)
  const found: Partial<LinkOf> = {
    case: { reach: adapter.caseList.reach, list: link.listCases },
    ...(link.photos && { photo: link.photos }),
    ...(link.licences && { licence: link.licences }),
  }
  const calls = found[kind]
  if (!calls) throw new GatewayError('NOT_OFFERED', { division, operation: kind })
  return calls
}

/** @param home the person's own city, which a region's question names where it is one of its own */
export function placesOf<K extends AskedKind>(
  kind: K,
  cities: readonly string[],
  home: string | undefined,
  deps: Deps,
): Places<K> {
  const places = new Map<string, Place<K> & { cities: string[] }>()
  const unasked: { division: string; reason: ProblemCode }[] = []
  for (const division of cities) {
    try {
      const link = linkAt(kind, division, deps)
      const name = link.reach === 'city' ? division : deps.directory.at(division).name
      const known = places.get(name)
      if (known) {
        known.cities.push(division)
        if (division === home) places.set(name, { ...known, division })
      } else places.set(name, { name, region: regionAt(division), cities: [division], division, link })
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      unasked.push({ division, reason: error.code })
    }
  }
  return { places: [...places.values()], unasked }
}

function regionAt(division: string): RegionId {
  const region = regionOf(division)
  if (!region) throw new GatewayError('DIVISION_UNKNOWN', { division })
  return region
}

/** Which cities a question means. */
export type Scope = 'home' | 'known' | 'all' | readonly string[]

/**
 * The scope that a parameter names: `*`, `home`, `known`, or divisions joined by commas.
 * @throws GatewayError `DIVISION_UNKNOWN` for what is none of these
 */
export function scopeIn(text: string | undefined, fallback: Scope): Scope {
  if (text === undefined || text === '') return fallback
  if (text === '*') return 'all'
  if (text === 'home' || text === 'known') return text
  return text.split(',').map((one) => one.trim())
}

/** The city in which a person's number was given; nothing outside the Delta. */
export const homeOf = (idDocument: { readonly type: string; readonly number: string }): string | undefined =>
  idDocument.type === '111' ? cityOf(idDocument.number.slice(0, 6)) : undefined

/**
 * The cities of a scope, in the order of their codes, as far as the token serves them.
 * @param known regions that know the person: where they logged in, and where they are at home
 * @throws GatewayError `DIVISION_UNKNOWN` for a city that is none of the 41, `AUDIENCE_MISMATCH` when the token serves none of them
 */
export function citiesOf(
  scope: Scope,
  { home, known }: { readonly home: string | undefined; readonly known: readonly RegionId[] },
  audience: Audience | undefined,
): readonly string[] {
  const wanted = (city: { division: string; region: RegionId }): boolean => {
    if (scope === 'all') return true
    if (scope === 'known') return known.includes(city.region) || city.division === home
    if (scope === 'home')
      return home === undefined ? known.includes(city.region) : city.region === regionOf(home)
    return scope.includes(city.division)
  }
  if (typeof scope !== 'string')
    for (const division of scope)
      if (!CITIES.some((city) => city.division === division))
        throw new GatewayError('DIVISION_UNKNOWN', { division })
  const found = CITIES.filter(wanted)
  const served = found.filter((city) => serves(audience, city))
  if (found.length > 0 && served.length === 0 && audience)
    throw new GatewayError('AUDIENCE_MISMATCH', { region: audience.region })
  return served.map(({ division }) => division)
}

/** The city that is named when something of a place is fetched: the place itself, or a city of the connection that answered for it. */
export function cityAsked(
  { place, region }: { readonly place: string; readonly region: RegionId | null },
  idDocument: { readonly type: string; readonly number: string },
  { directory }: Pick<Deps, 'directory'>,
): string {
  if (CITIES.some(({ division }) => division === place)) return place
  const own = CITIES.filter((city) => city.region === region && directory.at(city.division).name === place)
  const home = homeOf(idDocument)
  const found = own.find(({ division }) => division === home) ?? own[0]
  // The directory was changed since: nobody speaks for that place any more.
  if (!found) throw new GatewayError('REGION_NOT_CONNECTED', { place })
  return found.division
}

/** The city that holds it, where a city does; the region's own division where one answer is the whole region's. */
export const divisionOf = ({
  place,
  region,
}: {
  readonly place: string
  readonly region: RegionId | null
}): string | null => {
  if (region === null) return null
  const city = /\d{6}$/.exec(place)?.[0]
  const first = CITIES.find((one) => one.region === region)?.division ?? ''
  return city ?? `${first.slice(0, 2)}0000`
}
