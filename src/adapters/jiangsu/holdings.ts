/** What Jiangsu holds of persons: photos and licences over one signed frame and one query token (contract 4.f, 4.g). */
import type { Alarms } from '../kit/codes.ts'
import type { RegionLink } from '../kit/contract.ts'
import type { Caller } from './call.ts'
import type { JiangsuConfig } from './config.ts'
import { headCaller } from './head-call.ts'
import { licenceLink } from './licence.ts'
import { photoLink } from './photo.ts'

/** Each is absent where the configuration lacks keys, a bus code or the signer's id of the token. */
export function holdings(
  config: JiangsuConfig,
  call: Pick<Caller, 'headed'>,
  now: () => Date,
  alarms: Alarms,
): Pick<RegionLink, 'photos' | 'licences'> {
  const { photo, licence } = headCaller(config, call, now) ?? {}
  return {
    ...(photo === undefined ? {} : { photos: photoLink(photo, alarms) }),
    ...(licence === undefined ? {} : { licences: licenceLink(licence, now, alarms) }),
  }
}
