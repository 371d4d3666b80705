/** Dialects by their names, and what each of them is read and written with. */
import { type Heard, unheard } from '../../adapters/kit/codes.ts'
import type { ApplicationContext, RegionAdapter } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { RegionId } from '../../schemas/regions.ts'

/** A dialect, by the name that `profile` uses. */
export type Profile = RegionId | 'canonical'
/** What can be converted. */
export type Kind = 'matter' | 'application' | 'case'

/** Whose words are written: a region's, or those of a city that differs from it. `name` tells them apart. */
export interface Speaker {
  readonly name: string
  readonly adapter: RegionAdapter
  readonly options: Readonly<Record<string, unknown>>
}

/** What the gateway says of its own when it writes an application. */
export interface Filed {
  readonly sourceNumber: string
  readonly appliedAt: string
}

/** The regions that are there, and the options of each: of its directory entry, or its defaults. */
export interface Regions {
  readonly adapters: readonly RegionAdapter[]
  readonly options: (region: RegionId) => Readonly<Record<string, unknown>>
  /** Hears of each application before it is read or written, and in whose words. */
  readonly heard?: ((speaker: string, document: Heard) => void) | undefined
}

/** Binds names to the adapters that are there. */
export function dialects({ adapters, options, heard }: Regions) {
  const byId = new Map<string, RegionAdapter>(adapters.map((one) => [one.id, one]))

  /** The adapter of a dialect; none for the canonical one. @throws GatewayError `PROFILE_UNKNOWN` */
  const adapterOf = (profile: Profile): RegionAdapter | undefined => {
    if (profile === 'canonical') return undefined
    const adapter = byId.get(profile)
    if (!adapter) throw new GatewayError('PROFILE_UNKNOWN', { known: ['canonical', ...byId.keys()] })
    return adapter
  }

  /** The adapter that writes a speaker's words. */
  const writerOf = (to: Profile | Speaker): RegionAdapter | undefined =>
    typeof to === 'string' ? adapterOf(to) : to.adapter

  const nameOf = (profile: Profile | Speaker) => (typeof profile === 'string' ? profile : profile.name)

  const optionsOf = (profile: Profile | Speaker) => {
    if (profile === 'canonical') return {}
    return typeof profile === 'string' ? options(profile) : profile.options
  }

  /** What an application is read and written with. Codecs put the ways that they take into `branches`. */
  const contextOf = (
    profile: Profile | Speaker,
    matter: Matter,
    filed: Filed,
    branches: string[],
  ): ApplicationContext => ({
    matter,
    options: optionsOf(profile),
    sourceNumber: filed.sourceNumber,
    appliedAt: filed.appliedAt,
    branches,
    ...(heard && { alarms: { ...unheard, heard: (document) => heard(nameOf(profile), document) } }),
  })

  return { adapterOf, writerOf, contextOf }
}

export type Dialects = ReturnType<typeof dialects>
