/** Shanghai's calls (contract section 4). */
import { type Alarms, unheard } from '../kit/codes.ts'
import type { RegionLink } from '../kit/contract.ts'
import type { Transport } from '../kit/transport.ts'
import { caller } from './call.ts'
import { catalogueCalls } from './catalogue.ts'
import type { ShanghaiConfig } from './config.ts'
import { filingCalls } from './filing.ts'
import { followingCalls } from './following.ts'
import { licenceLink } from './licence.ts'
import { photoLink } from './photo.ts'
import { ratingCall } from './rating.ts'
import { windowCalls } from './window.ts'
import { zzk } from './zzk.ts'

/** Binds them to one configuration. */
export function link(
  config: ShanghaiConfig,
  transport: Transport,
  now: () => Date,
  alarms: Alarms = unheard,
): RegionLink {
  const call = caller(config, transport, now)
  // One session serves photos and licences.
  const service = zzk(config, transport, now)
  return {
    health: call.health,
    ...catalogueCalls(config, call, alarms),
    ...windowCalls(config, call, alarms),
    ...filingCalls(config, call),
    ...followingCalls(config, call, alarms),
    rate: ratingCall(call),
    ...(service && { photos: photoLink(service, alarms), licences: licenceLink(service, now, alarms) }),
  }
}
