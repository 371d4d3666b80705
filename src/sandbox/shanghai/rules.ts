/** The state machine that Shanghai enforces (contract section 7), and its words. */
import type { CaseStatus } from '../../schemas/case-status.ts'

/** Primary word of each state. */
export const WORDS: Readonly<Partial<Record<CaseStatus, string>>> = {
  DRAFT: '暂存',
  SUBMITTED: '待预审',
  PRECHECK_RETURNED: '预审不通过',
  PRECHECK_PASSED: '预审通过',
  RECEIVED: '收件',
  CORRECTION_REQUIRED: '补正',
  ACCEPTED: '受理',
  NOT_ACCEPTED: '不予受理',
  IN_REVIEW: '审批',
  REVIEW_RETURNED: '退回',
  SUSPENDED: '中止',
  APPROVED: '通过',
  DENIED: '不通过',
  COMPLETED: '办结',
  VOIDED: '作废',
  WITHDRAWN: '撤回',
  DELIVERED: '已送达',
}

/** Further words for a state, which may stand in the steps of a case and in callbacks. */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  暂存: ['草稿'],
  待预审: ['预审'],
  预审不通过: ['预审退回'],
  收件: ['网上收件', '窗口收件'],
  补正: ['待补正'],
  受理: ['已受理'],
  审批: ['审核', '办理中'],
  中止: ['特别程序'],
  通过: ['准予'],
  不通过: ['不予许可'],
  办结: ['出证办结'],
  撤回: ['退件'],
  已送达: ['送达'],
}

export const statusOf = (word: string): CaseStatus =>
  (Object.entries(WORDS).find(([, one]) => one === word)?.[0] ?? 'UNKNOWN') as CaseStatus

/** Moves that Shanghai itself makes. */
export const CLERK_MOVES: Readonly<Partial<Record<CaseStatus, readonly CaseStatus[]>>> = {
  SUBMITTED: ['PRECHECK_PASSED', 'PRECHECK_RETURNED', 'RECEIVED', 'WITHDRAWN'],
  PRECHECK_RETURNED: ['WITHDRAWN', 'VOIDED'],
  PRECHECK_PASSED: ['RECEIVED', 'WITHDRAWN'],
  RECEIVED: ['CORRECTION_REQUIRED', 'ACCEPTED', 'NOT_ACCEPTED', 'WITHDRAWN'],
  CORRECTION_REQUIRED: ['NOT_ACCEPTED', 'WITHDRAWN'],
  ACCEPTED: ['IN_REVIEW', 'SUSPENDED', 'APPROVED', 'DENIED', 'WITHDRAWN'],
  IN_REVIEW: ['REVIEW_RETURNED', 'SUSPENDED', 'APPROVED', 'DENIED', 'VOIDED', 'WITHDRAWN'],
  REVIEW_RETURNED: ['IN_REVIEW', 'WITHDRAWN'],
  SUSPENDED: ['IN_REVIEW', 'VOIDED', 'WITHDRAWN'],
  APPROVED: ['COMPLETED', 'VOIDED'],
  DENIED: ['DELIVERED'],
  COMPLETED: ['DELIVERED', 'VOIDED'],
}

/** States of the duplicate rule's end, in words. */
export const ENDED = new Set(['不予受理', '不通过', '办结', '已送达', '作废', '撤回', '暂存', ''])

export const WITHDRAWABLE = new Set([
  '待预审',
  '预审不通过',
  '预审通过',
  '收件',
  '补正',
  '受理',
  '审批',
  '退回',
  '中止',
])

/** `onLineStatus` lags and says less. */
export const ONLINE: Readonly<Record<string, string>> = {
  暂存: '未提交',
  待预审: '待预审',
  预审通过: '预审通过',
  预审不通过: '预审不通过',
  收件: '已收件',
  补正: '已收件',
  办结: '已办结',
  已送达: '已办结',
  不通过: '已办结',
  不予受理: '已办结',
  作废: '已办结',
  撤回: '已办结',
}

/** `result` of a callback: the decision of this step. */
export const STEP_RESULT: Readonly<Record<string, string>> = {
  预审通过: '通过',
  预审不通过: '不通过',
  受理: '通过',
  不予受理: '不通过',
  通过: '通过',
  不通过: '不通过',
  办结: '通过',
}

export const STEP_NAMES: Readonly<Record<string, string>> = {
  待预审: '已提交待预审',
  审批: '办理中',
  通过: '审批通过',
  不通过: '不予许可',
  退回: '环节退回',
  中止: '特别程序',
  已送达: '送达',
}

/** Words with which the last step finishes the case. */
export const FINISHING = new Set(['不予受理', '不通过', '办结', '作废', '撤回'])
