/** What each state of a case means, and what follows it: one plain sentence each, in Chinese and English. */
import type { CaseStatus } from '../../../schemas/case-status.ts'

/** The same in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** Words, the Chinese first. */
export const words = (zh: string, en: string): Words => ({ zh, en })

/** One after the other. */
export const joined = (...parts: readonly (Words | null)[]): Words => {
  const kept = parts.filter((part) => part !== null)
  return words(kept.map(({ zh }) => zh).join(''), kept.map(({ en }) => en).join(' '))
}

interface StatusWords {
  readonly says: Words
  /** What happens next, or what the reader can do; nothing where all is done. */
  readonly next: Words | null
  /** The reader can only wait. */
  readonly isWaiting: boolean
}

const says = (zh: string, en: string, next: Words | null): StatusWords => ({
  says: words(zh, en),
  next,
  isWaiting: false,
})
const waits = (zh: string, en: string, next: Words): StatusWords => ({
  says: words(zh, en),
  next,
  isWaiting: true,
})
const AGAIN = words('如果还要办理, 请重新申请。', 'If you still need it, please apply again.')

export const STATUS_WORDS: Readonly<Record<CaseStatus, StatusWords>> = {
  DRAFT: says(
    '申请尚未提交。',
    'The application has not been submitted yet.',
    words('请把申请补全后提交。', 'Please complete the application and submit it.'),
  ),
  SUBMITTED: waits(
    '申请已提交, 等待预审。',
    'The application was submitted and waits for its first check.',
    words('办理部门会先预审。', 'The department will look through it first.'),
  ),
  PRECHECK_RETURNED: says(
    '预审未通过, 请修改后重新提交。',
    'The first check sent it back; please correct and submit it again.',
    words('请按办理部门的要求修改。', 'Please change what the department asks for.'),
  ),
  PRECHECK_PASSED: waits(
    '预审已通过, 等待收件。',
    'It passed the first check and waits to be taken in.',
    words('办理部门会收件。', 'The department will take it in.'),
  ),
  RECEIVED: waits(
    '材料已收到, 等待受理决定。',
    'The papers are in hand; whether it is accepted will be decided.',
    words('办理部门会决定是否受理。', 'The department will decide whether to accept it.'),
  ),
  CORRECTION_REQUIRED: says(
    '需要补正材料, 请按要求补充。',
    'Something must be corrected; please supply what is asked for.',
    words('请按办理部门的要求补正。', 'Please supply what the department asks for.'),
  ),
  ACCEPTED: waits(
    '申请已受理, 开始计算办理时限。',
    'The application was accepted; the time limit runs from now.',
    words('办理部门会审查。', 'The department will examine it.'),
  ),
  NOT_ACCEPTED: says(
    '申请未被受理, 本次办理结束。',
    'The application was not accepted; this case has ended.',
    words(
      '如果还要办理, 请看清理由, 备齐后重新申请。',
      'If you still need it, please read the reason, get ready what was missing and apply again.',
    ),
  ),
  IN_REVIEW: waits(
    '正在办理。',
    'It is being handled.',
    words('办理部门会作出决定。', 'The department will decide.'),
  ),
  REVIEW_RETURNED: waits(
    '办理环节被退回, 部门正在重新处理。',
    'A step was sent back inside the department, which is working on it again.',
    words('办理部门会重新审查。', 'The department will examine it again.'),
  ),
  SUSPENDED: waits(
    '进入特别程序, 办理时限暂停计算。',
    'A special procedure is under way; the time limit stands still.',
    words(
      '特别程序(例如公示、鉴定)结束后继续办理。',
      'It goes on when that procedure (a public notice, say) is over.',
    ),
  ),
  APPROVED: waits(
    '审批已通过, 等待办结。',
    'It was approved and waits to be concluded.',
    words('办理部门会办结并给出结果。', 'The department will conclude it and give out the result.'),
  ),
  DENIED: says(
    '决定不予许可。',
    'The decision is a refusal.',
    words(
      '您会收到决定书, 里面写着理由, 以及不服时怎么办。',
      'You will get the decision, with what you can do against it.',
    ),
  ),
  COMPLETED: says(
    '已办结, 可以领取结果。',
    'It is concluded; the result can be fetched.',
    words('请按申请时选的方式领取结果。', 'Please fetch the result in the way that you chose.'),
  ),
  VOIDED: says('办件已作废, 本次办理结束。', 'The case was voided; it has ended.', AGAIN),
  WITHDRAWN: says('申请已撤回, 本次办理结束。', 'The application was withdrawn; the case has ended.', AGAIN),
  DELIVERED: says('结果已送达, 本次办理结束。', 'The result was delivered; the case has ended.', null),
  UNKNOWN: waits(
    '办理地区给出了我们不认识的状态, 已保留原文并请人核实。',
    'The region gave a status that we do not know; it is kept as it came and is being looked into.',
    words('我们会向办理地区核实。', 'We are asking the region what it means.'),
  ),
}

/** Characters of a status of the region's that are quoted. */
const RAW_MOST = 40

/** What a state says. A state that no table knows is named in the region's own word. */
export function statusSays(status: CaseStatus, raw: { code: string; label: string } | null): Words {
  const word = raw === null ? '' : quoted(raw.label || raw.code, RAW_MOST)
  if (status !== 'UNKNOWN' || word === '') return STATUS_WORDS[status].says
  return words(
    `办理地区写的状态是${word}, 我们还不认识, 已请人核实。`,
    `The region calls this ${word}, a status that we do not know yet; it is being looked into.`,
  )
}

/**
 * What somebody else wrote, in quotation marks: on one line, without characters that nobody sees, and cut where it is long. Nothing
 * stays nothing.
 */
export function quoted(text: string, most: number): string {
  const plain = text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\p{C}/gu, '')
    .replaceAll('“', '‘')
    .replaceAll('”', '’')
    .trim()
  if (plain === '') return ''
  const points = [...plain]
  return `“${points.length > most ? `${points.slice(0, most - 1).join('')}…` : plain}”`
}
