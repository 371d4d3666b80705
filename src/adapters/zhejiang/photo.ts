/** 统一照片库 (contract 4.f, designed): one photo of a person, asked for by number and name, fetched by an identifier that lives for minutes. */
import type { Static } from 'typebox'
import { GatewayError } from '../../errors.ts'
import type { Alarms } from '../kit/codes.ts'
import type { FileContent, FoundPhoto, Holder, PhotoLink } from '../kit/contract.ts'
import { fitting, isSamePhoto, rawOf, wordOf } from '../kit/told.ts'
import { wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { instant } from './case-times.ts'
import { certType, PHOTO_SOURCE_LABELS, photoSource, photoUsage } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { auditNumber, bytesOf, countAt, invalid, readAt } from './holding.ts'
import { WirePhoto, WirePhotoFile } from './photo.wire.ts'

const QUERY = 'photo-query'
const FETCH = 'photo-fetch'

const photoIn = fitting(WirePhoto, 'zhejiang')
const fileIn = fitting(WirePhotoFile, 'zhejiang')

/** A person of whom Zhejiang has no photo, and a number under another name. */
const isNoPhoto = (error: unknown): boolean =>
  error instanceof GatewayError && error.code === 'PHOTO_NOT_FOUND'

/** Zhejiang's word for the certificate; nothing for an organisation, and for a type that it has no word for. */
const certificateOf = ({ idDocument: { type } }: Holder): string | undefined =>
  type === ORGANISATION ? undefined : certType.table[type]?.[0]
const ORGANISATION = '001'

/** The library of the province; `undefined` where the configuration has no code for its group. */
export function photoLink(config: ZhejiangConfig, call: Caller, alarms: Alarms): PhotoLink | undefined {
  if (config.options.icCodes.photo === undefined) return undefined

  /**
   * Zhejiang does not tell a person without a photo from a number under another name (C-PHOTO-NOT-EXIST is both), so that
   * `HOLDER_MISMATCH` is never known here.
   */
  const find: PhotoLink['find'] = async ({ division, holder, audit, purpose }) => {
    const idType = certificateOf(holder)
    if (idType === undefined) return []
    const question = {
      idType,
      idNo: holder.idDocument.number,
      userName: holder.name,
      // The library is the province's; Zhejiang wants the city that handles the case.
      areaCode: wireOf(division, config.options),
      usage: photoUsage.codeOf(purpose),
      bizNo: auditNumber(audit),
    }
    try {
      return [foundIn(photoIn(await call.json(QUERY, 'photo', '/photo/queryPhoto', question), QUERY), alarms)]
    } catch (error) {
      if (isNoPhoto(error)) return []
      throw error
    }
  }

  const bytesBy = async (photoId: string, bizNo: string): Promise<FileContent> => {
    const told = fileIn(await call.json(FETCH, 'photo', '/photo/fetchPhoto', { photoId, bizNo }), FETCH)
    if (told.photoId !== photoId) throw invalid(FETCH, 'another photo')
    return {
      name: 'photo.jpg',
      contentType: told.contentType,
      bytes: bytesOf(told.photoBase64, told.sha256, FETCH),
    }
  }

  return {
    reach: 'region',
    find,
    // An identifier serves under the number of the query that gave it alone, and each look has a number of its own: the library is
    // asked first, so that nothing is sent that it must refuse.
    fetch: async ({ photo, ...ask }) => {
      const chosen = (await find(ask)).find((one) => isSamePhoto(one, photo))
      if (chosen === undefined)
        throw new GatewayError('PHOTO_NOT_FOUND', { region: 'zhejiang', operation: FETCH })
      return await bytesBy(chosen.id, auditNumber(ask.audit))
    },
  }
}

function foundIn(told: Static<typeof WirePhoto>, alarms: Alarms): FoundPhoto {
  const source = told.source ?? ''
  const takenAt = readAt(QUERY, '/gmtTaken', () => instant(told.gmtTaken))
  const width = countAt(QUERY, '/width', told.width)
  const height = countAt(QUERY, '/height', told.height)
  return {
    id: told.photoId,
    takenFor: wordOf(photoSource, source, alarms),
    rawSource: rawOf(PHOTO_SOURCE_LABELS, source),
    ...(takenAt === undefined ? {} : { takenOn: takenAt.slice(0, 10) }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }
}
