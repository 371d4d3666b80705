/**
 * 统一照片库 (contract 4.f, designed): one photo of a person in one city's library, asked for by name and number, fetched by an identifier
 * that lives for ten minutes.
 */
import type { Static } from 'typebox'
import { GatewayError } from '../../errors.ts'
import { asInteger } from '../kit/codecs.ts'
import type { Alarms } from '../kit/codes.ts'
import type { FileContent, FoundPhoto, PhotoLink } from '../kit/contract.ts'
import { fitting, saidIn } from '../kit/log-in.ts'
import { isAbsent } from '../kit/table.ts'
import { rawOf, wordOf } from '../kit/told.ts'
import type { HeadCaller } from './head-call.ts'
import {
  businessNumber,
  bytesOf,
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

const codeIn = (error: unknown) => (error instanceof GatewayError ? error.facts['code'] : undefined)
const NOT_THERE = '4'

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
      yt: photoPurpose.codeOf(purpose),
      ywh: businessNumber(audit),
      // Consent is on record when this is called.
      sqbz: '1',
      dwdm: division,
    }
    try {
      return [foundIn(photoIn(await ask(QUERY, 'zpcx', question), QUERY), alarms)]
    } catch (error) {
      if (codeIn(error) === NOT_THERE) return []
      throw error
    }
  }

  const bytesBy = async (zpbs: string, asked: { yt: string; ywh: string; dwdm: string }) => {
    const told = fileIn(await ask(FETCH, 'zpxz', { zpbs, ...asked }, 'file'), FETCH)
    if (told.zpbs !== zpbs) throw invalid(FETCH, 'another photo')
    return fileOf(told)
  }

  /**
   * An identifier serves under the number of the query that gave it alone (status `5`), and each look has a number of its own: the
   * library is asked first, so that nothing is sent that it must refuse.
   */
  const fetch: PhotoLink['fetch'] = async ({ photo, ...question }) => {
    const asked = {
      yt: photoPurpose.codeOf(question.purpose),
      ywh: businessNumber(question.audit),
      dwdm: question.division,
    }
    const chosen = (await find(question)).find((one) => isSame(one, photo))
    if (chosen === undefined)
      throw new GatewayError('PHOTO_NOT_FOUND', { region: 'jiangsu', operation: FETCH })
    return bytesBy(chosen.id, asked)
  }

  return { reach: 'city', find, fetch }
}

/** There is no digest before the bytes: day, source and pixels tell whether it is the photo that was chosen. */
const isSame = (one: FoundPhoto, other: FoundPhoto): boolean =>
  one.takenOn === other.takenOn &&
  one.rawSource.code === other.rawSource.code &&
  one.width === other.width &&
  one.height === other.height

function foundIn(told: Static<typeof WirePhoto>, alarms: Alarms): FoundPhoto {
  const source = saidIn(told.zply) ?? ''
  const takenOn = readAt(QUERY, '/pzrq', () => dayOf(told.pzrq))
  const validUntil = readAt(QUERY, '/yxqz', () => instantOf(told.yxqz))
  const [width, height] = [pixels(told.zpkd, '/zpkd'), pixels(told.zpgd, '/zpgd')]
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

const pixels = (told: number | string | null | undefined, member: string): number | undefined =>
  isAbsent(told) ? undefined : readAt(QUERY, member, () => asInteger(told))

/** @throws GatewayError `REGION_ANSWER_INVALID` for a format that is none of a picture, and for bytes that are not the digest's */
function fileOf({ zpgs, zpnr, zpzy }: Static<typeof WirePhotoFile>): FileContent {
  const format = zpgs.toLowerCase()
  const contentType = Object.hasOwn(CONTENT_TYPES, format) ? CONTENT_TYPES[format] : undefined
  if (contentType === undefined) throw invalid(FETCH, 'format', '/zpgs')
  const bytes = bytesOf(zpnr, FETCH, '/zpnr')
  if (sm3(bytes) !== zpzy.toLowerCase()) throw invalid(FETCH, 'digest', '/zpzy')
  return { name: `photo.${format}`, contentType, bytes }
}
