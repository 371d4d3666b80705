/** Anhui's code tables (contract section 5). Codes are text: `01` is not `1`. The first code of a line is sent, all are read. */
import type { CaseResult } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { codes, statuses } from '../kit/codes.ts'
import type { LevelTable } from '../kit/log-in.ts'

/** 办件状态 `handleState` (5.1): one code for each canonical state. */
export const status = statuses('anhui/handleState', {
  DRAFT: ['00'],
  SUBMITTED: ['01'],
  PRECHECK_RETURNED: ['02'],
  PRECHECK_PASSED: ['03'],
  RECEIVED: ['04'],
  CORRECTION_REQUIRED: ['05'],
  ACCEPTED: ['06'],
  NOT_ACCEPTED: ['07'],
  IN_REVIEW: ['08'],
  REVIEW_RETURNED: ['09'],
  SUSPENDED: ['10'],
  APPROVED: ['11'],
  DENIED: ['12'],
  COMPLETED: ['20'],
  VOIDED: ['21'],
  WITHDRAWN: ['22'],
  DELIVERED: ['30'],
})

/** Chinese names of the states, for the raw status that people read. */
export const STATUS_LABELS: Readonly<Record<string, string>> = {
  '00': '已取号',
  '01': '待预审',
  '02': '预审退回',
  '03': '预审通过',
  '04': '收件',
  '05': '补正',
  '06': '受理',
  '07': '不予受理',
  '08': '办理中',
  '09': '环节退回',
  '10': '特别程序',
  '11': '审批通过',
  '12': '不予许可',
  '20': '办结',
  '21': '作废办结',
  '22': '退件/撤回',
  '30': '送达',
}

/** 受理结果 `ACCEPT_RESULT_CODE` (5.1b). `handleState` decides; this one is only compared with it. */
export const acceptResult = codes<CaseStatus>('anhui/acceptResult', {
  ...NEVER(),
  ACCEPTED: ['1'],
  NOT_ACCEPTED: ['2'],
  CORRECTION_REQUIRED: ['3'],
})

/** 办结结果 `TRANSACT_RESULT_CODE` (5.1c) as the state that it speaks of: only read, and compared with `handleState`. */
export const transactResult = codes<CaseStatus>('anhui/transactResult', {
  ...NEVER(),
  COMPLETED: ['0', '4'],
  DENIED: ['1'],
  VOIDED: ['2', '3'],
  WITHDRAWN: ['5'],
  NOT_ACCEPTED: ['6'],
})

/** The same codes as the decision that they tell: 转报 is kept apart from 出证. */
export const decision = codes<NonNullable<CaseResult['decision']>>('anhui/transactResult', {
  granted: ['0'],
  denied: ['1'],
  voided: ['2', '3'],
  forwarded: ['4'],
  withdrawn: ['5'],
  notAccepted: ['6'],
})

/** Labels of `TRANSACT_RESULT_CODE`. */
export const TRANSACT_LABELS: Readonly<Record<string, string>> = {
  '0': '出证办结',
  '1': '不予许可',
  '2': '作废办结',
  '3': '删除办结',
  '4': '转报办结',
  '5': '退件',
  '6': '不予受理',
}

/** A table over states of which most are never said. */
function NEVER(): Record<CaseStatus, readonly string[]> {
  return {
    DRAFT: [],
    SUBMITTED: [],
    PRECHECK_RETURNED: [],
    PRECHECK_PASSED: [],
    RECEIVED: [],
    CORRECTION_REQUIRED: [],
    ACCEPTED: [],
    NOT_ACCEPTED: [],
    IN_REVIEW: [],
    REVIEW_RETURNED: [],
    SUSPENDED: [],
    APPROVED: [],
    DENIED: [],
    COMPLETED: [],
    VOIDED: [],
    WITHDRAWN: [],
    DELIVERED: [],
    UNKNOWN: [],
  }
}

