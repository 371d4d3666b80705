/**
 * Shanghai's code tables (contract section 5): Chinese words stand for codes. The first word of a line is sent, all are read.
 */

import type { CaseResult } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { type Alarmed, codes, statuses } from '../kit/codes.ts'
import type { AccountKind, LevelTable } from '../kit/log-in.ts'
import { isAbsent } from '../kit/table.ts'

/** 办件状态. `onLineStatus` has words of its own, which may lag behind and are never read as a state. */
export const status = statuses('shanghai/status', {
  DRAFT: ['暂存', '草稿'],
  SUBMITTED: ['待预审', '预审'],
  PRECHECK_RETURNED: ['预审不通过', '预审退回'],
  PRECHECK_PASSED: ['预审通过'],
  RECEIVED: ['收件', '网上收件', '窗口收件'],
  CORRECTION_REQUIRED: ['补正', '待补正'],
  ACCEPTED: ['受理', '已受理'],
  NOT_ACCEPTED: ['不予受理'],
  IN_REVIEW: ['审批', '审核', '办理中'],
  REVIEW_RETURNED: ['退回'],
  SUSPENDED: ['中止', '特别程序'],
  APPROVED: ['通过', '准予'],
  DENIED: ['不通过', '不予许可'],
  COMPLETED: ['办结', '出证办结'],
  VOIDED: ['作废'],
  WITHDRAWN: ['撤回', '退件'],
  DELIVERED: ['已送达', '送达'],
})

/** 证件类型 ⇄ GA/T 2000.156. */
export const certType = codes<string>('shanghai/certType', {
  '111': ['居民身份证'],
  '001': ['统一社会信用代码'],
  '414': ['护照'],
  '516': ['港澳居民来往内地通行证'],
  '511': ['台湾居民来往大陆通行证'],
  '114': ['军官证'],
  '999': ['其他'],
})

/** 用户类型 of an account at log-in. */
export const userType = codes<AccountKind>('shanghai/userType', { person: ['个人'], organisation: ['法人'] })

/** 实名等级 (`zwdtsw_after_certification`): of an organisation's account, the level of its agent's authority. */
export const REAL_NAME_LEVELS: LevelTable = {
  name: 'shanghai/realNameLevel',
  levels: { '0': 0, '1': 1, '2': 2, '3': 3 },
}

/** 申请人类型. A person, or one of four kinds of organisation. */
export const applicantKind = codes('shanghai/applicantKind', {
  person: ['个人'],
  enterprise: ['企业'],
  institution: ['事业'],
  agency: ['机关'],
  otherOrganisation: ['其他'],
})

/** 事项类型 ⇄ national two-digit code. */
export const itemType = codes<string>('shanghai/itemType', {
  '01': ['行政许可'],
  '02': ['行政处罚'],
  '03': ['行政强制'],
  '04': ['行政征收'],
  '05': ['行政给付'],
  '06': ['行政检查'],
  '07': ['行政确认'],
  '08': ['行政奖励'],
  '09': ['行政裁决'],
  '10': ['其他行政权力'],
  '20': ['公共服务'],
})

/** 办件类型: words, so the national confusion of 1 and 2 does not arise. */
export const caseType = codes('shanghai/caseType', {
  instant: ['即办件'],
  committed: ['承诺件'],
  jointHandling: ['联办件'],
  reported: ['上报件'],
})

export const dayUnit = codes('shanghai/dayUnit', { working: ['工作日'], calendar: ['自然日'] })

/** 材料类型: echoed in an upload. */
export const stuffType = codes('shanghai/stuffType', {
  certificate: ['证件证书证明'],
  form: ['申请表格文书'],
  other: ['其他'],
})

export const stuffForm = codes('shanghai/stuffForm', {
  paper: ['纸质'],
  electronic: ['电子'],
  both: ['纸质或电子'],
})

export const necessity = codes('shanghai/necessity', {
  required: ['必要'],
  optional: ['非必要'],
  deferrable: ['容缺后补'],
})

