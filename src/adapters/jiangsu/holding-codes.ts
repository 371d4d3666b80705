/** Jiangsu's code tables of photos and licences (contract 4.f, 4.g, 5.3). The first code of a line is sent, all are read. */
import type { LicenceKind, LicenceStatus } from '../../schemas/licence.ts'
import type { PhotoPurpose, PhotoSource } from '../../schemas/photo.ts'
import { codes } from '../kit/codes.ts'

/** 照片来源, `zply`. */
export const photoSource = codes<Exclude<PhotoSource, 'unknown'>>('jiangsu/zply', {
  idCard: ['1'],
  socialSecurityCard: ['2'],
  drivingLicence: ['3'],
  passport: [],
  upload: [],
})
export const PHOTO_SOURCE_LABELS: Readonly<Record<string, string>> = {
  '1': '居民身份证',
  '2': '社保卡',
  '3': '驾驶证',
}

/** 用途, `yt`. */
export const photoPurpose = codes<PhotoPurpose>('jiangsu/yt', {
  identityCheck: ['1'],
  documentMaking: ['2'],
  crossProvince: ['3'],
})

/**
 * 证照类型代码, `zzlxdm`, whole as GB/T 36902 has them: the organ that defines a type and a serial of three digits. The contract gives no
 * table of them; these are the types that its catalogue and samples name.
 */
export const licenceType = codes<Exclude<LicenceKind, 'unknown'>>('jiangsu/zzlxdm', {
  idCard: ['11100000MB1TEXT935001'],
  householdRegister: ['11100000MB1TEXT935002'],
  socialSecurityCard: ['11100000MB1TEXT935003'],
  drivingLicence: ['11100000MB1TEXT935004'],
  businessLicence: ['11100000MB1TEXT935005'],
  disabilityCertificate: ['11100000MB1TEXT935006'],
  realEstateCertificate: ['11100000MB1TEXT935007'],
  residencePermit: [],
  marriageCertificate: [],
  housingFundCertificate: [],
})

/** 证照状态, `zzzt`. An ended licence is 现势 as well: its last day tells. */
export const licenceState = codes<LicenceStatus>('jiangsu/zzzt', {
  valid: ['1'],
  revoked: ['2'],
  suspended: [],
  expired: [],
  invalid: [],
  unknown: [],
})
export const LICENCE_STATE_LABELS: Readonly<Record<string, string>> = { '1': '现势', '2': '注销' }

/** 持证主体代码类型, `czztdmlxdm` (5.3, national) ⇄ GA/T 2000.156. Cards of police and army and three passports are read as others. */
export const holderType = codes<string>('jiangsu/czztdmlxdm', {
  '111': ['111'],
  '001': ['001'],
  '099': ['099'],
  '114': ['114'],
  '414': ['414'],
  '511': ['511'],
  '516': ['516'],
  '999': ['999', '115', '118', '119', '120', '122', '411', '412', '413'],
})

/** The code that is sent for a type of document: the national table has no other for 外国人永久居留身份证 either. */
export const holderTypeCode = (type: string): string => holderType.table[type]?.[0] ?? '999'
