/** What Shanghai posts (contract 3.4 and 4.3): checked in the contract's order, answered in its shapes. */
import { timingSafeEqual } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { wallClock } from '../kit/clock.ts'
import type { Alarm } from '../kit/codes.ts'
import type {
  CallbackRequest,
  OpenedCallback,
  RegionAnswer,
  RegionalEvent,
  RegionDocument,
} from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { readCorrection } from './case.ts'
import { decisionOf, documentType, status } from './codes.ts'
import type { ShanghaiConfig } from './config.ts'
import { callbackText, signCallback } from './sign.ts'

const MAX_FILE_BYTES = 5 * 1024 * 1024

const answer = (status: number, body: object): RegionAnswer => ({
  status,
  contentType: 'application/json;charset=UTF-8',
  body: JSON.stringify(body),
})
const failure = (http: number, errorCode: string, msg: string): RegionAnswer =>
  answer(http, { isSuccess: false, code: '500', errorCode, msg })
const SIGN_INVALID = failure(401, 'SIGN_INVALID', '签名无效')

/** The answer to a body over 8 MiB. */
export const TOO_LARGE = failure(413, 'PARAM_ERROR', '参数错误:body')

const answers = {
  taken: () => answer(200, { isSuccess: true }),
  replayed: failure(401, 'NONCE_REPLAY', '请求重复'),
  caseUnknown: failure(200, 'APPLY_NOT_FOUND', '办件不存在'),
  later: failure(500, 'SYSTEM_ERROR', '系统异常'),
}

const equal = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export function openCallback(
  request: CallbackRequest,
  { credentials, options }: ShanghaiConfig,
  now: Date,
): OpenedCallback {
  const {
    'x-sh-timestamp': timestamp = '',
    'x-sh-nonce': nonce = '',
    'x-sh-signature': signature = '',
  } = request.headers
  if (
    !/^\d{1,16}$/.test(timestamp) ||
    !/^[0-9A-Za-z]{16,64}$/.test(nonce) ||
    !/^[0-9a-f]{64}$/.test(signature)
  )
    return { accepted: false, answer: SIGN_INVALID }
  if (Math.abs(now.getTime() - Number(timestamp)) > options.callbackSkewSeconds * 1000)
    return { accepted: false, answer: failure(401, 'TIMESTAMP_INVALID', '时间戳超出范围') }
  const path = request.target.split('?')[0] ?? ''
  if (
    !equal(
      signCallback(credentials.callbackSecret, callbackText(path, timestamp, nonce, request.body)),
      signature,
    )
  )
    return { accepted: false, answer: SIGN_INVALID }
  return {
    accepted: true,
    nonce: { value: nonce, seconds: options.callbackNonceSeconds },
    content: read(request.body),
    answers,
  }
}

function read(body: Buffer): { event: RegionalEvent } | { answer: RegionAnswer } {
  const wrong = (member: string) => ({ answer: failure(200, 'PARAM_ERROR', `参数错误:${member}`) })
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return wrong('body')
  }
  if (!isPlain(parsed)) return wrong('body')
  const data = parsed['data']
  if (!isPlain(data)) return wrong('data')
  const fault = faultOf(data)
  if (fault) return wrong(fault)
  const files = filesOf(parsed['filedata'])
  if (typeof files === 'string') return wrong(files)
  try {
    return { event: eventOf(data as Data, files) }
  } catch (error) {
    if (error instanceof GatewayError) return wrong('opTime')
    throw error
  }
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Data = Readonly<
  Record<
    | 'applyNo'
    | 'eventId'
    | 'status'
    | 'result'
    | 'suggestion'
    | 'Finishtime'
    | 'opTime'
    | 'opDepartName'
    | 'opUsername',
    string
  >
> & {
  readonly limitTime?: string
  readonly stuffs?: { stuffId?: string; stuffCode?: string; suggestion?: string }[]
  readonly commitmentTime?: string
}

