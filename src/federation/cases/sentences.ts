/** One plain sentence for every status, in Chinese and English. */
import type { CaseStatus } from '../../schemas/case-status.ts'

const SENTENCES: Readonly<Record<CaseStatus, readonly [zh: string, en: string]>> = {
  DRAFT: ['申请尚未提交。', 'The application has not been submitted yet.'],
  SUBMITTED: ['申请已提交, 等待预审。', 'The application was submitted and waits for its first check.'],
  PRECHECK_RETURNED: [
    '预审未通过, 请修改后重新提交。',
    'The first check sent it back; please correct and submit it again.',
  ],
  PRECHECK_PASSED: ['预审已通过, 等待收件。', 'It passed the first check and waits to be taken in.'],
  RECEIVED: ['材料已收到, 等待受理决定。', 'The papers are in hand; whether it is accepted will be decided.'],
  CORRECTION_REQUIRED: [
    '需要补正材料, 请按要求补充。',
    'Something must be corrected; please supply what is asked for.',
  ],
  ACCEPTED: ['申请已受理, 开始计算办理时限。', 'The application was accepted; the time limit runs from now.'],
  NOT_ACCEPTED: ['申请未被受理, 本次办理结束。', 'The application was not accepted; this case has ended.'],
  IN_REVIEW: ['正在办理。', 'It is being handled.'],
  REVIEW_RETURNED: [
    '办理环节被退回, 部门正在重新处理。',
    'A step was sent back inside the department, which is working on it again.',
  ],
  SUSPENDED: [
    '进入特别程序, 办理时限暂停计算。',
    'A special procedure is under way; the time limit stands still.',
  ],
  APPROVED: ['审批已通过, 等待办结。', 'It was approved and waits to be concluded.'],
  DENIED: ['决定不予许可。', 'The decision is a refusal.'],
  COMPLETED: ['已办结, 可以领取结果。', 'It is concluded; the result can be fetched.'],
  VOIDED: ['办件已作废, 本次办理结束。', 'The case was voided; it has ended.'],
  WITHDRAWN: ['申请已撤回, 本次办理结束。', 'The application was withdrawn; the case has ended.'],
  DELIVERED: ['结果已送达, 本次办理结束。', 'The result was delivered; the case has ended.'],
  UNKNOWN: [
    '办理地区给出了我们不认识的状态, 已保留原文并请人核实。',
    'The region gave a status that we do not know; it is kept as it came and is being looked into.',
  ],
}

/** The sentence for a status. */
export const sentenceOf = (status: CaseStatus): { zh: string; en: string } => ({
  zh: SENTENCES[status][0],
  en: SENTENCES[status][1],
})
