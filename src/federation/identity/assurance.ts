/** Levels of assurance (`loa`), 1 to 4: from the regions' real-name levels by a table, and what a matter needs. */
import table from '../../../data/assurance.json' with { type: 'json' }
import type { Loa } from '../../schemas/common.ts'
import type { RegionId } from '../../schemas/regions.ts'

/** The assurance of a log-in with a region's canonical real-name level, 0 to 3. */
export const loaOf = (region: RegionId, level: 0 | 1 | 2 | 3): Loa =>
  table.levels[region][`${level}`].loa as Loa

/** What a region's matters need at least, where a matter itself says nothing. */
export const loaNeeded = (region: RegionId): Loa => table.required[region].loa as Loa

const ACR = 'urn:delta-gateway:loa:'

/** A level as an authentication context class (RFC 9470, OpenID Connect `acr`). */
export const acrOf = (loa: Loa): string => `${ACR}${loa}`

export const ACR_VALUES: readonly string[] = ([1, 2, 3, 4] as const).map(acrOf)

/** The lowest level among asked classes; `undefined` when none is ours. */
export function loaAsked(acrValues: readonly string[]): Loa | undefined {
  const asked = ACR_VALUES.flatMap((acr, index) => (acrValues.includes(acr) ? [index + 1] : []))
  return asked[0] as Loa | undefined
}
