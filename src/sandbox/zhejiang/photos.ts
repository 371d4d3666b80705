/** The photo library (contract 4.f). */
import { entryOf } from '../entries.ts'
import { portrait } from '../pictures.ts'
import { CARD_TYPES } from './application-shapes.ts'
import { isAreaCode } from './cities.ts'
import { base64Of, extra, numberOrText } from './freedoms.ts'
import { personOf, photoOf } from './holdings.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { BusinessRefusal } from './refusals.ts'
import { readJson } from './requests.ts'
import { type Call, pathUnder, type Route } from './routes.ts'
import { among, need, pattern, record, text } from './shapes.ts'
import { sha256 } from './signature.ts'
import { DAY_MS } from './times.ts'

/** How long a `photoId` can be fetched with, in seconds. */
const EXPIRE_SECONDS = 300
/** A `photoId` is told to have expired for so long; then it is unknown. */
const KEPT_MS = DAY_MS

const queryShape = record({
  idType: need(among(...CARD_TYPES.filter((type) => type !== 'UNIFIED_SOCIAL_ID'))),
  idNo: need(text()),
  userName: need(text()),
  areaCode: need(text(undefined, isAreaCode)),
  usage: need(among('IDENTITY_CHECK', 'CERT_MAKING', 'CROSS_PROVINCE')),
  bizNo: need(pattern(/^[A-Za-z0-9-]{6,50}$/)),
})

const fetchShape = record({ photoId: need(text()), bizNo: need(text()) })

function dropOld({ state }: Office, now: number): void {
  for (const [id, { at }] of Object.entries(state.foundPhotos)) {
    // They stand in the order in which they were found.
    if (now - at <= KEPT_MS) return
    delete state.foundPhotos[id]
  }
}

function queryPhoto(office: Office, call: Call): unknown {
  const { idType, idNo, userName, bizNo } = readJson<{
    readonly idType: string
    readonly idNo: string
    readonly userName: string
    readonly bizNo: string
  }>(call, queryShape)
  const photo = photoOf(office, idNo)
  // Every test person is known by an identity card.
  if (photo === undefined || idType !== 'ID_CARD' || personOf(idNo)?.name !== userName) {
    throw new BusinessRefusal('C-PHOTO-NOT-EXIST')
  }
  const at = nowOf(office)
  dropOld(office, at)
  const photoId = `ph_${randomHex(12)}`
  office.state.foundPhotos[photoId] = { idNo, bizNo, portrait: photo.portrait, at }
  const { width, height } = portrait(photo.portrait)
  return {
    photoId,
    source: photo.source,
    gmtTaken: photo.gmtTaken,
    contentType: 'image/jpeg',
    width: numberOrText(office, width),
    height: numberOrText(office, height),
    expireSeconds: numberOrText(office, EXPIRE_SECONDS),
    ...extra(office, 'extField1', null),
  }
}

function fetchPhoto(office: Office, call: Call): unknown {
  const { photoId, bizNo } = readJson<{ readonly photoId: string; readonly bizNo: string }>(call, fetchShape)
  const { foundPhotos } = office.state
  const found = entryOf(foundPhotos, photoId)
  // A photo that another one has replaced since is not there any more.
  if (found?.bizNo !== bizNo || photoOf(office, found.idNo)?.portrait !== found.portrait) {
    throw new BusinessRefusal('C-PHOTO-NOT-EXIST')
  }
  if (nowOf(office) - found.at > EXPIRE_SECONDS * 1000) throw new BusinessRefusal('C-PHOTO-EXPIRED')
  const { bytes } = portrait(found.portrait)
  return {
    photoId,
    contentType: 'image/jpeg',
    photoBase64: base64Of(office, bytes),
    sha256: sha256(bytes),
    ...extra(office, 'extField1', null),
  }
}

/** The two operations of the photo library. */
export function photoRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'photo-query',
      method: 'POST',
      path: pathUnder(office.config, 'photo', '/photo/queryPhoto'),
      handler: { kind: 'business', answer: (call) => queryPhoto(office, call) },
    },
    {
      operation: 'photo-fetch',
      method: 'POST',
      path: pathUnder(office.config, 'photo', '/photo/fetchPhoto'),
      handler: { kind: 'business', answer: (call) => fetchPhoto(office, call) },
    },
  ]
}
