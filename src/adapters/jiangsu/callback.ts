/** What Jiangsu posts (contract 3.5 and 4.c): checked in the contract's order, answered in its shapes. */
import { GatewayError } from '../../errors.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import { isSameText } from '../kit/callbacks.ts'
import { wallClock } from '../kit/clock.ts'
import type { Alarm } from '../kit/codes.ts'
import type { CallbackRequest, OpenedCallback, RegionAnswer, RegionalEvent } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { decisionOf } from './case-result.ts'
import { effectOf, STATUS_NAMES, stateOf } from './codes.ts'
import type { JiangsuConfig } from './config.ts'
import { readCorrection } from './correction.ts'
import { busSignature } from './sign.ts'

const answer = (status: number, body: object): RegionAnswer => ({
  status,
  contentType: 'application/json;charset=UTF-8',
  body: JSON.stringify(body),
})
const bus = (http: number, errcode: string, errmsg: string): RegionAnswer => answer(http, { errcode, errmsg })
const hall = (code: 0 | 1, text: string): RegionAnswer =>
  answer(200, { status: { code: 200, text: '' }, custom: { code, text } })

const FORMAT = bus(400, '1006', '请求格式错误')
const NONCE_SECONDS = 360

/** The answer to a body over 12 MiB. */
export const TOO_LARGE = bus(413, '1009', '请求体过大')
export const MAX_BYTES = 12 * 1024 * 1024

const answers = {
  taken: () => hall(1, '接收成功'),
  replayed: bus(401, '1004', '请求重复'),
  caseUnknown: hall(0, '该办件未查询到'),
  later: hall(0, '系统繁忙，请稍后再试'),
}

export function openCallback(
  request: CallbackRequest,
  { credentials: { callback }, options }: JiangsuConfig,
  now: Date,
): OpenedCallback {
  const refused = (told: RegionAnswer): OpenedCallback => ({ accepted: false, answer: told })
  const {
    'x-tif-paasid': paasid,
    'x-tif-timestamp': timestamp = '',
    'x-tif-nonce': nonce = '',
    'x-tif-signature': signature,
  } = request.headers
  if (!paasid || !signature || !/^\d{10}$/.test(timestamp) || !/^[0-9A-Za-z]{16}$/.test(nonce))
    return refused(bus(401, '1001', '缺少请求头或格式错误'))
  if (!isSameText(paasid, callback.paasid)) return refused(bus(401, '1005', '应用不存在'))
  // Both clocks are told in whole seconds, and the limit itself is still good.
  if (Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp)) > options.clockSkewSeconds)
    return refused(bus(401, '1003', '时间戳超出允许范围'))
  if (!isSameText(signature, busSignature(timestamp, callback.tifToken, nonce)))
    return refused(bus(401, '1002', '签名错误'))
  return {
    accepted: true,
    // A nonce is used up as soon as the signature was good, whatever follows.
    nonce: { value: nonce, seconds: NONCE_SECONDS },
    content: read(request, options.callbackPath, callback.moduleToken),
    answers,
  }
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The frame `{"token","params"}` and nothing else. */
function frameOf({ headers, body }: CallbackRequest): Readonly<Record<string, unknown>> | undefined {
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i.test(headers['content-type'] ?? ''))
    return undefined
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    const whole = isPlain(parsed) && typeof parsed['token'] === 'string' && isPlain(parsed['params'])
    return whole && Object.keys(parsed).length === 2 ? parsed : undefined
  } catch {
    return undefined
  }
}

