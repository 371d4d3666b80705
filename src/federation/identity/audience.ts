/** What a token is good for: the whole gateway, one region, or one city. */
import { CITIES } from '../../schemas/division.ts'
import { REGION_IDS, type RegionId } from '../../schemas/regions.ts'

/** The region, and the city where the token is for one alone. */
export interface Audience {
  readonly region: RegionId
  readonly division?: string
}

/** The audience's name in a token: the region's id or the city's six digits. */
export const audienceName = ({ region, division }: Audience): string => division ?? region

/** What a name in a token, or in a request for one, means; `undefined` for none of ours. */
export function audienceOf(name: string): Audience | undefined {
  const region = REGION_IDS.find((id) => id === name)
  if (region) return { region }
  const city = CITIES.find(({ division }) => division === name)
  return city && { region: city.region, division: city.division }
}

/** The place that a resource indicator (RFC 8707) names: `{publicUrl}/api/v1/regions/{region}` or `…/cities/{division}`. */
export function audienceOfResource(resource: string, publicUrl: string): Audience | undefined {
  const [, kind, name = ''] =
    /^\/api\/v1\/(regions|cities)\/([^/?#]+)$/.exec(
      resource.startsWith(publicUrl) ? resource.slice(publicUrl.length) : '',
    ) ?? []
  const audience = audienceOf(name)
  return audience && (kind === 'cities') === (audience.division !== undefined) ? audience : undefined
}

/** Whether a narrowed token may touch something at a place. */
export const serves = (
  audience: Audience | undefined,
  place: { readonly region: string; readonly division?: string | undefined },
): boolean =>
  audience === undefined ||
  (audience.region === place.region &&
    (audience.division === undefined || audience.division === place.division))

/** The narrower of two audiences; `undefined` when they have nothing in common. */
export function narrower(
  one: Audience | undefined,
  other: Audience | undefined,
): Audience | 'whole' | undefined {
  if (!one || !other) return one ?? other ?? 'whole'
  if (one.region !== other.region) return undefined
  if (one.division && other.division && one.division !== other.division) return undefined
  return one.division ? one : other
}
