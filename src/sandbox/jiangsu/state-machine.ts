/** Raw statuses, operations and the clerks' moves (contract 5.1, 5.2, section 7). */
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { CaseRecord } from './state.ts'

export const STATUS_NAMES: Readonly<Record<number, string>> = {
  8: '外网申报初始化',
  10: '外网申报未提交',
  12: '外网申报已提交',
  14: '外网申报预审退回',
  16: '外网申报预审通过',
  22: '预登记',
  24: '待接件',
  26: '已接件',
  28: '待补办',
  30: '已受理',
  37: '已受理待补办',
  40: '审批不通过',
  50: '审批通过',
  90: '正常办结',
  97: '不予受理',
  98: '撤销申请',
  99: '异常终止',
}

export const OPERATION_NAMES: Readonly<Record<string, string>> = {
  '10': '预审通过',
  '11': '预审打回',
  '12': '外网已提交',
  '21': '接件',
  '22': '补正',
  '23': '已受理',
  '24': '不予受理',
  '35': '审批通过',
  '36': '审批不通过',
  '40': '暂停计时',
  '41': '恢复计时',
  '50': '批准',
  '51': '不予批准',
  '60': '办结',
  '61': '撤销申请',
  '62': '异常终止',
  '80': '结果发放',
}

const BY_STATUS: Readonly<Record<number, CaseStatus>> = {
  8: 'DRAFT',
  10: 'DRAFT',
  12: 'SUBMITTED',
  14: 'PRECHECK_RETURNED',
  16: 'PRECHECK_PASSED',
  22: 'RECEIVED',
  24: 'RECEIVED',
  26: 'RECEIVED',
  28: 'CORRECTION_REQUIRED',
  37: 'CORRECTION_REQUIRED',
  50: 'APPROVED',
  97: 'NOT_ACCEPTED',
  98: 'WITHDRAWN',
  99: 'VOIDED',
}
const WITHIN_30: Readonly<Record<string, CaseStatus>> = {
  '23': 'ACCEPTED',
  '35': 'IN_REVIEW',
  '41': 'IN_REVIEW',
  '36': 'REVIEW_RETURNED',
  '40': 'SUSPENDED',
}

/** The canonical state of a case: 30, 40 and 90 need the operations too. */
export function stateOf({ status, operations }: CaseRecord): CaseStatus {
  const types = operations.map(({ operatetype }) => operatetype)
  if (status === 30) {
    const last = types.findLast((type) => WITHIN_30[type] !== undefined)
    return WITHIN_30[last ?? '23'] ?? 'ACCEPTED'
  }
  if (status === 40 || status === 90) {
    if (types.includes('80')) return 'DELIVERED'
    return status === 40 ? 'DENIED' : 'COMPLETED'
  }
  return BY_STATUS[status] ?? 'UNKNOWN'
}

/** What a clerk's move writes: the operation and the status after it. */
interface Move {
  readonly operation: string
  readonly status: number
}
type Moves = Readonly<Partial<Record<CaseStatus, Move>>>

const move = (operation: string, status: number): Move => ({ operation, status })
const END = { WITHDRAWN: move('61', 98), VOIDED: move('62', 99) } as const
const REVIEW = {
  IN_REVIEW: move('35', 30),
  CORRECTION_REQUIRED: move('22', 37),
  SUSPENDED: move('40', 30),
  DENIED: move('51', 40),
  ...END,
} as const
const DELIVER = (status: number): Moves => ({ DELIVERED: move('80', status) })

/** The moves of the platform's own clerks from a case's state. */
export function movesOf(record: CaseRecord): Moves {
  const state = stateOf(record)
  switch (state) {
    case 'SUBMITTED':
      return {
        PRECHECK_PASSED: move('10', 16),
        PRECHECK_RETURNED: move('11', 14),
        NOT_ACCEPTED: move('24', 97),
        ...END,
      }
    case 'PRECHECK_RETURNED':
      return END
    case 'PRECHECK_PASSED':
      return { RECEIVED: move('21', 26), ...END }
    case 'RECEIVED':
      return {
        RECEIVED: move('21', 26),
        CORRECTION_REQUIRED: move('22', 28),
        ACCEPTED: move('23', 30),
        NOT_ACCEPTED: move('24', 97),
        ...END,
      }
    case 'CORRECTION_REQUIRED':
      return record.status === 28 ? { NOT_ACCEPTED: move('24', 97), ...END } : END
    case 'ACCEPTED':
    case 'IN_REVIEW':
      return { ...REVIEW, REVIEW_RETURNED: move('36', 30), APPROVED: move('50', 50) }
    case 'REVIEW_RETURNED':
      return REVIEW
    case 'SUSPENDED':
      return { IN_REVIEW: move('41', 30), VOIDED: END.VOIDED }
    case 'APPROVED':
      return { COMPLETED: move('60', 90) }
    case 'COMPLETED':
      return DELIVER(90)
    case 'DENIED':
      return DELIVER(40)
    default:
      return {}
  }
}

/** Where a resubmission takes a case from a raw status that awaits one, with its operation. */
export const AFTER_RESUBMISSION: Readonly<Record<number, Move>> = {
  14: move('12', 12),
  28: move('21', 26),
  37: move('23', 30),
}

/** Whether the gateway may withdraw a case now: where a clerk could do it too. */
export const isWithdrawable = (record: CaseRecord): boolean => movesOf(record).WITHDRAWN !== undefined

/** Whether files may be uploaded. */
export const takesFiles = ({ status }: CaseRecord): boolean => [8, 10, 14, 28, 37].includes(status)

/** Whether the case is over, so that results and ratings may be asked for. */
export const isConcluded = ({ status }: CaseRecord): boolean => [40, 90, 97].includes(status)
