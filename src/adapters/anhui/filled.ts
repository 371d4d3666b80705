/** Members of an application that the matter, the configuration or the gateway tells, and that no applicant can: what the ledger says of them. */
import { note, noteUnread } from '../kit/notes.ts'
import type { Explained } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireCallInfo, WireServiceInfo } from './application.wire.ts'
import type { Flat } from './flat.ts'
import type { Persons } from './persons-written.ts'

/** Members that rows of the table write, and that are the applicant's own. */
export type Told = 'CALLTIME' | 'SERVICECODE' | 'SERVICEVERSION' | 'AREACODE' | 'EXTEND'

/** A member is told, of a person, or it has a line here: one that is forgotten does not compile. */
type Member = Exclude<keyof WireCallInfo | keyof WireServiceInfo, Told | keyof Persons>

interface Filled {
  readonly label: string
  /** Name of the rule by which it is written, for the ledger. */
  readonly rule: string
  /** Why it says nothing canonical when it is read. */
  readonly dropped: string
}

const fromMatter = '由事项得知'
const constant = '常量'
const platform = '只在来源系统内有意义'
const noWindow = '网关没有收件窗口'

const FILLED: Readonly<Record<Member, Filled>> = {
  CALLER: { label: '调用方', rule: 'option.caller', dropped: platform },
  CALLBACK_URL: { label: '回调地址', rule: 'option.callbackUrl', dropped: platform },
  ISSUE: { label: '专题', rule: 'option.issue', dropped: platform },
  UNID: { label: '申请标识', rule: 'UNID', dropped: '网关为每份申请另编标识' },
  PROJID: { label: '办件编号', rule: 'given by projIdFeedback', dropped: '办件编号由安徽给出' },
  PROJPWD: { label: '查询密码', rule: 'secret', dropped: '密码不保留' },
  SERVICENAME: { label: '事项名称', rule: 'matter.name', dropped: fromMatter },
  PROJECTNAME: { label: '办件名称', rule: 'applicant and matter', dropped: '由申请人和事项得知' },
  infoType: { label: '办件类型名称', rule: 'matter.handling', dropped: fromMatter },
  INFOTYPE_CODE: { label: '办件类型', rule: 'matter.handling', dropped: fromMatter },
  IS_MULTI: { label: '是否联办', rule: 'constant 0', dropped: '网关的申请不属于联办' },
  MULTI_ID: { label: '联办标识', rule: 'constant ""', dropped: '网关没有联办标识' },
  DEPTID: { label: '实施机构标识', rule: 'matter.agency.code', dropped: fromMatter },
  DEPTNAME: { label: '实施机构', rule: 'matter.agency.name', dropped: fromMatter },
  RECEIVE_USEID: { label: '收件人标识', rule: 'constant ""', dropped: noWindow },
  RECEIVE_NAME: { label: '收件人', rule: 'constant ""', dropped: noWindow },
  APPLYFROM: { label: '申请来源', rule: 'option.applyFrom', dropped: constant },
  handleState: { label: '办件状态', rule: 'constant 01', dropped: constant },
  BELONGTO: { label: '归属', rule: 'constant ""', dropped: platform },
  dataState: { label: '数据状态', rule: 'constant 1', dropped: constant },
  BELONGSYSTEM: { label: '所属系统', rule: 'option.belongSystem', dropped: platform },
}

const lines = Object.entries(FILLED).map(([wire, why]) => ({ wire, ...why }))

/** Notes that these members were written. */
export function noteFilled(place: Place): void {
  for (const { wire, label, rule } of lines)
    note(place, 'defaulted', [`${place.wire}/${wire}`], [], label, rule)
}

/** Notes that these members, where they are there, were read for nothing. */
export const noteFilledUnread = (from: Flat, place: Place): void => noteUnread(from, lines, place)

/** Their lines in the documentation of the table. */
export const filledRows: readonly Explained[] = lines.map(({ wire, label, rule }) => ({
  canon: '',
  wire: [wire],
  label,
  how: 'defaulted',
  rule,
  optional: false,
}))
