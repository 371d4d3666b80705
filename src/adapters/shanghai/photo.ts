/**
 * 统一照片库 (contract 4.7, designed): one photo of a resident, asked for by number and name. Its identifier is a ticket for 300 seconds,
 * under the `businessCode` of the question that gave it.
 */
import { GatewayError } from '../../errors.ts'
import type { Alarms } from '../kit/codes.ts'
import type { Audit, FileContent, FoundPhoto, PhotoLink } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { answerInvalid, fitting, wordOf } from '../kit/told.ts'
import { raw } from './answers.ts'
import { photoSource, purpose as purposes } from './codes.ts'
import { residentAsked } from './holders.ts'
import { WirePhoto } from './photo.wire.ts'
import { sm3 } from './sign.ts'
import type { Zzk } from './zzk.ts'

const QUERY = 'photo-query'
const FETCH = 'photo-fetch'

const photoIn = fitting(WirePhoto, 'shanghai')

/** The library of the city. */
export function photoLink(service: Zzk, alarms: Alarms): PhotoLink {
  const find: PhotoLink['find'] = async ({ holder, audit, purpose }) => {
    const asked = residentAsked(holder)
    if (asked === undefined) return []
    const members = { ...asked, holderName: holder.name, purpose: purposes.codeOf(purpose) }
    const question = { operation: QUERY, path: '/queryHolderPhoto.do', audit, members }
    try {
      return [foundIn(photoIn(await service.enveloped(question), QUERY), alarms)]
    } catch (error) {
      if (isToldAs('PHOTO_NOT_FOUND', error)) return []
      throw error
    }
  }

  const bytesOf = async ({ id, digest }: FoundPhoto, audit: Audit): Promise<FileContent> => {
    const question = {
      operation: FETCH,
      path: '/getHolderPhoto.do',
      audit,
      members: { photoUuid: id },
    }
    const file = await service.bytes(question, 'photo.jpg')
    if (sm3(file.bytes) !== digest?.value) throw answerInvalid('shanghai', FETCH, 'digest')
    return file
  }

  return {
    reach: 'region',
    find,
    fetch: async ({ photo, ...ask }) => {
      for (let attempt = 1; ; attempt += 1) {
        const ticket = (await find(ask)).find((one) => isSame(one, photo))
        if (ticket === undefined)
          throw new GatewayError('PHOTO_NOT_FOUND', { region: 'shanghai', operation: FETCH })
        try {
          return await bytesOf(ticket, ask.audit)
        } catch (error) {
          // A ticket that ends at once is asked for a second time, and no more.
          if (!isToldAs('PHOTO_EXPIRED', error) || attempt > 1) throw error
        }
      }
    },
  }
}

/** Whether the error is Shanghai's own refusal with that code. */
const isToldAs = (code: string, error: unknown): boolean =>
  error instanceof GatewayError && error.facts['code'] === code

/** Every question gives a new ticket: the bytes, the day and the source tell whether it is for the photo that was chosen. */
const isSame = (one: FoundPhoto, other: FoundPhoto): boolean =>
  one.digest?.value === other.digest?.value &&
  one.takenOn === other.takenOn &&
  one.rawSource.code === other.rawSource.code

function foundIn(told: WirePhoto, alarms: Alarms): FoundPhoto {
  const counted = (member: 'width' | 'height' | 'fileSize') =>
    isAbsent(told[member]) ? undefined : Number(told[member])
  const [width, height, size] = [counted('width'), counted('height'), counted('fileSize')]
  return {
    id: told.photoUuid,
    takenFor: wordOf(photoSource, told.source, alarms),
    rawSource: raw(told.source),
    ...(told.takenDate ? { takenOn: told.takenDate } : {}),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(size === undefined ? {} : { size }),
    digest: { algorithm: 'sm3', value: told.sm3.toLowerCase() },
  }
}
