/**
 * Opens the envelopes of bus and hall, and reads their refusals (contract 1.7). The hall has no codes: its texts are fixed
 * and are the only thing that tells one refusal from another.
 */
import { type FieldError, GatewayError, type ProblemCode } from '../../errors.ts'
import { objectOf } from '../kit/connect.ts'
import { ticketRefused } from '../kit/log-in.ts'

type Plain = Readonly<Record<string, unknown>>

const BUS: Readonly<Record<string, ProblemCode>> = {
  '1001': 'REGION_AUTH',
  '1002': 'REGION_AUTH',
  '1003': 'REGION_AUTH',
  '1004': 'REGION_AUTH',
  '1005': 'REGION_AUTH',
  '1007': 'REGION_AUTH',
}

const TEXTS: Readonly<Record<string, { readonly code: ProblemCode; readonly pointer?: string }>> = {
  身份验证失败: { code: 'REGION_AUTH' },
  区划代码不存在: { code: 'REGION_REJECTED', pointer: '/division' },
  事项不存在: { code: 'REGION_REJECTED', pointer: '/matter' },
  事项已停用: { code: 'REGION_REJECTED', pointer: '/matter' },
  事项未开通跨省通办: { code: 'REGION_REJECTED', pointer: '/matter' },
  申请人类型不符: { code: 'REGION_REJECTED', pointer: '/applicant/kind' },
  办理方式不支持: { code: 'REGION_REJECTED', pointer: '/mode' },
  中心不存在: { code: 'REGION_REJECTED' },
  材料不存在: { code: 'REGION_REJECTED', pointer: '/documents' },
  材料未提交齐全: { code: 'REGION_REJECTED', pointer: '/documents' },
  来源办件编号已被其他事项使用: { code: 'REGION_REJECTED' },
  不允许重复提交办件: { code: 'DUPLICATE_CASE' },
  该办件未查询到: { code: 'CASE_NOT_FOUND' },
  当前办件状态不允许上传材料: { code: 'STATE_CONFLICT' },
  当前办件状态不允许补正: { code: 'STATE_CONFLICT' },
  当前办件状态不允许撤销: { code: 'STATE_CONFLICT' },
  补正期限已过: { code: 'REGION_REJECTED' },
  补正材料未提交齐全: { code: 'REGION_REJECTED', pointer: '/documents' },
  文件为空: { code: 'REGION_REJECTED', pointer: '/documents' },
  文件格式不支持: { code: 'REGION_REJECTED', pointer: '/documents' },
  文件过大: { code: 'REGION_REJECTED', pointer: '/documents' },
  附件不存在: { code: 'REGION_REJECTED' },
  办件尚未办结: { code: 'RESULT_NOT_READY' },
  结果文件不存在: { code: 'RESULT_NOT_READY' },
  '办件未办结，不能评价': { code: 'STATE_CONFLICT' },
  差评必须勾选详情或填写文字评价: { code: 'RATING_REASON_REQUIRED' },
  评价数据不可重复: { code: 'RATED_ALREADY' },
  '系统繁忙，请稍后再试': { code: 'REGION_BUSY' },
  服务暂停: { code: 'REGION_UNAVAILABLE' },
}

/** Canonical place of a member that the hall names. */
const PLACES: Readonly<Record<string, string>> = {
  areacode: '/division',
  taskguid: '/matter',
  applyername: '/applicant/name',
  applyertype: '/applicant/kind',
  certtype: '/applicant/idDocument/type',
  certnum: '/applicant/idDocument/number',
  contactperson: '/agent/name',
  contactmobile: '/applicant/mobile',
  idcard: '/agent/idDocument/number',
  legal: '/applicant/legalRepresentative',
  legalid: '/applicant/legalRepresentativeId/number',
  address: '/applicant/address',
  applyway: '/mode',
  sendway: '/delivery/mode',
  postinfo: '/delivery',
  formdata: '/form',
  sourceareacode: '/sourceDivision',
}

