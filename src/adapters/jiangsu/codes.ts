/** Jiangsu's code tables (contract section 5). The first code of a line is sent, all are read. */
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Alarmed } from '../kit/codes.ts'
import { codes, statuses } from '../kit/codes.ts'
import type { AccountKind, LevelTable } from '../kit/log-in.ts'

/** 办件状态 (5.1). States that share a code are told apart by the operation: see `stateOf`. */
export const status = statuses('jiangsu/status', {
  DRAFT: ['8', '10', '20'],
  SUBMITTED: ['12'],
  PRECHECK_RETURNED: ['14'],
  PRECHECK_PASSED: ['16'],
  RECEIVED: ['26', '22', '24'],
  CORRECTION_REQUIRED: ['28', '37'],
  ACCEPTED: ['30'],
  NOT_ACCEPTED: ['97'],
  IN_REVIEW: [],
  REVIEW_RETURNED: [],
  SUSPENDED: [],
  APPROVED: ['50'],
  DENIED: ['40'],
  COMPLETED: ['90'],
  VOIDED: ['99'],
  WITHDRAWN: ['98'],
  DELIVERED: [],
})

/** Names of the status codes, as `statustext` has them in the query and in callbacks. */
export const STATUS_NAMES: Readonly<Record<string, string>> = {
  '8': '外网申报初始化',
  '10': '外网申报未提交',
  '12': '外网申报已提交',
  '14': '外网申报预审退回',
  '16': '外网申报预审通过',
  '20': '初始化',
  '22': '预登记',
  '24': '待接件',
  '26': '已接件',
  '28': '待补办',
  '30': '已受理',
  '37': '已受理待补办',
  '40': '审批不通过',
  '50': '审批通过',
  '90': '正常办结',
  '97': '不予受理',
  '98': '撤销申请',
  '99': '异常终止',
}

/** 操作类型 (5.2). `effect` is the state that an operation leads to; `none` says that it leads nowhere. */
export const OPERATIONS: Readonly<
  Record<string, { readonly name: string; readonly effect: CaseStatus | 'none' }>
> = {
  '10': { name: '预审通过', effect: 'PRECHECK_PASSED' },
  '11': { name: '预审打回', effect: 'PRECHECK_RETURNED' },
  '12': { name: '外网已提交', effect: 'SUBMITTED' },
  '20': { name: '保存', effect: 'RECEIVED' },
  '21': { name: '接件', effect: 'RECEIVED' },
  '22': { name: '补正', effect: 'CORRECTION_REQUIRED' },
  '23': { name: '已受理', effect: 'ACCEPTED' },
  '24': { name: '不予受理', effect: 'NOT_ACCEPTED' },
  '30': { name: '办件收费', effect: 'none' },
  '31': { name: '收讫', effect: 'none' },
  '32': { name: '收费取消', effect: 'none' },
  '35': { name: '审批通过', effect: 'IN_REVIEW' },
  '36': { name: '审批不通过', effect: 'REVIEW_RETURNED' },
  '40': { name: '暂停计时', effect: 'SUSPENDED' },
  '41': { name: '恢复计时', effect: 'IN_REVIEW' },
  '50': { name: '批准', effect: 'APPROVED' },
  '51': { name: '不予批准', effect: 'DENIED' },
  '60': { name: '办结', effect: 'COMPLETED' },
  '61': { name: '撤销申请', effect: 'WITHDRAWN' },
  '62': { name: '异常终止', effect: 'VOIDED' },
  '70': { name: '延期', effect: 'none' },
  '71': { name: '延期通过', effect: 'none' },
  '72': { name: '延期不通过', effect: 'none' },
  '80': { name: '结果发放', effect: 'DELIVERED' },
  '81': { name: '评价', effect: 'none' },
}
const OPERATION_TABLE = 'jiangsu/operatetype'

/** The effect of an operation; an unknown one is alarmed and has none that we know. */
export function effectOf(code: string, context: Alarmed): CaseStatus | 'none' | 'unknown' {
  const known = OPERATIONS[code]
  if (!known) context.alarms?.push({ table: OPERATION_TABLE, code: code.slice(0, 40) })
  return known?.effect ?? 'unknown'
}

/** The operation that is written for a state: the first of the table that leads to it. */
export const operationFor = (state: CaseStatus): string | undefined =>
  state === 'RECEIVED' ? '21' : Object.entries(OPERATIONS).find(([, { effect }]) => effect === state)?.[0]

const INSIDE_REVIEW: ReadonlySet<string> = new Set(['23', '35', '36', '40', '41'])

