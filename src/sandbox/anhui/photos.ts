/** The photo library, sealed by strategy GM (contract 4f). */
import { keepNewest } from '../entries.ts'
import { portrait } from '../pictures.ts'
import { isResidentId } from './check-digits.ts'
import { oneOf, upTo } from './formats.ts'
import { extras, numberOrText, oneOrMany } from './freedoms.ts'
import { photoOf, photosOf } from './holdings.ts'
import { nowOf, type Office } from './office.ts'
import { HOLDERS } from './persons.ts'
import { FlagRefusal } from './refusals.ts'
import type { FlagAnswer, Route } from './routes.ts'
import { type JsonObject, must, refuseUnknown, textMember } from './shapes.ts'
import { holderOf } from './tokens.ts'

/** So many queries are remembered, each for one photo and one case. */
const KEPT_QUERIES = 10_000

/** Contract 5.13. */
const isPurpose = oneOf('1', '2', '3', '4', '9')

const queryKey = (photoId: string, projNo: string): string => `${photoId}/${projNo}`

/** Remembers that a photo was queried for a case: without that it is not fetched. */
function remember(office: Office, key: string): void {
  const { photoQueries } = office.state
  // Taken out first, so that the newest stands last.
  delete photoQueries[key]
  photoQueries[key] = nowOf(office)
  keepNewest(photoQueries, KEPT_QUERIES)
}

function queryPhotos(office: Office, body: JsonObject): FlagAnswer {
  const ownerId = textMember(body, 'ownerId', must(isResidentId))
  const ownerName = textMember(body, 'ownerName', must(upTo(50)))
  textMember(body, 'purpose', must(isPurpose))
  const projNo = textMember(body, 'projNo', must(upTo(50)))
  textMember(body, 'operator', must(upTo(50)))
  refuseUnknown(body, ['ownerId', 'ownerName', 'purpose', 'projNo', 'operator'])
  const holder = HOLDERS.get(ownerId)
  if (holder !== undefined && holder.name !== ownerName) throw new FlagRefusal('403')
  const found = holder === undefined ? [] : photosOf(office, holder)
  const rows = found.map(({ photoId, photoType, photoDate, portrait: number }) => {
    remember(office, queryKey(photoId, projNo))
    const { width, height, bytes } = portrait(number)
    return {
      photoId,
      photoType,
      photoDate,
      suffix: 'jpg',
      width: numberOrText(office, width),
      height: numberOrText(office, height),
      size: numberOrText(office, bytes.length),
      ...extras(office),
    }
  })
  return { result: '查询成功', data: oneOrMany(office, rows) }
}

function fetchPhoto(office: Office, body: JsonObject): FlagAnswer {
  const photoId = textMember(body, 'photoId', must())
  const token = textMember(body, 'token', must())
  const projNo = textMember(body, 'projNo', must(upTo(50)))
  refuseUnknown(body, ['photoId', 'token', 'projNo'])
  const asking = holderOf(office, token)
  const found = photoOf(office, photoId)
  if (found === undefined) throw new FlagRefusal('404')
  if (found.holder.number !== asking) throw new FlagRefusal('403')
  if (!Object.hasOwn(office.state.photoQueries, queryKey(photoId, projNo))) throw new FlagRefusal('403')
  const { bytes, sm3 } = portrait(found.photo.portrait)
  const row = { photoId, suffix: 'jpg', content: bytes.toString('base64'), sm3, ...extras(office) }
  return { result: '下载成功', data: oneOrMany(office, [row]) }
}

/** The two operations of the photo library. */
export function photoRoutes(office: Office): readonly Route[] {
  const shared = { method: 'POST', group: 'zzwk', style: 'gm' } as const
  return [
    {
      ...shared,
      operation: 'photo-query',
      tail: '/photoService/queryPhoto',
      answer: (body: JsonObject) => queryPhotos(office, body),
    },
    {
      ...shared,
      operation: 'photo-fetch',
      tail: '/photoService/photoDownload',
      answer: (body: JsonObject) => fetchPhoto(office, body),
    },
  ]
}
