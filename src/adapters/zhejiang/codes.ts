/** Zhejiang's code tables (contract section 5). The first code of a line is sent, all are read. */
import { codes, statuses } from '../kit/codes.ts'
import type { LevelTable } from '../kit/log-in.ts'

/** 环节与动作: `phaseCode/doAction`; the same action means different things in different phases (trap 7). */
export const phase = statuses('zhejiang/case-state', {
  DRAFT: ['01/9'],
  SUBMITTED: ['01/0'],
  PRECHECK_RETURNED: ['01/1'],
  PRECHECK_PASSED: ['01/2'],
  RECEIVED: ['02/2'],
  CORRECTION_REQUIRED: ['02/4'],
  ACCEPTED: ['02/0'],
  NOT_ACCEPTED: ['02/1'],
  IN_REVIEW: ['03/0'],
  REVIEW_RETURNED: ['03/1'],
  SUSPENDED: ['03/5'],
  APPROVED: ['03/2'],
  DENIED: ['03/3'],
  COMPLETED: ['04/0'],
  VOIDED: ['04/1'],
  WITHDRAWN: ['04/3'],
  DELIVERED: ['05/0'],
})

/** Chinese names of the states, for the raw status that people read. */
export const PHASE_LABELS: Readonly<Record<string, string>> = {
  '01/9': '暂存',
  '01/0': '已提交待预审',
  '01/1': '预审退回',
  '01/2': '预审通过',
  '02/2': '收件',
  '02/4': '补正',
  '02/0': '受理',
  '02/1': '不予受理',
  '03/0': '办理中',
  '03/1': '环节退回',
  '03/5': '特别程序',
  '03/2': '审批通过',
  '03/3': '不予许可',
  '04/0': '办结',
  '04/1': '作废办结',
  '04/3': '退件/撤回',
  '05/0': '送达',
}

/** 证件类型 ⇄ GA/T 2000.156; the old number 51 is read as 居民身份证. */
export const certType = codes<string>('zhejiang/certType', {
  '111': ['ID_CARD', '51'],
  '414': ['PASSPORT'],
  '114': ['OFFICER_CARD'],
  '516': ['MAINLAND_TRAVEL_PERMIT_FOR_HONGKONG_AND_MACAO_RESIDENTS'],
  '511': ['MAINLAND_TRAVEL_PERMIT_FOR_TAIWAN_RESIDENTS'],
  '001': ['UNIFIED_SOCIAL_ID'],
  '999': ['OTHER'],
})

/** 申请人类型 `userProp`. */
export const applicantKind = codes<'person' | 'organisation'>('zhejiang/applicantKind', {
  person: ['1'],
  organisation: ['2'],
})

/** 事项类型 `QL_KIND` → national two-digit code; 13 and 14 are local numbers, never sent. */
export const matterType = codes<string>('zhejiang/matterType', {
  '01': ['01'],
  '05': ['05'],
  '07': ['07'],
  '08': ['08'],
  '10': ['10', '13'],
  '20': ['14'],
})

export const matterState = codes('zhejiang/matterState', {
  active: ['1'],
  suspended: ['2'],
  cancelled: ['3'],
})

/** 办件类型 `BJTYPE`, `affairType`. Ratings number 即办 and 承诺 the other way round. */
export const caseType = codes('zhejiang/caseType', {
  instant: ['1'],
  committed: ['2'],
  jointHandling: ['3'],
  reported: ['4'],
})

export const dayUnit = codes('zhejiang/dayUnit', { working: ['1'], calendar: ['2'] })

/** 材料必要性: `NECESSITY/IS_RQ`; 容缺 says nothing where the material is not necessary. */
export const necessity = codes('zhejiang/necessity', {
  required: ['1/0'],
  deferrable: ['1/1'],
  optional: ['2/0', '2/1'],
})

export const delivery = codes('zhejiang/delivery', {
  pickup: ['1'],
  post: ['2'],
  download: ['3'],
  // An electronic licence comes by itself over there.
  licence: [],
})

export const scope = codes('zhejiang/scope', {
  none: ['0'],
  national: ['1'],
  crossProvince: ['2'],
  crossCity: ['3'],
  crossCounty: ['4'],
})

export const mode = codes('zhejiang/mode', {
  online: ['1'],
  onBehalf: ['2'],
  joint: ['3'],
  authorisedLocal: ['4'],
})

/** 收取方式 `takeType`: words. */
export const takeType = codes('zhejiang/takeType', {
  upload: ['附件上传'],
  scan: ['扫描'],
  paper: ['纸质收取'],
  later: ['容缺后补'],
  licence: ['证照库'],
})

/** 办结结果: `result/resultDesc`, both words. */
export const outcome = codes('zhejiang/outcome', {
  granted: ['办结/准予许可'],
  denied: ['办结/不予许可'],
  forwarded: ['转报办结/转报'],
  voided: ['作废办结/作废'],
  returned: ['退件/退件'],
  withdrawn: ['退件/申请人撤回'],
})

/** 个人实名等级 `authLevel` (5.13): 3 is the best. There is no person of level 2. */
export const personLevel: LevelTable = { name: 'zhejiang/authLevel', levels: { '1': 0, '2': 1, '3': 3 } }

/** 法人实名等级 `realLevel` (5.13) runs the other way (trap 6): 1 is the best. */
export const organisationLevel: LevelTable = {
  name: 'zhejiang/realLevel',
  levels: { '4': 0, '3': 1, '2': 2, '1': 3 },
}

/** 照片用途 `usage` (5.18). */
export const photoUsage = codes('zhejiang/photoUsage', {
  identityCheck: ['IDENTITY_CHECK'],
  documentMaking: ['CERT_MAKING'],
  crossProvince: ['CROSS_PROVINCE'],
})

/** 照片来源 `source` (5.18). */
export const photoSource = codes('zhejiang/photoSource', {
  idCard: ['ID_CARD'],
  socialSecurityCard: ['SOCIAL_CARD'],
  drivingLicence: ['DRIVING'],
})

/** 证照类型 `certificate_type_code` (5.18): the codes of the test platform. */
export const licenceType = codes('zhejiang/licenceType', {
  idCard: ['11330000MB1TEXT0X6001'],
  businessLicence: ['11330000MB1TEXT0X6002'],
  householdRegister: ['11330000MB1TEXT0X6003'],
  disabilityCertificate: ['11330000MB1TEXT0X6004'],
  realEstateCertificate: ['11330000MB1TEXT0X6005'],
})

/** 证照状态 `certificate_status` (5.14): 撤销 and 注销 are one word of ours. Never sent. */
export const licenceStatus = codes('zhejiang/licenceStatus', {
  valid: ['01'],
  suspended: ['02'],
  revoked: ['03', '04'],
  expired: ['05'],
})

/** 用证目的 `use_purpose` (5.18). */
export const licencePurpose = codes('zhejiang/licencePurpose', {
  identityCheck: ['1'],
  insteadOfMaterial: ['2'],
  crossProvince: ['3'],
})

/** Chinese names of the sources of photos, for the raw code that people read. */
export const PHOTO_SOURCE_LABELS: Readonly<Record<string, string>> = {
  ID_CARD: '居民身份证',
  SOCIAL_CARD: '社保卡',
  DRIVING: '驾驶证',
}

/** Chinese names of the states of licences. */
export const LICENCE_STATUS_LABELS: Readonly<Record<string, string>> = {
  '01': '有效',
  '02': '暂扣',
  '03': '撤销',
  '04': '注销',
  '05': '失效',
}