const REQUIRED: readonly (readonly [member: string, form: RegExp])[] = [
  ['applyNo', /^(CSJ)?\d{15}$/],
  ['eventId', /^[0-9a-f]{32}$/],
  ['status', /^.{1,40}$/s],
  ['result', /^.{0,20}$/s],
  ['suggestion', /^/],
  ['sldwCode', /^/],
  ['sldwName', /^/],
  ['receiveApplyTime', /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/],
  ['Finishtime', /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})?$/],
  ['opTime', /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/],
  ['opDepartCode', /^/],
  ['opDepartName', /^/],
  ['opUsername', /^/],
]

/** The first member that is missing or malformed. `Finishtime` has a capital F here (trap 1). */
function faultOf(data: Readonly<Record<string, unknown>>): string | undefined {
  for (const [member, form] of REQUIRED) {
    const value = data[member]
    if (typeof value !== 'string' || !form.test(value)) return member
  }
  for (const member of ['limitTime', 'commitmentTime'] as const) {
    const value = data[member]
    if (
      !isAbsent(value) &&
      (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value))
    )
      return member
  }
  const { stuffs } = data
  if (stuffs !== undefined && stuffs !== null && !(Array.isArray(stuffs) && stuffs.every(isPlain)))
    return 'stuffs'
  return undefined
}

/** The file beside the event, or the name of the member that is wrong. */
function filesOf(filedata: unknown): readonly RegionDocument[] | string {
  if (filedata === undefined || filedata === null) return []
  if (!isPlain(filedata)) return 'filedata'
  const { documentType: type, fileName, file } = filedata
  if (typeof type !== 'string' || type === '') return 'documentType'
  if (typeof fileName !== 'string' || fileName === '') return 'fileName'
  if (
    typeof file !== 'string' ||
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(file) ||
    file === ''
  )
    return 'file'
  const bytes = Buffer.from(file, 'base64')
  if (bytes.length > MAX_FILE_BYTES) return 'file'
  return [{ kind: documentType.find(type) ?? 'other', name: fileName, contentType: 'application/pdf', bytes }]
}

function eventOf(data: Data, documents: readonly RegionDocument[]): RegionalEvent {
  const alarms: Alarm[] = []
  const state = status.decode(data.status, { alarms })
  const finished = isAbsent(data.Finishtime) ? undefined : wallClock.decode(data.Finishtime, {}, ROOT)
  const occurredAt = wallClock.decode(data.opTime, {}, ROOT)
  const due = isAbsent(data.commitmentTime)
    ? undefined
    : wallClock.decode(data.commitmentTime as string, {}, ROOT)
  // `result` is the decision of this step: only where the case ends is it the decision of the case (trap 7).
  const decided = state === 'COMPLETED' || state === 'DENIED' || state === 'NOT_ACCEPTED'
  return {
    key: data.eventId,
    caseNumber: data.applyNo,
    type: 'status',
    status: state,
    rawStatus: { code: data.status, label: data.status },
    occurredAt,
    ...(data.suggestion === '' ? {} : { note: data.suggestion }),
    ...(state === 'ACCEPTED' ? { acceptedAt: occurredAt } : {}),
    ...(due ? { dueAt: due } : {}),
    ...(finished ? { completedAt: finished } : {}),
    ...(state === 'CORRECTION_REQUIRED'
      ? {
          correction: readCorrection({
            suggestion: data.suggestion,
            ...(data.limitTime ? { limitTime: data.limitTime } : {}),
            stuffs: data.stuffs ?? [],
          }),
        }
      : {}),
    ...(state === 'PRECHECK_RETURNED'
      ? { correction: { fields: [], documents: [], reason: data.suggestion } }
      : {}),
    ...(decided
      ? {
          result: {
            decision: state === 'NOT_ACCEPTED' ? ('notAccepted' as const) : decisionOf(data.result),
            documents: documents.map((one) => ({
              ref: one.kind,
              kind: one.kind,
              name: one.name,
              size: one.bytes.length,
            })),
          },
        }
      : {}),
    documents,
    alarms,
  }
}
