import type { CaseStatus } from '../../schemas/case-status.ts'

/** What the contract says of one `handleState` (5.1). */
interface StateFacts {
  readonly label: string
  readonly canonical: CaseStatus
  /** Every legal next state, whoever causes it. */
  readonly next: readonly string[]
}

/** The states by `handleState`, complete as in contract 5.1. */
export const STATES = {
  '00': { label: '已取号', canonical: 'DRAFT', next: ['01'] },
  '01': { label: '待预审', canonical: 'SUBMITTED', next: ['02', '03', '04', '07', '21', '22'] },
  '02': { label: '预审退回', canonical: 'PRECHECK_RETURNED', next: ['01', '21', '22'] },
  '03': { label: '预审通过', canonical: 'PRECHECK_PASSED', next: ['04', '05', '06', '07', '21', '22'] },
  '04': { label: '收件', canonical: 'RECEIVED', next: ['05', '06', '07', '21', '22'] },
  '05': { label: '补正', canonical: 'CORRECTION_REQUIRED', next: ['04', '07', '21', '22'] },
  '06': { label: '受理', canonical: 'ACCEPTED', next: ['08', '10', '11', '12', '21', '22'] },
  '07': { label: '不予受理', canonical: 'NOT_ACCEPTED', next: [] },
  '08': { label: '办理中', canonical: 'IN_REVIEW', next: ['09', '10', '11', '12', '21', '22'] },
  '09': { label: '环节退回', canonical: 'REVIEW_RETURNED', next: ['08', '21', '22'] },
  '10': { label: '特别程序', canonical: 'SUSPENDED', next: ['08', '21', '22'] },
  '11': { label: '审批通过', canonical: 'APPROVED', next: ['20', '21'] },
  '12': { label: '不予许可', canonical: 'DENIED', next: ['30'] },
  '20': { label: '办结', canonical: 'COMPLETED', next: ['30'] },
  '21': { label: '作废办结', canonical: 'VOIDED', next: [] },
  '22': { label: '退件/撤回', canonical: 'WITHDRAWN', next: [] },
  '30': { label: '送达', canonical: 'DELIVERED', next: [] },
} as const satisfies Record<string, StateFacts>

/** A `handleState`. */
export type State = keyof typeof STATES

const ALL = new Map<string, State>(
  // The keys of the table above are exactly its type's.
  (Object.keys(STATES) as State[]).map((state) => [STATES[state].canonical, state]),
)

/** The `handleState` of a canonical state; `undefined` for `UNKNOWN`. */
export const stateOf = (status: CaseStatus): State | undefined => ALL.get(status)

/** The moves that only the gateway causes, by `apply-submit` (contract section 7). */
const BY_GATEWAY: ReadonlySet<string> = new Set(['00>01', '02>01', '05>04'])

/** Where a clerk may move a case that is in this state. */
export function clerkMoves(state: State): readonly State[] {
  return STATES[state].next.filter((to) => !BY_GATEWAY.has(`${state}>${to}`))
}

/** States in which the gateway may withdraw (contract 4l). */
export const WITHDRAWABLE: ReadonlySet<State> = new Set<State>([
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '08',
  '09',
  '10',
])

/** Closed for uploads (contract 4d). */
export const CLOSED: ReadonlySet<State> = new Set<State>(['07', '12', '20', '21', '22', '30'])

/** States with a document to download (contract 4m). */
export const WITH_RESULT: ReadonlySet<State> = new Set<State>(['07', '12', '20', '30'])

/** States in which `apply-submit` is a resubmission (contract 4b). */
export const RESUBMITTABLE: ReadonlySet<State> = new Set<State>(['02', '05'])
