/** What a photo or a licence is called where a person reads it: never by a number of the person's. */
import type { FoundLicence, FoundPhoto } from '../../adapters/kit/contract.ts'
import type { LicenceKind } from '../../schemas/licence.ts'
import type { PhotoSource } from '../../schemas/photo.ts'
import { REGIONS, type RegionId } from '../../schemas/regions.ts'
import type { HoldingRow } from '../../store/index.ts'
import type { Sealing } from '../sealing.ts'

type Words = { readonly zh: string; readonly en: string }

const TAKEN_FOR: Readonly<Record<PhotoSource, Words>> = {
  idCard: { zh: '居民身份证照片', en: 'identity card photo' },
  socialSecurityCard: { zh: '社会保障卡照片', en: 'social security card photo' },
  drivingLicence: { zh: '驾驶证照片', en: 'driving licence photo' },
  passport: { zh: '护照照片', en: 'passport photo' },
  upload: { zh: '本人上传的照片', en: 'uploaded photo' },
  unknown: { zh: '照片', en: 'photo' },
}

/** A licence of an unknown kind is called in English what its region calls it. */
const LICENCES: Readonly<Record<Exclude<LicenceKind, 'unknown'>, string>> = {
  idCard: 'resident identity card',
  householdRegister: 'household register',
  residencePermit: 'residence permit',
  disabilityCertificate: 'disability certificate',
  marriageCertificate: 'marriage certificate',
  socialSecurityCard: 'social security card',
  businessLicence: 'business licence',
  realEstateCertificate: 'real estate certificate',
  drivingLicence: 'driving licence',
  housingFundCertificate: 'housing fund certificate',
}

/** Name of a region, and of the gateway where the person took the photo here. */
export const regionName = (region: RegionId | null): string =>
  region === null ? '本网站' : (REGIONS.find(({ id }) => id === region)?.zh ?? region)

/** One line, e.g. 居民身份证照片 2025-03-01 (安徽省). */
export const holdingName = (row: Named, sealing: Sealing): string => holdingWords(row, sealing).zh

/** The same in both languages. */
export function holdingWords(row: Named, sealing: Sealing): Words {
  const where = { zh: regionName(row.region), en: englishRegion(row.region) }
  if (row.kind === 'licence') {
    const { name, kind } = sealing.open<FoundLicence>(row.sealed)
    return { zh: `${name} (${where.zh})`, en: `${kind === 'unknown' ? name : LICENCES[kind]} (${where.en})` }
  }
  const { takenFor, takenOn } = sealing.open<FoundPhoto>(row.sealed)
  const day = takenOn === undefined ? '' : ` ${takenOn}`
  const { zh, en } = TAKEN_FOR[takenFor]
  return { zh: `${zh}${day} (${where.zh})`, en: `${en}${day} (${where.en})` }
}

type Named = Pick<HoldingRow, 'kind' | 'sealed' | 'region'>

const englishRegion = (region: RegionId | null): string =>
  region === null ? 'this website' : (REGIONS.find(({ id }) => id === region)?.en ?? region)