/**
 * The canonical state of a raw status and the operations so far, oldest first. Codes 30, 40 and 90 stand for several states
 * that only the operations tell apart (5.1); the same numbers mean other things in the two tables (trap 5).
 */
export function stateOf(raw: string, operations: readonly string[], context: Alarmed): CaseStatus {
  if (raw === '30') {
    const last = operations.findLast((one) => INSIDE_REVIEW.has(one))
    const effect = last === undefined ? undefined : OPERATIONS[last]?.effect
    return effect === undefined || effect === 'none' ? 'ACCEPTED' : effect
  }
  if ((raw === '40' || raw === '90') && operations.includes('80')) return 'DELIVERED'
  return status.decode(raw, context)
}

/** The raw status that is written for a state (5.1, outbound). */
export function rawOf(state: Exclude<CaseStatus, 'UNKNOWN'>, isAccepted: boolean, isDenied: boolean): string {
  if (state === 'CORRECTION_REQUIRED') return isAccepted ? '37' : '28'
  if (state === 'IN_REVIEW' || state === 'REVIEW_RETURNED' || state === 'SUSPENDED') return '30'
  if (state === 'DELIVERED') return isDenied ? '40' : '90'
  return status.encode(state)
}

/** 证件类型 (5.3) ⇄ GA/T 2000.156. All that is neither resident, organisation nor credit code is `99`. */
export const certType = codes<string>('jiangsu/certtype', {
  '111': ['22'],
  '001': ['16'],
  '099': ['14'],
  '999': ['99'],
})

/** 证件类型 at the identity platform, `paperstype` (5.3) ⇄ GA/T 2000.156. */
export const papersType = codes<string>('jiangsu/paperstype', {
  '111': ['1'],
  '414': ['2'],
  '516': ['3'],
  '511': ['4'],
  '553': ['5'],
  '114': ['6'],
  '999': ['99'],
})

/** 用户类型 of a ticket (4.e). */
export const userType = codes<AccountKind>('jiangsu/usertype', { person: ['1'], organisation: ['2'] })

/** 实名等级, `authlevel` (5.14), of persons and organisations alike. */
export const AUTH_LEVELS: LevelTable = {
  name: 'jiangsu/authlevel',
  levels: { '0': 0, '1': 1, '2': 2, '3': 3 },
}

/** 申请人类型 (5.4). */
export const applicantKind = codes('jiangsu/applyertype', {
  enterprise: ['10'],
  person: ['20'],
  otherOrganisation: ['30'],
})

/** 事项类型 (5.5): the national two digits. */
export const TASK_TYPES: readonly string[] = [
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '20',
]
export const taskType = codes<string>(
  'jiangsu/tasktype',
  Object.fromEntries(TASK_TYPES.map((code) => [code, [code]])),
)

/** 办件类型 (5.6): other platforms use 1 and 2 the other way round. */
export const projectType = codes('jiangsu/projecttype', {
  instant: ['1'],
  committed: ['2'],
  jointHandling: ['3'],
  reported: ['4'],
})

export const dayUnit = codes('jiangsu/dayunit', { working: ['1'], calendar: ['2'] })

export const necessity = codes('jiangsu/necessity', {
  required: ['10'],
  optional: ['20'],
  deferrable: ['30'],
})

/** 材料形式 (`submittype`) and 来源渠道 (`file_source`). */
export const submitType = codes('jiangsu/submittype', { electronic: ['10'], paper: ['20'], both: ['35'] })
export const fileSource = codes('jiangsu/filesource', {
  applicant: ['10'],
  government: ['20'],
  other: ['99'],
})

/** 办理方式 (5.9). */
export const applyWay = codes('jiangsu/applyway', {
  online: ['10'],
  onBehalf: ['20'],
  joint: ['30'],
  authorisedLocal: [],
})

/** 通办范围 (5.10). */
export const crossScope = codes('jiangsu/iscross', {
  none: ['0'],
  national: ['1'],
  crossProvince: ['2'],
  crossCity: ['3'],
  crossCounty: ['4'],
})

/** 送达方式 (5.11). */
export const sendWay = codes('jiangsu/sendway', {
  download: ['10'],
  post: ['20'],
  pickup: ['30'],
  licence: [],
})

/** 办结结果 (5.12): 40 is granted and 50 denied, unlike the same numbers as status (trap 5). */
export const decision = codes<'granted' | 'denied'>('jiangsu/banjieresult', {
  granted: ['40'],
  denied: ['50'],
})