export const deliveryMode = codes('shanghai/deliveryMode', {
  pickup: ['窗口领取'],
  post: ['邮寄'],
  download: ['网上下载'],
  licence: ['电子证照'],
})

export const crossScope = codes('shanghai/crossScope', {
  none: ['未实现'],
  national: ['全国'],
  crossProvince: ['跨省'],
  crossCity: ['跨市'],
  crossCounty: ['跨县'],
})

export const handleMode = codes('shanghai/handleMode', {
  online: ['全程网办'],
  onBehalf: ['异地代收代办'],
  joint: ['多地联办'],
  authorisedLocal: ['异地授权本地办理'],
})

export const itemStatus = codes('shanghai/itemStatus', {
  active: ['在用'],
  suspended: ['暂停'],
  cancelled: ['取消'],
})

export const submitType = codes('shanghai/submitType', {
  new: ['新办'],
  change: ['变更'],
  extend: ['延续'],
  correction: ['补正'],
  cancel: ['注销'],
  transfer: ['转让'],
  revoke: ['撤销'],
  other: ['其它'],
})

/** `result`: the decision of a step, never the state of the case. */
export const decision = codes<'granted' | 'denied'>('shanghai/decision', {
  granted: ['通过'],
  denied: ['不通过'],
})

export const documentType = codes('shanghai/documentType', {
  result: ['1'],
  denial: ['2'],
  correctionNotice: ['3'],
  notAcceptedNotice: ['4'],
})

/** 证照状态. */
export const certStatus = codes('shanghai/certStatus', {
  valid: ['有效'],
  revoked: ['注销'],
  expired: ['过期'],
})

/** 证照目录主码: the kinds of licence that Shanghai has. */
export const catMainCode = codes('shanghai/catMainCode', {
  idCard: ['310000000000111'],
  residencePermit: ['310000000000154'],
  disabilityCertificate: ['310000000000217'],
  marriageCertificate: ['310000000000219'],
  socialSecurityCard: ['310000000000315'],
  businessLicence: ['310000000000821'],
  realEstateCertificate: ['310000000000901'],
})

/** 照片来源. */
export const photoSource = codes('shanghai/photoSource', {
  idCard: ['居民身份证'],
  socialSecurityCard: ['社保卡'],
  passport: ['护照'],
})

/** 用途 of a photo. */
export const purpose = codes('shanghai/purpose', {
  identityCheck: ['1'],
  documentMaking: ['2'],
  crossProvince: ['3'],
})

/** Whether a file is the one of the licence (`fileMatch`). */
export const fileMatch = codes<'same' | 'other'>('shanghai/fileMatch', { same: ['1'], other: ['0'] })

interface Findable<Canon> {
  readonly name: string
  readonly find: (code: unknown) => Canon | undefined
}

/** The canonical word for a code; an unknown one is alarmed. */
export function known<Canon>(table: Findable<Canon>, code: unknown, { alarms }: Alarmed): Canon | undefined {
  const canon = table.find(code)
  if (canon === undefined) alarms?.push({ table: table.name, code: String(code).slice(0, 40) })
  return canon
}

/**
 * The decision of a case, where its state gives the word its meaning: in 受理 or 预审通过 `result` is only the decision of a
 * step (trap 7), and 作废 and 撤回 empty it.
 */
export function decisionIn(
  state: CaseStatus,
  word: unknown,
  context: Alarmed,
): CaseResult['decision'] | undefined {
  if (state === 'NOT_ACCEPTED') return 'notAccepted'
  if (state === 'VOIDED') return 'voided'
  if (state === 'WITHDRAWN') return 'withdrawn'
  const isDecided =
    state === 'APPROVED' || state === 'DENIED' || state === 'COMPLETED' || state === 'DELIVERED'
  if (!isDecided) return undefined
  return isAbsent(word) ? null : (known(decision, word, context) ?? null)
}
