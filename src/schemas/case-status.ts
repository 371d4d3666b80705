/**
 * The canonical states of a case (办件状态), in rank order: of two messages with one event time the later
 * rank wins. `UNKNOWN` stands for a raw code that no table knows; it is kept, shown and alarmed, never guessed.
 */
export const CASE_STATUSES = [
  'DRAFT', // 暂存
  'SUBMITTED', // 已提交待预审
  'PRECHECK_RETURNED', // 预审退回
  'PRECHECK_PASSED', // 预审通过
  'RECEIVED', // 收件
  'CORRECTION_REQUIRED', // 补正
  'ACCEPTED', // 受理
  'NOT_ACCEPTED', // 不予受理
  'IN_REVIEW', // 办理中
  'REVIEW_RETURNED', // 环节退回
  'SUSPENDED', // 特别程序
  'APPROVED', // 审批通过
  'DENIED', // 不予许可
  'COMPLETED', // 办结
  'VOIDED', // 作废
  'WITHDRAWN', // 撤回
  'DELIVERED', // 送达
  'UNKNOWN',
] as const

/** One canonical state of a case. */
export type CaseStatus = (typeof CASE_STATUSES)[number]