const NAMED = /^(参数未定义|参数不能为空|参数格式错误|表单数据校验失败):([A-Za-z][\w]{0,60})$/

/** Longest text of the hall that is handed on. */
const TEXT_LENGTH = 200

/**
 * The error for a text of the hall. A text that the contract does not know is kept for the caller (1.7); it may hold anything,
 * so that it stands in no fact, and thereby in no log.
 */
export function refusal(text: string, operation: string): GatewayError {
  const facts = { region: 'jiangsu', operation }
  const [, kind, member] = NAMED.exec(text) ?? []
  if (kind !== undefined && member !== undefined) {
    const pointer = kind === '表单数据校验失败' ? `/form/${member}` : (PLACES[member] ?? '')
    const errors: FieldError[] = [
      { pointer, code: 'REGION_REJECTED', zh: `江苏未接受“${member}”`, en: `Jiangsu did not take ${member}` },
    ]
    return new GatewayError('REGION_REJECTED', { ...facts, code: kind, member }, { errors })
  }
  const known = Object.hasOwn(TEXTS, text) ? TEXTS[text] : undefined
  const { pointer, code } = known ?? {
    pointer: text === '' ? undefined : '',
    code: 'REGION_REJECTED' as const,
  }
  const errors: FieldError[] =
    pointer === undefined
      ? []
      : [{ pointer, code, zh: `江苏: ${text.slice(0, TEXT_LENGTH)}`, en: 'Jiangsu did not take this' }]
  return new GatewayError(code, { ...facts, code: known ? text : 'unknown text' }, { errors })
}

/** Throws for a refusal of the bus, which has a shape of its own. */
export function openBus(body: Plain, operation: string): void {
  if (typeof body['errcode'] !== 'string') return
  const code = body['errcode']
  throw new GatewayError(BUS[code] ?? 'REGION_REJECTED', { region: 'jiangsu', operation, code })
}

/** Refusals of the identity platform (4.e) that are about the gateway or the platform. */
const IDENTITY: Readonly<Record<string, ProblemCode>> = {
  '000001': 'REGION_AUTH',
  '000005': 'REGION_AUTH',
  '999999': 'REGION_UNAVAILABLE',
}

/** A used ticket; a token that has ended asks for a new log-in too. */
const TICKETS: ReadonlySet<string> = new Set(['000002', '000003'])

/**
 * `data` of the identity platform, which is text always. What it refuses beside keys and tickets (an unknown service, a wrong
 * parameter, the other kind of user) is against the contract as this adapter knows it.
 * @throws GatewayError for a refusal of bus or platform
 */
export function openIdentity(body: Plain, operation: string): string {
  openBus(body, operation)
  const { retcode, data } = body
  const facts = { region: 'jiangsu', operation }
  if (typeof retcode !== 'string')
    throw new GatewayError('REGION_ANSWER_INVALID', { ...facts, reason: 'shape' })
  if (retcode !== '000000') {
    const code = /^[0-9]{6}$/.test(retcode) ? retcode : 'unknown code'
    throw TICKETS.has(code)
      ? ticketRefused('jiangsu', code)
      : new GatewayError(IDENTITY[code] ?? 'REGION_ANSWER_INVALID', { ...facts, code })
  }
  if (typeof data !== 'string') throw new GatewayError('REGION_ANSWER_INVALID', { ...facts, reason: 'shape' })
  return data
}

/** `custom` of a success. @throws GatewayError for a refusal of bus or hall. */
export function open(body: Plain, operation: string): Plain {
  openBus(body, operation)
  const status = objectOf(body['status'])
  if (String(status['code']) !== '200')
    throw new GatewayError('REGION_UNAVAILABLE', { region: 'jiangsu', operation, phase: 'status' })
  const custom = objectOf(body['custom'])
  // `status.code` is 200 for refusals too: only `custom.code` 1 is success (trap 6).
  if (String(custom['code']) !== '1')
    throw refusal(typeof custom['text'] === 'string' ? custom['text'] : '', operation)
  return custom
}
