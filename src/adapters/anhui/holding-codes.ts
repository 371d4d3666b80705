/** Anhui's code tables of photos and licences (contract 4g, 5.13 and 5.14, designed). The first code of a line is sent, all are read. */
import { codes } from '../kit/codes.ts'

/**
 * 照片用途 `purpose` (5.13) of the words that it has a code for. 身份核验 has none and is 其他. 制证 is split there by the document
 * that is made, which a question does not tell: `options.photoPurpose` is for it (`photo.ts`).
 */
export const photoPurpose = codes('anhui/photoPurpose', {
  crossProvince: ['3'],
  identityCheck: ['9'],
})

/** 照片类型 `photoType` (5.13). */
export const photoType = codes('anhui/photoType', {
  idCard: ['01'],
  socialSecurityCard: ['02'],
  drivingLicence: ['03'],
})

/** Labels of `photoType`. */
export const PHOTO_TYPE_LABELS: Readonly<Record<string, string>> = {
  '01': '居民身份证',
  '02': '社会保障卡',
  '03': '机动车驾驶证',
}

/** 证照类型 `typeCode` (4g). */
export const licenceType = codes('anhui/licenceType', {
  idCard: ['11100001'],
  householdRegister: ['11100002'],
  socialSecurityCard: ['11100011'],
  businessLicence: ['11200001'],
  housingFundCertificate: ['11300001'],
  drivingLicence: ['11400001'],
})

/** Labels of `typeCode`. */
export const LICENCE_TYPE_LABELS: Readonly<Record<string, string>> = {
  '11100001': '居民身份证',
  '11100002': '居民户口簿',
  '11100011': '社会保障卡',
  '11200001': '营业执照',
  '11300001': '住房公积金缴存证明',
  '11400001': '机动车驾驶证',
}

/** 证照状态 `state` (5.14). */
export const licenceState = codes('anhui/licenceState', { valid: ['1'], invalid: ['0'] })

/** Labels of `state`. */
export const LICENCE_STATE_LABELS: Readonly<Record<string, string>> = { '1': '有效', '0': '失效' }
