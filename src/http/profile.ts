/** Which dialect a caller speaks, and which it wants to hear. */
import { GatewayError } from '../errors.ts'
import type { Profile } from '../federation/conversions/dialects.ts'
import { REGION_IDS } from '../schemas/regions.ts'
import { mediaType } from './body.ts'

export const PROFILES = ['canonical', ...REGION_IDS] as const

const find = (name: string): Profile | undefined => PROFILES.find((one) => one === name)

/** The profile of a body. @throws GatewayError `PROFILE_UNKNOWN` (415) with the list of known ones. */
export function spoken(name: string): Profile {
  const profile = find(name)
  if (!profile) throw new GatewayError('PROFILE_UNKNOWN', { known: [...PROFILES] })
  return profile
}

/** The profile that `Accept` asks for; canonical when it names none. @throws GatewayError `PROFILE_NOT_ACCEPTABLE` (406). */
export function wanted(accept: string | undefined): Profile {
  for (const range of (accept ?? '').split(',')) {
    const { type, parameters } = mediaType(range)
    const name = parameters['profile']
    if (name === undefined || (type !== 'application/json' && type !== '*/*')) continue
    const profile = find(name)
    if (!profile) throw new GatewayError('PROFILE_NOT_ACCEPTABLE', { known: [...PROFILES] })
    return profile
  }
  return 'canonical'
}
