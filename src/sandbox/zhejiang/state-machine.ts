import type { CaseStatus } from '../../schemas/case-status.ts'

/** The canonical states that Zhejiang's own codes can say. */
export type State = Exclude<CaseStatus, 'UNKNOWN'>

/** The path of a callback below the registered one (contract 4.c.2). */
export type Channel = 'accept' | 'handler' | 'finish'

interface Code {
  readonly phaseCode: string
  readonly doAction: number
  readonly nodeName: string
  readonly proStatus: number
  readonly channel?: Channel
  /** The step stays open until the next one begins. */
  readonly open?: true
}

/** Phase, action and coarse status of every state (contract 5.1), with the name of the step. */
export const CODES: Readonly<Record<State, Code>> = {
  DRAFT: { phaseCode: '01', doAction: 9, nodeName: '暂存', proStatus: 1, open: true },
  SUBMITTED: { phaseCode: '01', doAction: 0, nodeName: '申请提交', proStatus: 1 },
  PRECHECK_RETURNED: {
    phaseCode: '01',
    doAction: 1,
    nodeName: '预审退回',
    proStatus: 1,
    channel: 'accept',
    open: true,
  },
  PRECHECK_PASSED: { phaseCode: '01', doAction: 2, nodeName: '预审', proStatus: 1, channel: 'accept' },
  RECEIVED: { phaseCode: '02', doAction: 2, nodeName: '收件', proStatus: 1, channel: 'accept' },
  CORRECTION_REQUIRED: {
    phaseCode: '02',
    doAction: 4,
    nodeName: '补正',
    proStatus: 2,
    channel: 'accept',
    open: true,
  },
  ACCEPTED: { phaseCode: '02', doAction: 0, nodeName: '受理', proStatus: 2, channel: 'accept' },
  NOT_ACCEPTED: { phaseCode: '02', doAction: 1, nodeName: '不予受理', proStatus: 3, channel: 'accept' },
  IN_REVIEW: {
    phaseCode: '03',
    doAction: 0,
    nodeName: '审查',
    proStatus: 2,
    channel: 'handler',
    open: true,
  },
  REVIEW_RETURNED: {
    phaseCode: '03',
    doAction: 1,
    nodeName: '环节退回',
    proStatus: 2,
    channel: 'handler',
    open: true,
  },
  SUSPENDED: {
    phaseCode: '03',
    doAction: 5,
    nodeName: '特别程序',
    proStatus: 2,
    channel: 'handler',
    open: true,
  },
  APPROVED: { phaseCode: '03', doAction: 2, nodeName: '决定', proStatus: 2, channel: 'handler' },
  DENIED: { phaseCode: '03', doAction: 3, nodeName: '决定', proStatus: 3, channel: 'handler' },
  COMPLETED: { phaseCode: '04', doAction: 0, nodeName: '办结', proStatus: 3, channel: 'finish' },
  VOIDED: { phaseCode: '04', doAction: 1, nodeName: '作废', proStatus: 3, channel: 'finish' },
  WITHDRAWN: { phaseCode: '04', doAction: 3, nodeName: '退件', proStatus: 3, channel: 'finish' },
  DELIVERED: { phaseCode: '05', doAction: 0, nodeName: '送达', proStatus: 3, channel: 'finish' },
}

/** The moves that the platform's own clerks can make (contract section 7, the moves marked P). */
export const CLERK_MOVES: Readonly<Record<State, readonly State[]>> = {
  DRAFT: [],
  SUBMITTED: [
    'PRECHECK_RETURNED',
    'PRECHECK_PASSED',
    'RECEIVED',
    'CORRECTION_REQUIRED',
    'ACCEPTED',
    'NOT_ACCEPTED',
    'WITHDRAWN',
  ],
  PRECHECK_RETURNED: ['WITHDRAWN'],
  PRECHECK_PASSED: ['RECEIVED', 'ACCEPTED', 'WITHDRAWN'],
  RECEIVED: ['CORRECTION_REQUIRED', 'ACCEPTED', 'NOT_ACCEPTED', 'WITHDRAWN'],
  CORRECTION_REQUIRED: ['NOT_ACCEPTED', 'WITHDRAWN'],
  ACCEPTED: ['IN_REVIEW', 'SUSPENDED', 'APPROVED', 'DENIED', 'VOIDED', 'WITHDRAWN'],
  NOT_ACCEPTED: [],
  IN_REVIEW: ['IN_REVIEW', 'REVIEW_RETURNED', 'SUSPENDED', 'APPROVED', 'DENIED', 'VOIDED', 'WITHDRAWN'],
  REVIEW_RETURNED: ['IN_REVIEW', 'VOIDED', 'WITHDRAWN'],
  SUSPENDED: ['IN_REVIEW', 'APPROVED', 'DENIED', 'VOIDED', 'WITHDRAWN'],
  APPROVED: ['COMPLETED', 'VOIDED'],
  DENIED: ['COMPLETED'],
  COMPLETED: ['DELIVERED'],
  VOIDED: [],
  WITHDRAWN: [],
  DELIVERED: [],
}

/** Whether `withdraw.do` is possible in a state: wherever a clerk can return the case too (contract section 7). */
export function isWithdrawable(state: State): boolean {
  return CLERK_MOVES[state].includes('WITHDRAWN')
}

/** Where `correct.do` takes a case from a state that asks for it; `undefined` in every other state. */
export function stateAfterCorrection(state: State): State | undefined {
  if (state === 'CORRECTION_REQUIRED') return 'RECEIVED'
  return state === 'PRECHECK_RETURNED' ? 'SUBMITTED' : undefined
}

/** Whether a case in this state no longer stands in the way of a new one of the same source (contract 4.b.2). */
export function frees(state: State): boolean {
  return state === 'WITHDRAWN' || state === 'VOIDED' || state === 'NOT_ACCEPTED'
}

/** Whether the text is one of the states that Zhejiang has. */
export function isState(status: CaseStatus): status is State {
  return Object.hasOwn(CODES, status)
}
