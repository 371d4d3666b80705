/** The photo library (contract 4.7), answered in the envelope. */

import { entryOf } from '../entries.ts'
import { randomBytes } from '../moment.ts'
import { portrait } from '../pictures.ts'
import { form, ID32, Refused, type Rule, text, word } from './checks.ts'
import { DAY_MS, isIdCard, wallClock } from './formats.ts'
import { extras, numberOrText } from './freedoms.ts'
import { photoOf } from './holdings.ts'
import { forbidden, type LookRoute } from './licence-service.ts'
import { nowOf, type Office } from './office.ts'
import { rowOf } from './persons.ts'
import { Bytes } from './routes.ts'
import type { Plain } from './state.ts'

/** How long a photo that was found can be fetched. */
const FOUND_SECONDS = 300

/** How long an identifier that is over is still known as one that is over. */
const KEPT_MS = DAY_MS

const idCard: Rule = (value) => typeof value === 'string' && isIdCard(value)
const noPhoto = (): Refused => new Refused('PHOTO_NOT_FOUND', '无可用照片')

function query(office: Office, body: Plain): object {
  const holder = rowOf(String(body['holderCode']))
  const photo = holder && photoOf(office, holder.number)
  if (!photo) throw noPhoto()
  if (holder.name !== body['holderName']) throw new Refused('HOLDER_MISMATCH', '持有人信息不一致')
  const photoUuid = randomBytes(16).toString('hex')
  const { foundPhotos } = office.state
  // What is told is a whole second, and holds to its end.
  const now = Math.floor(nowOf(office) / 1000) * 1000
  const until = now + FOUND_SECONDS * 1000
  for (const [old, one] of Object.entries(foundPhotos)) if (one.until < now - KEPT_MS) delete foundPhotos[old]
  foundPhotos[photoUuid] = { businessCode: String(body['businessCode']), portrait: photo.portrait, until }
  const { width, height, bytes, sm3 } = portrait(photo.portrait)
  return {
    photoUuid,
    source: photo.source,
    takenDate: photo.takenDate,
    format: 'jpg',
    width: numberOrText(office, width),
    height: numberOrText(office, height),
    fileSize: numberOrText(office, bytes.length),
    sm3,
    expireTime: wallClock(until),
    ...extras(office),
  }
}

function fetch(office: Office, body: Plain): object {
  const { foundPhotos } = office.state
  const told = String(body['photoUuid'])
  const found = entryOf(foundPhotos, told)
  if (!found) throw noPhoto()
  if (found.businessCode !== body['businessCode']) throw forbidden()
  if (nowOf(office) > found.until) throw new Refused('PHOTO_EXPIRED', '照片凭证已失效')
  return new Bytes('', 'image/jpeg', portrait(found.portrait).bytes)
}

export const photoRoutes: readonly LookRoute[] = [
  {
    operation: 'photo-query',
    path: '/queryHolderPhoto.do',
    shape: [
      ['holderType', 'R', word('居民身份证')],
      ['holderCode', 'R', idCard],
      ['holderName', 'R', text(50)],
      ['purpose', 'R', word('1', '2', '3')],
    ],
    envelope: true,
    handle: query,
  },
  {
    operation: 'photo-fetch',
    path: '/getHolderPhoto.do',
    shape: [['photoUuid', 'R', form(ID32)]],
    envelope: true,
    handle: fetch,
  },
]
