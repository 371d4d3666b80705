/** The photo libraries of the cities (contract 4.f). */

import { entryOf } from '../entries.ts'
import { randomBytes } from '../moment.ts'
import { portrait } from '../pictures.ts'
import { isResidentId } from './check-digits.ts'
import { base64, eitherCase, extras, numberOrText } from './freedoms.ts'
import { photoOf } from './holdings.ts'
import { type LookRoute, refusal } from './licence-service.ts'
import { FORMATS, type Params, required, upTo } from './members.ts'
import { nowOf, type Office } from './office.ts'
import { HOLDERS } from './persons.ts'

/** How long a photo that was found can be fetched. */
const FOUND_SECONDS = 600
const PURPOSE = /^[123]$/

function query(office: Office, { xm, sfzh, yt = '', ywh = '', sqbz, dwdm = '' }: Params): object {
  const holder = HOLDERS.find(
    (one) => one.type === '111' && one.division === dwdm && one.name === xm && one.number === sfzh,
  )
  const photo = holder && photoOf(office, holder)
  if (!photo) throw refusal('4')
  if (sqbz !== '1') throw refusal('5')
  const { foundPhotos } = office.state
  const now = nowOf(office)
  for (const [old, { until }] of Object.entries(foundPhotos)) if (until < now) delete foundPhotos[old]
  const zpbs = `ZP${randomBytes(16).toString('hex')}`
  foundPhotos[zpbs] = { yt, ywh, dwdm, portrait: photo.portrait, until: now + FOUND_SECONDS * 1000 }
  const { width, height } = portrait(photo.portrait)
  return {
    zpbs,
    zply: photo.source,
    pzrq: numberOrText(office, photo.takenAt),
    yxqz: numberOrText(office, photo.goodUntil),
    zpgs: eitherCase(office, 'jpg'),
    zpkd: numberOrText(office, width),
    zpgd: numberOrText(office, height),
    ...extras(office),
  }
}

function fetch(office: Office, { zpbs = '', yt, ywh, dwdm }: Params): object {
  const { foundPhotos } = office.state
  const found = entryOf(foundPhotos, zpbs)
  if (!found || found.until < nowOf(office) || found.dwdm !== dwdm) throw refusal('4')
  if (found.yt !== yt || found.ywh !== ywh) throw refusal('5')
  const { bytes, sm3 } = portrait(found.portrait)
  return {
    zpbs,
    zpgs: eitherCase(office, 'jpg'),
    zpnr: base64(office, bytes.toString('base64')),
    zpzy: sm3,
    ...extras(office),
  }
}

export const photoRoutes: readonly LookRoute[] = [
  {
    operation: 'photo-query',
    service: 'photo',
    path: 'zpgx/zpcx',
    token: true,
    members: {
      xm: required(upTo(50)),
      sfzh: required(isResidentId),
      yt: required(PURPOSE),
      ywh: required(upTo(50)),
      sqbz: required(/^[01]$/),
      dwdm: required(FORMATS.six),
    },
    handle: query,
  },
  {
    operation: 'photo-fetch',
    service: 'photo',
    path: 'zpgx/zpxz',
    token: true,
    members: {
      zpbs: required(upTo(64)),
      yt: required(PURPOSE),
      ywh: required(upTo(50)),
      dwdm: required(FORMATS.six),
    },
    handle: fetch,
  },
]
