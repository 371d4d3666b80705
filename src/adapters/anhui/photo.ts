/** 统一照片库 (contract 4f, designed): the photos of a person by number and name, fetched with a token of the holder's. */
import type { Static } from 'typebox'
import { GatewayError } from '../../errors.ts'
import type { PhotoPurpose } from '../../schemas/photo.ts'
import { dayIn } from '../kit/clock.ts'
import { atMost, oneOrMany } from '../kit/codecs.ts'
import type { Alarms } from '../kit/codes.ts'
import type { Audit, FileContent, FoundPhoto, Holder, PhotoLink } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { fitting, rawOf, wordOf } from '../kit/told.ts'
import { wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import type { AnhuiConfig } from './config.ts'
import type { HolderTokens } from './holder-tokens.ts'
import { bytesOf, countAt, invalid, isRefusal, mismatch, type Owner, ownerOf, readAt } from './holding.ts'
import { PHOTO_TYPE_LABELS, photoPurpose, photoType } from './holding-codes.ts'
import { WirePhotoFile, WirePhotos } from './photo.wire.ts'

const QUERY = 'photo-query'
const FETCH = 'photo-fetch'

const photosIn = fitting(WirePhotos, 'anhui')
const fileIn = fitting(WirePhotoFile, 'anhui')

/** Longest `projNo`, `operator` and `ownerName`, in code points. */
const MOST = 50

/**
 * The number for Anhui's audit: that of the case, of whatever region, where it fits, else the gateway's own. It depends on the audit
 * alone, since a photo is fetched under the number of the query that named it.
 */
function projNoOf({ case: filed, number }: Audit): string {
  const own = filed?.caseNumber ?? ''
  return own !== '' && [...own].length <= MOST ? own : number
}

/** The person whose photos may be asked for: under an identity number (GB 11643) alone, and a name that has room. */
const personOf = (holder: Holder): Owner | undefined =>
  holder.idDocument.type === '111' && [...holder.name].length <= MOST ? ownerOf(holder) : undefined

const gone = (): GatewayError => new GatewayError('PHOTO_NOT_FOUND', { region: 'anhui', operation: FETCH })

/** The library of the province, in GM or PLAIN as the configuration lists its calls; all that it needs, every configuration has. */
export function photoLink(
  { options }: AnhuiConfig,
  call: Caller,
  tokens: HolderTokens,
  alarms: Alarms,
): PhotoLink {
  /**
   * 制证 is three codes at Anhui, by the document that is made, which we are not told: what the configuration names as the default
   * purpose (section 2) stands for it, and 其他 where it names none. The other two words have a code of their own.
   */
  const purposeOf = (purpose: PhotoPurpose): string =>
    purpose === 'documentMaking'
      ? (options.photoPurpose ?? photoPurpose.codeOf('identityCheck'))
      : photoPurpose.codeOf(purpose)

  const find: PhotoLink['find'] = async ({ division, holder, audit, purpose }) => {
    const owner = personOf(holder)
    if (owner === undefined) return []
    try {
      const told = await call.zzwk(QUERY, wireOf(division), '/photoService/queryPhoto', {
        ownerId: owner.number,
        ownerName: owner.name,
        purpose: purposeOf(purpose),
        projNo: projNoOf(audit),
        operator: atMost(audit.actor, MOST),
      })
      return photosIn(oneOrMany(told['data']), QUERY).map((one, index) => foundIn(one, `/${index}`, alarms))
    } catch (error) {
      throw isRefusal(error, '403') ? mismatch(QUERY) : error
    }
  }

  const download = async (owner: Owner, ask: Parameters<PhotoLink['fetch']>[0]): Promise<FileContent> => {
    const areaCode = wireOf(ask.division)
    const told = await tokens
      .using({ owner, areaCode }, (token) =>
        call.zzwk(
          FETCH,
          areaCode,
          '/photoService/photoDownload',
          { photoId: ask.photo.id, token, projNo: projNoOf(ask.audit) },
          options.uploadTimeoutMs,
        ),
      )
      // Anhui knows no such photo, or no such person any more.
      .catch((error: unknown) => {
        throw isRefusal(error, '404') ? gone() : error
      })
    const [file] = fileIn(oneOrMany(told['data']), FETCH)
    if (file?.photoId !== ask.photo.id) throw invalid(FETCH, 'another photo')
    return {
      name: 'photo.jpg',
      contentType: 'image/jpeg',
      bytes: bytesOf(file.content, file.sm3, FETCH),
    }
  }

  /**
   * A photo is given only where a query under the same number named it (else `403`), and each look has a number of its own: the library
   * is asked first, so that nothing is sent that it must refuse.
   */
  const fetch: PhotoLink['fetch'] = async (ask) => {
    const owner = personOf(ask.holder)
    if (owner === undefined) throw gone()
    const listed = await find(ask)
    if (!listed.some((one) => one.id === ask.photo.id)) throw gone()
    return await download(owner, ask)
  }

  return { reach: 'region', find, fetch }
}

function foundIn(told: Static<typeof WirePhotos>[number], at: string, alarms: Alarms): FoundPhoto {
  const number = (member: 'width' | 'height' | 'size'): number | undefined =>
    countAt(QUERY, `${at}/${member}`, told[member])
  const takenOn = readAt(QUERY, `${at}/photoDate`, () => takenIn(told.photoDate))
  const [width, height, size] = [number('width'), number('height'), number('size')]
  return {
    id: told.photoId,
    takenFor: wordOf(photoType, told.photoType, alarms),
    rawSource: rawOf(PHOTO_TYPE_LABELS, told.photoType),
    ...(takenOn === undefined ? {} : { takenOn }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(size === undefined ? {} : { size }),
  }
}

/** `yyyyMMdd` (trap 13) as `yyyy-MM-dd`. */
const takenIn = (told: string | number | null | undefined): string | undefined =>
  isAbsent(told) ? undefined : dayIn(String(told).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))
