/**
 * 统一照片库 (contract 4.f, designed): one photo of a person in one city's library, asked for by name and number, fetched by an identifier
 * that lives for ten minutes.
 */
import type { Static } from 'typebox'
import { GatewayError } from '../../errors.ts'
import type { Alarms } from '../kit/codes.ts'
import type { FileContent, FoundPhoto, PhotoLink } from '../kit/contract.ts'
import { fitting, isSamePhoto, rawOf, saidIn, wordOf } from '../kit/told.ts'
import type { HeadCaller } from './head-call.ts'
import {
  businessNumber,
  bytesOf,
  countAt,
  dayOf,
  instantOf,
  invalid,
  isCitizenNumber,
  lengthOf,
  readAt,
} from './holding.ts'
import { PHOTO_SOURCE_LABELS, photoPurpose, photoSource } from './holding-codes.ts'
import { WirePhoto, WirePhotoFile } from './photo.wire.ts'
import { sm3 } from './sign.ts'

const QUERY = 'photo-query'
const FETCH = 'photo-fetch'
const NAME_LENGTH = 50

const photoIn = fitting(WirePhoto, 'jiangsu')
const fileIn = fitting(WirePhotoFile, 'jiangsu')

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

/** What a photo is looked at for, and where: query and fetch must say the same. */
const lookOf = ({ division, audit, purpose }: Omit<Parameters<PhotoLink['find']>[0], 'holder'>) => ({
  yt: photoPurpose.codeOf(purpose),
  ywh: businessNumber(audit),
  dwdm: division,
})

/**
 * The libraries of the cities. Jiangsu does not tell a person without a photo from a number under another name (both are `4`), so that
 * `HOLDER_MISMATCH` is never known here.
 */
export function photoLink(ask: HeadCaller['photo'], alarms: Alarms): PhotoLink {
  const find: PhotoLink['find'] = async ({ division, holder, audit, purpose }) => {
    if (!isCitizenNumber(holder) || lengthOf(holder.name) > NAME_LENGTH) return []
    const question = {
      xm: holder.name,
      sfzh: holder.idDocument.number,
      // Consent is on record when this is called.
      sqbz: '1',
      ...lookOf({ division, audit, purpose }),
    }
    try {
      return [foundIn(photoIn(await ask(QUERY, 'zpcx', question), QUERY), alarms)]
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'PHOTO_NOT_FOUND') return []
      throw error
    }
  }

  /**
   * An identifier serves under the number of the query that gave it alone (status `5`), and each look has a number of its own: the
   * library is asked first, so that nothing is sent that it must refuse.
   */
  const fetch: PhotoLink['fetch'] = async ({ photo, ...question }) => {
    const chosen = (await find(question)).find((one) => isSamePhoto(one, photo))
    if (chosen === undefined)
      throw new GatewayError('PHOTO_NOT_FOUND', { region: 'jiangsu', operation: FETCH })
    const asked = { zpbs: chosen.id, ...lookOf(question) }
    const told = fileIn(await ask(FETCH, 'zpxz', asked, 'file'), FETCH)
    if (told.zpbs !== chosen.id) throw invalid(FETCH, 'another photo')
    return fileOf(told)
  }

  return { reach: 'city', find, fetch }
}

function foundIn(told: Static<typeof WirePhoto>, alarms: Alarms): FoundPhoto {
  const source = saidIn(told.zply) ?? ''
  const takenOn = readAt(QUERY, '/pzrq', () => dayOf(told.pzrq))
  const validUntil = readAt(QUERY, '/yxqz', () => instantOf(told.yxqz))
  const width = countAt(QUERY, '/zpkd', told.zpkd)
  const height = countAt(QUERY, '/zpgd', told.zpgd)
  return {
    id: told.zpbs,
    takenFor: wordOf(photoSource, source, alarms),
    rawSource: rawOf(PHOTO_SOURCE_LABELS, source),
    ...(takenOn === undefined ? {} : { takenOn }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }
}

/** @throws GatewayError `REGION_ANSWER_INVALID` for a format that is none of a picture, and for bytes that are not the digest's */
function fileOf({ zpgs, zpnr, zpzy }: Static<typeof WirePhotoFile>): FileContent {
  const format = zpgs.toLowerCase()
  const contentType = Object.hasOwn(CONTENT_TYPES, format) ? CONTENT_TYPES[format] : undefined
  if (contentType === undefined) throw invalid(FETCH, 'format', '/zpgs')
  const bytes = bytesOf(zpnr, FETCH, '/zpnr')
  if (sm3(bytes) !== zpzy.toLowerCase()) throw invalid(FETCH, 'digest', '/zpzy')
  return { name: `photo.${format}`, contentType, bytes }
}