function read(
  request: CallbackRequest,
  callbackPath: string,
  moduleToken: string,
): { event: RegionalEvent } | { answer: RegionAnswer } {
  const [path, query] = request.target.split('?')
  if (path !== callbackPath) return { answer: bus(404, '1007', '服务不存在') }
  if (request.method !== 'POST') return { answer: bus(405, '1008', '请求方法不支持') }
  const frame = query ? undefined : frameOf(request)
  if (!frame) return { answer: FORMAT }
  if (!isSameText(String(frame['token']), moduleToken)) return { answer: hall(0, '身份验证失败') }
  const params = frame['params'] as Readonly<Record<string, unknown>>
  const fault = faultOf(params)
  if (fault) return { answer: hall(0, `参数格式错误:${fault}`) }
  return { event: eventOf(params) }
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/
const REQUIRED: readonly (readonly [member: string, form: RegExp])[] = [
  ['flowsn', /^.{1,50}$/s],
  ['projectguid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['areacode', /^[1-9]\d{11}$/],
  ['status', /^.{1,20}$/s],
  ['operatetype', /^.{1,20}$/s],
  ['operatedate', DATE_TIME],
]

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

/** The first required member that is missing or malformed. */
function faultOf(params: Readonly<Record<string, unknown>>): string | undefined {
  for (const [member, form] of REQUIRED) {
    const value = textOf(params[member])
    if (value === undefined || !form.test(value)) return member
  }
  try {
    wallClock.decode(String(params['operatedate']), {}, ROOT)
  } catch {
    return 'operatedate'
  }
  return undefined
}

/** A date of a member that may be treated as empty when it is malformed. */
const lenient = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return undefined
  try {
    return wallClock.decode(value, {}, ROOT)
  } catch {
    return undefined
  }
}

/** A correction request that cannot be read is treated as empty, as every member that is not required: the event still counts. */
function correctionOf(value: unknown): CorrectionRequest | undefined {
  try {
    return readCorrection(value)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return undefined
  }
}

function eventOf(params: Readonly<Record<string, unknown>>): RegionalEvent {
  const alarms: Alarm[] = []
  const [flowsn, raw, operation, date] = ['flowsn', 'status', 'operatetype', 'operatedate'].map((member) =>
    String(params[member]),
  ) as [string, string, string, string]
  const effect = effectOf(operation, { alarms })
  const state = stateOf(raw, [operation], { alarms })
  // A fee, an extension, a rating, or an operation that nobody knows within status 30 leaves the state as it was.
  const moves = effect !== 'none' && !(effect === 'unknown' && raw === '30')
  const occurredAt = wallClock.decode(date, {}, ROOT)
  const [dueAt, completedAt] = [lenient(params['promiseenddate']), lenient(params['banjiedate'])]
  const correction = correctionOf(params['buzhenginfo'])
  const decided = decisionOf(raw, params['banjieresult'])
  const note = textOf(params['remarks'])
  return {
    key: `${flowsn}|${date}|${raw}|${operation}`,
    caseNumber: flowsn,
    caseKey: String(params['projectguid']),
    ...(isAbsent(params['sourceprojectno']) ? {} : { sourceNumber: String(params['sourceprojectno']) }),
    type: moves ? 'status' : 'note',
    status: state,
    rawStatus: { code: raw, label: textOf(params['statustext']) || (STATUS_NAMES[raw] ?? '') },
    occurredAt,
    ...(note ? { note } : {}),
    ...(state === 'ACCEPTED' && operation === '23' ? { acceptedAt: occurredAt } : {}),
    ...(dueAt ? { dueAt } : {}),
    ...(completedAt ? { completedAt } : {}),
    ...(correction ? { correction } : {}),
    ...(decided ? { result: { decision: decided, documents: [] } } : {}),
    step: {
      ...stepOf(params, occurredAt),
      status: effect === 'unknown' ? 'UNKNOWN' : state,
      rawStatus: { code: operation, label: textOf(params['operatename']) ?? '' },
    },
    alarms,
  }
}

/** Who did what, and what they said of it. */
function stepOf(
  { operatename, operateusername, ouname, remarks }: Readonly<Record<string, unknown>>,
  occurredAt: string,
) {
  const [actor, agency, note] = [operateusername, ouname, remarks].map(textOf)
  return {
    name: textOf(operatename) ?? '',
    occurredAt,
    ...(actor ? { actor } : {}),
    ...(agency ? { agency } : {}),
    ...(note ? { note } : {}),
  }
}