/** 证件类型 (5.2) ⇄ GA/T 2000.156. */
export const certType = codes<string>('anhui/certType', {
  '111': ['10'],
  '414': ['20'],
  '516': ['30'],
  '511': ['40'],
  '114': ['50'],
  '001': ['60'],
  '999': ['99'],
})

/** 申请人类型 `ADDTYPE` (5.3). */
export const applicantKind = codes<'person' | 'organisation'>('anhui/applicantKind', {
  person: ['1'],
  organisation: ['2'],
})

/** 事项类型 `serviceTypeCode` (5.4): the national two-digit code. */
export const matterType = codes<string>('anhui/matterType', {
  '01': ['01'],
  '02': ['02'],
  '03': ['03'],
  '04': ['04'],
  '05': ['05'],
  '06': ['06'],
  '07': ['07'],
  '08': ['08'],
  '09': ['09'],
  '10': ['10'],
  '20': ['20'],
})

/** 办件类型 (5.5): 1 is 即办 here, and 承诺 elsewhere. */
export const caseType = codes('anhui/caseType', {
  instant: ['1'],
  committed: ['2'],
  jointHandling: ['3'],
  reported: ['4'],
})

/** Labels of `INFOTYPE_CODE`, which `infoType` repeats. */
export const CASE_TYPE_LABELS: Readonly<Record<string, string>> = {
  '1': '即办件',
  '2': '承诺件',
  '3': '联办件',
  '4': '上报件',
}

/** 时限单位 (5.6). */
export const dayUnit = codes('anhui/dayUnit', { working: ['1'], calendar: ['2'], hour: ['3'] })

/** 材料必要性 `isNeed` (5.6b): 0 is 必要 here, the opposite of the national code. */
export const necessity = codes('anhui/necessity', {
  required: ['0'],
  optional: ['1'],
  deferrable: ['2'],
  creditDeferrable: ['3'],
})

/** 收取方式 `takeType` (5.6c). */
export const takeType = codes('anhui/takeType', {
  paper: ['1'],
  upload: ['2'],
  scan: ['3'],
  later: ['4'],
  licence: ['5'],
})

/** 送达方式 (5.7). */
export const delivery = codes('anhui/delivery', {
  pickup: ['1'],
  post: ['2'],
  download: ['3'],
  // An electronic licence as such is no way of delivery in Anhui.
  licence: [],
})

/** Labels of `DELIVER_MODE`. */
export const DELIVERY_LABELS: Readonly<Record<string, string>> = {
  '1': '窗口领取',
  '2': '邮寄送达',
  '3': '网上下载',
}

/** 通办范围 (5.8). */
export const scope = codes('anhui/scope', {
  none: ['0'],
  national: ['1'],
  crossProvince: ['2'],
  crossCity: ['3'],
  crossCounty: ['4'],
})

/** 通办方式 (5.9). */
export const mode = codes('anhui/mode', {
  online: ['1'],
  onBehalf: ['2'],
  joint: ['3'],
  authorisedLocal: ['4'],
})

/** 事项状态 (5.14). */
export const matterState = codes('anhui/matterState', {
  active: ['1'],
  suspended: ['2'],
  cancelled: ['3'],
})

/** 材料来源 (5.14). */
export const materialSource = codes('anhui/materialSource', {
  applicant: ['10'],
  government: ['20'],
  other: ['99'],
})

/** 特别程序 `SPECIAL_TYPE` (5.14). */
export const specialProcedure = codes('anhui/specialProcedure', { extension: ['A'], other: ['B'] })

/** Labels of `SPECIAL_TYPE`. */
export const SPECIAL_LABELS: Readonly<Record<string, string>> = { A: '延长审批', B: '其他特别程序' }

/** 实名等级 `authLevel` of persons and of legal persons (5.11). */
export const authLevel: LevelTable = {
  name: 'anhui/authLevel',
  levels: { '0': 0, '1': 1, '2': 2, '3': 3 },
}
